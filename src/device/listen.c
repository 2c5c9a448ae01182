/* Starts the reports of what is deployed on a watch. */
#include "base/error.h"
#include "device/deploy-record.h"
#include "device/json-line.h"
#include "device/program.h"

#include <string.h>

/* [mode, crc, threshold] -> info; FALSE where it is something else or there is no model. */
static gboolean
read_info(const char *value, WgListenInfo *info)
{
    g_autoptr(JsonNode) node = wg_json_line_parse(value, strlen(value));
    gint64 mode = 0, crc32 = 0;
    if (!wg_json_read_int(wg_json_at(node, 0), &mode) || mode < 1 ||
        !wg_json_read_int(wg_json_at(node, 1), &crc32) ||
        !wg_json_read_double(wg_json_at(node, 2), &info->threshold))
        return FALSE;
    info->mode = mode == 1 ? WG_DEPLOY_APP : WG_DEPLOY_BUILTIN;
    info->crc32 = (guint32)crc32;
    return TRUE;
}

static void
on_started(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(GTask) task = user_data;
    GError *error = NULL;
    WgListenInfo info;
    g_autofree char *value = wg_watch_eval_finish(WG_WATCH(source), result, &error);
    if (error)
        g_task_return_error(task, error);
    else if (read_info(value, &info))
        g_task_return_pointer(task, g_memdup2(&info, sizeof info), g_free);
    else
        g_task_return_new_error(task, WG_ERROR, WG_ERROR_MISSING,
                                "there is no model on this watch: deploy one first");
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
    g_autofree char *start =
        g_strdup_printf("(function(){var s=require(\"Storage\"),r=%s(s),m;" WG_STOP_PROGRAM "%s();"
                        "if(r&&r.code&&s.read(r.code)!==undefined&&s.read(r.model)!==undefined){"
                        "global.Waggle=eval(s.read(r.code)).start(r,true);return "
                        "[1,E.CRC32(s.read(r.model)),r.threshold];}"
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
    return found != NULL;
}
