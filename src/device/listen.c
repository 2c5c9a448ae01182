/* Starts the reports of what is deployed on a watch. */
#include "base/error.h"
#include "device/deploy-record.h"
#include "device/program.h"

#include <string.h>

static void
on_started(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(GTask) task = user_data;
    GError *error = NULL;
    g_autofree char *value = wg_watch_eval_finish(WG_WATCH(source), result, &error);
    if (value && strcmp(value, "1") == 0)
        g_task_return_boolean(task, TRUE);
    else if (error)
        g_task_return_error(task, error);
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
    /* the app that is stored there tells its own answers; else the firmware's recogniser */
    g_autofree char *start = g_strdup_printf(
        "(function(){var s=require(\"Storage\"),r=s.readJSON(\"" WG_RECORD_NAME "\",1);"
        "if(global.Waggle&&Waggle.stop)Waggle.stop();"
        "if(r&&r.code&&s.read(r.code)!==undefined)"
        "global.Waggle=eval(s.read(r.code)).start(r,true);"
        "else if(s.read(\"" WG_BUILTIN_MODEL "\")!==undefined)global.Waggle=%s;"
        "else return 0;"
        "return 1;})()",
        listener);
    wg_watch_eval_async(watch, start, cancellable, on_started, task);
}

gboolean
wg_listen_start_finish(WgWatch *watch, GAsyncResult *result, GError **error)
{
    return g_task_propagate_boolean(G_TASK(result), error);
}
