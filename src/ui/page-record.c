/* The page Record: the live trace, what to record and how much, and the takes as they come. */
#include "ui/page-record.h"

#include "ui/perform-bar.h"
#include "ui/preview.h"
#include "ui/stream-health.h"
#include "ui/take-grid.h"

#include <glib/gi18n.h>

#define N_TAKES_AT_ONCE 10
#define N_SECONDS_AT_ONCE 30
#define COUNTDOWN 3

typedef enum { IDLE, COUNTING_DOWN, STARTING, RECORDING, STOPPING } State;

struct _WgPageRecord {
    GtkBox parent_instance;
    WgTrace *trace;
    GtkEntry *name, *person;
    GtkSpinButton *amount;
    GtkComboBox *unit;
    GtkButton *record, *delete, *keep;
    GtkLabel *health_light, *health;
    GtkLabel *record_label, *status, *takes_label;
    WgPerformBar *perform_bar;
    WgTakeGrid *grid;
    WgPreview *preview;
    WgDesk *desk;
    State state;
    WgJob *job;
    int countdown, n_wanted, n_taken, n_held_back;
    guint countdown_id;
};

G_DEFINE_FINAL_TYPE(WgPageRecord, wg_page_record, GTK_TYPE_BOX)

static gboolean
is_by_count(WgPageRecord *self)
{
    return g_strcmp0(gtk_combo_box_get_active_id(self->unit), "takes") == 0;
}

static char *
make_status(WgPageRecord *self)
{
    const gboolean is_virtual = wg_desk_has_virtual_watch(self->desk);

    switch (self->state) {
    case COUNTING_DOWN:
        return g_strdup(_("Get ready: the hand still."));
    case STARTING:
        return g_strdup(_("The watch begins to listen…"));
    case STOPPING:
        return g_strdup(_("Finishing. What was recorded is safe."));
    case RECORDING:
        if (is_by_count(self))
            return g_strdup_printf(is_virtual ? _("Take %d of %d: the virtual watch performs it.")
                                              : _("Take %d of %d: do it, then hold still."),
                                   MIN(self->n_taken + 1, self->n_wanted), self->n_wanted);
        return g_strdup_printf(ngettext("Move as you do in daily life. %d take so far.",
                                        "Move as you do in daily life. %d takes so far.",
                                        (gulong)self->n_taken),
                               self->n_taken);
    case IDLE:
        break;
    }
    if (!wg_desk_get_ready_watch(self->desk))
        return g_strdup(_("Connect a watch at the upper right to record."));
    if (self->n_held_back > 0)
        return g_strdup_printf(ngettext("%d take was held back: its picture says why.",
                                        "%d takes were held back: their pictures say why.",
                                        (gulong)self->n_held_back),
                               self->n_held_back);
    if (self->n_taken > 0)
        return g_strdup_printf(
            ngettext("%d take recorded.", "%d takes recorded.", (gulong)self->n_taken),
            self->n_taken);
    return g_strdup(is_virtual ? _("Press Record: the virtual watch performs the gesture for you.")
                               : _("Name a gesture, press Record, and do it as often as asked."));
}

static void
show(WgPageRecord *self)
{
    WgWatch *watch = wg_desk_get_ready_watch(self->desk);
    const gboolean is_idle = self->state == IDLE;
    g_autofree char *status = make_status(self);

    gtk_label_set_text(self->status, status);
    gtk_label_set_text(self->record_label, is_idle ? _("Record") : _("Stop"));
    gtk_widget_set_sensitive(GTK_WIDGET(self->record), watch && self->state != STOPPING);
    gtk_widget_set_sensitive(GTK_WIDGET(self->name), is_idle);
    gtk_widget_set_sensitive(GTK_WIDGET(self->amount), is_idle);
    gtk_widget_set_sensitive(GTK_WIDGET(self->unit), is_idle);
    gtk_widget_set_sensitive(GTK_WIDGET(self->person), is_idle);
    wg_trace_set_hint(self->trace, watch ? _("The watch's movement will run through here")
                                         : _("No watch is connected"));
}

static void
show_takes(WgPageRecord *self)
{
    const char *label = wg_desk_get_gesture(self->desk);
    g_autoptr(GPtrArray) takes =
        label ? wg_desk_dup_takes(self->desk, label, TRUE) : g_ptr_array_new();
    g_autofree char *text =
        label ? g_strdup_printf(ngettext("%u take of %s", "%u takes of %s", takes->len), takes->len,
                                label)
              : g_strdup(_("Takes will appear here"));

    gtk_label_set_text(self->takes_label, text);
    wg_take_grid_set_takes(self->grid, takes);
    gtk_widget_set_visible(GTK_WIDGET(self->keep), wg_take_grid_get_n_held_back(self->grid) > 0);
}

