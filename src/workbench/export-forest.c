/* Trees in place of a network: grown for an export from the takes that the network was trained on.
 */
#include "workbench/export-forest.h"

#include "base/error.h"
#include "base/now.h"
#include "dataset/split.h"
#include "dataset/window-features.h"
#include "quant/micropython.h"
#include "workbench/decision.h"
#include "workbench/json.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define N_FOLDS 5

/* Questions in a row, 0 as many as it takes; and takes a leaf. From the smallest trees on. */
static const int depths[] = {4, 6, 8, 0};
static const int leaves[] = {4, 2, 1};

/* Windows of some takes as rows of the table that trees grow on. */
typedef struct {
    float *x;
    int *labels;
    int n;
} Rows;

static void
rows_clear(Rows *rows)
{
    g_free(rows->x);
    g_free(rows->labels);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Rows, rows_clear)

static float *
measure(const WgWindows *windows)
{
    float *x = wg_windows_dup_features(windows);

    wg_micropython_mask_features(x, windows->n);
    return x;
}

static Rows
pick(const float *x, const int *labels, const GArray *indices)
{
    Rows rows = {g_new(float, MAX(1, indices->len * WG_N_WINDOW_FEATURES)),
                 g_new(int, MAX(1, indices->len)), (int)indices->len};

    for (guint i = 0; i < indices->len; i++) {
        const int index = g_array_index(indices, int, i);

        memcpy(rows.x + i * WG_N_WINDOW_FEATURES, x + (gsize)index * WG_N_WINDOW_FEATURES,
               sizeof(float) * WG_N_WINDOW_FEATURES);
        rows.labels[i] = labels[index];
    }
    return rows;
}

static WgForest *
grow(const Rows *rows, int n_labels, const WgForestOptions *options, GCancellable *cancellable,
     GError **error)
{
    return wg_forest_new(&(WgTable){.x = rows->x,
                                    .labels = rows->labels,
                                    .n_features = WG_N_WINDOW_FEATURES,
                                    .n_labels = n_labels},
                         rows->n, options, cancellable, error);
}

static int
count_right(const float *probabilities, const int *labels, int n, int n_labels)
{
    int n_right = 0;

    for (int i = 0; i < n; i++)
        n_right += wg_argmax(probabilities + (gsize)i * (gsize)n_labels, n_labels) == labels[i];
    return n_right;
}

/* Right answers of a forest of those options to the takes left out of each fold; -1: error. */
static int
try_options(const WgWindows *windows, const float *x, GPtrArray *folds,
            const WgForestOptions *options, GCancellable *cancellable, GError **error)
{
    int n_right = 0;

    for (guint i = 0; i < folds->len; i++) {
        const WgSplit *fold = g_ptr_array_index(folds, i);
        g_auto(Rows) learned = pick(x, windows->labels, fold->train);
        g_auto(Rows) asked = pick(x, windows->labels, fold->test);
        g_autofree float *answers = g_new(float, MAX(1, (gsize)asked.n * (gsize)windows->n_labels));
        g_autoptr(WgForest) forest = grow(&learned, windows->n_labels, options, cancellable, error);

        if (!forest)
            return -1;
        wg_forest_predict(forest, asked.x, asked.n, answers);
        n_right += count_right(answers, asked.labels, asked.n, windows->n_labels);
    }
    return n_right;
}

typedef struct {
    WgForestOptions options;
    int n_right;
} Tried;

/* The best first; of equals the smaller, which was tried before. */
static int
compare_tried(const void *a, const void *b)
{
    return ((const Tried *)b)->n_right - ((const Tried *)a)->n_right;
}

/* All depths and leaves with what they got right, the best first; of Tried. */
static GArray *
try_all(const WgForestOptions *options, const WgWindows *windows, WgDataset *dataset,
        const float *x, WgProgress *progress, GCancellable *cancellable, GError **error)
{
    const int n_depths = options->max_depth > 0 ? 1 : (int)G_N_ELEMENTS(depths);
    const int n_leaves = (int)G_N_ELEMENTS(leaves);
    g_autoptr(GPtrArray) folds = wg_split_new_folds(dataset, N_FOLDS, options->seed, error);
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(Tried));

    for (int i = 0; folds && i < n_depths * n_leaves; i++) {
        Tried tried = {*options, 0};

        if (options->max_depth == 0)
            tried.options.max_depth = depths[i / n_leaves];
        tried.options.min_leaf = leaves[i % n_leaves];
        tried.n_right = try_options(windows, x, folds, &tried.options, cancellable, error);
        if (tried.n_right < 0)
            return NULL;
        g_array_append_val(all, tried);
        wg_progress_tell(progress, (double)(i + 1) / (n_depths * n_leaves),
                         _("choosing the size of the trees"));
    }
    g_array_sort(all, compare_tried);
    return folds ? g_steal_pointer(&all) : NULL;
}

/* Grows the best of which the form fits a board. */
static gboolean
grow_fitting(WgGrownForest *self, const GArray *all, const Rows *rows, int n_labels,
             WgForestFitsFunc fits, gpointer user_data, GCancellable *cancellable, GError **error)
{
    for (guint i = 0; i < all->len; i++) {
        const Tried *tried = &g_array_index(all, Tried, i);
        GError *reason = NULL;

        g_clear_pointer(&self->forest, wg_forest_free);
        self->forest = grow(rows, n_labels, &tried->options, cancellable, error);
        if (!self->forest)
            return FALSE;
        self->options = tried->options;
        self->cross_validated = (double)tried->n_right / MAX(1, rows->n);
        if (fits(self->forest, user_data, &reason))
            return TRUE;
        if (i + 1 == all->len) {
            g_propagate_error(error, reason);
            return FALSE;
        }
        g_debug("depth %d with %d a leaf: %s", tried->options.max_depth, tried->options.min_leaf,
                reason->message);
        g_error_free(reason);
    }
    return FALSE;
}

