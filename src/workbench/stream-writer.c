/* Writes samples into the project as they come: one batch is on its way, the others wait. */
#include "workbench/stream-writer.h"

#include "base/error.h"
#include "dataset/project-stream.h"
#include "workbench/patience.h"

#include <string.h>

struct _WgStreamWriter {
    WgJob *job;
    WgRecording *head; /* whose facts the recording has */
    void (*failed)(gpointer user_data);
    gpointer user_data;
    WgWritten written;
    GArray *samples; /* float, that wait */
    GArray *gaps;    /* WgGap */
    gint64 waiting_since_us;
    guint flush_id;
    gboolean is_writing, is_finishing;
    int n_rounds; /* that another program was waited for at the end */
    double rate_hz;
    int n_clipped;
    WgWrittenFunc done;
    gpointer done_data;
    GError *error;
};

/* What a thread takes with it. */
typedef struct {
    WgJob *job;
    WgRecording *head;
    gint64 id;
    int first;
    GArray *samples, *gaps;
    gint64 since_us;
    gboolean is_added, is_last, is_known;
    double rate_hz;
    int n_clipped;
} Batch;

static void
batch_free(gpointer data)
{
    Batch *batch = data;

    g_object_unref(batch->job);
    wg_recording_unref(batch->head);
    g_array_unref(batch->samples);
    g_array_unref(batch->gaps);
    g_free(batch);
}

static gboolean
write_batch(Batch *batch, GError **error)
{
    const int n = (int)batch->samples->len / 3;
    WgProject *project = wg_job_get_project(batch->job);

    if (!wg_patience_wait_recorded(batch->job, error))
        return FALSE;
    if (n > 0 && batch->id == 0 &&
        !wg_project_begin_stream(project, wg_recording_get(batch->head), &batch->id, error))
        return FALSE;
    if (n > 0 && !wg_project_append_stream(
                     project, batch->id, batch->first, (const float *)batch->samples->data, n,
                     (const WgGap *)(gpointer)batch->gaps->data, (int)batch->gaps->len, error))
        return FALSE;
    batch->is_added = TRUE;
    return !batch->is_last || batch->id == 0 ||
           wg_project_finish_stream(project, &batch->id, batch->rate_hz, batch->n_clipped,
                                    &batch->is_known, error);
}

static void
run(GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
    GError *error = NULL;

    if (write_batch(task_data, &error))
        g_task_return_boolean(task, TRUE);
    else
        g_task_return_error(task, error);
}

static void
writer_free(WgStreamWriter *self)
{
    g_clear_handle_id(&self->flush_id, g_source_remove);
    g_object_unref(self->job);
    wg_recording_unref(self->head);
    g_array_unref(self->samples);
    g_array_unref(self->gaps);
    g_clear_error(&self->error);
    g_free(self);
}

static void flush(WgStreamWriter *self);

/* Another program writes: what is in the batch waits on, before what came meanwhile. A batch is
 * written whole, but beginning the recording, adding to it and ending it are three. */
static gboolean
keep(WgStreamWriter *self, Batch *batch)
{
    if (self->is_finishing && self->n_rounds++ >= WG_PATIENCE_ROUNDS)
        return FALSE;
    if (!batch->is_added) {
        g_array_prepend_vals(self->samples, batch->samples->data, batch->samples->len);
        g_array_prepend_vals(self->gaps, batch->gaps->data, batch->gaps->len);
        self->waiting_since_us = batch->since_us;
    }
    return TRUE;
}

static void
on_written(GObject *source, GAsyncResult *result, gpointer user_data)
{
    WgStreamWriter *self = user_data;
    Batch *batch = g_task_get_task_data(G_TASK(result));
    g_autoptr(GError) error = NULL;

    self->is_writing = FALSE;
    self->written.id = batch->id;
    if (!g_task_propagate_boolean(G_TASK(result), &error)) {
        if (g_error_matches(error, WG_ERROR, WG_ERROR_BUSY) && keep(self, batch)) {
            flush(self);
            return;
        }
        if (!self->error) {
            self->error = g_error_copy(error);
            self->failed(self->user_data);
        }
    } else if (batch->samples->len > 0 && !batch->is_last) {
        const double taken_ms = (double)(g_get_monotonic_time() - batch->since_us) / 1000;

        self->written.longest_ms = MAX(self->written.longest_ms, taken_ms);
    }
    if (batch->is_last) {
        self->written.is_known = batch->is_known;
        self->written.error = self->error;
        self->done(&self->written, self->done_data);
        writer_free(self);
        return;
    }
    if (self->samples->len > 0 || self->is_finishing)
        flush(self);
}

static void
flush(WgStreamWriter *self)
{
    Batch *batch;
    GTask *task;

    /* what cannot be written is not tried again and again; what was written stays */
    if (self->is_writing || (self->error && !self->is_finishing))
        return;
    batch = g_new0(Batch, 1);
    *batch = (Batch){
        .job = g_object_ref(self->job),
        .head = wg_recording_ref(self->head),
        .id = self->written.id,
        .first = self->written.n_samples - (int)self->samples->len / 3,
        .samples = self->samples,
        .gaps = self->gaps,
        .since_us = self->waiting_since_us,
        .is_last = self->is_finishing,
        .rate_hz = self->rate_hz,
        .n_clipped = self->n_clipped,
    };
    self->samples = g_array_new(FALSE, FALSE, sizeof(float));
    self->gaps = g_array_new(FALSE, FALSE, sizeof(WgGap));
    self->is_writing = TRUE;
    task = g_task_new(NULL, NULL, on_written, self);
    g_task_set_task_data(task, batch, batch_free);
    g_task_run_in_thread(task, run);
    g_object_unref(task);
}

static gboolean
on_flush(gpointer user_data)
{
    WgStreamWriter *self = user_data;

    self->flush_id = 0;
    flush(self);
    return G_SOURCE_REMOVE;
}

WgStreamWriter *
wg_stream_writer_new(WgJob *job, const WgRecordingSpec *spec, void (*failed)(gpointer user_data),
                     gpointer user_data)
{
    WgStreamWriter *self = g_new0(WgStreamWriter, 1);

    self->job = g_object_ref(job);
    self->head = wg_recording_new(spec);
    self->failed = failed;
    self->user_data = user_data;
    self->samples = g_array_new(FALSE, FALSE, sizeof(float));
    self->gaps = g_array_new(FALSE, FALSE, sizeof(WgGap));
    return self;
}

void
wg_stream_writer_add(WgStreamWriter *self, const float original[3], int n_missing)
{
    if (n_missing > 0) {
        const WgGap gap = {self->written.n_samples, n_missing};

        g_array_append_val(self->gaps, gap);
        self->written.n_gaps++;
        self->written.n_missing += n_missing;
    }
    if (self->samples->len == 0)
        self->waiting_since_us = g_get_monotonic_time();
    g_array_append_vals(self->samples, original, 3);
    self->written.n_samples++;
    /* those that came in one line go in one batch */
    if (!self->flush_id && !self->is_writing)
        self->flush_id = g_idle_add_full(G_PRIORITY_DEFAULT, on_flush, self, NULL);
}

void
wg_stream_writer_finish(WgStreamWriter *self, double rate_hz, int n_clipped, WgWrittenFunc done,
                        gpointer user_data)
{
    self->is_finishing = TRUE;
    self->rate_hz = self->written.rate_hz = rate_hz;
    self->n_clipped = n_clipped;
    self->done = done;
    self->done_data = user_data;
    flush(self);
}