static void
follow_watch(WgPageRecord *self)
{
    WgWatch *watch = wg_desk_get_ready_watch(self->desk);

    if (watch && self->state == IDLE && gtk_widget_get_mapped(GTK_WIDGET(self)))
        wg_preview_start(self->preview, watch);
    show(self);
}

static void
set_state(WgPageRecord *self, State state)
{
    self->state = state;
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
    if (error)
        wg_desk_fail(self->desk, error);
    wg_stream_health_show(self->health_light, self->health, NULL);
    set_state(self, IDLE);
    follow_watch(self);
}

static void
on_job_event(WgJob *job, const char *name, JsonObject *event, gpointer user_data)
{
    WgPageRecord *self = WG_PAGE_RECORD(user_data);

    if (g_str_equal(name, "sample")) {
        wg_trace_add(self->trace, (int)json_object_get_int_member(event, "n"),
                     json_object_get_double_member(event, "x"),
                     json_object_get_double_member(event, "y"),
                     json_object_get_double_member(event, "z"));
    } else if (g_str_equal(name, "take")) {
        self->n_taken++;
        self->n_held_back += !json_object_get_null_member(event, "held_back");
        wg_trace_mark(self->trace, (int)json_object_get_int_member(event, "n_samples"),
                      !json_object_get_boolean_member(event, "clipped"));
        if (self->n_wanted == 0 || self->n_taken < self->n_wanted)
            wg_perform_bar_next(self->perform_bar);
        show(self);
    } else if (g_str_equal(name, "started")) {
        set_state(self, RECORDING);
        wg_perform_bar_set_recording(self->perform_bar, TRUE);
    } else if (g_str_equal(name, "health") && self->state == RECORDING) {
        wg_stream_health_show(self->health_light, self->health, event);
    }
}

/* Once the preview has left the watch. */
static void
start_job(gpointer user_data)
{
    WgPageRecord *self = WG_PAGE_RECORD(user_data);
    const char *person = gtk_entry_get_text(self->person);
    g_autofree char *amount = g_strdup_printf("%d", gtk_spin_button_get_value_as_int(self->amount));
    g_autoptr(GError) error = NULL;

    if (!self->desk || self->state != STARTING)
        return;
    self->job = wg_desk_new_job(self->desk, "record", "label", wg_desk_get_gesture(self->desk),
                                is_by_count(self) ? "count" : "seconds", amount, NULL);
    if (!self->job) {
        set_state(self, IDLE);
        return;
    }
    if (*person && !wg_job_set(self->job, "person", person, &error))
        wg_desk_fail(self->desk, error);
    g_signal_connect_object(self->job, "event", G_CALLBACK(on_job_event), self, 0);
    wg_trace_clear(self->trace);
    wg_desk_begin_work(self->desk, self->job);
    wg_job_run_async(self->job, on_job_done, g_object_ref(self));
}

static gboolean
on_countdown(gpointer user_data)
{
    WgPageRecord *self = WG_PAGE_RECORD(user_data);
    g_autofree char *text = NULL;

    self->countdown--;
    if (self->countdown > 0) {
        text = g_strdup_printf("%d", self->countdown);
        wg_trace_set_banner(self->trace, text);
        return G_SOURCE_CONTINUE;
    }
    self->countdown_id = 0;
    wg_trace_set_banner(self->trace, NULL);
    set_state(self, STARTING);
    wg_preview_stop(self->preview, start_job, self);
    return G_SOURCE_REMOVE;
}

static void
start(WgPageRecord *self)
{
    g_autofree char *label = g_strstrip(g_strdup(gtk_entry_get_text(self->name)));
    g_autofree char *text = g_strdup_printf("%d", COUNTDOWN);

    if (!*label) {
        wg_desk_say(self->desk, _("Give the gesture a name first."));
        gtk_widget_grab_focus(GTK_WIDGET(self->name));
        return;
    }
    wg_desk_set_gesture(self->desk, label);
    self->n_taken = self->n_held_back = 0;
    self->n_wanted = is_by_count(self) ? gtk_spin_button_get_value_as_int(self->amount) : 0;
    self->countdown = COUNTDOWN;
    wg_trace_set_banner(self->trace, text);
    self->countdown_id = g_timeout_add_seconds(1, on_countdown, self);
    set_state(self, COUNTING_DOWN);
}

