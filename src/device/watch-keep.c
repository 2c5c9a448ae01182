/* Keeping a watch: a lost one is connected again, and who needs it can wait. */
#include "base/error.h"
#include "device/watch-private.h"

#include <glib/gi18n.h>

/* Before the second try and before each after it: where nothing is there, a try costs little. */
#define SECOND_TRY_MS 500
#define NEXT_TRY_MS 1000

typedef struct {
    WgWatch *watch; /* which the task holds */
    GTask *task;
    GSource *cancelled;
    guint timeout_id, timeout_ms;
} Waiter;

void
wg_watch_waiter_free(gpointer waiter)
{
    Waiter *self = waiter;
    wg_clock_clear(self->watch->clock, &self->timeout_id);
    if (self->cancelled)
        g_source_destroy(self->cancelled);
    g_clear_pointer(&self->cancelled, g_source_unref);
    g_object_unref(self->task);
    g_free(self);
}

/* Ends the waiting; NULL: the watch is ready. Takes the error. */
static void
end_waiting(Waiter *waiter, GError *error)
{
    g_autoptr(GTask) task = g_object_ref(waiter->task);
    g_queue_remove(&waiter->watch->waiters, waiter);
    wg_watch_waiter_free(waiter);
    if (error)
        g_task_return_error(task, error);
    else
        g_task_return_boolean(task, TRUE);
}

static const char *
describe(WgWatch *self)
{
    return self->trouble ? self->trouble : self->state_text;
}

static gboolean
on_time_over(gpointer user_data)
{
    Waiter *waiter = user_data;
    waiter->timeout_id = 0;
    end_waiting(waiter, g_error_new(WG_ERROR, WG_ERROR_CONNECTION,
                                    _("the watch did not come back within %u s: %s"),
                                    (waiter->timeout_ms + 500) / 1000, describe(waiter->watch)));
    return G_SOURCE_REMOVE;
}

static gboolean
on_cancelled(GCancellable *cancellable, gpointer user_data)
{
    GError *error = NULL;
    g_cancellable_set_error_if_cancelled(cancellable, &error);
    end_waiting(user_data, error);
    return G_SOURCE_REMOVE;
}

static gboolean
is_hopeless(WgWatch *self)
{
    return self->state == WG_WATCH_CLOSED ||
           (self->state == WG_WATCH_LOST && !(self->is_keeping && self->was_ready));
}

void
wg_watch_answer_waiters(WgWatch *self)
{
    g_autoptr(WgWatch) alive = g_object_ref(self);
    for (;;) {
        Waiter *waiter = g_queue_peek_head(&self->waiters);
        if (!waiter || !(self->state == WG_WATCH_READY || is_hopeless(self)))
            return;
        end_waiting(waiter, self->state == WG_WATCH_READY
                                ? NULL
                                : g_error_new(WG_ERROR, WG_ERROR_CONNECTION,
                                              _("the watch is not connected: %s"), describe(self)));
    }
}

void
wg_watch_add_waiter(WgWatch *self, GTask *task, guint timeout_ms)
{
    Waiter *waiter = g_new0(Waiter, 1);
    GCancellable *cancellable = g_task_get_cancellable(task);
    waiter->watch = self;
    waiter->task = task;
    waiter->timeout_ms = timeout_ms;
    waiter->timeout_id = wg_clock_add(self->clock, timeout_ms, on_time_over, waiter);
    if (cancellable) {
        waiter->cancelled = g_cancellable_source_new(cancellable);
        g_source_set_callback(waiter->cancelled, G_SOURCE_FUNC(on_cancelled), waiter, NULL);
        g_source_attach(waiter->cancelled, g_main_context_get_thread_default());
    }
    g_queue_push_tail(&self->waiters, waiter);
    wg_watch_answer_waiters(self);
}

static void
on_tried(GObject *source, GAsyncResult *result, gpointer user_data)
{
    /* why it is not back yet is the watch's trouble, and the next try is planned */
    (void)wg_watch_connect_finish(WG_WATCH(source), result, NULL);
}

static gboolean
try_again(gpointer user_data)
{
    WgWatch *self = user_data;
    self->retry_id = 0;
    if (self->connecting || self->state != WG_WATCH_LOST)
        return G_SOURCE_REMOVE; /* somebody else tries: where that fails the state is LOST anew */
    self->n_tries++;
    g_clear_object(&self->retrying);
    self->retrying = g_cancellable_new();
    wg_watch_connect_async(self, self->retrying, on_tried, NULL);
    return G_SOURCE_REMOVE;
}

static void
plan_try(WgWatch *self)
{
    const guint delay_ms = self->n_tries == 0   ? 0
                           : self->n_tries == 1 ? SECOND_TRY_MS
                                                : NEXT_TRY_MS;
    wg_clock_clear(self->clock, &self->retry_id);
    if (self->state == WG_WATCH_LOST && self->is_keeping && self->was_ready)
        self->retry_id = wg_clock_add(self->clock, delay_ms, try_again, self);
}

void
wg_watch_keep(WgWatch *self)
{
    switch (self->state) {
    case WG_WATCH_READY:
        self->was_ready = TRUE;
        self->is_gentle = FALSE;
        self->lost_us = -1;
        self->n_tries = 0;
        g_clear_pointer(&self->trouble, g_free);
        break;
    case WG_WATCH_LOST:
        g_free(self->trouble);
        self->trouble = g_strdup(self->state_text);
        if (self->lost_us < 0 && self->was_ready)
            self->lost_us = wg_clock_get_us(self->clock);
        break;
    case WG_WATCH_CLOSED:
        self->was_ready = FALSE;
        self->is_gentle = FALSE;
        self->lost_us = -1;
        self->n_tries = 0;
        g_clear_pointer(&self->trouble, g_free);
        if (self->retrying)
            g_cancellable_cancel(self->retrying);
        break;
    case WG_WATCH_OPENING:
    default:
        break;
    }
    plan_try(self);
}

void
wg_watch_on_back(WgLink *link, gpointer user_data)
{
    WgWatch *self = user_data;
    self->n_tries = 0; /* also where a try is going on that began too early */
    plan_try(self);
}

void
wg_watch_set_keeping(WgWatch *self, gboolean keeping)
{
    if (self->is_keeping == keeping)
        return;
    self->is_keeping = keeping;
    plan_try(self);
    wg_watch_answer_waiters(self);
}

gboolean
wg_watch_is_keeping(WgWatch *self)
{
    return self->is_keeping;
}

const char *
wg_watch_get_trouble(WgWatch *self)
{
    return self->trouble;
}

double
wg_watch_get_lost_s(WgWatch *self)
{
    if (self->lost_us < 0)
        return -1;
    return (double)(wg_clock_get_us(self->clock) - self->lost_us) / G_USEC_PER_SEC;
}

void
wg_watch_wait_async(WgWatch *self, guint timeout_ms, GCancellable *cancellable,
                    GAsyncReadyCallback callback, gpointer user_data)
{
    GTask *task = g_task_new(self, cancellable, callback, user_data);
    wg_watch_add_waiter(self, task, timeout_ms);
}

gboolean
wg_watch_wait_finish(WgWatch *self, GAsyncResult *result, GError **error)
{
    return g_task_propagate_boolean(G_TASK(result), error);
}
