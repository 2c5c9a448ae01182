/* The job "deploy": puts the int8 model on a watch and has the watch itself prove it. */
#include "base/error.h"
#include "base/file.h"
#include "base/find-string.h"
#include "device/deployer.h"
#include "device/watch-names.h"
#include "device/watch-talk.h"
#include "quant/verdict.h"
#include "workbench/actions.h"
#include "workbench/comeback.h"
#include "workbench/decision.h"
#include "workbench/deploy-python.h"
#include "workbench/desktop-answer.h"
#include "workbench/job.h"
#include "workbench/json.h"
#include "workbench/measurement.h"
#include "workbench/model.h"
#include "workbench/test-takes.h"

typedef struct {
    WgJob *job;
    WgModel *model; /* NULL: a file's, of which only the network is known */
    WgInt8Network *network;
    WgDeployment *deployment;
    char *kind; /* as asked, NULL: what the watch says */
    WgComeback *comeback;
} Deploying;

static void
deploying_free(Deploying *d)
{
    g_clear_pointer(&d->comeback, wg_comeback_free);
    g_clear_object(&d->job);
    g_clear_pointer(&d->model, wg_model_free);
    g_clear_pointer(&d->network, wg_int8_network_unref);
    g_clear_pointer(&d->deployment, wg_deployment_free);
    g_free(d->kind);
    g_free(d);
}

static void
fail(Deploying *d, GError *error)
{
    g_autoptr(WgJob) job = g_object_ref(d->job);

    deploying_free(d);
    wg_job_return(job, error);
}

static void
fill_self_test(Deploying *d, WgModel *model)
{
    WgTestTakes takes;

    wg_test_takes_choose(d->job, model, d->network, &takes);
    d->deployment->n_tests = takes.n;
    d->deployment->n_inputs = takes.n_inputs;
    d->deployment->n_outputs = takes.n_outputs;
    d->deployment->test_inputs = takes.inputs;
    d->deployment->test_outputs = takes.outputs;
}

static char *
format_now(void)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();

    return g_date_time_format(now, "%Y-%m-%dT%H:%M:%SZ");
}

static gboolean
check_names(Deploying *d, GError **error)
{
    const int n_outputs = wg_int8_network_get_output(d->network)->n_elements;
    const int n_names = (int)g_strv_length(d->deployment->names);
    const char *const *names = (const char *const *)d->deployment->names;

    for (int i = 0; i < n_names; i++) {
        if (!*names[i]) {
            g_set_error_literal(error, WG_ERROR, WG_ERROR_USAGE,
                                "a gesture has no name: write --names a,b,...");
            return FALSE;
        }
        if (wg_find_string(names, names[i]) != i) {
            g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                        "two gestures are called “%s”: give each a name of its own", names[i]);
            return FALSE;
        }
    }
    if (n_names == n_outputs)
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                n_names == 1 ? "the model has %d outputs, there is %d name"
                             : "the model has %d outputs, there are %d names",
                n_outputs, n_names);
    return FALSE;
}

static gboolean
read_file(Deploying *d, const char *path, GError **error)
{
    const char *names = wg_job_get_string(d->job, "names");
    g_autofree char *content = NULL;
    gsize length = 0;
    g_autoptr(GBytes) bytes = NULL;

    content = wg_file_read(path, &length, error);
    if (!content)
        return FALSE;
    bytes = g_bytes_new_take(g_steal_pointer(&content), length);
    d->network = wg_int8_network_new(bytes, error);
    if (!d->network) {
        g_prefix_error(error, "%s: ", path);
        return FALSE;
    }
    if (!names) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    "a .tflite file names no gestures: give --names a,b,...");
        return FALSE;
    }
    d->deployment->names = g_strsplit(names, ",", -1);
    d->deployment->project_name = g_path_get_basename(path);
    if (!check_names(d, error))
        return FALSE;
    fill_self_test(d, NULL);
    return TRUE;
}

