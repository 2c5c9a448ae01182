/* Few-shot tasks for bench/personalise: which takes to learn from, which to be asked. */
#include "personal-task.h"

#include "base/random.h"
#include "dataset/import.h"
#include "dataset/resample.h"

#include <string.h>

#define WATCH_RATE_HZ 12.5

static const char *const held[] = {"waggle", "upup", "swipeleft", NULL};
static const char *const of_gordon[] = {"waggle",     "upup",    "swipeleft",
                                        "swiperight", "nothing", NULL};
static const char *const of_conor[] = {"waggle", "upup", "swipeleft", "swiperight", "random", NULL};
static const char *const unseen[] = {"snap", "swipeup", "clap2", NULL};
static const char *const arduino[] = {"circ", "flex", "hori", "punch", "vert", NULL};
static const char *const nothing[] = {NULL};

const WgPersonalTask personal_development[3] = {
    {"three held out", held, NULL, held, FALSE},
    {"gordon, held out", of_gordon, "gordon", held, FALSE},
    {"conor, held out", of_conor, "conor", held, FALSE},
};

const WgPersonalTask personal_test[2] = {
    {"Arduino gestures", arduino, NULL, nothing, TRUE},
    {"snap, swipeup, clap2", unseen, NULL, unseen, FALSE},
};

/* Acceleration only, at the watch's rate. */
static WgRecording *
convert(WgRecording *recording, GError **error)
{
    WgRecordingSpec spec = *wg_recording_get(recording);
    g_autofree float *axes = g_new(float, spec.n_samples *WG_WINDOW_CHANNELS);
    g_autofree float *resampled = NULL;
    int n = 0;

    for (int t = 0; t < spec.n_samples; t++)
        memcpy(axes + t * WG_WINDOW_CHANNELS, spec.samples + t * spec.n_channels,
               sizeof(float) * WG_WINDOW_CHANNELS);
    resampled = wg_resample(axes, spec.n_samples, WG_WINDOW_CHANNELS, spec.rate_hz, WATCH_RATE_HZ,
                            &n, error);
    if (!resampled)
        return NULL;
    spec.samples = resampled;
    spec.original = NULL;
    spec.n_samples = n;
    spec.n_channels = WG_WINDOW_CHANNELS;
    spec.rate_hz = WATCH_RATE_HZ;
    return wg_recording_new(&spec);
}

GPtrArray *
personal_load(const char *folder, gboolean is_foreign, GError **error)
{
    const char *paths[] = {folder, NULL};
    const WgImportOptions options = {0};
    g_autoptr(WgImport) import = wg_import_read(paths, &options, NULL, NULL, NULL, error);
    g_autoptr(GPtrArray) recordings =
        g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);

    for (guint i = 0; import && i < import->recordings->len; i++) {
        WgRecording *recording = g_ptr_array_index(import->recordings, i);
        WgRecording *taken = is_foreign ? convert(recording, error) : wg_recording_ref(recording);

        if (!taken)
            return NULL;
        g_ptr_array_add(recordings, taken);
    }
    return import ? g_steal_pointer(&recordings) : NULL;
}

static gboolean
is_of_folder(const WgRecordingSpec *spec, const char *prefix)
{
    g_autofree char *folder = g_path_get_dirname(spec->file);
    g_autofree char *name = g_path_get_basename(folder);

    return g_str_has_prefix(name, prefix);
}

static GPtrArray *
choose(const WgPersonalTask *task, GPtrArray *recordings, gboolean for_base)
{
    GPtrArray *chosen = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);

    for (guint i = 0; i < recordings->len; i++) {
        WgRecording *recording = g_ptr_array_index(recordings, i);
        const WgRecordingSpec *spec = wg_recording_get(recording);
        const gboolean is_there = !task->folder || is_of_folder(spec, task->folder);
        const gboolean is_base =
            !g_strv_contains(task->left_out, spec->label) && !(task->folder && is_there);
        const gboolean is_task = is_there && g_strv_contains(task->labels, spec->label);

        if (for_base ? is_base : is_task)
            g_ptr_array_add(chosen, wg_recording_ref(recording));
    }
    return chosen;
}

WgDataset *
personal_task_dup_dataset(const WgPersonalTask *task, GPtrArray *recordings, GError **error)
{
    g_autoptr(GPtrArray) chosen = choose(task, recordings, FALSE);

    return wg_dataset_new(chosen, NULL, error);
}

WgDataset *
personal_task_dup_base_dataset(const WgPersonalTask *task, GPtrArray *recordings, GError **error)
{
    g_autoptr(GPtrArray) chosen = choose(task, recordings, TRUE);

    return wg_dataset_new(chosen, NULL, error);
}

void
personal_draw(WgDataset *dataset, int n_takes, guint64 draw, GArray *learned, GArray *asked)
{
    const int n = wg_dataset_get_n(dataset);
    g_autofree int *order = g_new(int, n + 1);
    g_autofree int *counts = g_new0(int, wg_dataset_get_n_labels(dataset) + 1);
    WgRandom random;

    for (int i = 0; i < n; i++)
        order[i] = i;
    wg_random_init(&random, draw, 1);
    wg_random_shuffle(&random, order, n);
    for (int i = 0; i < n; i++) {
        const gboolean is_learned = counts[wg_dataset_get_label(dataset, order[i])]++ < n_takes;

        g_array_append_val(is_learned ? learned : asked, order[i]);
    }
}
