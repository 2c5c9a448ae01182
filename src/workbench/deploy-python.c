/* Deploying to MicroPython boards, and the way back: parts of the jobs "deploy" and "restore". */
#include "workbench/deploy-python.h"

#include "base/error.h"
#include "base/file.h"
#include "base/now.h"
#include "device/deploy-python.h"
#include "device/watch-talk.h"
#include "quant/micropython.h"
#include "workbench/decision.h"
#include "workbench/measurement.h"
#include "workbench/model.h"
#include "workbench/test-takes.h"

#include <glib/gi18n.h>
#include <math.h>

typedef struct {
    WgJob *job;
    WgInt8Network *network;
    WgPythonDeployment deployment;
} Deploying;

static void
deploying_free(Deploying *d)
{
    g_clear_pointer(&d->network, wg_int8_network_unref);
    g_clear_pointer(&d->deployment.module, g_bytes_unref);
    g_clear_pointer(&d->deployment.example, g_bytes_unref);
    g_free(d->deployment.test_inputs);
    g_free(d->deployment.test_outputs);
    g_clear_object(&d->job);
    g_free(d);
}

/* Takes the error, NULL: success. */
static void
end(Deploying *d, GError *error)
{
    g_autoptr(WgJob) job = g_object_ref(d->job);

    deploying_free(d);
    wg_job_return(job, error);
}

static gboolean
make_files(Deploying *d, const WgExportSource *source, GError **error)
{
    WgPythonDeployment *deployment = &d->deployment;

    deployment->module = wg_micropython_module_new(source, &deployment->memory_bytes, error);
    deployment->only_tests = wg_job_has(d->job, "test-only");
    deployment->replaces_main = wg_job_has(d->job, "replace-main");
    if (wg_job_has(d->job, "example") || deployment->replaces_main)
        deployment->example = wg_micropython_example_new(source);
    return deployment->module != NULL;
}

static gboolean
choose_takes(Deploying *d, WgModel *model, GError **error)
{
    WgTestTakes takes;

    wg_test_takes_choose(d->job, model, d->network, &takes);
    d->deployment.n_tests = takes.n;
    d->deployment.n_inputs = takes.n_inputs;
    d->deployment.n_outputs = takes.n_outputs;
    d->deployment.test_inputs = takes.inputs;
    d->deployment.test_outputs = takes.outputs;
    return wg_micropython_map_outputs(d->network, takes.outputs, takes.n * takes.n_outputs, error);
}

/* The date of the export is the model's, so that the same model is the same file. */
static gboolean
prepare_project(Deploying *d, GError **error)
{
    WgProject *project = wg_job_get_project(d->job);
    g_autoptr(WgModel) model = wg_model_load(project, "int8", error);
    g_autoptr(WgDecision) decision = NULL;
    g_autofree char *name = NULL;

    if (!model)
        return FALSE;
    decision = wg_decision_take(d->job, model);
    name = g_path_get_basename(wg_project_get_path(project));
    d->network = wg_int8_network_ref(model->int8);
    const WgExportSource source = {
        .network = model->int8,
        .labels = (const char *const *)model->labels,
        .window = &model->window,
        .project_name = name,
        .made = model->record->created,
        .date = model->record->created,
        .threshold = wg_decision_choose_threshold(d->job, decision),
        .thresholds = wg_decision_choose_thresholds(d->job, decision),
        .other = wg_decision_get_other(project, model, decision),
        .n_debounce = decision ? decision->n_debounce : 0,
        .debounce_ms = decision ? decision->span_ms : 0,
    };
    return make_files(d, &source, error) && choose_takes(d, model, error);
}

static gboolean
prepare_file(Deploying *d, GError **error)
{
    const char *path = wg_job_get_arguments(d->job)[0];
    const char *names = wg_job_get_string(d->job, "names");
    g_auto(GStrv) labels = g_strsplit(names ? names : "", ",", -1);
    g_autofree char *base = g_path_get_basename(path);
    gsize length = 0;
    char *content = wg_file_read(path, &length, error);
    g_autoptr(GBytes) bytes = content ? g_bytes_new_take(content, length) : NULL;

    d->network = bytes ? wg_int8_network_new(bytes, error) : NULL;
    if (!d->network)
        return FALSE;
    const int n_outputs = wg_int8_network_get_output(d->network)->n_elements;
    if ((int)g_strv_length(labels) != n_outputs) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    "the model has %d outputs, and --names a,b,... is to name each of them",
                    n_outputs);
        return FALSE;
    }
    const WgExportSource source = {
        .network = d->network,
        .labels = (const char *const *)labels,
        .window = &wg_window_options_watch,
        .project_name = base,
        .made = "elsewhere",
        .date = "then",
        .threshold = wg_decision_choose_threshold(d->job, NULL),
    };
    return make_files(d, &source, error) && choose_takes(d, NULL, error);
}

