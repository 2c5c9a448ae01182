/* How often gestures go unanswered, and what is none of them is answered, over the thresholds. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What a model said to a take that it was not trained on. */
typedef struct {
    int label, best;    /* what it is; the largest output */
    double probability; /* of `best` */
} WgRejectTake;

typedef struct {
    int n_gestures, n_unanswered, n_wrong; /* wrong: answered as another gesture */
    int n_others, n_ignored;
} WgRejectTally;

/* A threshold a label, n_labels of them, caller frees: of the takes (GArray of WgRejectTake) of
 * each gesture the share `false_rejects` (0..1) at most is to go unanswered. With the j-th smallest
 * of n probabilities as threshold, another take of the same gesture falls below it in j of n + 1
 * cases on average (order statistics, whatever the distribution), so j = false_rejects (n + 1),
 * rounded down, and 1 at least. Takes of the gesture that are taken for `other` come first, those
 * taken for another gesture do not count. In steps of 1/256, from the firmware's own (above 0.5) to
 * 255/256. `other`: a label that is never the answer, WG_THRESHOLD_NEVER; -1: none. */
double *wg_reject_choose(GArray *takes, int n_labels, int other, double false_rejects);
/* Whether the take is answered by those thresholds. */
gboolean wg_reject_is_answered(const WgRejectTake *take, const double *thresholds);
void wg_reject_count(GArray *takes, const double *thresholds, int other, WgRejectTally *tally);
/* Rows true, columns answered, the last of n_labels + 1 those left unanswered, into `counts`
 * (n_labels x (n_labels + 1), caller's). */
void wg_reject_fill_confusion(GArray *takes, const double *thresholds, int n_labels, int *counts);
/* The curve of one gesture, or with -1 that of one threshold for all: [{"threshold",
 * "false_reject", "false_accept"}], shares of the gesture's (all gestures') takes and of those of
 * `other` (null: there are none), only where one of the two changes, rising. */
JsonArray *wg_reject_curve_new(GArray *takes, int gesture, int other);

G_END_DECLS
