/* Puts a model on a watch: asks, uploads beside what is in use, switches over, reads back, tests.
 */
#include "device/deployer.h"

#include "base/error.h"
#include "device/crc32.h"
#include "device/deploy-plan.h"
#include "device/deploy-query.h"
#include "device/deploy-record.h"
#include "device/keep-own.h"
#include "device/watch-private.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#define MAX_RETRIES 2 /* after what came damaged */
#define MAX_RECONNECTIONS 9
#define SWITCH_MS 15000 /* it writes the flash several times */

typedef struct {
    const WgDeployment *deployment;
    WgProgress *progress;
    WgPlan *plan;
    guint n_uploaded; /* of the plan's files, or found there */
    gboolean is_compacted;
    gboolean has_kept;
    WgSurvey *own; /* by which a model that is not ours is to be kept first; NULL: there is none */
    int n_retries, n_reconnections;
    gint64 start_us;
    WgDeployReport report;
} Deploying;

static void
deploying_free(Deploying *d)
{
    g_clear_object(&d->progress);
    g_clear_pointer(&d->plan, wg_plan_free);
    g_clear_pointer(&d->own, wg_survey_free);
    g_free(d);
}

static void ask(WgWatch *watch, GTask *task);
static void test(WgWatch *watch, GTask *task);
static void upload(WgWatch *watch, GTask *task);

static void
on_back(GObject *source, GAsyncResult *result, gpointer user_data)
{
    GTask *task = user_data;
    const Deploying *d = g_task_get_task_data(task);
    GError *error = NULL;
    if (!wg_watch_wait_finish(WG_WATCH(source), result, &error)) {
        g_task_return_error(task, error);
        g_object_unref(task);
    } else if (d->report.verified) {
        test(WG_WATCH(source), task);
    } else {
        ask(WG_WATCH(source), task);
    }
}

/* Takes the error. A broken connection and what came damaged are tried again: each attempt asks the
 * watch anew what it holds, and sends what is missing. All else ends the task. */
static void
fail(WgWatch *watch, GTask *task, GError *error)
{
    Deploying *d = g_task_get_task_data(task);
    if (g_error_matches(error, WG_ERROR, WG_ERROR_CONNECTION) && watch->is_keeping &&
        d->n_reconnections < MAX_RECONNECTIONS) {
        d->n_reconnections++;
        g_debug("the deployment waits for the watch: %s", error->message);
        g_error_free(error);
        if (d->progress)
            wg_progress_tell(d->progress, wg_progress_get_fraction(d->progress),
                             _("out of reach: waiting for the watch"));
        wg_watch_wait_async(watch, WG_DEPLOY_WAIT_S * 1000, g_task_get_cancellable(task), on_back,
                            task);
        return;
    }
    if ((g_error_matches(error, WG_ERROR, WG_ERROR_VERIFY) ||
         g_error_matches(error, WG_ERROR, WG_ERROR_INPUT)) &&
        !d->report.verified && d->n_retries < MAX_RETRIES) {
        d->n_retries++;
        g_debug("the deployment asks again: %s", error->message);
        g_error_free(error);
        ask(watch, task);
        return;
    }
    g_task_return_error(task, error);
    g_object_unref(task);
}

static void
on_self_tested(GObject *source, GAsyncResult *result, gpointer user_data)
{
    GTask *task = user_data;
    Deploying *d = g_task_get_task_data(task);
    GError *error = NULL;
    if (!wg_self_test_finish(WG_WATCH(source), result, &d->report.n_equal, NULL, &error)) {
        fail(WG_WATCH(source), task, error);
        return;
    }
    d->report.inference_ms = wg_self_test_get_inference_ms(result);
    g_task_return_boolean(task, TRUE);
    g_object_unref(task);
}

static void
test(WgWatch *watch, GTask *task)
{
    Deploying *d = g_task_get_task_data(task);
    g_autoptr(WgProgress) part = wg_progress_split(d->progress, WG_DEPLOY_READ_SHARE, 1);
    d->report.n_tests = d->deployment->n_tests;
    d->report.inference_ms = NAN;
    if (d->deployment->n_tests > 0) {
        wg_self_test_async(watch, d->deployment, part, g_task_get_cancellable(task), on_self_tested,
                           task);
        return;
    }
    g_task_return_boolean(task, TRUE);
    g_object_unref(task);
}

