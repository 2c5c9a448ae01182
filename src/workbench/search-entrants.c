/* Who takes part in a search: the built-in presets and what is drawn, as far as it fits the watch.
 */
#include "workbench/search-private.h"

#include "base/error.h"
#include "workbench/search-windows.h"

#include <glib/gi18n.h>

#define DRAW_STREAM 0x73656172 /* separates this use of a seed from others */
#define WINDOW_STREAM 0x77696e64
#define MIN_LEAF 1
#define N_MEASURED 16    /* windows: sizes do not depend on them */
#define DRAWS_A_TRIAL 40 /* gives up after so many draws for each network wanted */

static void
trial_free(gpointer data)
{
    WgSearchTrial *trial = data;

    g_clear_pointer(&trial->preset, wg_preset_free);
    g_free(trial->name);
    g_free(trial->layers);
    g_free(trial);
}

static void
refusal_free(gpointer data)
{
    WgSearchRefusal *refusal = data;

    g_free(refusal->name);
    g_free(refusal->layers);
    g_free(refusal->reason);
    g_free(refusal);
}

void
wg_search_refuse(WgSearch *self, const WgPreset *preset, const char *reason)
{
    WgSearchRefusal *refusal = g_new0(WgSearchRefusal, 1);

    refusal->name = g_strdup(preset->name);
    refusal->layers = wg_preset_layers_to_text(preset);
    refusal->reason = g_strdup(reason);
    g_ptr_array_add(self->refused, refusal);
}

/* Measures it and takes it in, or notes why not; takes the preset. TRUE: taken in. */
static gboolean
enter(WgSearch *self, WgPreset *preset, gboolean is_reference, WgDataset *dataset,
      const WgSearchOptions *options)
{
    WgSearchTrial *trial = g_new0(WgSearchTrial, 1);
    const double own_hz = preset->has_window ? preset->window.rate_hz : options->rate_hz;
    const int n = wg_dataset_get_n(dataset);
    const int first[N_MEASURED] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    g_autoptr(WgWindows) windows = wg_windows_new(dataset, first, MIN(n, N_MEASURED));
    g_autofree char *reason = wg_search_measure(preset, windows, options->kind,
                                                options->rate_hz > 0 ? own_hz : 0, &trial->need);

    if (options->epochs > 0)
        preset->options.epochs = MIN(preset->options.epochs, options->epochs);
    trial->name = g_strdup(preset->name);
    trial->preset = preset;
    trial->dataset = dataset;
    trial->runs_on_watch = TRUE;
    trial->is_reference = is_reference;
    if (reason) {
        wg_search_refuse(self, preset, reason);
        trial_free(trial);
        return FALSE;
    }
    trial->layers = wg_preset_layers_to_text(preset);
    g_ptr_array_add(self->trials, trial);
    return TRUE;
}

static void
enter_references(WgSearch *self, WgDataset *dataset, const WgSearchOptions *options)
{
    for (int i = 0; wg_presets[i]; i++)
        enter(self, wg_preset_copy(wg_presets[i]), TRUE, dataset, options);
}

/* No watch runs these: no export of them exists. */
static void
enter_methods(WgSearch *self, WgDataset *dataset)
{
    static const struct {
        WgMethod method;
        int n_trees, max_depth;
    } methods[] = {
        {WG_METHOD_TREE, 1, 6},    {WG_METHOD_TREE, 1, 0},    {WG_METHOD_FOREST, 10, 8},
        {WG_METHOD_FOREST, 10, 0}, {WG_METHOD_FOREST, 30, 8}, {WG_METHOD_FOREST, 30, 0},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(methods); i++) {
        WgSearchTrial *trial = g_new0(WgSearchTrial, 1);
        const int n = methods[i].n_trees, depth = methods[i].max_depth;

        trial->dataset = dataset;
        trial->method = methods[i].method;
        trial->forest.n_trees = n;
        trial->forest.max_depth = depth;
        trial->forest.min_leaf = MIN_LEAF;
        trial->name = g_strdup_printf("%s-%d-%d", wg_method_get_name(trial->method), n, depth);
        trial->layers = depth > 0 ? g_strdup_printf(_("trees: %d, of depth %d"), n, depth)
                                  : g_strdup_printf(_("trees: %d, as deep as it takes"), n);
        g_ptr_array_add(self->trials, trial);
    }
}

