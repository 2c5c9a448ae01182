/* Puts the model before the one in use back in its place. */
#include "base/error.h"
#include "device/crc32.h"
#include "device/deploy-query.h"
#include "device/deploy-record.h"
#include "device/keep-own.h"
#include "device/program.h"
#include "device/survey.h"
#include "device/watch-private.h"

#include <glib/gi18n.h>
#include <string.h>

#define RESTORE_MS 15000 /* it writes the flash several times */

typedef struct {
    WgSurvey *survey; /* before it */
    gboolean has_kept;
} Restoring;

static void
restoring_free(Restoring *r)
{
    g_clear_pointer(&r->survey, wg_survey_free);
    g_free(r);
}

/* Takes the error and the task. */
static void
fail(GTask *task, GError *error)
{
    g_task_return_error(task, error);
    g_object_unref(task);
}

/* The file that the firmware's own recogniser gets; NULL: this deployment leaves it alone. */
static const char *
find_builtin(const WgCarried *wanted)
{
    return wanted->mode == WG_DEPLOY_BUILTIN ? wanted->model : wanted->beside;
}

static gboolean
is_builtin_right(const WgSurvey *survey, const WgCarried *wanted)
{
    const WgSum *model = wg_survey_find(survey, WG_BUILTIN_MODEL);
    const WgSum *names = wg_survey_find(survey, WG_BUILTIN_NAMES);
    g_autoptr(GBytes) labels = wg_carried_build_labels(wanted);
    return model && model->crc == (wanted->beside ? wanted->beside_crc : wanted->crc) &&
           (labels ? names && names->crc == wg_crc32_bytes(labels) : !names);
}

static gboolean
is_in_use(const WgSurvey *survey, const WgCarried *wanted)
{
    const WgCarried *now = survey->now;
    return now && now->is_whole && strcmp(now->record, wanted->record) == 0 &&
           now->crc == wanted->crc && (!find_builtin(wanted) || is_builtin_right(survey, wanted));
}

static void
on_read(GObject *source, GAsyncResult *result, gpointer user_data)
{
    GTask *task = user_data;
    Restoring *r = g_task_get_task_data(task);
    GError *error = NULL;
    g_autoptr(WgSurvey) survey = wg_survey_finish(WG_WATCH(source), result, &error);
    if (!survey) {
        fail(task, error);
    } else if (!is_in_use(survey, r->survey->former)) {
        fail(task, g_error_new_literal(WG_ERROR, WG_ERROR_VERIFY,
                                       _("the watch did not put the former model back as it was: "
                                         "deploy again")));
    } else {
        g_task_return_boolean(task, TRUE);
        g_object_unref(task);
    }
}

static void
on_restored(GObject *source, GAsyncResult *result, gpointer user_data)
{
    WgWatch *watch = WG_WATCH(source);
    GTask *task = user_data;
    GError *error = NULL;
    g_autofree char *value = wg_deploy_query_finish(watch, result, &error);
    if (value && strcmp(value, "-1") != 0)
        g_set_error_literal(&error, WG_ERROR, WG_ERROR_VERIFY,
                            _("the former model is not whole on the watch any more: the watch goes "
                              "on with the model it has"));
    if (error)
        fail(task, error);
    else
        wg_survey_async(watch, TRUE, g_task_get_cancellable(task), on_read, task);
}

/* The firmware reads the names of its own recogniser as bytes. */
static char *
build_install(const WgCarried *former, GBytes *model)
{
    g_autoptr(GBytes) labels = wg_carried_build_labels(former);
    gsize n = 0;
    const guchar *bytes = labels ? g_bytes_get_data(labels, &n) : NULL;
    g_autofree char *base64 = labels ? g_base64_encode(bytes, n) : NULL;
    g_autofree char *names = base64 ? g_strdup_printf("atob('%s')", base64) : g_strdup("null");
    return g_strdup_printf("['%s',%d,%s]", find_builtin(former), wg_tflite_find_version(model),
                           names);
}

