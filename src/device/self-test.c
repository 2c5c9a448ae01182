/* Has the watch itself run stored takes, and compares its outputs with the desktop's. */
#include "base/error.h"
#include "base/sentences.h"
#include "device/crc32.h"
#include "device/deploy-record.h"
#include "device/json-line.h"
#include "device/program.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define BATCH_BYTES 1100 /* of one question: it goes in one exchange (watch-eval.c) */
#define TIME_MAX_MS 60e3 /* longer is no recognition, but nonsense */

typedef struct {
    const WgDeployment *deployment;
    WgProgress *progress;
    int i, n_asked, n_equal; /* takes that are answered; of those asked now */
    gboolean is_damaged;     /* what is stored there is not the deployment's model */
    GArray *times_ms;        /* of double: what each recognition took there */
} Testing;

static void
testing_free(Testing *t)
{
    g_clear_object(&t->progress);
    g_array_unref(t->times_ms);
    g_free(t);
}

static void
on_cleaned(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(GTask) task = user_data;
    const Testing *t = g_task_get_task_data(task);
    g_autoptr(GError) error = NULL;
    g_autofree char *value = wg_watch_eval_finish(WG_WATCH(source), result, &error);
    if (!value)
        g_debug("the self-test's program is still in the watch's memory: %s", error->message);
    g_task_return_int(task, t->n_equal);
}

/* The watch's answer [is float, base64 of the outputs' bytes] is the expected one, bit by bit. */
static gboolean
is_as_expected(JsonNode *answer, const float *expected, int n)
{
    const char *base64 = wg_json_read_string(wg_json_at(answer, 1));
    gint64 is_float = 0;
    gsize size = 0;
    if (!base64 || !wg_json_read_int(wg_json_at(answer, 0), &is_float))
        return FALSE;
    g_autofree guint8 *bytes = g_base64_decode(base64, &size);
    if (is_float)
        return size == sizeof(float) * (gsize)n && memcmp(bytes, expected, size) == 0;
    if (size != (gsize)n)
        return FALSE;
    for (int i = 0; i < n; i++)
        if ((float)(gint8)bytes[i] != expected[i])
            return FALSE;
    return TRUE;
}

/* The third member of an answer; a watch may say anything, or be of a former version. */
static void
take_time(Testing *t, JsonNode *answer)
{
    double ms = NAN;
    if (wg_json_read_double(wg_json_at(answer, 2), &ms) && ms >= 0 && ms <= TIME_MAX_MS)
        g_array_append_val(t->times_ms, ms);
}

static void run_takes(WgWatch *watch, GTask *task);

static void
on_takes(GObject *source, GAsyncResult *result, gpointer user_data)
{
    GTask *task = user_data;
    Testing *t = g_task_get_task_data(task);
    const WgDeployment *d = t->deployment;
    GError *error = NULL;
    g_autofree char *value = wg_watch_eval_finish(WG_WATCH(source), result, &error);
    if (!value && t->is_damaged && g_error_matches(error, WG_ERROR, WG_ERROR_CONNECTION)) {
        g_clear_error(&error);
        g_set_error(
            &error, WG_ERROR, WG_ERROR_VERIFY,
            _("the model that is stored on the watch is damaged, and the watch did not live "
              "through running it (take %d): restart it and deploy again"),
            t->i + 1);
    } else if (!value) {
        wg_error_prefix(&error, _("the self-test's take %d"), t->i + 1);
    }
    if (error) {
        g_task_return_error(task, error);
        g_object_unref(task);
        return;
    }
    /* no value comes with an error: NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker) */
    g_autoptr(JsonNode) answers = wg_json_line_parse(value, strlen(value));
    for (int k = 0; k < t->n_asked; k++, t->i++) {
        JsonNode *answer = wg_json_at(answers, (guint)k);
        t->n_equal +=
            is_as_expected(answer, d->test_outputs + (gsize)t->i * d->n_outputs, d->n_outputs);
        take_time(t, answer);
    }
    wg_progress_tell(t->progress, (double)t->i / d->n_tests, _("testing on the watch"));
    run_takes(WG_WATCH(source), task);
}

static void
run_takes(WgWatch *watch, GTask *task)
{
    Testing *t = g_task_get_task_data(task);
    const WgDeployment *d = t->deployment;
    if (t->i == d->n_tests) {
        wg_watch_eval_async(watch, "(delete global.Waggle,1)", NULL, on_cleaned, task);
        return;
    }
    g_autoptr(GString) call = g_string_new("[");
    t->n_asked = 0;
    do {
        const gint8 *take = d->test_inputs + (gsize)(t->i + t->n_asked) * d->n_inputs;
        gsize n = (gsize)d->n_inputs;
        while (n > 0 && take[n - 1] == 0) /* the watch fills with 0 itself */
            n--;
        g_autofree char *base64 = g_base64_encode((const guchar *)take, n);
        g_string_append_printf(call, "%sWaggle.test('%s')", t->n_asked ? "," : "", base64);
        t->n_asked++;
    } while (t->i + t->n_asked < d->n_tests && call->len + 2 * (gsize)d->n_inputs < BATCH_BYTES);
    g_string_append_c(call, ']');
    wg_watch_eval_async(watch, call->str, g_task_get_cancellable(task), on_takes, task);
}

