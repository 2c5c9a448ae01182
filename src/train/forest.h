/* A random forest: many trees, each of other takes and other questions, that vote. */
#pragma once

#include <gio/gio.h>

#include "train/tree.h"

G_BEGIN_DECLS

typedef struct {
    int n_trees;   /* 1 at least; 1 is a single tree of all rows and all features, not drawn */
    int max_depth; /* 0: as deep as it takes */
    int min_leaf;  /* 1 at least */
    int n_tried; /* features drawn a question; 0: the root of their number, of a single tree all */
    guint64 seed;
    int n_threads; /* 0: one a core; the result is the same bits */
} WgForestOptions;

typedef struct _WgForest WgForest;

/* Each tree grows on as many rows as there are, drawn with replacement, and for each question draws
 * its features (Breiman 2001, "Random forests"). Tree k draws from stream k of the seed. Errors:
 * WG_ERROR_USAGE for options out of range, WG_ERROR_MISSING without rows, G_IO_ERROR_CANCELLED
 * (looked at before each tree). */
WgForest *wg_forest_new(const WgTable *table, int n_rows, const WgForestOptions *options,
                        GCancellable *cancellable, GError **error);
void wg_forest_free(WgForest *self);
/* The mean of the trees' shares: n x n_labels into `probabilities`. Any thread. */
void wg_forest_predict(const WgForest *self, const float *x, int n, float *probabilities);
int wg_forest_get_n_trees(const WgForest *self);
int wg_forest_get_n_labels(const WgForest *self);
const WgTree *wg_forest_get_tree(const WgForest *self, int i); /* transfer none */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgForest, wg_forest_free)

G_END_DECLS