static void
put_back(WgWatch *watch, GTask *task, GBytes *model)
{
    const Restoring *r = g_task_get_task_data(task);
    const WgCarried *former = r->survey->former;
    g_autofree char *install = model ? build_install(former, model) : g_strdup("null");
    g_autofree char *code =
        former->code ? g_strdup_printf(",['%s',%u]", former->code, former->code_crc) : g_strdup("");
    g_autofree char *beside =
        former->beside ? g_strdup_printf(",['%s',%u]", former->beside, former->beside_crc)
                       : g_strdup("");
    g_autofree char *call =
        g_strdup_printf("waggleRestore([['%s',%u]%s%s],'%s','%s',%s)", former->model, former->crc,
                        code, beside, former->record, r->survey->now->record, install);
    g_autofree char *expression = wg_program_build(call, WG_PROGRAM_SWITCH, WG_PROGRAM_RESTORE,
                                                   model ? WG_PROGRAM_INSTALL : -1, -1);
    wg_deploy_query_async(watch, expression, RESTORE_MS, g_task_get_cancellable(task), on_restored,
                          task);
}

static void
on_model(GObject *source, GAsyncResult *result, gpointer user_data)
{
    GTask *task = user_data;
    GError *error = NULL;
    g_autoptr(GBytes) model = wg_watch_read_file_finish(WG_WATCH(source), result, &error);
    if (model)
        put_back(WG_WATCH(source), task, model);
    else
        fail(task, error);
}

static void on_kept(GObject *source, GAsyncResult *result, gpointer user_data);

static void
on_surveyed(GObject *source, GAsyncResult *result, gpointer user_data)
{
    WgWatch *watch = WG_WATCH(source);
    GTask *task = user_data;
    Restoring *r = g_task_get_task_data(task);
    GError *error = NULL;
    r->survey = wg_survey_finish(watch, result, &error);
    const WgCarried *former = r->survey ? r->survey->former : NULL;
    if (!r->survey)
        fail(task, error);
    else if (!former)
        fail(task, g_error_new(WG_ERROR, WG_ERROR_MISSING,
                               r->survey->now ? _("%s has no model from before the one in use")
                                              : _("%s has no model of Waggle's yet: deploy one"),
                               wg_watch_get_name(watch)));
    else if (!former->is_whole)
        fail(task, g_error_new_literal(WG_ERROR, WG_ERROR_VERIFY,
                                       _("the former model is not whole on the watch any more: the "
                                         "watch goes on with the model it has")));
    else if (find_builtin(former) && !r->has_kept && wg_keep_own_is_needed(r->survey))
        wg_keep_own_async(watch, g_steal_pointer(&r->survey), NULL, g_task_get_cancellable(task),
                          on_kept, task);
    else if (find_builtin(former)) /* to find its schema version */
        wg_watch_read_file_async(watch, find_builtin(former), g_task_get_cancellable(task),
                                 on_model, task);
    else
        put_back(watch, task, NULL);
}

/* Asks anew: what somebody put there after the model in use is in use now, and that one the former
 * one. */
static void
on_kept(GObject *source, GAsyncResult *result, gpointer user_data)
{
    GTask *task = user_data;
    Restoring *r = g_task_get_task_data(task);
    GError *error = NULL;
    r->has_kept = TRUE;
    if (wg_keep_own_finish(WG_WATCH(source), result, &error))
        wg_survey_async(WG_WATCH(source), TRUE, g_task_get_cancellable(task), on_surveyed, task);
    else
        fail(task, error);
}

void
wg_restore_async(WgWatch *watch, GCancellable *cancellable, GAsyncReadyCallback callback,
                 gpointer user_data)
{
    GTask *task = g_task_new(watch, cancellable, callback, user_data);
    g_task_set_task_data(task, g_new0(Restoring, 1), (GDestroyNotify)restoring_free);
    wg_survey_async(watch, TRUE, cancellable, on_surveyed, task);
}

gboolean
wg_restore_finish(WgWatch *watch, GAsyncResult *result, GError **error)
{
    return g_task_propagate_boolean(G_TASK(result), error);
}
