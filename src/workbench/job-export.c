/* The job "export": the int8 model as a file for somewhere else. */
#include "base/error.h"
#include "base/file.h"
#include "workbench/job.h"
#include "workbench/model.h"
#include "workbench/window-options.h"

static gboolean
run(WgJob *job, GError **error)
{
    const char *to = wg_job_get_string(job, "to");
    const char *path = wg_job_get_arguments(job)[0];
    g_autoptr(WgModel) model = NULL;
    JsonObject *result;
    gsize length;
    gconstpointer data;

    if (!to || !g_str_equal(to, "tflite")) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    "--to takes tflite; this version does not have “%s”", to ? to : "");
        return FALSE;
    }
    model = wg_model_load(wg_job_get_project(job), "int8", error);
    if (!model)
        return FALSE;
    data = g_bytes_get_data(model->record->data, &length);
    if (!wg_file_write(path, data, length, error))
        return FALSE;
    result = json_object_new();
    json_object_set_string_member(result, "file", path);
    json_object_set_int_member(result, "bytes", (gint64)length);
    json_object_set_object_member(result, "window", wg_window_options_to_json(&model->window));
    wg_job_take_result(job, result);
    return TRUE;
}

static const WgJobOption options_table[] = {
    {"to", WG_OPTION_STRING, "tflite", "the form wanted", NULL},
    {NULL},
};

const WgJobKind wg_job_kind_export = {
    "export", "writes the model for somewhere else", "PROJECT OUT", options_table, run, NULL,
};
