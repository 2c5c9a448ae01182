/* How a recogniser did in a stream: counted, by gesture, at one threshold or at all of them. */
#pragma once

#include "workbench/replay.h"

G_BEGIN_DECLS

/* What was done in a stream, as a model's labels have it. */
typedef struct {
    int n, n_labels;
    WgSpan *gestures; /* n events of gestures that the model knows, other than `other` */
    GArray *contexts; /* of WgStreamEvent, borrowed labels: all other events; answers in them are
                         false alarms "while" that */
    const char *const *labels; /* n_labels, of the model: it must live on */
    int tolerance;             /* samples */
} WgStreamTruth;

/* `other`: index of the label that means nothing, -1: none. */
WgStreamTruth *wg_stream_truth_new(const WgStream *stream, const WgModel *model, int other,
                                   double tolerance_ms);
/* What went on when an answer came: the first context that begins before the answer's end and goes
 * on to its middle, or ended at most the tolerance before; NULL: nothing that has a name. */
const char *wg_stream_truth_find_context(const WgStreamTruth *self, const WgSpan *answer);
void wg_stream_truth_free(WgStreamTruth *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgStreamTruth, wg_stream_truth_free)

/* One gesture's part. `error` of the seed article: wrong inferences / all inferences in that
 * gesture's recording; an inference is wrong by its largest output, sure or not. */
typedef struct {
    int n_events, n_hits, n_doubles, n_wrong;       /* wrong: other answers in its events */
    int n_false_alarms;                             /* answers of it outside of events */
    int n_inferences, n_wrong_inferences, n_unsure; /* unsure: below the threshold */
    int n_unseen; /* its events that no window showed: not cut by the detector */
} WgGestureScore;

typedef struct {
    WgStreamRule rule;
    WgStreamAnswers *answers;
    WgStreamMatch *match;
    WgGestureScore *gestures;     /* n_labels */
    double idle_s;                /* time in which nothing was to be answered */
    double false_alarms_per_hour; /* of that time; 0 without any */
} WgStreamScore;

WgStreamScore *wg_stream_score_new(const WgReplay *replay, const WgStreamTruth *truth,
                                   const WgStreamRule *rule);
void wg_stream_score_free(WgStreamScore *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgStreamScore, wg_stream_score_free)

/* A point of the curve. */
typedef struct {
    WgStreamRule rule;
    int n_hits, n_misses, n_doubles, n_wrong, n_false_alarms;
    double idle_s, false_alarms_per_hour;
} WgSweepPoint;

#define WG_SWEEP_STEPS 100

/* The rule at thresholds 0, 0.01, ... 0.99: GArray of WgSweepPoint. */
GArray *wg_stream_sweep(const WgReplay *replay, const WgStreamTruth *truth,
                        const WgStreamRule *rule);
/* Adds the counts of another stream's points, rule by rule the same, to `points`. */
void wg_sweep_add(GArray *points, GArray *other);
/* Which point to take: of those with at most `most_per_hour` false alarms an hour (INFINITY: any)
 * the one that does most of what was asked and least of what was not, so with the most (hits -
 * wrong answers - doubles - false alarms); of equals the one with the fewest false alarms, and of
 * equals again the middle one, farthest from where it gets worse. Where every point has more false
 * alarms than that, the one with the fewest. */
guint wg_stream_choose(GArray *points, double most_per_hour);

G_END_DECLS
