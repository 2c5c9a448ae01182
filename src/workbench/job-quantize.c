/* The job "quantize": makes the int8 model of the trained one, with representative windows. */
#include "base/error.h"
#include "quant/verdict.h"
#include "workbench/qat-compare.h"
#include "workbench/calibration.h"
#include "workbench/inspection.h"
#include "workbench/json.h"
#include "workbench/model.h"
#include "workbench/patience.h"
#include "workbench/range-options.h"
#include "workbench/validated.h"
#include "workbench/window-options.h"

/* A way to the int8 model of a float one with ranges as the calibration takes show them. `told`
 * gets what is to be told beside the calibration. */
typedef struct {
    const char *name;
    GBytes *(*make)(WgJob *job, WgModel *model, const WgCalibration *set, JsonObject *told,
                    GError **error);
} Method;

/* After the training. */
static GBytes *
make_ptq(WgJob *job, WgModel *model, const WgCalibration *set, G_GNUC_UNUSED JsonObject *told,
         GError **error)
{
    return wg_calibration_quantize(set, job, model, error);
}

/* Trained on as int8, and held against the other. */
static GBytes *
make_qat(WgJob *job, WgModel *model, const WgCalibration *set, JsonObject *told, GError **error)
{
    g_autofree char *description = wg_window_options_dup_description(&model->window);
    const WgQuantizeOptions options = wg_calibration_get_options(job, description);
    JsonObject *qat = NULL;
    GBytes *tflite = wg_qat_quantize(job, model, set->windows, &options, &qat, error);

    if (qat)
        json_object_set_object_member(told, "qat", qat);
    return tflite;
}

static const Method methods[] = {{"ptq", make_ptq}, {"qat", make_qat}};

static const Method *
find_method(const char *name, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(methods); i++) {
        if (g_str_equal(methods[i].name, name))
            return &methods[i];
    }
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE, "--method takes ptq or qat, not “%s”", name);
    return NULL;
}

static gboolean
store(WgJob *job, WgModel *model, GBytes *tflite, JsonObject *result, GError **error)
{
    g_autoptr(WgModelRecord) record = g_new0(WgModelRecord, 1);
    g_autoptr(JsonObject) meta = json_object_new();
    JsonObject *split = wg_json_get_object(model->meta, "split");
    /* the plain one is kept where training on as int8 made it worse */
    const char *method =
        json_object_has_member(result, "qat")
            ? json_object_get_string_member(wg_json_get_object(result, "qat"), "kept")
            : json_object_get_string_member(result, "method");

    wg_json_set_strings(meta, "labels", (const char *const *)model->labels);
    json_object_set_object_member(meta, "split", json_object_ref(split));
    json_object_set_object_member(meta, "window", wg_window_options_to_json(&model->window));
    json_object_set_int_member(meta, "bytes", json_object_get_int_member(result, "bytes"));
    json_object_set_int_member(meta, "arena_bytes",
                               json_object_get_int_member(result, "arena_bytes"));
    json_object_set_object_member(meta, "calibration",
                                  json_object_ref(wg_json_get_object(result, "calibration")));
    json_object_set_string_member(meta, "method", method);
    if (json_object_has_member(result, "validation"))
        json_object_set_object_member(meta, "validation",
                                      json_object_ref(wg_json_get_object(result, "validation")));
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
    const Method *method = kind ? find_method(wg_job_get_string(job, "method"), error) : NULL;
    const WgRangeMethod *ranges =
        method ? wg_range_method_find(wg_job_get_string(job, "ranges"), error) : NULL;
    g_autoptr(WgModel) model =
        ranges ? wg_model_load(wg_job_get_project(job), "float", error) : NULL;
    g_autoptr(WgCalibration) set = model ? wg_calibration_load(job, model, error) : NULL;
    g_autoptr(JsonObject) told = json_object_new();
    g_autoptr(GBytes) tflite = set ? method->make(job, model, set, told, error) : NULL;
    g_autoptr(WgInt8Network) network = tflite ? wg_int8_network_new(tflite, error) : NULL;
    g_autoptr(JsonObject) calibration =
        network ? wg_calibration_report(set, job, model, network, ranges->name, error) : NULL;
    g_autoptr(JsonObject) result = NULL;
    JsonObject *validated;

    if (!calibration)
        return FALSE;
    result = wg_inspection_new(network, kind);
    json_object_set_string_member(result, "method", method->name);
    json_object_set_object_member(result, "calibration", g_steal_pointer(&calibration));
    validated = wg_validated_new(model, network, wg_job_get_project(job));
    if (validated)
        json_object_set_object_member(result, "validation", validated);
    if (json_object_has_member(told, "qat"))
        json_object_set_object_member(result, "qat",
                                      json_object_ref(wg_json_get_object(told, "qat")));
    if (g_cancellable_set_error_if_cancelled(wg_job_get_cancellable(job), error) ||
        !store(job, model, tflite, result, error))
        return FALSE;
    wg_job_take_result(job, g_steal_pointer(&result));
    return TRUE;
}

static const WgJobOption options_table[] = {
    {"method", WG_OPTION_STRING, "ptq|qat", "after training, or training on as int8", "ptq"},
    WG_CALIBRATION_OPTIONS,
    WG_RANGE_OPTIONS,
    {"for", WG_OPTION_STRING, "KIND", "the watch it is to fit", "bangle2"},
    {NULL},
};

const WgJobKind wg_job_kind_quantize = {
    "quantize", "makes the int8 model from the trained one", "PROJECT", options_table, run, NULL,
};