static void
choose_thresholds(Deploying *d, const WgModel *model, const WgDecision *decision)
{
    const double *thresholds = wg_decision_choose_thresholds(d->job, decision);

    d->deployment->threshold = wg_decision_choose_threshold(d->job, decision);
    if (thresholds)
        d->deployment->thresholds = g_memdup2(thresholds, sizeof(double) * (gsize)model->n_labels);
}

static gboolean
read_project(Deploying *d, GError **error)
{
    g_autoptr(WgModel) model = wg_model_load(wg_job_get_project(d->job), "int8", error);
    g_autoptr(WgDecision) decision = NULL;

    if (!model)
        return FALSE;
    decision = wg_decision_take(d->job, model);
    if (d->deployment->mode == WG_DEPLOY_APP)
        choose_thresholds(d, model, decision);
    d->deployment->other =
        g_strdup(wg_decision_get_other(wg_job_get_project(d->job), model, decision));
    /* the firmware's own threshold is not to be chosen, so they are built in */
    d->network = d->deployment->mode == WG_DEPLOY_APP
                     ? wg_int8_network_ref(model->int8)
                     : wg_decision_build_network(decision, model, error);
    if (!d->network)
        return FALSE;
    d->deployment->names = g_strdupv(model->labels);
    d->deployment->made = g_strdup(model->record->created);
    d->deployment->project_name =
        g_path_get_basename(wg_project_get_path(wg_job_get_project(d->job)));
    if (!check_names(d, error))
        return FALSE;
    fill_self_test(d, model);
    d->model = g_steal_pointer(&model);
    return TRUE;
}

static gboolean
check_verdict(Deploying *d, const char *kind_id, GError **error)
{
    const WgWatchKind *kind = wg_watch_kind_find(kind_id, error);
    const gboolean is_builtin = d->deployment->mode == WG_DEPLOY_BUILTIN;
    g_autoptr(WgVerdict) verdict = kind ? wg_verdict_new(d->network, kind, is_builtin) : NULL;

    /* the number of values may be right, and the time they stand for another */
    if (!verdict ||
        (d->model && kind->rate_hz > 0 && !wg_model_check_watch(d->model, kind->name, error)))
        return FALSE;
    d->deployment->arena_bytes = wg_verdict_get_app_arena(verdict);
    if (verdict->fits)
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED, "this model does not run on %s: %s",
                kind->name, verdict->reasons[0] ? verdict->reasons[0] : "it does not fit");
    return FALSE;
}

/* NULL when the watch answers as this machine does. */
static GError *
check_self_test(int n_tests, int n_equal)
{
    if (n_equal == n_tests)
        return NULL;
    return g_error_new(WG_ERROR, WG_ERROR_VERIFY,
                       "the watch answers %d of %d stored takes as this machine does: deploy again",
                       n_equal, n_tests);
}

static void
take_time(Deploying *d, WgWatch *watch, JsonObject *result, int n, double inference_ms)
{
    wg_measurement_take(d->job, wg_job_get_project(d->job), watch, d->deployment->tflite, n,
                        inference_ms, d->deployment->date, result);
}

static void
on_deployed(GObject *source, GAsyncResult *result, gpointer user_data)
{
    Deploying *d = user_data;
    WgDeployReport report = {0};
    GError *error = NULL;
    JsonObject *object, *self_test;
    g_autofree char *crc = NULL;

    if (!wg_deploy_finish(WG_WATCH(source), result, &report, &error)) {
        fail(d, error);
        return;
    }
    object = json_object_new();
    self_test = json_object_new();
    crc = g_strdup_printf("%08x", report.crc32);
    json_object_set_int_member(object, "bytes", (gint64)report.bytes);
    json_object_set_double_member(object, "seconds", report.seconds);
    json_object_set_string_member(object, "crc32", crc);
    json_object_set_boolean_member(object, "verified", report.verified);
    json_object_set_int_member(self_test, "n", report.n_tests);
    json_object_set_int_member(self_test, "equal", report.n_equal);
    json_object_set_object_member(object, "self_test", self_test);
    take_time(d, WG_WATCH(source), object, report.n_tests, report.inference_ms);
    wg_job_take_result(d->job, object);
    fail(d, check_self_test(report.n_tests, report.n_equal));
}

