/* Runs an int8 network on the sample recordings, by this program and by TensorFlow Lite's C library
 * in turns, and prints windows a second; for bench/inference. */
#include "../tests/quant/referee.h"
#include "dataset/import.h"
#include "dataset/split.h"
#include "quant/int8-network.h"
#include "quant/quantize.h"
#include "train/preset.h"

#include <math.h>
#include <stdlib.h>

#define PASSES 40 /* over all windows in a turn */

static char *preset_name = "waggle";
static gboolean is_alone = FALSE;
static int turns = 5;

static const GOptionEntry entries[] = {
    {"preset", 0, 0, G_OPTION_ARG_STRING, &preset_name, "the preset whose network runs", "NAME"},
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
    const WgPreset *preset = wg_preset_find(preset_name, error);
    const WgQuantizeOptions options = {0};
    g_autoptr(WgNetwork) network = preset
                                       ? wg_preset_build(preset, windows->length, windows->channels,
                                                         windows->n_labels, 1, error)
                                       : NULL;

    return network ? wg_quantize(network, windows, &options, error) : NULL;
}

static gint8 *
round_to_units(const WgWindows *windows)
{
    const int n = windows->n * windows->length * windows->channels;
    gint8 *units = g_new(gint8, n);

    for (int i = 0; i < n; i++)
        units[i] = (gint8)CLAMP(lrintf(windows->x[i] * WG_UNITS_PER_G), -128, 127);
    return units;
}

static double
measure_ours(const WgInt8Network *network, const gint8 *units, int n, int n_in, gint8 *outputs)
{
    const int n_out = wg_int8_network_get_output(network)->n_elements;
    const gsize n_scratch = wg_int8_network_get_scratch_bytes(network);
    gpointer scratch = g_aligned_alloc(MAX(1, n_scratch), 1, 16);
    const gint64 start_us = g_get_monotonic_time();
    gint64 taken_us;

    for (int pass = 0; pass < PASSES; pass++) {
        for (int i = 0; i < n; i++)
            wg_int8_network_run(network, units + i * n_in, outputs + i * n_out, scratch);
    }
    taken_us = g_get_monotonic_time() - start_us;
    g_aligned_free(scratch);
    return (double)n * PASSES / (double)taken_us * G_USEC_PER_SEC;
}

static double
measure_theirs(WgReferee *referee, const gint8 *units, int n, int n_in, gint8 *outputs, int n_out)
{
    const gint64 start_us = g_get_monotonic_time();

    for (int pass = 0; pass < PASSES; pass++) {
        for (int i = 0; i < n; i++)
            wg_referee_run(referee, units + i * n_in, (gsize)n_in, outputs + i * n_out,
                           (gsize)n_out);
    }
    return (double)n * PASSES / (double)(g_get_monotonic_time() - start_us) * G_USEC_PER_SEC;
}

static gboolean
run(const char *folder, const char *split_path, GError **error)
{
    g_autoptr(WgWindows) windows = load_windows(folder, split_path, error);
    g_autoptr(GBytes) tflite = windows ? make_tflite(windows, error) : NULL;
    g_autoptr(WgInt8Network) network = tflite ? wg_int8_network_new(tflite, error) : NULL;
    g_autofree gint8 *units = NULL;
    g_autofree gint8 *ours = NULL;
    g_autofree gint8 *theirs = NULL;
    WgReferee *referee;
    int n_in, n_out, n_different = 0;

    if (!network)
        return FALSE;
    n_in = wg_int8_network_get_input(network)->n_elements;
    n_out = wg_int8_network_get_output(network)->n_elements;
    units = round_to_units(windows);
    ours = g_new0(gint8, windows->n * n_out);
    theirs = g_new0(gint8, windows->n * n_out);
    referee = is_alone ? NULL : wg_referee_new(tflite);
    for (int turn = 0; turn < turns; turn++) {
        g_print("turn %d ours %.0f", turn + 1,
                measure_ours(network, units, windows->n, n_in, ours));
        if (referee)
            g_print(" theirs %.0f",
                    measure_theirs(referee, units, windows->n, n_in, theirs, n_out));
        g_print("\n");
    }
    for (int i = 0; referee && i < windows->n * n_out; i++)
        n_different += ours[i] != theirs[i];
    g_print("windows %d different_outputs %d\n", windows->n, n_different);
    if (referee)
        wg_referee_free(referee);
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
