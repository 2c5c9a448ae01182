/* Puts the model before the one in use back on a MicroPython board. */
#include "device/deploy-python.h"

#include "base/error.h"
#include "device/watch-python.h"

#include <glib/gi18n.h>

#define STEP_MS 30000 /* four files are copied and read */
#define N_NUMBERS 4

typedef struct {
    enum { HELPING, RESTORING, LEAVING } stage;
    WgPythonCarried carried;
    GError *error; /* with which it ends once the board is left */
} Restoring;

static void
restoring_free(Restoring *r)
{
    g_clear_error(&r->error);
    g_free(r);
}

static GError *
take_sums(WgWatch *watch, Restoring *r, const char *output)
{
    GError *error = NULL;
    gint64 sums[N_NUMBERS];

    if (!wg_watch_read_numbers(watch, output, sums, N_NUMBERS, &error))
        return error;
    if (sums[0] < 0)
        return g_error_new(WG_ERROR, WG_ERROR_MISSING, _("%s has no model from before (%s)"),
                           wg_watch_get_name(watch), WG_PYTHON_FORMER_NAME);
    r->carried = (WgPythonCarried){sums[0], sums[2], (guint32)sums[1], (guint32)sums[3]};
    return NULL;
}

static void
leave(WgWatch *watch, GTask *task)
{
    Restoring *r = g_task_get_task_data(task);

    wg_watch_leave_python(watch);
    if (r->error)
        g_task_return_error(task, g_steal_pointer(&r->error));
    else
        g_task_return_boolean(task, TRUE);
    g_object_unref(task);
}

static void
on_answer(GObject *source, GAsyncResult *result, gpointer user_data)
{
    WgWatch *watch = WG_WATCH(source);
    GTask *task = user_data;
    Restoring *r = g_task_get_task_data(task);
    GError *error = NULL;
    g_autofree char *output = wg_watch_run_python_finish(watch, result, &error);

    if (r->stage == LEAVING) {
        g_clear_error(&error);
        leave(watch, task);
        return;
    }
    if (!error)
        g_cancellable_set_error_if_cancelled(g_task_get_cancellable(task), &error);
    if (!error && r->stage == HELPING) {
        r->stage = RESTORING;
        wg_watch_run_python_async(
            watch, "waggle_restore('" WG_PYTHON_MODEL_NAME "','" WG_PYTHON_FORMER_NAME "')\n",
            STEP_MS, on_answer, task);
        return;
    }
    r->error = error ? error : take_sums(watch, r, output);
    if (g_error_matches(r->error, WG_ERROR, WG_ERROR_CONNECTION)) {
        leave(watch, task);
        return;
    }
    if (g_error_matches(r->error, WG_ERROR, WG_ERROR_INPUT))
        r->error->code = WG_ERROR_UNSUPPORTED; /* an exception there is no file's fault */
    r->stage = LEAVING;
    wg_watch_run_python_async(watch, "waggle_leave()\n", STEP_MS, on_answer, task);
}

void
wg_python_restore_async(WgWatch *watch, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data)
{
    GTask *task = g_task_new(watch, cancellable, callback, user_data);

    g_task_set_check_cancellable(task, FALSE); /* looked at between steps */
    g_task_set_task_data(task, g_new0(Restoring, 1), (GDestroyNotify)restoring_free);
    wg_watch_run_python_async(watch, wg_board_programs[WG_BOARD_DEPLOY], STEP_MS, on_answer, task);
}

gboolean
wg_python_restore_finish(WgWatch *watch, GAsyncResult *result, WgPythonCarried *carried,
                         GError **error)
{
    *carried = ((const Restoring *)g_task_get_task_data(G_TASK(result)))->carried;
    return g_task_propagate_boolean(G_TASK(result), error);
}
