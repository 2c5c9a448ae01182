/* Puts a model on a watch: uploads into the slot not in use, switches over, tests. */
#include "device/deployer.h"

#include "base/error.h"
#include "device/crc32.h"
#include "device/deploy-record.h"
#include "device/json-line.h"
#include "device/program.h"
#include "device/watch-private.h"

#include <string.h>

#define UPLOAD_SHARE 0.6 /* of the progress, the self-test has the rest */
#define TEMPORARY_MODEL "waggle.t0"
#define TEMPORARY_NAMES "waggle.t1"
#define MAX_COPIES 3

typedef struct {
    char *name;
    GBytes *content;
} File;

/* What the switch copies on the watch: from an uploaded file to the name that is used. */
typedef struct {
    const char *to;
    File *from;
} Copy;

typedef struct {
    const WgDeployment *deployment;
    WgProgress *progress;
    GPtrArray *files; /* of File, in the order of upload */
    guint n_uploaded;
    Copy copies[MAX_COPIES];
    int n_copies;
    gint64 start_us;
    WgDeployReport report;
} Deploying;

static void
file_free(gpointer data)
{
    File *file = data;
    g_free(file->name);
    g_bytes_unref(file->content);
    g_free(file);
}

static void
deploying_free(Deploying *d)
{
    g_clear_object(&d->progress);
    g_ptr_array_unref(d->files);
    g_free(d);
}

/* Takes the error and the task. */
static void
fail(GTask *task, GError *error)
{
    g_task_return_error(task, error);
    g_object_unref(task);
}

/* Takes both. */
static File *
add_file(Deploying *d, char *name, GBytes *content)
{
    File *file = g_new0(File, 1);
    file->name = name;
    file->content = content;
    g_ptr_array_add(d->files, file);
    return file;
}

static GBytes *
take_text(char *text)
{
    return g_bytes_new_take(text, strlen(text));
}

static void
plan(Deploying *d, int slot, int former_slot)
{
    const WgDeployment *deployment = d->deployment;
    GBytes *code = NULL;
    if (deployment->mode == WG_DEPLOY_APP) {
        code = take_text(wg_program_build("{recognise:waggleRecognise,start:waggleStart}",
                                          WG_PROGRAM_RECOGNISE, WG_PROGRAM_APP, -1));
        add_file(d, wg_slot_name('m', slot), g_bytes_ref(deployment->tflite));
        add_file(d, wg_slot_name('c', slot), code);
        add_file(d, g_strdup("waggle.app.js"), take_text(wg_program_dup(WG_PROGRAM_BOOT)));
        add_file(d, g_strdup("waggle.info"), wg_deployment_build_info());
    } else {
        d->copies[d->n_copies++] =
            (Copy){WG_BUILTIN_MODEL,
                   add_file(d, g_strdup(TEMPORARY_MODEL), g_bytes_ref(deployment->tflite))};
        d->copies[d->n_copies++] =
            (Copy){WG_BUILTIN_NAMES,
                   add_file(d, g_strdup(TEMPORARY_NAMES), wg_deployment_build_names(deployment))};
    }
    d->copies[d->n_copies++] = (Copy){
        WG_RECORD_NAME, add_file(d, wg_slot_name('r', slot),
                                 wg_deployment_build_record(deployment, slot, code, former_slot))};
}

static void
on_self_tested(GObject *source, GAsyncResult *result, gpointer user_data)
{
    GTask *task = user_data;
    Deploying *d = g_task_get_task_data(task);
    GError *error = NULL;
    if (!wg_self_test_finish(WG_WATCH(source), result, &d->report.n_equal, &error)) {
        fail(task, error);
        return;
    }
    g_task_return_boolean(task, TRUE);
    g_object_unref(task);
}

static void
test(WgWatch *watch, GTask *task)
{
    Deploying *d = g_task_get_task_data(task);
    g_autoptr(WgProgress) part = wg_progress_split(d->progress, UPLOAD_SHARE, 1);
    d->report.n_tests = d->deployment->n_tests;
    if (d->deployment->n_tests > 0) {
        wg_self_test_async(watch, d->deployment, part, g_task_get_cancellable(task), on_self_tested,
                           task);
        return;
    }
    g_task_return_boolean(task, TRUE);
    g_object_unref(task);
}

/* The CRCs of what the switch wrote, in the order of the copies. */
static gboolean
check_copies(const Deploying *d, const char *value, GError **error)
{
    g_autoptr(JsonNode) answer = wg_json_line_parse(value, strlen(value));
    for (int i = 0; i < d->n_copies; i++) {
        gint64 crc;
        if (!wg_json_read_int(wg_json_at(answer, (guint)i), &crc) ||
            (guint32)crc != wg_crc32_bytes(d->copies[i].from->content)) {
            g_set_error(error, WG_ERROR, WG_ERROR_VERIFY,
                        "what the watch stored as “%s” is not what was sent: deploy again",
                        d->copies[i].to);
            return FALSE;
        }
    }
    return TRUE;
}

