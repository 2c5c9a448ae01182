/* The takes that a search may choose by, and the windows that they allow. */
#include "workbench/search-windows.h"

#include "base/error.h"
#include "dataset/split.h"
#include "workbench/model.h"
#include "workbench/search.h"
#include "workbench/training.h"

#include <glib/gi18n.h>
#include <math.h>

#define DEFAULT_TEST_SEED 1 /* as "train" splits unless it is told otherwise */
#define DEFAULT_TEST_SHARE 0.2
#define SAME_RATE_HZ 0.01

static const double rates_hz[] = {12.5, 25, 50, 100};
static const double lengths_s[] = {0.5, 1, 1.5, 2, 3, 4};
static const guint channels[] = {
    WG_CHANNELS_ACCELERATION,
    WG_CHANNELS_ACCELERATION | WG_CHANNEL_MAGNITUDE,
    WG_CHANNELS_ACCELERATION | WG_CHANNELS_ANGULAR_RATE,
};

/* Recordings labelled in spans are for kinds with windows of their own. */
static gboolean
has_fixed_windows(const WgWatchKind *kind)
{
    return kind->window_length > 0;
}

gboolean
wg_search_check_dataset(WgDataset *dataset, GError **error)
{
    const int n = wg_dataset_get_n(dataset), n_labels = wg_dataset_get_n_labels(dataset);

    if (n_labels < 2) {
        g_set_error(error, WG_ERROR, WG_ERROR_TOO_SHORT,
                    _("the project has %d gestures with takes; a network needs two to tell apart: "
                      "record or import more"),
                    n_labels);
        return FALSE;
    }
    /* of which four fifths train, two of each gesture at least */
    if (4 * n / WG_SEARCH_FOLDS >= 2 * n_labels && n >= WG_SEARCH_FOLDS)
        return TRUE;
    g_set_error(
        error, WG_ERROR, WG_ERROR_TOO_SHORT,
        _("%d takes besides those kept for the test are too few to search with %d gestures: "
          "record more"),
        n, n_labels);
    return FALSE;
}

/* What the default split leaves to train and to validate, each recording once. */
static GPtrArray *
leave_out_test(WgDataset *dataset, GError **error)
{
    g_autoptr(WgSplit) split = wg_split_new_stratified(
        dataset, DEFAULT_TEST_SHARE, DEFAULT_TEST_SHARE, DEFAULT_TEST_SEED, error);
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    GPtrArray *kept;

    if (!split)
        return NULL;
    kept = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    g_array_append_vals(split->train, split->validation->data, split->validation->len);
    for (guint i = 0; i < split->train->len; i++) {
        WgRecording *source = wg_dataset_get_source(dataset, g_array_index(split->train, int, i));

        if (g_hash_table_add(seen, source))
            g_ptr_array_add(kept, wg_recording_ref(source));
    }
    return kept;
}

static WgDataset *
load_takes(WgJob *job, const WgWatchKind *kind, GPtrArray **recordings, GError **error)
{
    WgProject *project = wg_job_get_project(job);
    const gboolean is_fixed = has_fixed_windows(kind);
    g_auto(GStrv) labels = wg_training_dup_labels(job);
    const char *const *wanted = (const char *const *)labels;
    g_autoptr(GPtrArray) all = wg_project_load_recordings(project, error);
    g_autoptr(WgModelRecord) model = NULL;
    g_autoptr(WgDataset) dataset = NULL;
    g_autoptr(GPtrArray) kept = NULL;
    g_autoptr(GError) why = NULL;

    if (!all)
        return NULL;
    model = wg_project_load_model(project, "float", &why);
    if (why) {
        g_propagate_error(error, g_steal_pointer(&why));
        return NULL;
    }
    if (model && !wg_model_drop_test(project, all, error))
        return NULL;
    dataset = is_fixed ? wg_dataset_new(all, wanted, error)
                       : wg_dataset_new_for_windows(all, wanted, NULL, error);
    if (!dataset)
        return NULL;
    if (model) {
        *recordings = g_steal_pointer(&all);
        return g_steal_pointer(&dataset);
    }
    kept = leave_out_test(dataset, error);
    if (!kept)
        return NULL;
    wanted = wg_dataset_get_labels(dataset);
    *recordings = g_ptr_array_ref(kept);
    return is_fixed ? wg_dataset_new_with_labels(kept, wanted)
                    : wg_dataset_new_part(kept, wanted, NULL, error);
}

WgDataset *
wg_search_load_takes(WgJob *job, const WgWatchKind *kind, GPtrArray **recordings, GError **error)
{
    g_autoptr(GPtrArray) of = NULL;
    g_autoptr(WgDataset) dataset = load_takes(job, kind, &of, error);

    if (!dataset || !wg_search_check_dataset(dataset, error))
        return NULL;
    *recordings = g_steal_pointer(&of);
    return g_steal_pointer(&dataset);
}

typedef struct {
    double rate_hz, longest_s; /* the lowest rate, the longest gesture */
    gboolean has_gyroscope;
} Bounds;

static Bounds
find_bounds(GPtrArray *recordings)
{
    Bounds bounds = {INFINITY, 0, recordings->len > 0};

    for (guint i = 0; i < recordings->len; i++) {
        const WgRecordingSpec *spec = wg_recording_get(g_ptr_array_index(recordings, i));

        if (spec->disabled || !(spec->rate_hz > 0))
            continue;
        bounds.rate_hz = fmin(bounds.rate_hz, spec->rate_hz);
        bounds.has_gyroscope = bounds.has_gyroscope && spec->n_channels >= 6;
        for (int j = 0; j < spec->n_spans; j++)
            bounds.longest_s = fmax(bounds.longest_s, spec->spans[j].n_samples / spec->rate_hz);
        if (spec->n_spans == 0)
            bounds.longest_s = fmax(bounds.longest_s, spec->n_samples / spec->rate_hz);
    }
    return bounds;
}

GArray *
wg_search_list_windows(GPtrArray *recordings, const WgWatchKind *kind)
{
    const Bounds bounds = find_bounds(recordings);
    GArray *windows;

    if (has_fixed_windows(kind))
        return NULL;
    windows = g_array_new(FALSE, FALSE, sizeof(WgWindowOptions));
    for (gsize i = 0; i < G_N_ELEMENTS(rates_hz); i++) {
        for (gsize j = 0; j < G_N_ELEMENTS(lengths_s); j++) {
            const gboolean is_longer = j > 0 && lengths_s[j - 1] >= bounds.longest_s - 1e-9;

            for (gsize k = 0; k < G_N_ELEMENTS(channels); k++) {
                WgWindowOptions window = wg_window_options_watch;

                window.rate_hz = rates_hz[i];
                window.length = (int)lround(rates_hz[i] * lengths_s[j]);
                window.channels = channels[k];
                window.step = MAX(1, window.length / 2);
                if (window.rate_hz < bounds.rate_hz + SAME_RATE_HZ && !is_longer &&
                    (bounds.has_gyroscope || !wg_window_options_needs_gyroscope(&window)) &&
                    wg_window_options_check(&window, NULL) && !wg_window_options_is_watch(&window))
                    g_array_append_val(windows, window);
            }
        }
    }
    return windows;
}
