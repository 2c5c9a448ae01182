/* A decision tree: questions of one feature each, grown by CART. */
#include "train/tree.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct _WgTree {
    GArray *nodes;  /* of WgTreeNode; the first is asked first */
    GArray *shares; /* of float, n_labels a leaf */
    int n_labels, depth, n_leaves;
};

typedef struct {
    const WgTable *table;
    const WgTreeOptions *options;
    WgRandom *random;
    WgTree *tree;
    int *kept;     /* room for the rows that go right */
    int *features; /* to draw from */
} Growing;

typedef struct {
    float value;
    int label;
} Cell;

static int
compare_cells(const void *a, const void *b)
{
    const Cell *left = a, *right = b;

    if (left->value != right->value)
        return left->value < right->value ? -1 : 1;
    return left->label - right->label;
}

/* Halfway, but never as far as the upper value. */
static float
get_between(float low, float high)
{
    const float middle = low + (high - low) / 2;

    return middle < high ? middle : low;
}

gboolean
wg_tree_find_split(const WgTable *table, const int *rows, int n, int feature, int min_leaf,
                   WgTreeSplit *split)
{
    g_autofree Cell *cells = g_new(Cell, n);
    g_autofree int *left = g_new0(int, table->n_labels);
    g_autofree int *right = g_new0(int, table->n_labels);
    gint64 squares_left = 0, squares_right = 0;
    double most = -1;

    for (int i = 0; i < n; i++) {
        cells[i].value = table->x[(gsize)rows[i] * (gsize)table->n_features + (gsize)feature];
        cells[i].label = table->labels[rows[i]];
        right[cells[i].label]++;
    }
    qsort(cells, (gsize)n, sizeof(Cell), compare_cells);
    for (int label = 0; label < table->n_labels; label++)
        squares_right += (gint64)right[label] * right[label];
    for (int i = 0; i + 1 < n; i++) {
        const int label = cells[i].label, n_left = i + 1, n_right = n - n_left;
        double purity;

        /* (c + 1)^2 - c^2 = 2 c + 1 */
        squares_left += 2 * left[label]++ + 1;
        squares_right -= 2 * right[label]-- - 1;
        if (cells[i].value == cells[i + 1].value || n_left < min_leaf || n_right < min_leaf)
            continue;
        purity = (double)squares_left / n_left + (double)squares_right / n_right;
        if (purity > most) {
            most = purity;
            split->feature = feature;
            split->threshold = get_between(cells[i].value, cells[i + 1].value);
            split->impurity = 1 - purity / n;
        }
    }
    return most >= 0;
}

/* The best question of those that are drawn; FALSE where none parts the rows. */
static gboolean
choose_split(Growing *growing, const int *rows, int n, WgTreeSplit *best)
{
    const int n_features = growing->table->n_features, wanted = growing->options->n_tried;
    const int n_tried = wanted > 0 ? MIN(wanted, n_features) : n_features;
    int n_found = 0;

    for (int i = 0; i < n_features; i++)
        growing->features[i] = i;
    if (n_tried < n_features)
        wg_random_shuffle(growing->random, growing->features, n_features);
    best->impurity = INFINITY;
    for (int i = 0; i < n_features && n_found < n_tried; i++) {
        WgTreeSplit split;

        if (!wg_tree_find_split(growing->table, rows, n, growing->features[i],
                                growing->options->min_leaf, &split))
            continue;
        n_found++;
        /* a split that was found: NOLINTNEXTLINE(clang-analyzer-core.*) */
        if (split.impurity < best->impurity)
            *best = split;
    }
    return n_found > 0;
}

/* Rows that go left first, both sides in the order they had; gives how many go left. */
static int
part(Growing *growing, int *rows, int n, const WgTreeSplit *split)
{
    const WgTable *table = growing->table;
    int n_left = 0, n_right = 0;

    for (int i = 0; i < n; i++) {
        const int row = rows[i];

        /* NOLINTNEXTLINE(clang-analyzer-core.*): likewise */
        if (table->x[(gsize)row * (gsize)table->n_features + (gsize)split->feature] <=
            split->threshold)
            rows[n_left++] = row;
        else
            growing->kept[n_right++] = row;
    }
    memcpy(rows + n_left, growing->kept, sizeof(int) * (gsize)n_right);
    return n_left;
}

static gboolean
is_pure(const WgTable *table, const int *rows, int n)
{
    for (int i = 1; i < n; i++) {
        if (table->labels[rows[i]] != table->labels[rows[0]])
            return FALSE;
    }
    return TRUE;
}

