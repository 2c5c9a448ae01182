/* The queue of calls to a watch: one goes on, the others wait. */
#include "base/error.h"
#include "device/watch-private.h"

#include <glib/gi18n.h>

typedef struct {
    GTask *task;
    WgStartFunc start;
} Operation;

void
wg_watch_operation_free(gpointer operation)
{
    Operation *self = operation;
    g_clear_object(&self->task);
    g_free(self);
}

static GError *
check(WgWatch *self, GTask *task)
{
    GError *error = NULL;
    if (g_cancellable_set_error_if_cancelled(g_task_get_cancellable(task), &error))
        return error;
    if (self->state != WG_WATCH_READY)
        return g_error_new(WG_ERROR, WG_ERROR_CONNECTION, _("the watch is not connected: %s"),
                           self->state_text);
    return wg_watch_talk_refuse(self);
}

static void
start_next(WgWatch *self)
{
    while (!self->is_operating && !g_queue_is_empty(&self->operations)) {
        Operation *operation = g_queue_peek_head(&self->operations);
        GError *error = check(self, operation->task);
        self->is_operating = TRUE;
        if (error)
            wg_watch_return(self, NULL, NULL, error);
        else
            operation->start(self, operation->task);
    }
}

void
wg_watch_enqueue(WgWatch *self, GTask *task, WgStartFunc start)
{
    Operation *operation = g_new0(Operation, 1);
    g_task_set_check_cancellable(task, FALSE); /* looked at between exchanges */
    operation->task = task;
    operation->start = start;
    g_queue_push_tail(&self->operations, operation);
    start_next(self);
}

void
wg_watch_return(WgWatch *self, gpointer value, GDestroyNotify free_value, GError *error)
{
    g_autoptr(WgWatch) alive = g_object_ref(self);
    Operation *operation = g_queue_pop_head(&self->operations);
    self->is_operating = FALSE;
    if (error)
        g_task_return_error(operation->task, error);
    else
        g_task_return_pointer(operation->task, value, free_value);
    wg_watch_operation_free(operation);
    start_next(self);
}

GTask *
wg_watch_get_task(WgWatch *self)
{
    return ((Operation *)g_queue_peek_head(&self->operations))->task;
}

gboolean
wg_watch_return_if_cancelled(WgWatch *self)
{
    GError *error = NULL;
    if (!g_cancellable_set_error_if_cancelled(g_task_get_cancellable(wg_watch_get_task(self)),
                                              &error))
        return FALSE;
    wg_watch_return(self, NULL, NULL, error);
    return TRUE;
}