/* The windows that network i sees: the dataset's, or a dataset of others, made when first drawn.
 * NULL: the takes give too few of those. */
static WgDataset *
draw_windows(WgSearch *self, WgDataset *dataset, const WgSearchOptions *options, int i,
             GError **error)
{
    const guint n = options->windows ? options->windows->len : 0;
    WgDataset *drawn;
    WgRandom random;
    guint at;

    if (n == 0)
        return dataset;
    wg_random_init(&random, options->seed ^ ((guint64)WINDOW_STREAM << 32), (guint64)i);
    at = wg_random_below(&random, n + 1);
    if (at == 0)
        return dataset;
    drawn = g_hash_table_lookup(self->datasets, GUINT_TO_POINTER(at));
    if (drawn)
        return drawn;
    drawn = wg_dataset_new_for_windows(options->recordings, wg_dataset_get_labels(dataset),
                                       &g_array_index(options->windows, WgWindowOptions, at - 1),
                                       error);
    if (!drawn)
        return NULL;
    if (!wg_search_check_dataset(drawn, error)) {
        wg_dataset_unref(drawn);
        return NULL;
    }
    g_hash_table_insert(self->datasets, GUINT_TO_POINTER(at), drawn);
    return drawn;
}

static WgPreset *
draw(const char *name, const WgWindowOptions *window, const WgSearchOptions *options, int i)
{
    WgRandom random;
    WgPreset *preset;

    wg_random_init(&random, options->seed ^ ((guint64)DRAW_STREAM << 32), (guint64)i);
    preset = wg_search_space_draw(name, window->length, &random);
    preset->has_window = !wg_window_options_is_watch(window);
    preset->window = *window;
    return preset;
}

/* Draws until enough fit. FALSE when cancelled or when nothing does. */
static gboolean
enter_drawn(WgSearch *self, WgDataset *dataset, const WgSearchOptions *options,
            GCancellable *cancellable, GError **error)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const int limit = MIN(options->n_trials, G_MAXINT / DRAWS_A_TRIAL) * DRAWS_A_TRIAL;
    const WgSearchRefusal *last;
    int n_taken = 0;

    for (int i = 1; i <= limit && n_taken < options->n_trials; i++) {
        g_autofree char *name = g_strdup_printf("s%d", i);
        g_autoptr(GError) why = NULL;
        WgDataset *seen_by;
        WgPreset *preset;

        if (g_cancellable_set_error_if_cancelled(cancellable, error))
            return FALSE;
        seen_by = draw_windows(self, dataset, options, i, &why);
        preset = draw(name, wg_dataset_get_window(seen_by ? seen_by : dataset), options, i);
        if (!g_hash_table_add(seen, wg_preset_to_text(preset))) {
            wg_preset_free(preset);
            continue;
        }
        self->n_drawn++;
        if (seen_by) {
            n_taken += enter(self, preset, FALSE, seen_by, options);
        } else {
            /* no windows, so why not: NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
            wg_search_refuse(self, preset, why->message);
            wg_preset_free(preset);
        }
    }
    if (n_taken > 0)
        return TRUE;
    last = g_ptr_array_index(self->refused, self->refused->len - 1);
    g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                _("none of %d networks drawn can run on %s (the last: %s): choose another watch"),
                self->n_drawn, options->kind->name, last->reason);
    return FALSE;
}

gboolean
wg_search_enter(WgSearch *self, WgDataset *dataset, const WgSearchOptions *options,
                GCancellable *cancellable, GError **error)
{
    self->datasets = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)wg_dataset_unref);
    g_hash_table_insert(self->datasets, GUINT_TO_POINTER(0), wg_dataset_ref(dataset));
    self->trials = g_ptr_array_new_with_free_func(trial_free);
    self->refused = g_ptr_array_new_with_free_func(refusal_free);
    enter_references(self, dataset, options);
    enter_methods(self, dataset);
    return enter_drawn(self, dataset, options, cancellable, error);
}