static void
on_self_tested(GObject *source, GAsyncResult *result, gpointer user_data)
{
    Deploying *d = user_data;
    GError *error = NULL;
    JsonObject *object, *self_test;
    const int n = d->deployment->n_tests;
    int n_equal = 0;
    gboolean is_whole = FALSE;

    if (!wg_self_test_finish(WG_WATCH(source), result, &n_equal, &is_whole, &error)) {
        fail(d, error);
        return;
    }
    object = json_object_new();
    self_test = json_object_new();
    json_object_set_int_member(self_test, "n", n);
    json_object_set_int_member(self_test, "equal", n_equal);
    json_object_set_boolean_member(object, "verified", is_whole);
    json_object_set_object_member(object, "self_test", self_test);
    take_time(d, WG_WATCH(source), object, n, wg_self_test_get_inference_ms(result));
    wg_job_take_result(d->job, object);
    error = check_self_test(n, n_equal);
    if (!error && !is_whole)
        error = g_error_new(WG_ERROR, WG_ERROR_VERIFY,
                            "the model that is stored on the watch is damaged, though it answers "
                            "%d of %d stored takes as this machine does: deploy again",
                            n_equal, n);
    fail(d, error);
}

static const WgComebackFuncs notes_only = {0};

/* A watch shows fewer letters than this machine. */
static void
say_names(WgJob *job, const WgDeployment *deployment)
{
    const char *const *labels = (const char *const *)deployment->names;
    g_auto(GStrv) names = wg_watch_names_new(labels);
    g_autoptr(GString) text = g_string_new(NULL);

    for (int i = 0; names[i]; i++)
        if (!g_str_equal(names[i], labels[i]))
            g_string_append_printf(text, "%s“%s” as “%s”", text->len ? ", " : "", labels[i],
                                   names[i]);
    if (text->len)
        wg_job_note(job, "a watch has the letters of Western Europe only, so it shows %s",
                    text->str);
}

/* As what --kind says, and as what the watch says of itself, which holds whatever it is called. */
static gboolean
check_watch(Deploying *d, WgWatch *watch, GError **error)
{
    const char *own = wg_watch_get_kind(watch);
    const char *kind = d->kind ? d->kind : own ? own : "generic";

    if (!check_verdict(d, kind, error))
        return FALSE;
    if (!own || g_str_equal(own, kind) || check_verdict(d, own, error))
        return TRUE;
    g_prefix_error(error, "the watch is no %s but says that it is a %s: ", kind, own);
    return FALSE;
}

static void
on_connected(WgJob *job, WgWatch *watch)
{
    Deploying *d = g_object_steal_data(G_OBJECT(job), "deploying");
    GError *error = NULL;

    if (wg_watch_get_talk(watch) == WG_TALK_PYTHON) {
        deploying_free(d);
        wg_deploy_python(job, watch);
        return;
    }
    d->job = g_object_ref(job);
    if (!check_watch(d, watch, &error)) {
        fail(d, error);
        return;
    }
    if (d->deployment->mode == WG_DEPLOY_BUILTIN &&
        !wg_arena_has_clean_input(d->network, WG_FIRMWARE_ARENA_BYTES))
        wg_job_note(job, "the firmware's own recogniser leaves what was in memory behind a "
                         "gesture: its answers may differ from the self-test's, the app's do not");
    /* the deployer goes on by itself: the user is told that it waits */
    d->comeback = wg_comeback_new(job, watch, WG_DEPLOY_WAIT_S, &notes_only, NULL);
    if (wg_job_has(job, "test-only")) {
        wg_self_test_async(watch, d->deployment, wg_job_get_progress(job),
                           wg_job_get_cancellable(job), on_self_tested, d);
        return;
    }
    say_names(job, d->deployment);
    wg_deploy_async(watch, d->deployment, wg_job_get_progress(job), wg_job_get_cancellable(job),
                    on_deployed, d);
}

