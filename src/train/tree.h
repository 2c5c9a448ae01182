/* A decision tree: questions of one feature each, grown by CART. */
#pragma once

#include "base/random.h"

G_BEGIN_DECLS

/* Rows of features with their labels: x is n rows x n_features, labels are 0 .. n_labels - 1. */
typedef struct {
    const float *x;
    const int *labels;
    int n_features, n_labels;
} WgTable;

typedef struct {
    int max_depth; /* questions in a row; 0: as many as it takes */
    int min_leaf;  /* rows in each answer, 1 at least */
    int n_tried;   /* features drawn for each question; 0: all */
} WgTreeOptions;

/* Rows with x[feature] <= threshold go left. */
typedef struct {
    int feature;
    float threshold;
    double impurity; /* Gini's, of both sides weighed by their rows: sum n_s / n (1 - sum p^2) */
} WgTreeSplit;

typedef struct _WgTree WgTree;

/* A question, or a leaf (feature -1). Its two nodes follow one another: `right` is left + 1. */
typedef struct {
    int feature;
    float threshold;
    int left, right; /* nodes; of a leaf `left` is where its shares begin */
} WgTreeNode;

/* The best threshold of one feature for those rows (n of them, a row may be in it more than once):
 * halfway between two values that differ, the impurity the least, of equals the lowest. FALSE where
 * no threshold leaves min_leaf rows on both sides. */
gboolean wg_tree_find_split(const WgTable *table, const int *rows, int n, int feature, int min_leaf,
                            WgTreeSplit *split);

/* Grows a tree on those rows until its leaves are of one label, or the options stop it (Breiman,
 * Friedman, Olshen and Stone 1984; not pruned). `random` draws the features where fewer than all
 * are tried: drawn until n_tried that do not stand still were, so that a question is found where
 * there is one. Any thread; owner: caller. */
WgTree *wg_tree_new(const WgTable *table, const int *rows, int n, const WgTreeOptions *options,
                    WgRandom *random);
void wg_tree_free(WgTree *self);
/* The shares of labels in x's leaf, n_labels of them; transfer none. */
const float *wg_tree_get_shares(const WgTree *self, const float *x);
int wg_tree_get_n_nodes(const WgTree *self);
/* The first is asked first; transfer none. */
const WgTreeNode *wg_tree_get_node(const WgTree *self, int i);
/* The shares of a leaf, as wg_tree_get_shares() gives them. */
const float *wg_tree_get_leaf_shares(const WgTree *self, const WgTreeNode *leaf);
int wg_tree_get_depth(const WgTree *self);
int wg_tree_get_n_leaves(const WgTree *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgTree, wg_tree_free)

G_END_DECLS
