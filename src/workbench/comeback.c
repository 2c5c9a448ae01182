/* A job's watch that goes and comes back: says so in notes, and tells the job when to go on. */
#include "workbench/comeback.h"

#include "base/error.h"

#include <glib/gi18n.h>

struct _WgComeback {
    WgJob *job;
    WgWatch *watch;
    double wait_s;
    WgComebackFuncs funcs;
    gpointer user_data;
    gulong state_id;
    gint64 lost_us;
    GCancellable *waiting; /* NULL: the watch is there */
    guint gone_id;
};

static void
tell_gone(WgComeback *self, GError *error)
{
    g_clear_object(&self->waiting);
    if (self->funcs.gone)
        self->funcs.gone(error, self->user_data);
    else
        g_error_free(error);
}

static void
on_waited(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(GCancellable) waiting = user_data;
    WgComeback *self = g_object_get_data(G_OBJECT(waiting), "comeback");
    GError *error = NULL;

    if (!wg_watch_wait_finish(WG_WATCH(source), result, &error)) {
        if (self)
            tell_gone(self, error);
        else
            g_error_free(error);
        return;
    }
    if (!self)
        return;
    const double away_s = (double)(g_get_monotonic_time() - self->lost_us) / G_USEC_PER_SEC;
    g_clear_object(&self->waiting);
    wg_job_note(self->job, _("back after %.1f s"), away_s);
    if (self->funcs.back)
        self->funcs.back(away_s, self->user_data);
}

static void
start_waiting(WgComeback *self)
{
    self->waiting = g_cancellable_new();
    /* the data goes when it is freed, and the answer comes to nobody */
    g_object_set_data(G_OBJECT(self->waiting), "comeback", self);
    self->lost_us = g_get_monotonic_time();
    wg_job_note(self->job, self->wait_s > 0 ? _("lost, waiting for it: %s") : _("lost: %s"),
                wg_watch_get_trouble(self->watch));
    wg_job_tell(self->job, "lost", json_object_new());
    wg_watch_wait_async(self->watch, (guint)(self->wait_s * 1000), self->waiting, on_waited,
                        g_object_ref(self->waiting));
    if (self->funcs.lost)
        self->funcs.lost(self->user_data);
}

static gboolean
on_gone(gpointer user_data)
{
    WgComeback *self = user_data;

    self->gone_id = 0;
    tell_gone(
        self,
        wg_watch_get_state(self->watch) == WG_WATCH_LOST
            ? g_error_new_literal(WG_ERROR, WG_ERROR_CONNECTION, wg_watch_get_trouble(self->watch))
            : g_error_new_literal(WG_ERROR, WG_ERROR_CONNECTION, _("the watch was disconnected")));
    return G_SOURCE_REMOVE;
}

static void
on_state(WgWatch *watch, GParamSpec *pspec, gpointer user_data)
{
    WgComeback *self = user_data;

    if (self->waiting || self->gone_id)
        return;
    if (wg_watch_get_state(watch) == WG_WATCH_LOST && wg_watch_is_keeping(watch))
        start_waiting(self);
    else if (wg_watch_get_state(watch) == WG_WATCH_CLOSED ||
             wg_watch_get_state(watch) == WG_WATCH_LOST)
        /* not at once: a handler must not be disconnected from within itself */
        self->gone_id = g_idle_add(on_gone, self);
}

WgComeback *
wg_comeback_new(WgJob *job, WgWatch *watch, double wait_s, const WgComebackFuncs *funcs,
                gpointer user_data)
{
    WgComeback *self = g_new0(WgComeback, 1);

    self->job = g_object_ref(job);
    self->watch = g_object_ref(watch);
    self->wait_s = wait_s;
    self->funcs = *funcs;
    self->user_data = user_data;
    self->state_id = g_signal_connect(watch, "notify::state", G_CALLBACK(on_state), self);
    return self;
}

gboolean
wg_comeback_is_away(WgComeback *self)
{
    return self->waiting || self->gone_id;
}

void
wg_comeback_free(WgComeback *self)
{
    if (!self)
        return;
    g_clear_signal_handler(&self->state_id, self->watch);
    g_clear_handle_id(&self->gone_id, g_source_remove);
    if (self->waiting) {
        g_object_set_data(G_OBJECT(self->waiting), "comeback", NULL);
        g_cancellable_cancel(self->waiting);
    }
    g_clear_object(&self->waiting);
    g_object_unref(self->watch);
    g_object_unref(self->job);
    g_free(self);
}
