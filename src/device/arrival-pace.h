/* Tells a silence of a steady stream from late arrivals, by when its samples came. Pure numbers. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* To be read only; zeros to begin with. */
typedef struct {
    double period_s; /* 0: not known yet, and nothing is a gap */
    /* within: when the next is due at the earliest, when the newest came */
    double due_s, last_s;
    gboolean is_waiting, is_silent;
    int n_waiting, n_doubts;
    double since_s, least_late_s;
} WgArrivalPace;

typedef struct {
    int n_missing;    /* before the first sample that waited */
    double silence_s; /* how much longer than one period that took */
} WgArrivalGap;

/* As measured, s; anew as often as it is measured anew. */
void wg_arrival_pace_set_period(WgArrivalPace *self, double period_s);
/* A sample has come at `arrival_s`, which does not go back, behind `n_missing` that are known to be
 * missing, and behind `n_doubts` lines of which it is not known whether each stood for a sample.
 * FALSE: it has to wait, with those before it that wait; TRUE: it and they can be told, and what
 * is missing before the first of them is in `gap`.
 *
 * Samples come late, many at once, but never early: one is due a period after the earliest time
 * that fits those before it (which may creep by a hundredth of a period each, so that it follows a
 * drifting clock). After a silence of more than five periods and more than 250 ms, those that come
 * next wait until one is in time (all were only late), or for 250 ms: then the least lateness of
 * them, in whole periods, is how many are missing; nothing where it is less than half of that.
 * Behind doubtful lines the same is asked, and no more than those are missing. */
gboolean wg_arrival_pace_take(WgArrivalPace *self, double arrival_s, int n_missing, int n_doubts,
                              WgArrivalGap *gap);
/* Before a sample that comes at `arrival_s` is taken: TRUE where it ends another silence, so that
 * those that wait are to be told first. */
gboolean wg_arrival_pace_break(WgArrivalPace *self, double arrival_s, WgArrivalGap *gap);

G_END_DECLS
