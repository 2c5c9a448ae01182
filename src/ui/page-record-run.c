/* A recording of the page Record: its job from the start to the end, and what comes of it. */
#include "ui/page-record-private.h"

static gboolean
is_running(WgPageRecord *self)
{
    return self->status.state == WG_RECORD_RUNNING;
}

static void
on_job_done(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(WgPageRecord) self = WG_PAGE_RECORD(user_data);
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonObject) object = wg_job_run_finish(WG_JOB(source), result, &error);

    if (self->desk)
        wg_desk_end_work(self->desk, self->job);
    g_clear_object(&self->job);
    if (!self->desk)
        return;
    wg_perform_bar_set_recording(self->perform_bar, FALSE);
    wg_countdown_show(self->countdown, 0);
    if (error)
        wg_desk_fail(self->desk, error);
    wg_health_light_stop(self->light);
    self->is_ordinary = FALSE;
    wg_page_record_set_state(self, WG_RECORD_IDLE);
    wg_page_record_follow_watch(self);
}

static void
take_sample(WgPageRecord *self, JsonObject *sample)
{
    wg_trace_add(self->trace, (int)json_object_get_int_member(sample, "n"),
                 json_object_get_double_member(sample, "x"),
                 json_object_get_double_member(sample, "y"),
                 json_object_get_double_member(sample, "z"));
    if (wg_record_status_hear(&self->status, json_object_get_double_member(sample, "t")))
        wg_page_record_show(self);
}

/* A take by countdown or button begins. */
static void
begin_take(WgPageRecord *self)
{
    self->status.is_taking = TRUE;
    self->take_advice = NULL;
    if (self->status.trigger == WG_TRIGGER_COUNTDOWN)
        wg_perform_bar_set_recording(self->perform_bar, TRUE);
    wg_page_record_show(self);
}

/* Whether the virtual watch is to perform at once, and does not go on by itself. */
static gboolean
wants_next(WgPageRecord *self)
{
    return self->status.trigger != WG_TRIGGER_ORDINARY &&
           (self->status.n_wanted == 0 || self->status.n_taken < self->status.n_wanted);
}

static void
end_take(WgPageRecord *self, JsonObject *take)
{
    wg_record_status_count(&self->status, self->desk, take);
    /* a window of ordinary movement is not the newest that the trace shows */
    if (self->status.trigger != WG_TRIGGER_CONTINUOUS && !self->is_ordinary)
        wg_trace_mark(self->trace, wg_record_way_count_shown(self->way, take),
                      !json_object_get_boolean_member(take, "clipped"));
    self->take_advice = wg_record_status_get_advice(take);
    if (self->status.trigger == WG_TRIGGER_COUNTDOWN) /* until the next one begins */
        wg_perform_bar_set_recording(self->perform_bar, FALSE);
    else if (wants_next(self))
        wg_perform_bar_next(self->perform_bar);
    wg_page_record_show(self);
}

static void
count_down(WgPageRecord *self, int n)
{
    if (!is_running(self))
        return;
    wg_countdown_show(self->countdown, n);
    if (n == 0)
        begin_take(self);
}

static void
have_watch_back(WgPageRecord *self, double missed_s)
{
    g_autofree char *text = wg_record_status_dup_back(missed_s);

    wg_desk_say(self->desk, text);
    if (is_running(self) && self->status.trigger != WG_TRIGGER_COUNTDOWN)
        wg_perform_bar_next(self->perform_bar);
    wg_page_record_show(self);
}

