/* A random forest: many trees, each of other takes and other questions, that vote. */
#include "train/forest.h"

#include "base/error.h"
#include "base/workers.h"

#include <glib/gi18n.h>
#include <math.h>

#define ROWS_STREAM 0x726f7773 /* separates the uses of one seed */

struct _WgForest {
    WgTree **trees;
    int n_trees, n_features, n_labels;
};

typedef struct {
    WgForest *forest;
    const WgTable *table;
    int n_rows;
    const WgForestOptions *options;
    WgTreeOptions tree_options;
    GCancellable *cancellable;
} Planting;

static void
plant(int worker, int number, gpointer user_data)
{
    const Planting *planting = user_data;
    const int n = planting->n_rows;
    g_autofree int *rows = NULL;
    WgRandom random;

    if (g_cancellable_is_cancelled(planting->cancellable))
        return;
    rows = g_new(int, n);
    wg_random_init(&random, planting->options->seed,
                   ((guint64)ROWS_STREAM << 32) | (guint64)number);
    for (int i = 0; i < n; i++)
        rows[i] = planting->options->n_trees > 1 ? (int)wg_random_below(&random, (guint32)n) : i;
    planting->forest->trees[number] =
        wg_tree_new(planting->table, rows, n, &planting->tree_options, &random);
}

static gboolean
check(const WgTable *table, int n_rows, const WgForestOptions *options, GError **error)
{
    if (options->n_trees < 1 || options->max_depth < 0 || options->min_leaf < 1 ||
        options->n_tried < 0) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    _("a forest takes 1 tree at least (not %d), a depth of 0 at least (not %d), 1 "
                      "take a leaf at least (not %d) and 0 features a question at least (not %d)"),
                    options->n_trees, options->max_depth, options->min_leaf, options->n_tried);
        return FALSE;
    }
    if (n_rows < 1 || table->n_features < 1 || table->n_labels < 1) {
        g_set_error(error, WG_ERROR, WG_ERROR_MISSING,
                    _("a forest cannot grow on %d takes with %d features of %d gestures"), n_rows,
                    table->n_features, table->n_labels);
        return FALSE;
    }
    return TRUE;
}

WgForest *
wg_forest_new(const WgTable *table, int n_rows, const WgForestOptions *options,
              GCancellable *cancellable, GError **error)
{
    g_autoptr(WgForest) self = NULL;
    g_autoptr(WgWorkers) workers = NULL;
    Planting planting = {.table = table,
                         .n_rows = n_rows,
                         .options = options,
                         .tree_options = {options->max_depth, options->min_leaf, options->n_tried},
                         .cancellable = cancellable};
    const int n_threads = wg_workers_count(options->n_threads);

    if (!check(table, n_rows, options, error))
        return NULL;
    if (options->n_tried == 0 && options->n_trees > 1)
        planting.tree_options.n_tried = MAX(1, (int)sqrt(table->n_features));
    self = g_new0(WgForest, 1);
    self->n_trees = options->n_trees;
    self->n_features = table->n_features;
    self->n_labels = table->n_labels;
    self->trees = g_new0(WgTree *, options->n_trees);
    planting.forest = self;
    workers = wg_workers_new(MIN(n_threads, options->n_trees), plant, &planting);
    wg_workers_run(workers, options->n_trees);
    if (g_cancellable_set_error_if_cancelled(cancellable, error))
        return NULL;
    return g_steal_pointer(&self);
}

void
wg_forest_free(WgForest *self)
{
    for (int i = 0; i < self->n_trees; i++)
        g_clear_pointer(&self->trees[i], wg_tree_free);
    g_free(self->trees);
    g_free(self);
}

void
wg_forest_predict(const WgForest *self, const float *x, int n, float *probabilities)
{
    for (int i = 0; i < n; i++) {
        float *row = probabilities + (gsize)i * (gsize)self->n_labels;

        for (int label = 0; label < self->n_labels; label++)
            row[label] = 0;
        for (int k = 0; k < self->n_trees; k++) {
            const float *shares =
                wg_tree_get_shares(self->trees[k], x + (gsize)i * (gsize)self->n_features);

            for (int label = 0; label < self->n_labels; label++)
                row[label] += shares[label];
        }
        for (int label = 0; label < self->n_labels; label++)
            row[label] /= (float)self->n_trees;
    }
}

int
wg_forest_get_n_trees(const WgForest *self)
{
    return self->n_trees;
}

int
wg_forest_get_n_labels(const WgForest *self)
{
    return self->n_labels;
}

const WgTree *
wg_forest_get_tree(const WgForest *self, int i)
{
    return self->trees[i];
}
