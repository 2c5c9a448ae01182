/* The takes that a recording job has stored: added to the project, told, counted. */
#include "workbench/take-store.h"

#include "base/error.h"
#include "workbench/json.h"
#include "workbench/patience.h"
#include "workbench/record-events.h"

/* What a thread takes with it. */
typedef struct {
    WgJob *job;
    WgRecording *recording;
    gint64 id;
    int n_added;
} Storing;

static void
storing_free(Storing *s)
{
    g_object_unref(s->job);
    wg_recording_unref(s->recording);
    g_free(s);
}

void
wg_take_store_init(WgTakeStore *self, WgJob *job, void (*failed)(GError *error, gpointer user_data),
                   gpointer user_data)
{
    *self = (WgTakeStore){.job = job,
                          .ids = g_array_new(FALSE, FALSE, sizeof(gint64)),
                          .waiting = G_QUEUE_INIT,
                          .failed = failed,
                          .user_data = user_data};
}

void
wg_take_store_clear(WgTakeStore *self)
{
    g_clear_pointer(&self->ids, g_array_unref);
    g_queue_clear_full(&self->waiting, (GDestroyNotify)wg_recording_unref);
}

void
wg_take_store_count(WgTakeStore *self, const WgRecordingSpec *spec, gint64 id, gboolean is_known,
                    int n_missing)
{
    if (is_known)
        self->n_known++;
    else
        g_array_append_val(self->ids, id);
    self->n_held_back += !is_known && spec->disabled;
    wg_record_tell_take(self->job, spec, id, is_known, n_missing);
}

static int
count_missing(const WgRecordingSpec *spec)
{
    int n_missing = 0;

    for (int i = 0; i < spec->n_gaps; i++)
        n_missing += spec->gaps[i].n_missing;
    return n_missing;
}

static void
run(GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
    Storing *s = task_data;
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    GError *error = NULL;

    g_ptr_array_add(list, s->recording);
    if (wg_patience_wait_recorded(s->job, &error) &&
        wg_project_add_recordings(wg_job_get_project(s->job), list, &s->id, &s->n_added, &error))
        g_task_return_boolean(task, TRUE);
    else
        g_task_return_error(task, error);
}

static void flush(WgTakeStore *self);

static void
on_stored(GObject *source, GAsyncResult *result, gpointer user_data)
{
    WgTakeStore *self = user_data;
    const Storing *s = g_task_get_task_data(G_TASK(result));
    GError *error = NULL;

    self->is_writing = FALSE;
    if (g_task_propagate_boolean(G_TASK(result), &error)) {
        const WgRecordingSpec *spec = wg_recording_get(s->recording);

        self->n_rounds = 0;
        wg_recording_unref(g_queue_pop_head(&self->waiting));
        wg_take_store_count(self, spec, s->id, s->n_added == 0, count_missing(spec));
    } else if (g_error_matches(error, WG_ERROR, WG_ERROR_BUSY) &&
               (!self->drained || self->n_rounds++ < WG_PATIENCE_ROUNDS)) {
        g_error_free(error); /* it is still the first */
    } else {
        g_queue_clear_full(&self->waiting, (GDestroyNotify)wg_recording_unref);
        self->failed(error, self->user_data);
    }
    flush(self);
}

static gboolean
on_drained(gpointer user_data)
{
    WgTakeStore *self = user_data;

    self->drained(self->user_data);
    return G_SOURCE_REMOVE;
}

static void
flush(WgTakeStore *self)
{
    g_autoptr(GTask) task = NULL;
    Storing *s;

    if (self->is_writing)
        return;
    if (g_queue_is_empty(&self->waiting)) {
        if (self->drained)
            g_idle_add_full(G_PRIORITY_DEFAULT, on_drained, self, NULL);
        return;
    }
    s = g_new0(Storing, 1);
    s->job = g_object_ref(self->job);
    s->recording = wg_recording_ref(g_queue_peek_head(&self->waiting));
    self->is_writing = TRUE;
    task = g_task_new(NULL, NULL, on_stored, self);
    g_task_set_task_data(task, s, (GDestroyNotify)storing_free);
    g_task_run_in_thread(task, run);
}

void
wg_take_store_add(WgTakeStore *self, WgRecordingSpec *spec)
{
    spec->held_back = self->is_guest            ? WG_HELD_BACK_GUEST
                      : count_missing(spec) > 0 ? "gaps"
                      : spec->n_clipped > 0     ? "clipping"
                                                : NULL;
    spec->disabled = spec->held_back != NULL;
    g_queue_push_tail(&self->waiting, wg_recording_new(spec));
    flush(self);
}

void
wg_take_store_drain(WgTakeStore *self, void (*drained)(gpointer user_data))
{
    self->drained = drained;
    flush(self);
}

void
wg_take_store_describe(const WgTakeStore *self, JsonObject *result)
{
    json_object_set_int_member(result, "recordings", self->ids->len);
    json_object_set_int_member(result, "known", self->n_known);
    json_object_set_int_member(result, "held_back", self->n_held_back);
    wg_json_set_ids(result, "ids", (const gint64 *)self->ids->data, (int)self->ids->len);
}
