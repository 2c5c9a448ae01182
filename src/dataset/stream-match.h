/* What a recogniser answered in a stream, held against what was done in it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A stretch of a stream and its gesture: something done, or an answer and what it looked at. */
typedef struct {
    int start, end; /* samples, `end` is the first after it */
    int label;
} WgSpan;

/* What an answer is. An answer belongs to the event that it overlaps most; where it overlaps none,
 * to the last one that ended at most `tolerance` samples before it began; else to none. */
typedef enum {
    WG_ANSWER_HIT,         /* the first of its event with that event's label */
    WG_ANSWER_DOUBLE,      /* a later one of its event with that event's label */
    WG_ANSWER_WRONG,       /* of another label than its event's */
    WG_ANSWER_FALSE_ALARM, /* belongs to no event */
} WgAnswerKind;

typedef struct {
    int n_events, n_answers;
    WgAnswerKind *kinds; /* n_answers */
    int *events;         /* n_answers: the event it belongs to, -1: none */
    gboolean *is_hit;    /* n_events; the others are missed, also where an answer was wrong */
    int n_hits, n_misses, n_doubles, n_wrong, n_false_alarms;
    int n_idle; /* samples in no event and not within the tolerance after one */
} WgStreamMatch;

/* Events by their start (they may overlap), answers by their end; both within n_samples, though an
 * answer may start before 0. Any thread. */
WgStreamMatch *wg_stream_match_new(const WgSpan *events, int n_events, const WgSpan *answers,
                                   int n_answers, int n_samples, int tolerance);
void wg_stream_match_free(WgStreamMatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgStreamMatch, wg_stream_match_free)

/* What each of n windows shows: the event it overlaps most, if by at least half of the shorter of
 * the two; -1: none. This is how an inference belongs to "that gesture's recording" in the error of
 * a gesture. Fills shown (n, caller's). */
void wg_stream_find_shown(const WgSpan *events, int n_events, const int *starts, const int *ends,
                          int n, int *shown);

G_END_DECLS
