/* The job "export": the int8 model as files for somewhere else. */
#include "base/error.h"
#include "workbench/decision.h"
#include "workbench/export-files.h"
#include "workbench/job.h"
#include "workbench/json.h"
#include "workbench/model.h"
#include "workbench/test-takes.h"
#include "workbench/window-options.h"

static JsonObject *
make_result(const WgExporter *exporter, const GPtrArray *files, const char *path, gsize n_bytes,
            const WgModel *model)
{
    JsonObject *result = json_object_new();
    JsonArray *list = json_array_new();
    const gboolean is_single =
        exporter->main_suffix && g_str_has_suffix(path, exporter->main_suffix);

    for (guint i = 0; i < (is_single ? 1 : files->len); i++) {
        const WgExportFile *file = g_ptr_array_index(files, i);
        JsonObject *object = json_object_new();

        json_object_set_string_member(object, "path", file->path);
        json_object_set_int_member(object, "bytes", (gint64)g_bytes_get_size(file->content));
        json_array_add_object_element(list, object);
    }
    json_object_set_string_member(result, "to", exporter->name);
    json_object_set_string_member(result, "file", path);
    json_object_set_int_member(result, "bytes", (gint64)n_bytes);
    json_object_set_array_member(result, "files", list);
    json_object_set_object_member(result, "window", wg_window_options_to_json(&model->window));
    return result;
}

/* The job's --other, else the one that the threshold was tuned with; NULL: none. */
static gboolean
choose_other(WgJob *job, const WgModel *model, const WgDecision *decision, const char **other,
             GError **error)
{
    g_autofree char *labels = g_strjoinv(", ", model->labels);

    *other = wg_job_has(job, "other") ? wg_job_get_string(job, "other")
             : decision               ? decision->other
                                      : NULL;
    if (!*other || g_strv_contains((const char *const *)model->labels, *other))
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE, "--other takes one of %s, not “%s”", labels,
                *other);
    return FALSE;
}

static gboolean
run(WgJob *job, GError **error)
{
    const char *path = wg_job_get_arguments(job)[0];
    const WgExporter *exporter = wg_exporter_find(wg_job_get_string(job, "to"), error);
    g_autoptr(WgModel) model =
        exporter ? wg_model_load(wg_job_get_project(job), "int8", error) : NULL;
    g_autoptr(WgDecision) decision =
        model ? wg_decision_load(wg_job_get_project(job), model,
                                 wg_window_options_is_watch(&model->window) ? "detector" : "window")
              : NULL;
    g_autoptr(GPtrArray) files = wg_export_files_new();
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    g_autofree char *date = g_date_time_format(now, "%Y-%m-%dT%H:%M:%SZ"), *name = NULL;
    g_autofree gint8 *inputs = NULL;
    g_autofree float *outputs = NULL;
    WgExportSource source = {0};
    WgTestTakes takes = {0};
    gsize n_bytes;

    if (!model || !choose_other(job, model, decision, &source.other, error))
        return FALSE;
    wg_test_takes_choose(job, model, model->int8, &takes);
    inputs = takes.inputs;
    outputs = takes.outputs;
    name = g_path_get_basename(wg_project_get_path(wg_job_get_project(job)));
    source.network = model->int8;
    source.labels = (const char *const *)model->labels;
    source.window = &model->window;
    source.project_name = name;
    source.made = model->record->created;
    source.date = date;
    source.threshold = wg_decision_choose_threshold(job, decision);
    source.n_debounce = decision ? decision->n_debounce : 0;
    source.debounce_ms = decision ? decision->span_ms : 0;
    source.n_tests = takes.n;
    source.n_inputs = takes.n_inputs;
    source.n_outputs = takes.n_outputs;
    source.test_inputs = inputs;
    source.test_outputs = outputs;
    if (!exporter->write(&source, files, error) ||
        !wg_export_files_write(files, exporter, path, &n_bytes, error))
        return FALSE;
    wg_job_take_result(job, make_result(exporter, files, path, n_bytes, model));
    return TRUE;
}

static const WgJobOption options_table[] = {
    {"to", WG_OPTION_STRING, "FORM", "tflite, or another of the forms below", NULL},
    {"threshold", WG_OPTION_NUMBER, "P", "least probability for an answer, else as tuned, else 0.5",
     NULL, 0, 1},
    {"other", WG_OPTION_STRING, "LABEL", "the gesture that means nothing, else as tuned", NULL},
    {NULL},
};

const WgJobKind wg_job_kind_export = {
    "export",
    "writes the model for somewhere else",
    "PROJECT OUT",
    options_table,
    run,
    NULL,
    NULL,
    "OUT is a folder to be made, or a .zip; with the ending of the form's main file (.tflite) just "
    "that one.",
};