static void
on_job_event(WgJob *job, const char *name, JsonObject *event, gpointer user_data)
{
    WgPageRecord *self = WG_PAGE_RECORD(user_data);

    if (g_str_equal(name, "sample")) {
        take_sample(self, event);
    } else if (g_str_equal(name, "take")) {
        end_take(self, event);
    } else if (g_str_equal(name, "started")) {
        if (self->status.state == WG_RECORD_STARTING)
            wg_page_record_set_state(self, WG_RECORD_RUNNING);
        wg_perform_bar_set_recording(self->perform_bar,
                                     self->status.trigger != WG_TRIGGER_COUNTDOWN);
    } else if (g_str_equal(name, "countdown")) {
        count_down(self, (int)json_object_get_int_member(event, "n"));
    } else if (g_str_equal(name, "begin")) {
        begin_take(self);
    } else if (g_str_equal(name, "lost")) {
        wg_countdown_show(self->countdown, 0); /* it is counted down anew */
    } else if (g_str_equal(name, "back")) {
        have_watch_back(self, json_object_get_double_member(event, "missed_s"));
    }
}

static WgJob *
make_job(WgPageRecord *self)
{
    const char *person = gtk_entry_get_text(self->person);
    g_autoptr(WgJob) job =
        wg_desk_new_job(self->desk, "record", "label", wg_desk_get_gesture(self->desk), NULL);
    g_autoptr(GError) error = NULL;

    if (!job)
        return NULL;
    if ((self->is_ordinary
             ? wg_job_set(job, "trigger", wg_trigger_get_name(WG_TRIGGER_ORDINARY), &error)
             : wg_record_way_give(self->way, job, &error)) &&
        (!*person || wg_job_set(job, "person", person, &error)))
        return g_steal_pointer(&job);
    wg_desk_fail(self->desk, error);
    return NULL;
}

/* Once the preview has left the watch. */
static void
start_job(gpointer user_data)
{
    WgPageRecord *self = WG_PAGE_RECORD(user_data);

    if (!self->desk)
        return;
    if (self->status.state != WG_RECORD_STARTING) { /* it was stopped meanwhile */
        wg_page_record_follow_watch(self);
        return;
    }
    self->job = make_job(self);
    if (!self->job) {
        self->is_ordinary = FALSE;
        wg_page_record_set_state(self, WG_RECORD_IDLE);
        return;
    }
    wg_health_light_follow(self->light, self->job);
    g_signal_connect_object(self->job, "event", G_CALLBACK(on_job_event), self, 0);
    wg_trace_clear(self->trace);
    wg_desk_begin_work(self->desk, self->job);
    wg_job_run_async(self->job, on_job_done, g_object_ref(self));
}

static void
leave_preview(gpointer user_data)
{
    WgPageRecord *self = WG_PAGE_RECORD(user_data);

    wg_page_record_set_state(self, WG_RECORD_STARTING);
    wg_preview_stop(self->preview, start_job, self);
}

void
wg_page_record_start(WgPageRecord *self, const char *label, gboolean is_ordinary)
{
    wg_desk_set_gesture(self->desk, label);
    wg_record_status_reset(&self->status);
    self->take_advice = NULL;
    self->is_ordinary = is_ordinary;
    self->status.n_wanted = is_ordinary ? 0 : wg_record_way_get_n_takes(self->way);
    if (!self->countdown)
        self->countdown = wg_countdown_new(self->count, leave_preview, self);
    /* the other ways begin each take by themselves, or at once */
    if (is_ordinary || self->status.trigger != WG_TRIGGER_DETECTOR) {
        leave_preview(self);
        return;
    }
    wg_page_record_set_state(self, WG_RECORD_COUNTING_DOWN);
    wg_countdown_start(self->countdown, wg_record_way_get_countdown(self->way));
}

void
wg_page_record_stop(WgPageRecord *self)
{
    if (self->status.state == WG_RECORD_COUNTING_DOWN) {
        wg_countdown_stop(self->countdown);
        wg_page_record_set_state(self, WG_RECORD_IDLE);
    } else if (self->job) {
        g_cancellable_cancel(wg_job_get_cancellable(self->job));
        wg_page_record_set_state(self, WG_RECORD_STOPPING);
    } else if (self->status.state == WG_RECORD_STARTING) {
        self->is_ordinary = FALSE;
        wg_page_record_set_state(self, WG_RECORD_IDLE); /* the preview has not left the watch yet */
    }
}