static void
on_read(GObject *source, GAsyncResult *result, gpointer user_data)
{
    WgWatch *watch = WG_WATCH(source);
    GTask *task = user_data;
    Deploying *d = g_task_get_task_data(task);
    GError *error = NULL;
    g_autofree char *value = wg_deploy_query_finish(watch, result, &error);
    if (!value || !wg_plan_check_reading(d->plan, value, &error)) {
        fail(watch, task, error);
        return;
    }
    d->report.verified = TRUE;
    d->report.bytes = g_bytes_get_size(d->deployment->tflite);
    d->report.crc32 = wg_crc32_bytes(d->deployment->tflite);
    d->report.seconds =
        (double)(wg_clock_get_us(watch->clock) - d->start_us) / (double)G_USEC_PER_SEC;
    test(watch, task);
}

/* Apart from the switch, so that what that one says of itself is not what is believed. */
static void
read_back(WgWatch *watch, GTask *task)
{
    const Deploying *d = g_task_get_task_data(task);
    g_autofree char *code = wg_plan_build_reading(d->plan);
    wg_deploy_query_async(watch, code, WG_ANSWER_MS, g_task_get_cancellable(task), on_read, task);
}

static void
on_switched(GObject *source, GAsyncResult *result, gpointer user_data)
{
    WgWatch *watch = WG_WATCH(source);
    GTask *task = user_data;
    const Deploying *d = g_task_get_task_data(task);
    GError *error = NULL;
    g_autofree char *value = wg_deploy_query_finish(watch, result, &error);
    if (value && strcmp(value, "-1") == 0) {
        read_back(watch, task);
        return;
    }
    if (value) {
        const guint bad = (guint)g_ascii_strtoull(value, NULL, 10);
        const WgPlanFile *file =
            g_ptr_array_index(d->plan->files, MIN(bad, d->plan->files->len - 1));
        g_set_error(&error, WG_ERROR, WG_ERROR_VERIFY,
                    _("what the watch stored as “%s” is not what was sent: the watch goes on with "
                      "the model it had; deploy again"),
                    file->target ? file->target : file->name);
    }
    fail(watch, task, error);
}

/* One expression, which runs on the watch as a whole: a broken link leaves the former state or the
 * new one. It is not begun once the deployment is cancelled. */
static void
switch_over(WgWatch *watch, GTask *task)
{
    const Deploying *d = g_task_get_task_data(task);
    g_autofree char *code = wg_plan_build_switch(d->plan);
    wg_progress_tell(d->progress, WG_DEPLOY_SENT_SHARE, _("switching over"));
    wg_deploy_query_async(watch, code, SWITCH_MS, g_task_get_cancellable(task), on_switched, task);
}

static void
on_uploaded(GObject *source, GAsyncResult *result, gpointer user_data)
{
    GTask *task = user_data;
    Deploying *d = g_task_get_task_data(task);
    GError *error = NULL;
    if (!wg_watch_send_file_finish(WG_WATCH(source), result, &error)) {
        fail(WG_WATCH(source), task, error);
        return;
    }
    d->n_uploaded++;
    upload(WG_WATCH(source), task);
}

/* What share of the bytes lies before this file. */
static double
get_share(const Deploying *d, guint n_files)
{
    gsize done = 0, all = 1;
    for (guint i = 0; i < d->plan->files->len; i++) {
        const WgPlanFile *file = g_ptr_array_index(d->plan->files, i);
        const gsize n = file->is_stored ? 0 : g_bytes_get_size(file->content);
        done += i < n_files ? n : 0;
        all += n;
    }
    return WG_DEPLOY_SENT_SHARE * (double)done / (double)all;
}

static void
upload(WgWatch *watch, GTask *task)
{
    Deploying *d = g_task_get_task_data(task);
    const GPtrArray *files = d->plan->files;
    while (d->n_uploaded < files->len &&
           ((const WgPlanFile *)g_ptr_array_index(files, d->n_uploaded))->is_stored)
        d->n_uploaded++;
    if (d->n_uploaded == files->len) {
        switch_over(watch, task);
        return;
    }
    const WgPlanFile *file = g_ptr_array_index(files, d->n_uploaded);
    g_autoptr(WgProgress) part = wg_progress_split(d->progress, get_share(d, d->n_uploaded),
                                                   get_share(d, d->n_uploaded + 1));
    wg_progress_tell(part, 0, _("sending to the watch"));
    wg_watch_send_file_async(watch, file->name, file->content, part, g_task_get_cancellable(task),
                             on_uploaded, task);
}

static void
on_kept(GObject *source, GAsyncResult *result, gpointer user_data)
{
    GTask *task = user_data;
    Deploying *d = g_task_get_task_data(task);
    GError *error = NULL;
    if (!wg_keep_own_finish(WG_WATCH(source), result, &error)) {
        fail(WG_WATCH(source), task, error);
        return;
    }
    d->has_kept = TRUE;
    ask(WG_WATCH(source), task);
}