static void
on_switched(GObject *source, GAsyncResult *result, gpointer user_data)
{
    WgWatch *watch = WG_WATCH(source);
    GTask *task = user_data;
    Deploying *d = g_task_get_task_data(task);
    GError *error = NULL;
    g_autofree char *value = wg_watch_eval_finish(watch, result, &error);
    if (!value || !check_copies(d, value, &error)) {
        fail(task, error);
        return;
    }
    d->report.verified = TRUE;
    d->report.bytes = g_bytes_get_size(d->deployment->tflite);
    d->report.crc32 = wg_crc32_bytes(d->deployment->tflite);
    d->report.seconds =
        (double)(wg_clock_get_us(watch->clock) - d->start_us) / (double)G_USEC_PER_SEC;
    test(watch, task);
}

/* One expression, which runs on the watch as a whole: a broken link leaves the former state or the
 * new one. */
static void
switch_over(WgWatch *watch, GTask *task)
{
    const Deploying *d = g_task_get_task_data(task);
    g_autoptr(GString) calls = g_string_new("[");
    for (int i = 0; i < d->n_copies; i++)
        g_string_append_printf(calls, "%swaggleCopy(\"%s\",\"%s\")", i ? "," : "",
                               d->copies[i].from->name, d->copies[i].to);
    g_string_append(calls, "]");
    g_autofree char *copy = wg_program_build(calls->str, WG_PROGRAM_COPY, -1);
    g_autofree char *code =
        g_strdup_printf("(function(){var a=%s,s=require(\"Storage\");s.erase(\"" TEMPORARY_MODEL
                        "\");s.erase(\"" TEMPORARY_NAMES "\");return a;})()",
                        copy);
    wg_watch_eval_async(watch, code, g_task_get_cancellable(task), on_switched, task);
}

static void upload(WgWatch *watch, GTask *task);

static void
on_uploaded(GObject *source, GAsyncResult *result, gpointer user_data)
{
    GTask *task = user_data;
    Deploying *d = g_task_get_task_data(task);
    GError *error = NULL;
    if (!wg_watch_write_file_finish(WG_WATCH(source), result, NULL, &error)) {
        fail(task, error);
        return;
    }
    d->n_uploaded++;
    upload(WG_WATCH(source), task);
}

static void
upload(WgWatch *watch, GTask *task)
{
    Deploying *d = g_task_get_task_data(task);
    wg_progress_tell(d->progress, UPLOAD_SHARE * d->n_uploaded / (d->files->len + 1),
                     "sending to the watch");
    if (d->n_uploaded == d->files->len) {
        switch_over(watch, task);
        return;
    }
    const File *file = g_ptr_array_index(d->files, d->n_uploaded);
    wg_watch_write_file_async(watch, file->name, file->content, g_task_get_cancellable(task),
                              on_uploaded, task);
}

static void
on_asked(GObject *source, GAsyncResult *result, gpointer user_data)
{
    GTask *task = user_data;
    Deploying *d = g_task_get_task_data(task);
    GError *error = NULL;
    g_autofree char *value = wg_watch_eval_finish(WG_WATCH(source), result, &error);
    if (!value) {
        fail(task, error);
        return;
    }
    /* the slot in use: 0, 1, or -1 where nothing is deployed */
    const int in_use = strcmp(value, "0") == 0 ? 0 : strcmp(value, "1") == 0 ? 1 : -1;
    plan(d, in_use == 0 ? 1 : 0, in_use);
    upload(WG_WATCH(source), task);
}

void
wg_deploy_async(WgWatch *watch, const WgDeployment *deployment, WgProgress *progress,
                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
    GTask *task = g_task_new(watch, cancellable, callback, user_data);
    Deploying *d = g_new0(Deploying, 1);
    GError *error = NULL;
    d->deployment = deployment;
    d->progress = progress ? g_object_ref(progress) : NULL;
    d->files = g_ptr_array_new_with_free_func(file_free);
    d->start_us = wg_clock_get_us(watch->clock);
    g_task_set_task_data(task, d, (GDestroyNotify)deploying_free);
    if (!wg_deployment_check(deployment, &error)) {
        fail(task, error);
    } else if (!wg_watch_has_tensorflow(watch)) {
        fail(task, g_error_new(WG_ERROR, WG_ERROR_UNSUPPORTED,
                               "%s has no TensorFlow in its firmware and cannot run a model",
                               wg_watch_get_name(watch)));
    } else {
        wg_watch_eval_async(watch,
                            "(function(){var r=require(\"Storage\").readJSON(\"" WG_RECORD_NAME
                            "\",1);return !r?-1:r.record===\"waggle.r0\"?0:"
                            "r.record===\"waggle.r1\"?1:-1;})()",
                            cancellable, on_asked, task);
    }
}

gboolean
wg_deploy_finish(WgWatch *watch, GAsyncResult *result, WgDeployReport *report, GError **error)
{
    const Deploying *d = g_task_get_task_data(G_TASK(result));
    if (!g_task_propagate_boolean(G_TASK(result), error))
        return FALSE;
    if (report)
        *report = d->report;
    return TRUE;
}
