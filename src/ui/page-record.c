/* The page Record: the live trace, what to record and how much, and the takes as they come. */
#include "ui/page-record.h"

#include "ui/countdown.h"
#include "ui/perform-bar.h"
#include "ui/preview.h"
#include "ui/record-status.h"
#include "ui/record-way.h"
#include "ui/recorded-takes.h"
#include "ui/stream-health.h"

#include <glib/gi18n.h>

#define N_TAKES_AT_ONCE 10
#define N_SECONDS_AT_ONCE 30

struct _WgPageRecord {
    GtkBox parent_instance;
    WgTrace *trace;
    GtkEntry *name, *person;
    GtkSpinButton *amount;
    GtkComboBox *unit;
    GtkWidget *amount_box;
    WgRecordWay *way;
    GtkButton *record;
    GtkLabel *health_light, *health;
    GtkLabel *record_label, *status_label;
    WgPerformBar *perform_bar;
    WgRecordedTakes *takes;
    WgPreview *preview;
    WgDesk *desk;
    WgRecordStatus status;
    WgHealthLight light;
    WgJob *job;
    WgCountdown *countdown;
};

G_DEFINE_FINAL_TYPE(WgPageRecord, wg_page_record, GTK_TYPE_BOX)

static gboolean
is_by_count(WgPageRecord *self)
{
    return g_strcmp0(gtk_combo_box_get_active_id(self->unit), "takes") == 0;
}

static gboolean
is_running(WgPageRecord *self)
{
    return self->status.state == WG_RECORD_RUNNING;
}

static void
show(WgPageRecord *self)
{
    WgWatch *watch = wg_desk_get_ready_watch(self->desk);
    const gboolean is_idle = self->status.state == WG_RECORD_IDLE;
    g_autofree char *status = NULL;

    self->status.trigger = wg_record_way_get_trigger(self->way);
    self->status.has_watch = watch != NULL;
    self->status.held = wg_desk_describe_watch_use(self->desk);
    self->status.is_virtual = wg_perform_bar_is_by_itself(self->perform_bar);
    status = wg_record_status_dup_text(&self->status);
    gtk_label_set_text(self->status_label, status);
    gtk_label_set_text(self->record_label, is_idle ? _("Record") : _("Stop"));
    /* what goes on can be stopped at any time */
    gtk_widget_set_sensitive(GTK_WIDGET(self->record),
                             is_idle ? watch && !self->status.held
                                     : self->status.state != WG_RECORD_STOPPING);
    gtk_widget_set_sensitive(GTK_WIDGET(self->name), is_idle);
    gtk_widget_set_sensitive(self->amount_box, is_idle);
    /* a whole stream lasts until it is stopped */
    gtk_widget_set_visible(self->amount_box, self->status.trigger != WG_TRIGGER_CONTINUOUS);
    gtk_widget_set_sensitive(GTK_WIDGET(self->way), is_idle);
    gtk_widget_set_sensitive(GTK_WIDGET(self->person), is_idle);
    wg_perform_bar_set_trigger(self->perform_bar, self->status.trigger);
    wg_trace_set_hint(self->trace, watch ? _("The watch's movement will run through here")
                                         : _("No watch is connected"));
}

static void
follow_watch(WgPageRecord *self)
{
    WgWatch *watch = wg_desk_get_ready_watch(self->desk);

    if (watch && self->status.state == WG_RECORD_IDLE && !wg_desk_describe_watch_use(self->desk) &&
        gtk_widget_get_mapped(GTK_WIDGET(self)))
        wg_preview_start(self->preview, watch);
    show(self);
}

static void
set_state(WgPageRecord *self, WgRecordState state)
{
    self->status.state = state;
    show(self);
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
    wg_trace_set_banner(self->trace, NULL);
    if (error)
        wg_desk_fail(self->desk, error);
    wg_health_light_stop(&self->light);
    set_state(self, WG_RECORD_IDLE);
    follow_watch(self);
}

static void
take_sample(WgPageRecord *self, JsonObject *sample)
{
    wg_trace_add(self->trace, (int)json_object_get_int_member(sample, "n"),
                 json_object_get_double_member(sample, "x"),
                 json_object_get_double_member(sample, "y"),
                 json_object_get_double_member(sample, "z"));
    if (wg_record_status_hear(&self->status, json_object_get_double_member(sample, "t")))
        show(self);
}

/* A take by countdown or button begins. */
static void
begin_take(WgPageRecord *self)
{
    self->status.is_taking = TRUE;
    if (self->status.trigger == WG_TRIGGER_COUNTDOWN)
        wg_perform_bar_set_recording(self->perform_bar, TRUE);
    show(self);
}