static void
stop(WgPageRecord *self)
{
    if (self->state == COUNTING_DOWN) {
        g_clear_handle_id(&self->countdown_id, g_source_remove);
        wg_trace_set_banner(self->trace, NULL);
        set_state(self, IDLE);
    } else if (self->job) {
        g_cancellable_cancel(wg_job_get_cancellable(self->job));
        set_state(self, STOPPING);
    }
}

static void
on_record(GtkWidget *widget, gpointer user_data)
{
    WgPageRecord *self = WG_PAGE_RECORD(user_data);

    if (self->state == IDLE)
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
on_selection_changed(WgTakeGrid *grid, gpointer user_data)
{
    gtk_widget_set_sensitive(GTK_WIDGET(WG_PAGE_RECORD(user_data)->delete),
                             wg_take_grid_get_n_selected(grid) > 0);
    gtk_widget_set_visible(GTK_WIDGET(WG_PAGE_RECORD(user_data)->keep),
                           wg_take_grid_get_n_held_back(grid) > 0);
}

static void
on_keep(GtkWidget *widget, gpointer user_data)
{
    WgPageRecord *self = WG_PAGE_RECORD(user_data);

    wg_take_grid_keep_selected(self->grid, self->desk);
}

static void
on_delete(GtkWidget *widget, gpointer user_data)
{
    WgPageRecord *self = WG_PAGE_RECORD(user_data);

    wg_take_grid_delete_selected(self->grid, self->desk);
}

static void
on_sample_chosen(WgPerformBar *bar, const char *label, gpointer user_data)
{
    WgPageRecord *self = WG_PAGE_RECORD(user_data);

    if (self->state == IDLE)
        gtk_entry_set_text(self->name, label);
}

static void
on_gesture(WgDesk *desk, GParamSpec *pspec, gpointer user_data)
{
    WgPageRecord *self = WG_PAGE_RECORD(user_data);
    const char *label = wg_desk_get_gesture(desk);

    if (self->state == IDLE && label) {
        self->n_taken = 0;
        gtk_entry_set_text(self->name, label);
        wg_perform_bar_choose(self->perform_bar, label);
    }
    show_takes(self);
    show(self);
}

static void
on_recordings_changed(WgSession *session, gpointer user_data)
{
    show_takes(user_data);
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
    if (self->state == IDLE)
        wg_preview_stop(self->preview, NULL, NULL);
    if (self->state == COUNTING_DOWN) {
        stop(self);
        wg_desk_say(self->desk, _("The recording was not begun: stay on this page until it is."));
    }
}

static void
wg_page_record_dispose(GObject *object)
{
    WgPageRecord *self = WG_PAGE_RECORD(object);

    g_clear_handle_id(&self->countdown_id, g_source_remove);
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
    g_type_ensure(WG_TYPE_TAKE_GRID);
    g_type_ensure(WG_TYPE_PERFORM_BAR);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/page-record.ui");
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, trace);
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, name);
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, person);
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, amount);
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, unit);
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, record);
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, record_label);
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, delete);
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, keep);
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, health_light);
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, health);
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, status);
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, takes_label);
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, perform_bar);
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, grid);
    gtk_widget_class_bind_template_callback(widget_class, on_record);
    gtk_widget_class_bind_template_callback(widget_class, on_unit_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_selection_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_delete);
    gtk_widget_class_bind_template_callback(widget_class, on_keep);
    gtk_widget_class_bind_template_callback(widget_class, on_sample_chosen);
}

static void
wg_page_record_init(WgPageRecord *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    self->preview = wg_preview_new(self->trace);
}

void
wg_page_record_set_desk(WgPageRecord *self, WgDesk *desk)
{
    WgSession *session = wg_desk_get_session(desk);

    self->desk = g_object_ref(desk);
    wg_perform_bar_set_desk(self->perform_bar, desk);
    g_signal_connect_object(desk, "notify::gesture", G_CALLBACK(on_gesture), self, 0);
    g_signal_connect_object(session, "recordings-changed", G_CALLBACK(on_recordings_changed), self,
                            0);
    g_signal_connect_object(session, "watch-changed", G_CALLBACK(on_watch_changed), self, 0);
    show_takes(self);
    show(self);
}
