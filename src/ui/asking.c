/* A question that is asked again whenever what it depends on changes: the newest one wins. */
#include "ui/asking.h"

#define MOMENT_MS 80 /* shorter than one notices, longer than between two steps of a slider */

struct _WgAsking {
    GObject parent_instance;
    WgAskingNewFunc new_job;
    WgAskingDoneFunc done;
    gpointer owner; /* NULL: it has gone */
    WgJob *job;     /* that runs */
    guint timeout_id;
    gboolean is_outdated; /* what runs: another is to follow it */
};

G_DEFINE_FINAL_TYPE(WgAsking, wg_asking, G_TYPE_OBJECT)

static void start(WgAsking *self);

static void
on_done(GObject *source, GAsyncResult *async, gpointer user_data)
{
    g_autoptr(WgAsking) self = WG_ASKING(user_data);
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonObject) result = wg_job_run_finish(WG_JOB(source), async, &error);

    g_clear_object(&self->job);
    if (!self->owner)
        return;
    if (self->is_outdated)
        start(self);
    else if (!g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        self->done(self->owner, result, error);
}

static void
start(WgAsking *self)
{
    self->is_outdated = FALSE;
    self->job = self->new_job(self->owner);
    if (self->job)
        wg_job_run_async(self->job, on_done, g_object_ref(self));
}

static gboolean
on_moment_over(gpointer user_data)
{
    WgAsking *self = WG_ASKING(user_data);

    self->timeout_id = 0;
    if (self->job) {
        self->is_outdated = TRUE;
        g_cancellable_cancel(wg_job_get_cancellable(self->job));
    } else {
        start(self);
    }
    return G_SOURCE_REMOVE;
}

static void
wg_asking_dispose(GObject *object)
{
    WgAsking *self = WG_ASKING(object);

    g_clear_handle_id(&self->timeout_id, g_source_remove);
    g_clear_object(&self->job);
    G_OBJECT_CLASS(wg_asking_parent_class)->dispose(object);
}

static void
wg_asking_class_init(WgAskingClass *klass)
{
    G_OBJECT_CLASS(klass)->dispose = wg_asking_dispose;
}

static void
wg_asking_init(WgAsking *self)
{
}

WgAsking *
wg_asking_new(WgAskingNewFunc new_job, WgAskingDoneFunc done, gpointer owner)
{
    WgAsking *self = g_object_new(WG_TYPE_ASKING, NULL);

    self->new_job = new_job;
    self->done = done;
    self->owner = owner;
    return self;
}

void
wg_asking_ask(WgAsking *self)
{
    if (!self->owner)
        return;
    g_clear_handle_id(&self->timeout_id, g_source_remove);
    self->timeout_id = g_timeout_add(MOMENT_MS, on_moment_over, self);
}

gboolean
wg_asking_is_busy(WgAsking *self)
{
    return self->job != NULL || self->timeout_id > 0;
}

void
wg_asking_stop(WgAsking *self)
{
    self->owner = NULL;
    g_clear_handle_id(&self->timeout_id, g_source_remove);
    if (self->job)
        g_cancellable_cancel(wg_job_get_cancellable(self->job));
}
