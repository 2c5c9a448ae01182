/* A guest performs every gesture of the model in turn, and it is recorded. */
#include "ui/guest-recording.h"

#include "ui/model-facts.h"

#include <glib/gi18n.h>

struct _WgGuestRecording {
    WgDesk *desk;
    WgActivity *activity;
    WgPerformBar *bar;
    GtkWidget *owner;
    void (*done)(gpointer owner);
    WgJob *job; /* that runs */
    char *person;
    char **labels;   /* to be performed; NULL: it is not running */
    int n_performed; /* of the labels */
    int n_takes, n_each;
};

static void next(WgGuestRecording *self);

static void
end(WgGuestRecording *self)
{
    g_clear_pointer(&self->labels, g_strfreev);
    self->done(self->owner);
}

/* The view goes, and this with it, only when the job has ended too: the activity holds the view. */
static void
on_recorded(gpointer owner, JsonObject *result, const GError *error)
{
    WgGuestRecording *self = g_object_get_data(G_OBJECT(owner), "recording");
    const gboolean is_stopped = g_cancellable_is_cancelled(wg_job_get_cancellable(self->job));

    wg_perform_bar_set_recording(self->bar, FALSE);
    g_clear_object(&self->job);
    if (error)
        wg_desk_fail(self->desk, error);
    self->n_performed++;
    if (error || is_stopped)
        end(self);
    else
        next(self);
}

static char *
describe(WgGuestRecording *self)
{
    return g_strdup_printf(_("Perform “%s”: %d of %d"), self->labels[self->n_performed],
                           self->n_takes, self->n_each);
}

static void
on_event(WgJob *job, const char *name, JsonObject *event, gpointer user_data)
{
    WgGuestRecording *self = g_object_get_data(G_OBJECT(user_data), "recording");
    g_autofree char *text = NULL;

    if (!self->labels)
        return;
    if (g_str_equal(name, "started"))
        wg_perform_bar_set_recording(self->bar, TRUE);
    if (!g_str_equal(name, "take"))
        return;
    self->n_takes++;
    wg_perform_bar_next(self->bar);
    text = describe(self);
    wg_progress_tell(wg_job_get_progress(job), (double)self->n_takes / self->n_each, text);
}

/* FALSE where the virtual watch is to perform it and has no sample. */
static gboolean
can_perform(WgGuestRecording *self, const char *label)
{
    return wg_perform_bar_choose(self->bar, label) || !wg_perform_bar_is_by_itself(self->bar);
}

static void
next(WgGuestRecording *self)
{
    g_autofree char *amount = g_strdup_printf("%d", self->n_each);
    g_autofree char *text = NULL;
    const char *label;

    while (self->labels[self->n_performed] && !can_perform(self, self->labels[self->n_performed]))
        self->n_performed++;
    label = self->labels[self->n_performed];
    if (label)
        self->job = wg_desk_new_job(self->desk, "record", "label", label, "person", self->person,
                                    "guest", "", "count", amount, NULL);
    if (!self->job) {
        end(self);
        return;
    }
    self->n_takes = 0;
    text = describe(self);
    g_signal_connect_object(self->job, "event", G_CALLBACK(on_event), self->owner, 0);
    wg_activity_run(self->activity, self->desk, g_object_ref(self->job), text, on_recorded,
                    self->owner);
}

static void
recording_free(WgGuestRecording *self)
{
    g_clear_object(&self->job);
    g_clear_pointer(&self->labels, g_strfreev);
    g_free(self->person);
    g_free(self);
}

WgGuestRecording *
wg_guest_recording_new(WgDesk *desk, WgActivity *activity, WgPerformBar *bar, gpointer owner,
                       void (*done)(gpointer owner))
{
    WgGuestRecording *self = g_new0(WgGuestRecording, 1);

    self->desk = desk;
    self->activity = activity;
    self->bar = bar;
    self->owner = owner;
    self->done = done;
    g_object_set_data_full(G_OBJECT(owner), "recording", self, (GDestroyNotify)recording_free);
    return self;
}

void
wg_guest_recording_start(WgGuestRecording *self, const char *person, int n_each)
{
    const char *use = wg_desk_describe_watch_use(self->desk);

    if (self->labels)
        return;
    if (use) {
        wg_desk_say(self->desk, use);
        return;
    }
    self->labels = wg_model_facts_dup_labels(self->desk);
    g_free(self->person);
    self->person = g_strdup(person);
    self->n_each = n_each;
    self->n_performed = 0;
    if (self->labels)
        next(self);
}

gboolean
wg_guest_recording_is_running(WgGuestRecording *self)
{
    return self->labels != NULL;
}