/* Once there is room for all of it. */
static void
keep_or_upload(WgWatch *watch, GTask *task)
{
    Deploying *d = g_task_get_task_data(task);
    if (!d->own) {
        upload(watch, task);
        return;
    }
    wg_progress_tell(d->progress, 0, _("keeping the model that was found on the watch"));
    wg_keep_own_async(watch, g_steal_pointer(&d->own), d->deployment->date,
                      g_task_get_cancellable(task), on_kept, task);
}

static void
on_cleared(GObject *source, GAsyncResult *result, gpointer user_data)
{
    GTask *task = user_data;
    const Deploying *d = g_task_get_task_data(task);
    GError *error = NULL;
    g_autofree char *value = wg_deploy_query_finish(WG_WATCH(source), result, &error);
    if (value && strcmp(value, "0") != 0)
        g_set_error_literal(&error, WG_ERROR, WG_ERROR_VERIFY,
                            _("the watch could not tidy up: deploy again"));
    if (error)
        fail(WG_WATCH(source), task, error);
    else if (d->is_compacted)
        ask(WG_WATCH(source), task);
    else
        keep_or_upload(WG_WATCH(source), task);
}

static void
clear(WgWatch *watch, GTask *task, gboolean compacts)
{
    Deploying *d = g_task_get_task_data(task);
    g_autofree char *code = wg_plan_build_clearing(d->plan, compacts);
    if (compacts)
        wg_progress_tell(d->progress, 0, _("tidying up the watch"));
    d->is_compacted |= compacts;
    wg_deploy_query_async(watch, code, compacts ? WG_COMPACT_MS : WG_ANSWER_MS,
                          g_task_get_cancellable(task), on_cleared, task);
}

/* Before anything is changed there. */
static gboolean
check_room(WgWatch *watch, const Deploying *d, const WgSurvey *survey, GError **error)
{
    const WgPlan *plan = d->plan;
    if (survey->memory_bytes < plan->memory_bytes) {
        g_set_error(error, WG_ERROR, WG_ERROR_STORAGE,
                    _("the model needs %" PRId64 " bytes of memory to run, %s has %" PRId64
                      " free: close what runs there, or choose a smaller model"),
                    plan->memory_bytes, wg_watch_get_name(watch), survey->memory_bytes);
        return FALSE;
    }
    const gint64 after_bytes =
        d->is_compacted ? survey->free_bytes : wg_plan_count_room(plan, survey);
    if (after_bytes < plan->needed_bytes) {
        g_set_error(error, WG_ERROR, WG_ERROR_STORAGE,
                    _("the model needs %" PRId64 " bytes of the storage of %s, %" PRId64
                      " are free: remove an app from the watch"),
                    plan->needed_bytes, wg_watch_get_name(watch), after_bytes);
        return FALSE;
    }
    return TRUE;
}

static void
on_surveyed(GObject *source, GAsyncResult *result, gpointer user_data)
{
    WgWatch *watch = WG_WATCH(source);
    GTask *task = user_data;
    Deploying *d = g_task_get_task_data(task);
    GError *error = NULL;
    g_autoptr(WgSurvey) keeper = wg_survey_finish(watch, result, &error);
    const WgSurvey *survey = keeper; /* also where it is to be kept */
    if (!survey) {
        fail(watch, task, error);
        return;
    }
    if (d->plan && wg_plan_is_done(d->plan, survey)) {
        read_back(watch, task);
        return;
    }
    g_clear_pointer(&d->plan, wg_plan_free);
    d->plan = wg_plan_new(d->deployment, survey);
    d->n_uploaded = 0;
    g_clear_pointer(&d->own, wg_survey_free);
    if (d->deployment->mode == WG_DEPLOY_BUILTIN && !d->has_kept && wg_keep_own_is_needed(survey)) {
        d->plan->needed_bytes += wg_keep_own_count_bytes(survey);
        d->own = g_steal_pointer(&keeper);
    }
    if (!check_room(watch, d, survey, &error))
        fail(watch, task, error);
    else if (survey->free_bytes < d->plan->needed_bytes)
        clear(watch, task, TRUE);
    else if (d->plan->must_clear)
        clear(watch, task, FALSE);
    else
        keep_or_upload(watch, task);
}

static void
ask(WgWatch *watch, GTask *task)
{
    wg_survey_async(watch, TRUE, g_task_get_cancellable(task), on_surveyed, task);
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
    d->start_us = wg_clock_get_us(watch->clock);
    g_task_set_task_data(task, d, (GDestroyNotify)deploying_free);
    if (wg_deployment_check(deployment, &error) && !wg_watch_has_tensorflow(watch))
        g_set_error(&error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("%s has no TensorFlow in its firmware and cannot run a model"),
                    wg_watch_get_name(watch));
    if (error) {
        g_task_return_error(task, error);
        g_object_unref(task);
        return;
    }
    ask(watch, task);
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