static void
end_take(WgPageRecord *self, JsonObject *take)
{
    wg_record_status_count(&self->status, self->desk, take);
    if (self->status.trigger != WG_TRIGGER_CONTINUOUS)
        wg_trace_mark(self->trace, wg_record_way_count_shown(self->way, take),
                      !json_object_get_boolean_member(take, "clipped"));
    if (self->status.trigger == WG_TRIGGER_COUNTDOWN) /* until the next one begins */
        wg_perform_bar_set_recording(self->perform_bar, FALSE);
    else if (self->status.n_wanted == 0 || self->status.n_taken < self->status.n_wanted)
        wg_perform_bar_next(self->perform_bar);
    show(self);
}

static void
count_down(WgPageRecord *self, int n)
{
    g_autofree char *text = n > 0 ? g_strdup_printf("%d", n) : NULL;

    if (!is_running(self))
        return;
    wg_trace_set_banner(self->trace, text);
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
    show(self);
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
            set_state(self, WG_RECORD_RUNNING);
        wg_perform_bar_set_recording(self->perform_bar,
                                     self->status.trigger != WG_TRIGGER_COUNTDOWN);
    } else if (g_str_equal(name, "countdown")) {
        count_down(self, (int)json_object_get_int_member(event, "n"));
    } else if (g_str_equal(name, "begin")) {
        begin_take(self);
    } else if (g_str_equal(name, "lost")) {
        wg_trace_set_banner(self->trace, NULL); /* it is counted down anew */
    } else if (g_str_equal(name, "back")) {
        have_watch_back(self, json_object_get_double_member(event, "missed_s"));
    }
}

static WgJob *
make_job(WgPageRecord *self)
{
    const char *person = gtk_entry_get_text(self->person);
    g_autofree char *amount = g_strdup_printf("%d", gtk_spin_button_get_value_as_int(self->amount));
    g_autoptr(WgJob) job =
        wg_desk_new_job(self->desk, "record", "label", wg_desk_get_gesture(self->desk), NULL);
    g_autoptr(GError) error = NULL;

    if (!job)
        return NULL;
    if (wg_record_way_give(self->way, job, &error) &&
        (!*person || wg_job_set(job, "person", person, &error)) &&
        (self->status.trigger == WG_TRIGGER_CONTINUOUS ||
         wg_job_set(job, is_by_count(self) ? "count" : "seconds", amount, &error)))
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
        follow_watch(self);
        return;
    }
    self->job = make_job(self);
    if (!self->job) {
        set_state(self, WG_RECORD_IDLE);
        return;
    }
    wg_health_light_follow(&self->light, self->job);
    g_signal_connect_object(self->job, "event", G_CALLBACK(on_job_event), self, 0);
    wg_trace_clear(self->trace);
    wg_desk_begin_work(self->desk, self->job);
    wg_job_run_async(self->job, on_job_done, g_object_ref(self));
}

static void
leave_preview(gpointer user_data)
{
    WgPageRecord *self = WG_PAGE_RECORD(user_data);

    set_state(self, WG_RECORD_STARTING);
    wg_preview_stop(self->preview, start_job, self);
}

static void
start(WgPageRecord *self)
{
    g_autofree char *label = g_strstrip(g_strdup(gtk_entry_get_text(self->name)));

    if (!*label) {
        wg_desk_say(self->desk, _("Give the gesture a name first."));
        gtk_widget_grab_focus(GTK_WIDGET(self->name));
        return;
    }
    wg_desk_set_gesture(self->desk, label);
    wg_record_status_reset(&self->status);
    self->status.n_wanted = is_by_count(self) ? gtk_spin_button_get_value_as_int(self->amount) : 0;
    /* the other ways begin each take by themselves, or at once */
    if (self->status.trigger != WG_TRIGGER_DETECTOR) {
        leave_preview(self);
        return;
    }
    set_state(self, WG_RECORD_COUNTING_DOWN);
    wg_countdown_start(self->countdown);
}

static void
stop(WgPageRecord *self)
{
    if (self->status.state == WG_RECORD_COUNTING_DOWN) {
        wg_countdown_stop(self->countdown);
        set_state(self, WG_RECORD_IDLE);
    } else if (self->job) {
        g_cancellable_cancel(wg_job_get_cancellable(self->job));
        set_state(self, WG_RECORD_STOPPING);
    } else if (self->status.state == WG_RECORD_STARTING) {
        set_state(self, WG_RECORD_IDLE); /* the preview has not left the watch yet */
    }
}

static void
on_record(GtkWidget *widget, gpointer user_data)
{
    WgPageRecord *self = WG_PAGE_RECORD(user_data);

    if (self->status.state == WG_RECORD_IDLE)
        start(self);
    else
        stop(self);
}