void
wg_grown_forest_predict(const WgGrownForest *self, const WgWindows *windows, float *probabilities)
{
    g_autofree float *x = measure(windows);

    wg_forest_predict(self->forest, x, windows->n, probabilities);
}

/* Beside the network that the same takes have trained. */
static void
compare(WgGrownForest *self, WgModel *model, WgProject *project)
{
    g_autoptr(WgDataset) dataset = wg_model_load_part(model, project, "validation", NULL);
    g_autoptr(WgWindows) windows = dataset ? wg_windows_new(dataset, NULL, 0) : NULL;
    g_autofree float *answers = NULL;

    if (!windows || windows->n == 0)
        return;
    answers = g_new(float, (gsize)windows->n *(gsize)windows->n_labels);
    self->n_validation = windows->n;
    wg_grown_forest_predict(self, windows, answers);
    self->validation =
        (double)count_right(answers, windows->labels, windows->n, windows->n_labels) / windows->n;
    wg_model_predict(model, windows, answers);
    self->network_validation =
        (double)count_right(answers, windows->labels, windows->n, windows->n_labels) / windows->n;
}

WgGrownForest *
wg_grown_forest_new(WgModel *model, WgProject *project, const WgForestOptions *options,
                    WgForestFitsFunc fits, gpointer user_data, WgProgress *progress,
                    GCancellable *cancellable, GError **error)
{
    g_autoptr(WgGrownForest) self = g_new0(WgGrownForest, 1);
    g_autoptr(WgDataset) dataset = NULL;
    g_autoptr(WgWindows) windows = NULL;
    g_autoptr(GArray) all = NULL;
    g_autofree float *x = NULL;

    if ((model->window.channels & WG_CHANNELS_ACCELERATION) != WG_CHANNELS_ACCELERATION) {
        g_set_error_literal(
            error, WG_ERROR, WG_ERROR_UNSUPPORTED,
            _("trees ask for figures of x, y and z, which the model's windows do not "
              "have all"));
        return NULL;
    }
    dataset = wg_model_load_part(model, project, "train", error);
    windows = dataset ? wg_windows_new(dataset, NULL, 0) : NULL;
    if (!windows)
        return NULL;
    x = measure(windows);
    all = try_all(options, windows, dataset, x, progress, cancellable, error);
    const Rows rows = {x, windows->labels, windows->n};
    if (!all ||
        !grow_fitting(self, all, &rows, windows->n_labels, fits, user_data, cancellable, error))
        return NULL;
    compare(self, model, project);
    return g_steal_pointer(&self);
}

void
wg_grown_forest_free(WgGrownForest *self)
{
    g_clear_pointer(&self->forest, wg_forest_free);
    g_free(self);
}

static void
describe(const WgGrownForest *self, JsonObject *result)
{
    json_object_set_int_member(result, "trees", self->options.n_trees);
    json_object_set_int_member(result, "depth", self->options.max_depth);
    json_object_set_int_member(result, "min_leaf", self->options.min_leaf);
    json_object_set_double_member(result, "cross_validated_accuracy", self->cross_validated);
    json_object_set_int_member(result, "n_validation", self->n_validation);
    wg_json_set_number(result, "validation_accuracy",
                       self->n_validation > 0 ? self->validation : NAN);
    wg_json_set_number(result, "network_validation_accuracy",
                       self->n_validation > 0 ? self->network_validation : NAN);
}

typedef struct {
    const WgExporter *exporter;
    WgExportSource source;
    GPtrArray *files;
} Writing;

/* Writes it; what a try before has left goes. */
static gboolean
write_forest(const WgForest *forest, gpointer user_data, GError **error)
{
    Writing *w = user_data;

    g_ptr_array_set_size(w->files, 0);
    w->source.forest = forest;
    return w->exporter->write(&w->source, w->files, error);
}

gboolean
wg_export_forest(WgJob *job, const WgExporter *exporter, GPtrArray *files, JsonObject *result,
                 GError **error)
{
    WgProject *project = wg_job_get_project(job);
    g_autoptr(WgModel) model = wg_model_load(project, "float", error);
    g_autoptr(WgDecision) decision = NULL;
    g_autoptr(WgGrownForest) grown = NULL;
    const char *other = NULL;
    g_autofree char *date = wg_format_now(), *name = NULL;
    const WgForestOptions options = {
        .n_trees = exporter->n_trees == 1 ? 1 : (int)wg_job_get_int(job, "trees"),
        .max_depth = (int)wg_job_get_int(job, "depth"),
        .min_leaf = 1,
        .seed = (guint64)wg_job_get_int(job, "seed"),
    };

    if (!model)
        return FALSE;
    decision = wg_decision_take(job, model);
    if (!wg_decision_choose_other(job, decision, model, &other, error))
        return FALSE;
    name = g_path_get_basename(wg_project_get_path(project));
    Writing w = {exporter,
                 {
                     .labels = (const char *const *)model->labels,
                     .window = &model->window,
                     .project_name = name,
                     .made = date,
                     .date = date,
                     .other = other,
                     /* what was tuned is the network's; what means nothing does so to both */
                     .threshold = wg_job_has(job, "threshold") ? wg_job_get_number(job, "threshold")
                                                               : WG_THRESHOLD_USUAL,
                 },
                 files};
    grown = wg_grown_forest_new(model, project, &options, write_forest, &w,
                                wg_job_get_progress(job), wg_job_get_cancellable(job), error);
    if (!grown)
        return FALSE;
    describe(grown, result);
    return TRUE;
}