static WgTreeNode
make_leaf(Growing *growing, const int *rows, int n)
{
    WgTree *tree = growing->tree;
    const WgTreeNode leaf = {.feature = -1, .left = (int)tree->shares->len};
    float *shares;

    g_array_set_size(tree->shares, tree->shares->len + (guint)tree->n_labels);
    shares = &g_array_index(tree->shares, float, leaf.left);
    for (int i = 0; i < n; i++)
        shares[growing->table->labels[rows[i]]] += 1;
    for (int label = 0; label < tree->n_labels; label++)
        shares[label] /= (float)MAX(1, n);
    tree->n_leaves++;
    return leaf;
}

/* A branch yet to be grown. */
typedef struct {
    int node, start, n, depth;
} Branch;

static void
grow(Growing *growing, int *rows, const Branch *branch, GArray *branches)
{
    const int max_depth = growing->options->max_depth;
    WgTree *tree = growing->tree;
    int *own = rows + branch->start;
    WgTreeSplit split;
    WgTreeNode node = {0};
    int n_left;

    tree->depth = MAX(tree->depth, branch->depth);
    if ((max_depth > 0 && branch->depth >= max_depth) || is_pure(growing->table, own, branch->n) ||
        !choose_split(growing, own, branch->n, &split)) {
        g_array_index(tree->nodes, WgTreeNode, branch->node) = make_leaf(growing, own, branch->n);
        return;
    }
    n_left = part(growing, own, branch->n, &split);
    node = (WgTreeNode){split.feature, split.threshold, (int)tree->nodes->len,
                        (int)tree->nodes->len + 1};
    g_array_index(tree->nodes, WgTreeNode, branch->node) = node;
    g_array_set_size(tree->nodes, tree->nodes->len + 2);
    g_array_append_val(branches, ((Branch){node.right, branch->start + n_left, branch->n - n_left,
                                           branch->depth + 1}));
    g_array_append_val(branches, ((Branch){node.left, branch->start, n_left, branch->depth + 1}));
}

WgTree *
wg_tree_new(const WgTable *table, const int *rows, int n, const WgTreeOptions *options,
            WgRandom *random)
{
    WgTree *self = g_new0(WgTree, 1);
    g_autofree int *own = g_memdup2(rows, sizeof(int) * (gsize)n);
    g_autofree int *kept = g_new(int, n + 1);
    g_autofree int *features = g_new(int, table->n_features);
    g_autoptr(GArray) branches = g_array_new(FALSE, FALSE, sizeof(Branch));
    Growing growing = {table, options, random, self, kept, features};
    const Branch root = {0, 0, n, 0};

    self->nodes = g_array_new(FALSE, TRUE, sizeof(WgTreeNode));
    self->shares = g_array_new(FALSE, TRUE, sizeof(float));
    self->n_labels = table->n_labels;
    g_array_set_size(self->nodes, 1);
    g_array_append_val(branches, root);
    while (branches->len > 0) {
        const Branch branch = g_array_index(branches, Branch, branches->len - 1);

        g_array_set_size(branches, branches->len - 1);
        grow(&growing, own, &branch, branches);
    }
    return self;
}

void
wg_tree_free(WgTree *self)
{
    g_array_unref(self->nodes);
    g_array_unref(self->shares);
    g_free(self);
}

const float *
wg_tree_get_shares(const WgTree *self, const float *x)
{
    const WgTreeNode *node = &g_array_index(self->nodes, WgTreeNode, 0);

    while (node->feature >= 0) {
        const int next = x[node->feature] <= node->threshold ? node->left : node->right;

        node = &g_array_index(self->nodes, WgTreeNode, next);
    }
    return &g_array_index(self->shares, float, node->left);
}

int
wg_tree_get_n_nodes(const WgTree *self)
{
    return (int)self->nodes->len;
}

const WgTreeNode *
wg_tree_get_node(const WgTree *self, int i)
{
    return &g_array_index(self->nodes, WgTreeNode, i);
}

const float *
wg_tree_get_leaf_shares(const WgTree *self, const WgTreeNode *leaf)
{
    return &g_array_index(self->shares, float, leaf->left);
}

int
wg_tree_get_depth(const WgTree *self)
{
    return self->depth;
}

int
wg_tree_get_n_leaves(const WgTree *self)
{
    return self->n_leaves;
}
