/* Runs an int8 network on the sample recordings, by this program and by TensorFlow Lite's C library
 * in turns, and prints windows a second; for bench/inference. */
#include "../tests/quant/referee.h"
#include "base/error.h"
#include "dataset/import.h"
#include "dataset/split.h"
#include "quant/int8-network.h"
#include "quant/quantize.h"
#include "train/preset.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PASSES 40 /* over all windows in a turn */

static char *preset_name = "waggle";
static char *model_path = NULL;
static gboolean is_alone = FALSE;
static int turns = 5;

static const GOptionEntry entries[] = {
    {"preset", 0, 0, G_OPTION_ARG_STRING, &preset_name, "the preset whose network runs", "NAME"},
    {"model", 0, 0, G_OPTION_ARG_FILENAME, &model_path, "this .tflite in place of a preset",
     "FILE"},
    {"alone", 0, 0, G_OPTION_ARG_NONE, &is_alone, "without TensorFlow Lite", NULL},
    {"turns", 0, 0, G_OPTION_ARG_INT, &turns, "turns of each", "N"},
    {NULL},
};

static WgWindows *
load_windows(const char *folder, const char *split_path, GError **error)
{
    const char *paths[] = {folder, NULL};
    const WgImportOptions options = {0};
    g_autoptr(WgImport) import = wg_import_read(paths, &options, NULL, NULL, NULL, error);
    g_autoptr(WgSplit) split =
        import ? wg_split_new_from_file(import->recordings, split_path, error) : NULL;

    if (!split)
        return NULL;
    return wg_windows_new(split->dataset, (const int *)(gpointer)split->train->data,
                          (int)split->train->len);
}

/* What the network computes does not depend on how well it was trained, so it is not. */
static GBytes *
make_tflite(WgWindows *windows, GError **error)
{
    const WgPreset *preset;
    const WgQuantizeOptions options = {0};
    g_autoptr(WgNetwork) network = NULL;
    char *content;
    gsize size;

    if (model_path)
        return g_file_get_contents(model_path, &content, &size, error)
                   ? g_bytes_new_take(content, size)
                   : NULL;
    preset = wg_preset_find(preset_name, error);
    network = preset ? wg_preset_build(preset, windows->length, windows->channels,
                                       windows->n_labels, 1, error)
                     : NULL;
    return network ? wg_quantize(network, windows, &options, error) : NULL;
}

/* Windows and outputs as the raw bytes of the model's tensors. */
typedef struct {
    int n;
    gsize in_bytes, out_bytes;
    guint8 *inputs, *ours, *theirs;
} Run;

static void
fill_inputs(Run *run, const WgWindows *windows, WgTensorType type)
{
    const int n = windows->n * windows->length * windows->channels;

    for (int i = 0; i < n; i++) {
        const float units = (float)CLAMP(lrintf(windows->x[i] * WG_UNITS_PER_G), -128, 127);

        if (type == WG_TENSOR_FLOAT32)
            ((float *)(gpointer)run->inputs)[i] = units;
        else
            ((gint8 *)run->inputs)[i] = (gint8)units;
    }
}

static double
measure_ours(const WgInt8Network *network, Run *run)
{
    const gsize n_scratch = wg_int8_network_get_scratch_bytes(network);
    gpointer scratch = g_aligned_alloc(MAX(1, n_scratch), 1, 16);
    const gint64 start_us = g_get_monotonic_time();
    gint64 taken_us;

    for (int pass = 0; pass < PASSES; pass++) {
        for (int i = 0; i < run->n; i++)
            wg_int8_network_run(network, run->inputs + (gsize)i * run->in_bytes,
                                run->ours + (gsize)i * run->out_bytes, scratch);
    }
    taken_us = g_get_monotonic_time() - start_us;
    g_aligned_free(scratch);
    return (double)run->n * PASSES / (double)taken_us * G_USEC_PER_SEC;
}

static double
measure_theirs(WgReferee *referee, Run *run)
{
    const gint64 start_us = g_get_monotonic_time();

    for (int pass = 0; pass < PASSES; pass++) {
        for (int i = 0; i < run->n; i++)
            wg_referee_run(referee, run->inputs + (gsize)i * run->in_bytes, run->in_bytes,
                           run->theirs + (gsize)i * run->out_bytes, run->out_bytes);
    }
    return (double)run->n * PASSES / (double)(g_get_monotonic_time() - start_us) * G_USEC_PER_SEC;
}

static void
take_turns(const WgInt8Network *network, GBytes *tflite, Run *run)
{
    WgReferee *referee = is_alone ? NULL : wg_referee_new(tflite);
    const gsize n_values = (gsize)wg_int8_network_get_output(network)->n_elements;
    const gsize value_bytes = run->out_bytes / n_values;
    int n_different = 0;

    for (int turn = 0; turn < turns; turn++) {
        g_print("turn %d ours %.0f", turn + 1, measure_ours(network, run));
        if (referee)
            g_print(" theirs %.0f", measure_theirs(referee, run));
        g_print("\n");
    }
    for (gsize i = 0; referee && i < (gsize)run->n * n_values; i++)
        n_different +=
            memcmp(run->ours + i * value_bytes, run->theirs + i * value_bytes, value_bytes) != 0;
    g_print("windows %d different_outputs %d\n", run->n, n_different);
    if (referee)
        wg_referee_free(referee);
}

static gboolean
run(const char *folder, const char *split_path, GError **error)
{
    g_autoptr(WgWindows) windows = load_windows(folder, split_path, error);
    g_autoptr(GBytes) tflite = windows ? make_tflite(windows, error) : NULL;
    g_autoptr(WgInt8Network) network = tflite ? wg_int8_network_new(tflite, error) : NULL;
    const WgTensorInfo *in = network ? wg_int8_network_get_input(network) : NULL;
    Run data;

    if (!network)
        return FALSE;
    if (in->n_elements != windows->length * windows->channels) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT, "the model takes %d values, a window has %d",
                    in->n_elements, windows->length * windows->channels);
        return FALSE;
    }
    data = (Run){windows->n, in->size_bytes, wg_int8_network_get_output(network)->size_bytes};
    data.inputs = g_malloc((gsize)data.n * data.in_bytes);
    data.ours = g_malloc0((gsize)data.n * data.out_bytes);
    data.theirs = g_malloc0((gsize)data.n * data.out_bytes);
    fill_inputs(&data, windows, in->type);
    take_turns(network, tflite, &data);
    g_free(data.inputs);
    g_free(data.ours);
    g_free(data.theirs);
    return TRUE;
}

int
main(int argc, char **argv)
{
    g_autoptr(GOptionContext) context = g_option_context_new("FOLDER SPLIT");
    g_autoptr(GError) error = NULL;

    g_option_context_add_main_entries(context, entries, NULL);
    if (!g_option_context_parse(context, &argc, &argv, &error) || argc != 3) {
        g_printerr("%s\n",
                   error ? error->message : "a folder of recordings and a split are needed");
        return EXIT_FAILURE;
    }
    if (!run(argv[1], argv[2], &error)) {
        g_printerr("%s\n", error->message);
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