static void
start_for_watch(WgJob *job)
{
    Deploying *d = g_new0(Deploying, 1);
    /* a file comes first: in a window there always is a project as well */
    const char *path = wg_job_get_arguments(job)[0];
    WgProject *project = path ? NULL : wg_job_get_project(job);
    const char *mode = wg_job_get_string(job, "mode");
    GError *error = NULL;
    gboolean is_read;

    d->job = g_object_ref(job);
    d->kind = g_strdup(wg_job_get_string(job, "kind"));
    d->deployment = g_new0(WgDeployment, 1);
    d->deployment->threshold = wg_decision_choose_threshold(job, NULL);
    if (!g_str_equal(mode, "app") && !g_str_equal(mode, "builtin")) {
        fail(d,
             g_error_new(WG_ERROR, WG_ERROR_USAGE, "--mode takes app or builtin, not “%s”", mode));
        return;
    }
    d->deployment->mode = g_str_equal(mode, "builtin") ? WG_DEPLOY_BUILTIN : WG_DEPLOY_APP;
    if (project && wg_job_has(job, "names")) {
        fail(d, g_error_new(WG_ERROR, WG_ERROR_USAGE,
                            "--names is for a .tflite file: a project names its own gestures"));
        return;
    }
    is_read = project ? read_project(d, &error) : path && read_file(d, path, &error);
    if (!is_read || !wg_actions_choose(job, project, d->deployment, &error) ||
        (d->kind && !check_verdict(d, d->kind, &error))) {
        if (!error)
            g_set_error(&error, WG_ERROR, WG_ERROR_MISSING, "no project and no model to deploy");
        fail(d, error);
        return;
    }
    d->deployment->tflite = g_bytes_ref(wg_int8_network_get_bytes(d->network));
    d->deployment->date = format_now();
    g_clear_object(&d->job); /* while the job holds it, it does not hold the job */
    g_object_set_data_full(G_OBJECT(job), "deploying", d, (GDestroyNotify)deploying_free);
    wg_job_with_watch(job, on_connected);
}

static void
start(WgJob *job)
{
    if (g_strcmp0(wg_job_get_string(job, "kind"), "micropython") == 0)
        wg_job_with_watch(job, wg_deploy_python);
    else
        start_for_watch(job);
}

static const WgJobOption options_table[] = {
    {"watch", WG_OPTION_STRING, "ADDRESS", "where the watch is", NULL},
    {"kind", WG_OPTION_STRING, "KIND", "what it is, where it does not say so itself", NULL},
    {"mode", WG_OPTION_STRING, "app|builtin", "our app, or the firmware's aiGesture", "app"},
    {"names", WG_OPTION_STRING, "a,b", "gestures of a .tflite, in the order of its outputs", NULL},
    {"test-only", WG_OPTION_FLAG, NULL, "uploads nothing: tests what the watch has", NULL},
    {"threshold", WG_OPTION_NUMBER, "P", "least probability for an answer, else as tuned, else 0.5",
     NULL, 0, 1},
    WG_ACTIONS_OPTIONS,
    WG_DEPLOY_PYTHON_OPTIONS,
    {NULL},
};

const WgJobKind wg_job_kind_deploy = {
    "deploy",
    "puts the model on a watch and verifies it",
    "PROJECT|MODEL.tflite",
    options_table,
    NULL,
    start,
    "the watch holds the model it had, or the new one without its self-test: deploy again",
};