static void
on_unit_changed(GtkComboBox *unit, gpointer user_data)
{
    WgPageRecord *self = WG_PAGE_RECORD(user_data);

    gtk_spin_button_set_value(self->amount,
                              is_by_count(self) ? N_TAKES_AT_ONCE : N_SECONDS_AT_ONCE);
}

static void
on_sample_chosen(WgPerformBar *bar, const char *label, gpointer user_data)
{
    WgPageRecord *self = WG_PAGE_RECORD(user_data);

    if (self->status.state == WG_RECORD_IDLE)
        gtk_entry_set_text(self->name, label);
}

static void
on_way_changed(GtkWidget *widget, gpointer user_data)
{
    WgPageRecord *self = WG_PAGE_RECORD(user_data);

    if (!self->desk)
        return;
    /* also told where only the watch has changed: what was recorded stays said then */
    if (self->status.state == WG_RECORD_IDLE &&
        (widget != GTK_WIDGET(self->way) ||
         wg_record_way_get_trigger(self->way) != self->status.trigger))
        wg_record_status_reset(&self->status);
    show(self);
}

static void
on_gesture(WgDesk *desk, GParamSpec *pspec, gpointer user_data)
{
    WgPageRecord *self = WG_PAGE_RECORD(user_data);
    const char *label = wg_desk_get_gesture(desk);

    if (self->status.state == WG_RECORD_IDLE && label) {
        wg_record_status_reset(&self->status);
        gtk_entry_set_text(self->name, label);
        wg_perform_bar_choose(self->perform_bar, label);
    }
    show(self);
}

static void
on_watch_changed(WgSession *session, gpointer user_data)
{
    follow_watch(user_data);
}

static void
wg_page_record_map(GtkWidget *widget)
{
    GTK_WIDGET_CLASS(wg_page_record_parent_class)->map(widget);
    follow_watch(WG_PAGE_RECORD(widget));
}

static void
wg_page_record_unmap(GtkWidget *widget)
{
    WgPageRecord *self = WG_PAGE_RECORD(widget);

    GTK_WIDGET_CLASS(wg_page_record_parent_class)->unmap(widget);
    if (self->status.state == WG_RECORD_IDLE)
        wg_preview_stop(self->preview, NULL, NULL);
    if (self->status.state == WG_RECORD_COUNTING_DOWN) {
        stop(self);
        wg_desk_say(self->desk, _("The recording was not begun: stay on this page until it is."));
    }
}

static void
wg_page_record_dispose(GObject *object)
{
    WgPageRecord *self = WG_PAGE_RECORD(object);

    wg_health_light_clear(&self->light);
    wg_record_status_reset(&self->status);
    g_clear_pointer(&self->countdown, wg_countdown_free);
    if (self->job)
        g_cancellable_cancel(wg_job_get_cancellable(self->job));
    if (self->preview)
        wg_preview_stop(self->preview, NULL, NULL);
    g_clear_object(&self->preview);
    g_clear_object(&self->desk);
    G_OBJECT_CLASS(wg_page_record_parent_class)->dispose(object);
}

static void
wg_page_record_class_init(WgPageRecordClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_page_record_dispose;
    widget_class->map = wg_page_record_map;
    widget_class->unmap = wg_page_record_unmap;
    g_type_ensure(WG_TYPE_TRACE);
    g_type_ensure(WG_TYPE_RECORDED_TAKES);
    g_type_ensure(WG_TYPE_PERFORM_BAR);
    g_type_ensure(WG_TYPE_RECORD_WAY);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/page-record.ui");
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, trace);
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, name);
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, person);
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, amount);
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, unit);
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, amount_box);
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, way);
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, record);
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, record_label);
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, health_light);
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, health);
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, status_label);
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, perform_bar);
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, takes);
    gtk_widget_class_bind_template_callback(widget_class, on_record);
    gtk_widget_class_bind_template_callback(widget_class, on_unit_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_sample_chosen);
    gtk_widget_class_bind_template_callback(widget_class, on_way_changed);
}

static void
wg_page_record_init(WgPageRecord *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    wg_health_light_init(&self->light, self->health_light, self->health);
    self->preview = wg_preview_new(self->trace);
    self->countdown = wg_countdown_new(self->trace, leave_preview, self);
}

void
wg_page_record_set_desk(WgPageRecord *self, WgDesk *desk)
{
    WgSession *session = wg_desk_get_session(desk);

    self->desk = g_object_ref(desk);
    wg_perform_bar_set_desk(self->perform_bar, desk);
    wg_record_way_set_desk(self->way, desk);
    wg_recorded_takes_set_desk(self->takes, desk);
    g_signal_connect_object(desk, "notify::gesture", G_CALLBACK(on_gesture), self, 0);
    g_signal_connect_object(session, "watch-changed", G_CALLBACK(on_watch_changed), self, 0);
    show(self);
}