static void
on_loaded(GObject *source, GAsyncResult *result, gpointer user_data)
{
    GTask *task = user_data;
    GError *error = NULL;
    g_autofree char *value = wg_watch_eval_finish(WG_WATCH(source), result, &error);
    Testing *t = g_task_get_task_data(task);
    g_autoptr(JsonNode) crc = value ? wg_json_line_parse(value, strlen(value)) : NULL;
    gint64 found = -1;
    if (wg_json_read_int(crc, &found) && found >= 0) {
        t->is_damaged = (guint32)found != wg_crc32_bytes(t->deployment->tflite);
        run_takes(WG_WATCH(source), task);
        return;
    }
    if (!error)
        g_set_error_literal(&error, WG_ERROR, WG_ERROR_MISSING,
                            _("there is no model of Waggle's on this watch: deploy one first"));
    g_task_return_error(task, error);
    g_object_unref(task);
}

/* What runs there is stopped first: its listener would go on when global.Waggle is another. */
#define STOP WG_STOP_PROGRAM "%s();"

/* Makes Waggle.test from the code and the record that are stored (app), or from this program's own
 * code on the firmware's model. */
static char *
build_loader(const WgDeployment *d)
{
    g_autofree char *pause = wg_program_build("wagglePause", WG_PROGRAM_PAUSE, -1);
    if (d->mode == WG_DEPLOY_APP) {
        g_autofree char *tester = wg_program_build("waggleTester", WG_PROGRAM_SELF_TEST, -1);
        g_autofree char *find = wg_program_build("waggleFind", WG_PROGRAM_FIND, -1);
        return g_strdup_printf("(function(){var s=require(\"Storage\"),r=%s(s),t;"
                               "if(!r||!r.code||s.read(r.code)===undefined||s.read(r.model)==="
                               "undefined)return -1;" STOP
                               "t=%s;global.Waggle=t(eval(s.read(r.code)).recognise,r);"
                               "return E.CRC32(s.read(r.model));})()",
                               find, pause, tester);
    }
    g_autofree char *tester =
        wg_program_build("waggleTester(waggleRecognise,{model:\"" WG_BUILTIN_MODEL
                         "\",arena:" G_STRINGIFY(WG_BUILTIN_ARENA) "})",
                         WG_PROGRAM_RECOGNISE, WG_PROGRAM_SELF_TEST, -1);
    return g_strdup_printf("(function(){var m=require(\"Storage\").read(\"" WG_BUILTIN_MODEL
                           "\");if(m===undefined)return -1;" STOP
                           "global.Waggle=%s;return E.CRC32(m);})()",
                           pause, tester);
}

void
wg_self_test_async(WgWatch *watch, const WgDeployment *deployment, WgProgress *progress,
                   GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
    GTask *task = g_task_new(watch, cancellable, callback, user_data);
    Testing *t = g_new0(Testing, 1);
    g_autofree char *loader = build_loader(deployment);
    GError *error = NULL;
    t->deployment = deployment;
    t->progress = progress ? g_object_ref(progress) : NULL;
    t->times_ms = g_array_new(FALSE, FALSE, sizeof(double));
    g_task_set_task_data(task, t, (GDestroyNotify)testing_free);
    if (!wg_deployment_check(deployment, &error)) {
        g_task_return_error(task, error);
        g_object_unref(task);
        return;
    }
    wg_watch_eval_async(watch, loader, cancellable, on_loaded, task);
}

gboolean
wg_self_test_finish(WgWatch *watch, GAsyncResult *result, int *n_equal, gboolean *is_whole,
                    GError **error)
{
    GError *failure = NULL;
    const gssize n = g_task_propagate_int(G_TASK(result), &failure);
    if (failure) {
        g_propagate_error(error, failure);
        return FALSE;
    }
    if (n_equal)
        *n_equal = (int)n;
    if (is_whole)
        *is_whole = !((const Testing *)g_task_get_task_data(G_TASK(result)))->is_damaged;
    return TRUE;
}

static int
compare_times(gconstpointer a, gconstpointer b)
{
    const double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

double
wg_self_test_get_inference_ms(GAsyncResult *result)
{
    GArray *times = ((const Testing *)g_task_get_task_data(G_TASK(result)))->times_ms;
    const guint n = times->len;
    if (n == 0)
        return NAN;
    g_array_sort(times, compare_times);
    return (g_array_index(times, double, (n - 1) / 2) + g_array_index(times, double, n / 2)) / 2;
}
