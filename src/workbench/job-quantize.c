/* The job "quantize": makes the int8 model of the trained one, with representative windows. */
#include "base/error.h"
#include "quant/quantize.h"
#include "quant/verdict.h"
#include "workbench/inspection.h"
#include "workbench/json.h"
#include "workbench/model.h"
#include "workbench/patience.h"
#include "workbench/job.h"
#include "workbench/window-options.h"

static WgWindows *
load_calibration(WgJob *job, WgModel *model, GError **error)
{
    const char *part = wg_job_get_string(job, "calibration");
    g_autoptr(WgDataset) dataset = NULL;
    g_autoptr(GError) why = NULL;

    if (g_str_equal(part, "test")) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    "calibration never uses the test part: use validation or train");
        return NULL;
    }
    if (!g_str_equal(part, "validation") && !g_str_equal(part, "train")) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    "--calibration takes validation or train; this version does not have FILE");
        return NULL;
    }
    dataset = wg_model_load_part(model, wg_job_get_project(job), part, &why);
    if (!dataset && g_error_matches(why, WG_ERROR, WG_ERROR_MISSING) &&
        g_str_equal(part, "validation")) {
        wg_job_note(job, "no validation takes: calibrated on the training takes");
        dataset = wg_model_load_part(model, wg_job_get_project(job), "train", error);
    } else if (!dataset) {
        g_propagate_error(error, g_steal_pointer(&why));
    }
    return dataset ? wg_windows_new(dataset, NULL, 0) : NULL;
}

static gboolean
store(WgJob *job, WgModel *model, GBytes *tflite, JsonObject *inspection, GError **error)
{
    g_autoptr(WgModelRecord) record = g_new0(WgModelRecord, 1);
    g_autoptr(JsonObject) meta = json_object_new();
    JsonObject *split = json_object_get_object_member(model->meta, "split");

    wg_json_set_strings(meta, "labels", (const char *const *)model->labels);
    json_object_set_object_member(meta, "split", json_object_ref(split));
    json_object_set_object_member(meta, "window", wg_window_options_to_json(&model->window));
    json_object_set_int_member(meta, "bytes", json_object_get_int_member(inspection, "bytes"));
    json_object_set_int_member(meta, "arena_bytes",
                               json_object_get_int_member(inspection, "arena_bytes"));
    record->kind = g_strdup("int8");
    record->parent = model->record->id;
    record->preset = g_strdup(model->record->preset);
    record->meta = wg_json_to_text(meta);
    record->data = g_bytes_ref(tflite);
    return wg_patience_wait(job, error) &&
           wg_project_store_model(wg_job_get_project(job), record, error);
}

static gboolean
run(WgJob *job, GError **error)
{
    const WgWatchKind *kind = wg_watch_kind_find(wg_job_get_string(job, "for"), error);
    WgQuantizeOptions options = {0};
    g_autoptr(WgModel) model = NULL;
    g_autoptr(WgWindows) windows = NULL;
    g_autoptr(GBytes) tflite = NULL;
    g_autofree char *description = NULL;
    g_autoptr(WgInt8Network) network = NULL;
    g_autoptr(JsonObject) result = NULL;

    if (!kind)
        return FALSE;
    if (!g_str_equal(wg_job_get_string(job, "method"), "ptq")) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    "--method takes ptq; this version does not have “%s”",
                    wg_job_get_string(job, "method"));
        return FALSE;
    }
    model = wg_model_load(wg_job_get_project(job), "float", error);
    if (!model)
        return FALSE;
    windows = load_calibration(job, model, error);
    if (!windows)
        return FALSE;
    options.n_samples = (int)wg_job_get_int(job, "samples");
    options.softmax = TRUE;
    description = wg_window_options_dup_description(&model->window);
    options.description = description;
    tflite = wg_quantize(model->network, windows, &options, error);
    if (!tflite)
        return FALSE;
    network = wg_int8_network_new(tflite, error);
    if (!network)
        return FALSE;
    result = wg_inspection_new(network, kind);
    if (!store(job, model, tflite, result, error))
        return FALSE;
    wg_job_take_result(job, g_steal_pointer(&result));
    return TRUE;
}

static const WgJobOption options_table[] = {
    {"method", WG_OPTION_STRING, "ptq", "post-training quantization", "ptq"},
    {"calibration", WG_OPTION_STRING, "validation|train", "representative takes", "validation"},
    {"samples", WG_OPTION_INT, "N", "takes used at most, 0: all", "0", 0, 1e9},
    {"for", WG_OPTION_STRING, "KIND", "the watch it is to fit", "bangle2"},
    {NULL},
};

const WgJobKind wg_job_kind_quantize = {
    "quantize", "makes the int8 model from the trained one", "PROJECT", options_table, run, NULL,
};
