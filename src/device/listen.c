/* Starts the reports of what is deployed on a watch. */
#include "base/error.h"
#include "device/deploy-record.h"
#include "device/json-line.h"
#include "device/program.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_THRESHOLDS 1000 /* more gestures than a watch has room for the names of */
#define MAX_DEBOUNCE 1000

/* What is no list of numbers is no thresholds. */
static void
read_thresholds(JsonNode *node, WgListenInfo *info)
{
    g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(double));
    double value = 0;
    for (guint i = 0; i < MAX_THRESHOLDS && wg_json_read_double(wg_json_at(node, i), &value); i++)
        g_array_append_val(values, value);
    info->n_thresholds = (int)values->len;
    if (values->len > 0)
        info->thresholds = (double *)(gpointer)g_array_free(g_steal_pointer(&values), FALSE);
}

/* [mode, crc, threshold, thresholds or null, debounce or null] -> info; FALSE where it is something
 * else or there is no model. */
static gboolean
read_info(const char *value, WgListenInfo *info)
{
    g_autoptr(JsonNode) node = wg_json_line_parse(value, strlen(value));
    gint64 mode = 0, crc32 = 0, n_debounce = 0;
    if (!wg_json_read_int(wg_json_at(node, 0), &mode) || mode < 1 ||
        !wg_json_read_int(wg_json_at(node, 1), &crc32) ||
        !wg_json_read_double(wg_json_at(node, 2), &info->threshold))
        return FALSE;
    read_thresholds(wg_json_at(node, 3), info);
    info->has_debounce =
        wg_json_read_int(wg_json_at(wg_json_at(node, 4), 0), &n_debounce) &&
        wg_json_read_double(wg_json_at(wg_json_at(node, 4), 1), &info->debounce_ms);
    info->n_debounce = (int)CLAMP(n_debounce, 0, MAX_DEBOUNCE);
    info->mode = mode == 1 ? WG_DEPLOY_APP : WG_DEPLOY_BUILTIN;
    info->crc32 = (guint32)crc32;
    return TRUE;
}

void
wg_listen_info_clear(WgListenInfo *info)
{
    g_clear_pointer(&info->thresholds, g_free);
    info->n_thresholds = 0;
}

static void
free_info(gpointer info)
{
    wg_listen_info_clear(info);
    g_free(info);
}

static void
on_started(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(GTask) task = user_data;
    GError *error = NULL;
    WgListenInfo info = {0};
    g_autofree char *value = wg_watch_eval_finish(WG_WATCH(source), result, &error);
    if (error)
        g_task_return_error(task, error);
    else if (read_info(value, &info))
        g_task_return_pointer(task, g_memdup2(&info, sizeof info), free_info);
    else
        g_task_return_new_error(task, WG_ERROR, WG_ERROR_MISSING,
                                _("there is no model on this watch: deploy one first"));
}

void
wg_listen_start_async(WgWatch *watch, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data)
{
    GTask *task = g_task_new(watch, cancellable, callback, user_data);
    g_autofree char *listener = wg_program_build("waggleListen()", WG_PROGRAM_LISTEN, -1);
    g_autofree char *pause = wg_program_build("wagglePause", WG_PROGRAM_PAUSE, -1);
    g_autofree char *find = wg_program_build("waggleFind", WG_PROGRAM_FIND, -1);
    /* the app that is stored there tells its own answers; else the firmware's recogniser */
    g_autofree char *start = g_strdup_printf(
        "(function(){var s=require(\"Storage\"),r=%s(s),m;" WG_STOP_PROGRAM "%s();"
        "if(r&&r.code&&s.read(r.code)!==undefined&&s.read(r.model)!==undefined){"
        "global.Waggle=eval(s.read(r.code)).start(r,true);return "
        "[1,E.CRC32(s.read(r.model)),r.threshold,r.thresholds||null,r.debounce||null];}"
        "m=s.read(\"" WG_BUILTIN_MODEL "\");"
        "if(m===undefined)return [0,0,0];"
        "global.Waggle=%s;"
        "return [2,E.CRC32(m),0];})()",
        find, pause, listener);
    wg_watch_eval_async(watch, start, cancellable, on_started, task);
}

gboolean
wg_listen_start_finish(WgWatch *watch, GAsyncResult *result, WgListenInfo *info, GError **error)
{
    g_autofree WgListenInfo *found = g_task_propagate_pointer(G_TASK(result), error);
    if (found && info)
        *info = *found;
    else if (found)
        wg_listen_info_clear(found);
    return found != NULL;
}
