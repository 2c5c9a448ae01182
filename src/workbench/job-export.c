/* The job "export": the int8 model as files for somewhere else. */
#include "base/error.h"
#include "base/now.h"
#include "workbench/actions.h"
#include "workbench/decision.h"
#include "workbench/export-files.h"
#include "workbench/export-forest.h"
#include "workbench/export-forms.h"
#include "workbench/job.h"
#include "workbench/json.h"
#include "workbench/model.h"
#include "workbench/test-takes.h"
#include "workbench/window-options.h"

static void
fill_result(JsonObject *result, const WgExporter *exporter, const GPtrArray *files,
            const char *path, gsize n_bytes)
{
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
}

static JsonObject *
make_result(const WgExporter *exporter, const GPtrArray *files, const char *path, gsize n_bytes,
            const WgModel *model)
{
    JsonObject *result = json_object_new();

    fill_result(result, exporter, files, path, n_bytes);
    json_object_set_object_member(result, "window", wg_window_options_to_json(&model->window));
    return result;
}

/* What the source points at, and is freed with it. */
typedef struct {
    WgExportSource source;
    WgModel *model;
    WgDecision *decision; /* NULL: none was tuned */
    WgTestTakes takes;
    WgDeployment app; /* what the project keeps of it */
    char *name, *date;
} Exporting;

static void
exporting_clear(Exporting *self)
{
    g_clear_pointer(&self->model, wg_model_free);
    g_clear_pointer(&self->decision, wg_decision_free);
    g_free(self->takes.inputs);
    g_free(self->takes.outputs);
    g_strfreev(self->app.actions);
    g_free(self->name);
    g_free(self->date);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Exporting, exporting_clear)

static gboolean
load(WgJob *job, Exporting *self, GError **error)
{
    WgProject *project = wg_job_get_project(job);

    self->model = wg_model_load(project, "int8", error);
    if (!self->model)
        return FALSE;
    self->decision = wg_decision_take(job, self->model);
    if (!wg_decision_choose_other(job, self->decision, self->model, &self->source.other, error))
        return FALSE;
    wg_test_takes_choose(job, self->model, self->model->int8, &self->takes);
    self->app.names = self->model->labels;
    wg_actions_fill(project, &self->app);
    self->name = g_path_get_basename(wg_project_get_path(project));
    self->date = wg_format_now();
    return TRUE;
}

static void
fill_source(WgJob *job, Exporting *self)
{
    WgExportSource *source = &self->source;

    source->network = self->model->int8;
    source->labels = (const char *const *)self->model->labels;
    source->window = &self->model->window;
    source->project_name = self->name;
    source->made = self->model->record->created;
    source->date = self->date;
    source->threshold = wg_decision_choose_threshold(job, self->decision);
    source->thresholds = wg_decision_choose_thresholds(job, self->decision);
    source->n_debounce = self->decision ? self->decision->n_debounce : 0;
    source->debounce_ms = self->decision ? self->decision->span_ms : 0;
    source->actions = (const char *const *)self->app.actions;
    source->n_app_debounce = self->app.n_debounce;
    source->app_debounce_ms = self->app.debounce_ms;
    source->in_background = self->app.in_background;
    source->n_tests = self->takes.n;
    source->n_inputs = self->takes.n_inputs;
    source->n_outputs = self->takes.n_outputs;
    source->test_inputs = self->takes.inputs;
    source->test_outputs = self->takes.outputs;
}

/* A form with trees, which are grown for it. */
static gboolean
run_forest(WgJob *job, const WgExporter *exporter, const char *path, GError **error)
{
    g_autoptr(GPtrArray) files = wg_export_files_new();
    g_autoptr(JsonObject) result = json_object_new();
    gsize n_bytes;

    if (!wg_export_forest(job, exporter, files, result, error) ||
        !wg_export_files_write(files, exporter, path, &n_bytes, error))
        return FALSE;
    fill_result(result, exporter, files, path, n_bytes);
    wg_job_take_result(job, g_steal_pointer(&result));
    return TRUE;
}

static gboolean
run_network(WgJob *job, const WgExporter *exporter, const char *path, GError **error)
{
    g_autoptr(GPtrArray) files = wg_export_files_new();
    g_auto(Exporting) exporting = {.model = NULL};
    gsize n_bytes;

    if (!load(job, &exporting, error))
        return FALSE;
    fill_source(job, &exporting);
    if (!exporter->write(&exporting.source, files, error) ||
        !wg_export_files_write(files, exporter, path, &n_bytes, error))
        return FALSE;
    wg_job_take_result(job, make_result(exporter, files, path, n_bytes, exporting.model));
    return TRUE;
}

/* What is for trees is given for trees only. */
static gboolean
check_tree_options(WgJob *job, const WgExporter *exporter, GError **error)
{
    if (wg_job_is_given(job, "trees") && exporter->n_trees <= 1) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    "--trees is for micropython-forest, not for “%s”", exporter->name);
        return FALSE;
    }
    if ((wg_job_is_given(job, "depth") || wg_job_is_given(job, "seed")) && exporter->n_trees == 0) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    "--%s is for micropython-tree and micropython-forest, not for “%s”",
                    wg_job_is_given(job, "depth") ? "depth" : "seed", exporter->name);
        return FALSE;
    }
    return TRUE;
}

static gboolean
run(WgJob *job, GError **error)
{
    const char *path = wg_job_get_arguments(job)[0];
    const WgExporter *exporter = wg_exporter_find(wg_job_get_string(job, "to"), error);

    if (!exporter || !check_tree_options(job, exporter, error) ||
        !wg_export_files_check(exporter, path, wg_job_has(job, "replace"), error))
        return FALSE;
    return exporter->n_trees > 0 ? run_forest(job, exporter, path, error)
                                 : run_network(job, exporter, path, error);
}

static const WgJobOption options_table[] = {
    {"to", WG_OPTION_STRING, "FORM", "one of the forms below", NULL},
    {"threshold", WG_OPTION_NUMBER, "P",
     "least probability for an answer, else as tuned (not of trees), else 0.5", NULL, 0, 1},
    {"other", WG_OPTION_STRING, "LABEL", "the gesture that means nothing, else as tuned or trained",
     NULL},
    {"replace", WG_OPTION_FLAG, NULL, "replaces a file or .zip that is there", NULL},
    WG_EXPORT_FOREST_OPTIONS,
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
    "OUT is a folder to be made, or a .zip; with the ending of the form's main "
    "file (.tflite of "
    "tflite, .py of the micropython forms) just that one.",
    FALSE,
    wg_exporter_dup_help,
};
