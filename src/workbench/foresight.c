/* What a model will be on a watch, before it is trained. */
#include "workbench/foresight.h"

#include "quant/quantize.h"
#include "train/standardise.h"
#include "workbench/inspection.h"
#include "workbench/window-options.h"

#define SEED 1      /* of the weights, whose values do not count */
#define N_WINDOWS 8 /* to calibrate on: their values do not count either */

static WgWindows *
take_some(WgDataset *dataset)
{
    const int n = MIN(N_WINDOWS, wg_dataset_get_n(dataset));
    int indices[N_WINDOWS];

    for (int i = 0; i < n; i++)
        indices[i] = i;
    return wg_windows_new(dataset, indices, n);
}

JsonObject *
wg_foresight_new(const WgPreset *preset, WgDataset *dataset, const WgWatchKind *kind,
                 GError **error)
{
    static const char *const members[] = {
        "for", "bytes", "arena_bytes", "fits", "operations", "arena_limit_bytes", "reasons"};
    const WgWindowOptions *window = wg_dataset_get_window(dataset);
    g_autofree char *description = wg_window_options_dup_description(window);
    const WgQuantizeOptions options = {.softmax = TRUE, .description = description};
    g_autoptr(WgWindows) windows = take_some(dataset);
    g_autoptr(WgNetwork) network = wg_preset_build(preset, windows->length, windows->channels,
                                                   wg_dataset_get_n_labels(dataset), SEED, error);
    g_autoptr(GBytes) tflite = NULL;
    g_autoptr(WgInt8Network) int8 = NULL;
    g_autoptr(JsonObject) inspection = NULL;
    JsonObject *result;

    if (!network || (window->standardise && !wg_standardise(network, windows, error)))
        return NULL;
    tflite = wg_quantize(network, windows, &options, error);
    int8 = tflite ? wg_int8_network_new(tflite, error) : NULL;
    if (!int8)
        return NULL;
    inspection = wg_inspection_new(int8, kind);
    result = json_object_new();
    json_object_set_string_member(result, "preset", preset->name);
    json_object_set_int_member(result, "gestures", wg_dataset_get_n_labels(dataset));
    json_object_set_int_member(result, "parameters", wg_network_get_n_parameters(network));
    for (gsize i = 0; i < G_N_ELEMENTS(members); i++)
        json_object_set_member(result, members[i],
                               json_node_copy(json_object_get_member(inspection, members[i])));
    return result;
}
