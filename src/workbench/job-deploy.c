/* The job "deploy": puts the int8 model on a watch and has the watch itself prove it. */
#include "base/error.h"
#include "base/now.h"
#include "base/sentences.h"
#include "device/watch-names.h"
#include "device/watch-talk.h"
#include "quant/verdict.h"
#include "workbench/actions.h"
#include "workbench/comeback.h"
#include "workbench/decision.h"
#include "workbench/deploy-python.h"
#include "workbench/json.h"
#include "workbench/measurement.h"
#include "workbench/to-deploy.h"

#include <glib/gi18n.h>

typedef struct {
    WgToDeploy what;
    char *kind; /* as asked, NULL: what the watch says */
    WgComeback *comeback;
} Deploying;

static void
deploying_free(Deploying *d)
{
    g_clear_pointer(&d->comeback, wg_comeback_free);
    wg_to_deploy_clear(&d->what);
    g_free(d->kind);
    g_free(d);
}

static void
fail(Deploying *d, GError *error)
{
    g_autoptr(WgJob) job = g_object_ref(d->what.job);

    deploying_free(d);
    wg_job_return(job, error);
}

static gboolean
check_verdict(Deploying *d, const char *kind_id, GError **error)
{
    const WgWatchKind *kind = wg_watch_kind_find(kind_id, error);
    const gboolean is_builtin = d->what.deployment->mode == WG_DEPLOY_BUILTIN;
    g_autoptr(WgVerdict) verdict = kind ? wg_verdict_new(d->what.network, kind, is_builtin) : NULL;

    /* the number of values may be right, and the time they stand for another */
    if (!verdict || (d->what.model && kind->rate_hz > 0 &&
                     !wg_model_check_watch(d->what.model, kind->name, error)))
        return FALSE;
    d->what.deployment->arena_bytes = wg_verdict_get_app_arena(verdict);
    if (verdict->fits)
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED, _("this model does not run on %s: %s"),
                kind->name, verdict->reasons[0] ? verdict->reasons[0] : _("it does not fit"));
    return FALSE;
}

/* NULL when the watch answers as this machine does. */
static GError *
check_self_test(int n_tests, int n_equal)
{
    if (n_equal == n_tests)
        return NULL;
    return g_error_new(
        WG_ERROR, WG_ERROR_VERIFY,
        _("the watch answers %d of %d stored takes as this machine does: deploy again"), n_equal,
        n_tests);
}

static void
take_time(Deploying *d, WgWatch *watch, JsonObject *result, int n, double inference_ms)
{
    wg_measurement_take(d->what.job, wg_job_get_project(d->what.job), watch,
                        d->what.deployment->tflite, n, inference_ms, d->what.deployment->date,
                        result);
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
    wg_job_take_result(d->what.job, object);
    fail(d, check_self_test(report.n_tests, report.n_equal));
}

static void
on_self_tested(GObject *source, GAsyncResult *result, gpointer user_data)
{
    Deploying *d = user_data;
    GError *error = NULL;
    JsonObject *object, *self_test;
    const int n = d->what.deployment->n_tests;
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
    wg_job_take_result(d->what.job, object);
    error = check_self_test(n, n_equal);
    if (!error && !is_whole)
        error = g_error_new(WG_ERROR, WG_ERROR_VERIFY,
                            _("the model that is stored on the watch is damaged, though it answers "
                              "%d of %d stored takes as this machine does: deploy again"),
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
            /* TRANSLATORS: in a list; a gesture's name, and how the watch shows it */
            wg_append_part(text, ", ", _("“%s” as “%s”"), labels[i], names[i]);
    if (text->len)
        wg_job_note(job, _("a watch has the letters of Western Europe only, so it shows %s"),
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
    wg_error_prefix(error, _("the watch is no %s but says that it is a %s"), kind, own);
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
    d->what.job = g_object_ref(job);
    if (!check_watch(d, watch, &error)) {
        fail(d, error);
        return;
    }
    if (d->what.deployment->mode == WG_DEPLOY_BUILTIN &&
        !wg_arena_has_clean_input(d->what.network, WG_FIRMWARE_ARENA_BYTES))
        wg_job_note(job,
                    _("the firmware's own recogniser leaves what was in memory behind a "
                      "gesture: its answers may differ from the self-test's, the app's do not"));
    /* the deployer goes on by itself: the user is told that it waits */
    d->comeback = wg_comeback_new(job, watch, WG_DEPLOY_WAIT_S, &notes_only, NULL);
    if (wg_job_has(job, "test-only")) {
        wg_self_test_async(watch, d->what.deployment, wg_job_get_progress(job),
                           wg_job_get_cancellable(job), on_self_tested, d);
        return;
    }
    say_names(job, d->what.deployment);
    wg_deploy_async(watch, d->what.deployment, wg_job_get_progress(job),
                    wg_job_get_cancellable(job), on_deployed, d);
}

static void
start_for_watch(WgJob *job)
{
    Deploying *d = g_new0(Deploying, 1);
    const char *mode = wg_job_get_string(job, "mode");
    GError *error = NULL;

    d->what.job = g_object_ref(job);
    d->kind = g_strdup(wg_job_get_string(job, "kind"));
    d->what.deployment = g_new0(WgDeployment, 1);
    if (!g_str_equal(mode, "app") && !g_str_equal(mode, "builtin")) {
        fail(d,
             g_error_new(WG_ERROR, WG_ERROR_USAGE, "--mode takes app or builtin, not “%s”", mode));
        return;
    }
    d->what.deployment->mode = g_str_equal(mode, "builtin") ? WG_DEPLOY_BUILTIN : WG_DEPLOY_APP;
    if (!wg_to_deploy_read(&d->what, &error) || (d->kind && !check_verdict(d, d->kind, &error))) {
        fail(d, error);
        return;
    }
    d->what.deployment->date = wg_format_now();
    g_clear_object(&d->what.job); /* while the job holds it, it does not hold the job */
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