static JsonObject *
make_result(const WgPythonReport *report, gboolean only_tests)
{
    JsonObject *result = json_object_new(), *self_test = json_object_new();
    g_autofree char *crc = g_strdup_printf("%08x", report->deploy.crc32);

    if (!only_tests) {
        json_object_set_int_member(result, "bytes", (gint64)report->deploy.bytes);
        json_object_set_double_member(result, "seconds", report->deploy.seconds);
        json_object_set_string_member(result, "crc32", crc);
    }
    json_object_set_boolean_member(result, "verified", report->deploy.verified);
    json_object_set_int_member(self_test, "n", report->deploy.n_tests);
    json_object_set_int_member(self_test, "equal", report->deploy.n_equal);
    json_object_set_object_member(result, "self_test", self_test);
    json_object_set_int_member(result, "memory_free", report->memory_free);
    json_object_set_boolean_member(result, "former_deleted", report->has_dropped);
    return result;
}

/* NULL when the board answers as this machine does, and holds what it should. */
static GError *
check_report(const WgPythonReport *report, gboolean only_tests)
{
    const int n = report->deploy.n_tests, n_equal = report->deploy.n_equal;

    if (n_equal < n)
        return g_error_new(WG_ERROR, WG_ERROR_VERIFY,
                           only_tests ? _(_("the board answers %d of %d stored takes as this "
                                            "machine does: deploy again"))
                                      : _(_("the board answers %d of %d stored takes as this "
                                            "machine does, and keeps the model it had")),
                           n_equal, n);
    if (!report->deploy.verified)
        return g_error_new(WG_ERROR, WG_ERROR_VERIFY,
                           _("the file on the board is another one, though it answers %d of %d "
                             "stored takes as this machine does: deploy again"),
                           n_equal, n);
    return NULL;
}

static void
on_deployed(GObject *source, GAsyncResult *result, gpointer user_data)
{
    Deploying *d = user_data;
    const gboolean only_tests = d->deployment.only_tests;
    g_autofree char *date = NULL;
    WgPythonReport report = {0};
    GError *error = NULL;
    JsonObject *object;

    if (!wg_python_deploy_finish(WG_WATCH(source), result, &report, &error)) {
        end(d, error);
        return;
    }
    object = make_result(&report, only_tests);
    date = wg_format_now();
    wg_measurement_take(d->job, wg_job_get_project(d->job), WG_WATCH(source),
                        wg_int8_network_get_bytes(d->network), report.deploy.n_tests,
                        report.deploy.n_tests > 0 ? report.inference_ms : NAN, date, object);
    wg_job_take_result(d->job, object);
    end(d, check_report(&report, only_tests));
}

/* What only a watch with our app can do. */
static gboolean
check_options(WgJob *job, GError **error)
{
    static const char *const others[] = {"mode", "action", "actions", "debounce", "background"};

    for (guint i = 0; i < G_N_ELEMENTS(others); i++) {
        if (!wg_job_is_given(job, others[i]))
            continue;
        g_set_error(
            error, WG_ERROR, WG_ERROR_USAGE,
            "--%s is for watches that run Espruino: on a MicroPython board the program that "
            "imports the model decides",
            others[i]);
        return FALSE;
    }
    return TRUE;
}

static gboolean
check_board(WgWatch *watch, GError **error)
{
    if (wg_watch_get_talk(watch) == WG_TALK_PYTHON)
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED, _("%s does not run MicroPython"),
                wg_watch_get_name(watch));
    return FALSE;
}

void
wg_deploy_python(WgJob *job, WgWatch *watch)
{
    Deploying *d = g_new0(Deploying, 1);
    GError *error = NULL;

    d->job = g_object_ref(job);
    if (!check_options(job, &error) || !check_board(watch, &error) ||
        /* a file comes first: in a window there always is a project as well */
        !(wg_job_get_arguments(job)[0] ? prepare_file(d, &error) : prepare_project(d, &error))) {
        end(d, error);
        return;
    }
    wg_python_deploy_async(watch, &d->deployment, wg_job_get_progress(job),
                           wg_job_get_cancellable(job), on_deployed, d);
}

static JsonObject *
describe(gint64 bytes, guint32 crc32)
{
    JsonObject *object = json_object_new();
    g_autofree char *crc = g_strdup_printf("%08x", crc32);

    json_object_set_int_member(object, "bytes", bytes);
    json_object_set_string_member(object, "crc32", crc);
    json_object_set_boolean_member(object, "verified", TRUE);
    return object;
}

static void
on_restored(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(WgJob) job = WG_JOB(user_data);
    WgPythonCarried carried = {0};
    GError *error = NULL;

    if (wg_python_restore_finish(WG_WATCH(source), result, &carried, &error)) {
        JsonObject *object = json_object_new();

        json_object_set_object_member(object, "now",
                                      describe(carried.now_bytes, carried.now_crc32));
        if (carried.former_bytes >= 0)
            json_object_set_object_member(object, "former",
                                          describe(carried.former_bytes, carried.former_crc32));
        else
            json_object_set_null_member(object, "former");
        wg_job_take_result(job, object);
    }
    wg_job_return(job, error);
}

void
wg_restore_python(WgJob *job, WgWatch *watch)
{
    wg_python_restore_async(watch, wg_job_get_cancellable(job), on_restored, g_object_ref(job));
}
