/* Methods without a network, to see whether the network is worth its while. */
#pragma once

#include "dataset/window.h"
#include "train/forest.h"

G_BEGIN_DECLS

typedef enum {
    WG_METHOD_NETWORK, /* not for the functions here */
    WG_METHOD_DTW,     /* the label of the take most like it by dynamic time warping */
    WG_METHOD_TREE,    /* a decision tree over the features of windows */
    WG_METHOD_FOREST,  /* a random forest over them */
} WgMethod;

/* By name ("network", "dtw", "tree", "forest"); WG_ERROR_USAGE naming all. */
gboolean wg_method_find(const char *name, WgMethod *method, GError **error);
const char *wg_method_get_name(WgMethod method);

/* Learns from `train` and answers `test`: probabilities test->n x n_labels (of dtw 1 for its
 * label). `options` are those of a forest; of a tree its number of trees and of features tried do
 * not count. Errors: WG_ERROR_MISSING without takes, those of forests, G_IO_ERROR_CANCELLED (looked
 * at each take or tree). Any thread. */
gboolean wg_baseline_answer(WgMethod method, const WgForestOptions *options, const WgWindows *train,
                            const WgWindows *test, float *probabilities, GCancellable *cancellable,
                            GError **error);

G_END_DECLS
