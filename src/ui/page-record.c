/* The page Record: the live trace, what to record and how, and the takes as they come. */
#include "ui/page-record-private.h"

#include "base/name.h"
#include "ui/model-facts.h"
#include "ui/other-choice.h"

#include <glib/gi18n.h>

#define PERSON_FACT "person" /* who performed last, in the project */

G_DEFINE_FINAL_TYPE(WgPageRecord, wg_page_record, GTK_TYPE_BOX)

static double
get_progress(WgPageRecord *self)
{
    if (self->is_ordinary)
        return MIN(1, self->status.seconds / (double)WG_ORDINARY_SECONDS);
    return self->status.n_wanted > 0 ? (double)self->status.n_taken / self->status.n_wanted : 0;
}

/* Where the next step is done elsewhere than by Record. */
static const char *
get_step_label(WgPageRecord *self)
{
    if (self->status.state != WG_RECORD_IDLE || self->status.held)
        return NULL;
    if (self->next.kind == WG_STEP_TRAIN)
        return self->status.is_trained ? _("_Evaluate") : _("_Train");
    return self->next.kind == WG_STEP_ANOTHER ? _("_New Gesture") : NULL;
}

/* Over the trace, so that nothing else moves; not what the line below it or the takes say. */
static void
show_advice(WgPageRecord *self)
{
    const gboolean is_told = self->status.state == WG_RECORD_IDLE || !self->status.has_watch;
    const char *trouble = self->status.has_watch ? wg_health_light_get_trouble(self->light) : NULL;
    const char *advice = trouble ? trouble : is_told ? NULL : self->take_advice;

    gtk_label_set_text(self->advice, advice ? advice : "");
    gtk_widget_set_visible(GTK_WIDGET(self->advice), advice != NULL);
}

static void
on_health(WgHealthLight *light, gpointer user_data)
{
    show_advice(user_data);
}

static void
show_status(WgPageRecord *self)
{
    const gboolean is_idle = self->status.state == WG_RECORD_IDLE;
    g_autofree char *status = wg_record_status_dup_text(&self->status);
    const char *step = get_step_label(self);

    gtk_label_set_text(self->status_label, status);
    show_advice(self);
    gtk_button_set_label(self->step, step ? step : "");
    gtk_widget_set_visible(GTK_WIDGET(self->step), step != NULL);
    gtk_label_set_text(self->record_label, is_idle ? _("Record") : _("Stop"));
    /* its place is kept, so that nothing moves when a recording begins */
    gtk_widget_set_opacity(GTK_WIDGET(self->progress), is_idle ? 0 : 1);
    gtk_progress_bar_set_fraction(self->progress, is_idle ? 0 : get_progress(self));
}

void
wg_page_record_show(WgPageRecord *self)
{
    WgWatch *watch = wg_desk_get_ready_watch(self->desk);
    const gboolean is_idle = self->status.state == WG_RECORD_IDLE;

    self->status.trigger =
        self->is_ordinary ? WG_TRIGGER_ORDINARY : wg_record_way_get_trigger(self->way);
    self->status.has_watch = watch != NULL;
    self->status.held = wg_session_get_reading(wg_desk_get_session(self->desk)) >= 0
                            ? _("The project is being opened. Its takes will be here soon.")
                            : wg_desk_describe_watch_use(self->desk);
    self->status.is_virtual = wg_perform_bar_is_by_itself(self->perform_bar);
    self->status.next = &self->next;
    show_status(self);
    /* what goes on can be stopped at any time */
    gtk_widget_set_sensitive(GTK_WIDGET(self->record),
                             is_idle ? watch && !self->status.held
                                     : self->status.state != WG_RECORD_STOPPING);
    gtk_widget_set_sensitive(GTK_WIDGET(self->ordinary), is_idle && watch && !self->status.held);
    gtk_widget_set_sensitive(GTK_WIDGET(self->name), is_idle);
    gtk_widget_set_sensitive(GTK_WIDGET(self->way), is_idle);
    gtk_widget_set_sensitive(GTK_WIDGET(self->person), is_idle);
    wg_perform_bar_set_trigger(self->perform_bar, self->status.trigger);
    wg_trace_set_hint(self->trace, watch ? _("The watch's movement will run through here")
                                         : _("No watch is connected"));
}

/* Whether the model is one of the takes as they are: asked where nothing more useful is to be done.
 */
static gboolean
is_trained(WgPageRecord *self)
{
    g_autoptr(WgModelRecord) model =
        self->next.kind == WG_STEP_TRAIN ? wg_desk_load_model(self->desk, "int8") : NULL;
    g_autofree char *age = model ? wg_model_facts_dup_age(self->desk) : NULL;

    return model && !age;
}

/* It counts all takes: not at every word of a recording. */
static void
find_next_step(WgPageRecord *self)
{
    WgSession *session = wg_desk_get_session(self->desk);
    g_autofree char *named = g_strstrip(g_strdup(gtk_entry_get_text(self->name)));

    wg_next_step_clear(&self->next);
    self->next = wg_next_step_find(wg_session_get_recordings(session),
                                   *named ? named : wg_desk_get_gesture(self->desk),
                                   wg_other_choice_get_word());
}

/* What is named is what is asked for first. */
static void
on_named(GtkEditable *entry, gpointer user_data)
{
    WgPageRecord *self = WG_PAGE_RECORD(user_data);

    if (!self->desk || self->status.state != WG_RECORD_IDLE)
        return;
    find_next_step(self);
    wg_page_record_show(self);
}

void
wg_page_record_follow_watch(WgPageRecord *self)
{
    WgWatch *watch = wg_desk_get_ready_watch(self->desk);

    if (watch && self->status.state == WG_RECORD_IDLE && !wg_desk_describe_watch_use(self->desk) &&
        gtk_widget_get_mapped(GTK_WIDGET(self)))
        wg_preview_start(self->preview, watch);
    wg_page_record_show(self);
}

void
wg_page_record_set_state(WgPageRecord *self, WgRecordState state)
{
    self->status.state = state;
    wg_page_record_show(self);
}

/* A project that cannot be written has lost nothing by it. */
static void
remember_person(WgPageRecord *self)
{
    WgProject *project = wg_session_get_project(wg_desk_get_session(self->desk));
    const char *person = gtk_entry_get_text(self->person);
    g_autofree char *before = project ? wg_project_dup_fact(project, PERSON_FACT) : NULL;
    g_autoptr(GError) error = NULL;

    if (!project || wg_project_is_read_only(project) || g_str_equal(person, before ? before : ""))
        return;
    if (!wg_project_set_fact(project, PERSON_FACT, person, &error))
        g_message("who performs is not remembered: %s", error->message);
}

static void
on_record(GtkWidget *widget, gpointer user_data)
{
    WgPageRecord *self = WG_PAGE_RECORD(user_data);
    g_autofree char *label = g_strstrip(g_strdup(gtk_entry_get_text(self->name)));

    if (self->status.state != WG_RECORD_IDLE) {
        wg_page_record_stop(self);
        return;
    }
    if (!*label) {
        wg_desk_say(self->desk, _("Give the gesture a name first."));
        gtk_widget_grab_focus(GTK_WIDGET(self->name));
        return;
    }
    remember_person(self);
    wg_page_record_start(self, label, FALSE);
}

/* By the name that the project has for it already. */
static void
on_ordinary(GtkWidget *widget, gpointer user_data)
{
    WgPageRecord *self = WG_PAGE_RECORD(user_data);
    GListModel *gestures = wg_desk_get_gestures(self->desk);

    remember_person(self);
    for (guint i = 0; i < g_list_model_get_n_items(gestures); i++) {
        g_autoptr(WgGesture) gesture = g_list_model_get_item(gestures, i);

        if (wg_other_choice_is_usual(wg_gesture_get_label(gesture))) {
            wg_page_record_start(self, wg_gesture_get_label(gesture), TRUE);
            return;
        }
    }
    wg_page_record_start(self, wg_other_choice_get_word(), TRUE);
}

static void
on_step(GtkWidget *widget, gpointer user_data)
{
    WgPageRecord *self = WG_PAGE_RECORD(user_data);

    if (self->next.kind == WG_STEP_TRAIN) {
        wg_desk_go(self->desk, self->status.is_trained ? "evaluate" : "train");
        return;
    }
    gtk_entry_set_text(self->name, "");
    gtk_widget_grab_focus(GTK_WIDGET(self->name));
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
    wg_page_record_show(self);
}

static void
on_gesture(WgDesk *desk, GParamSpec *pspec, gpointer user_data)
{
    WgPageRecord *self = WG_PAGE_RECORD(user_data);
    const char *label = wg_desk_get_gesture(desk);

    if (self->status.state == WG_RECORD_IDLE && label) {
        wg_record_status_reset(&self->status);
        self->take_advice = NULL;
        /* cut to what fits the entry, that of an older project would be another gesture */
        gtk_entry_set_text(self->name, wg_name_check(label, NULL) ? label : "");
        wg_perform_bar_choose(self->perform_bar, label);
    }
    find_next_step(self);
    wg_page_record_show(self);
}

static void
on_project_changed(WgSession *session, gpointer user_data)
{
    WgPageRecord *self = WG_PAGE_RECORD(user_data);
    WgProject *project = wg_session_get_project(session);

    if (!self->desk)
        return;
    if (project != self->project) {
        g_autofree char *person = project ? wg_project_dup_fact(project, PERSON_FACT) : NULL;

        self->project = project;
        gtk_entry_set_text(self->person, person ? person : "");
    }
    find_next_step(self);
    self->status.is_trained = is_trained(self);
    wg_page_record_show(self);
}

static void
on_watch_changed(WgSession *session, gpointer user_data)
{
    wg_page_record_follow_watch(user_data);
}

static void
wg_page_record_map(GtkWidget *widget)
{
    GTK_WIDGET_CLASS(wg_page_record_parent_class)->map(widget);
    wg_page_record_follow_watch(WG_PAGE_RECORD(widget));
}

static void
wg_page_record_unmap(GtkWidget *widget)
{
    WgPageRecord *self = WG_PAGE_RECORD(widget);

    GTK_WIDGET_CLASS(wg_page_record_parent_class)->unmap(widget);
    if (self->status.state == WG_RECORD_IDLE)
        wg_preview_stop(self->preview, NULL, NULL);
    if (self->status.state == WG_RECORD_COUNTING_DOWN) {
        wg_page_record_stop(self);
        wg_desk_say(self->desk, _("The recording was not begun: stay on this page until it is."));
    }
}

static void
wg_page_record_dispose(GObject *object)
{
    WgPageRecord *self = WG_PAGE_RECORD(object);

    wg_record_status_reset(&self->status);
    wg_next_step_clear(&self->next);
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
    g_type_ensure(WG_TYPE_HEALTH_LIGHT);
    g_type_ensure(WG_TYPE_PERFORM_BAR);
    g_type_ensure(WG_TYPE_RECORDED_TAKES);
    g_type_ensure(WG_TYPE_RECORD_WAY);
    g_type_ensure(WG_TYPE_TRACE);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/page-record.ui");
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, trace);
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, count);
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, progress);
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, name);
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, person);
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, way);
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, record);
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, record_label);
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, ordinary);
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, step);
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, light);
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, status_label);
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, advice);
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, perform_bar);
    gtk_widget_class_bind_template_child(widget_class, WgPageRecord, takes);
    gtk_widget_class_bind_template_callback(widget_class, on_record);
    gtk_widget_class_bind_template_callback(widget_class, on_ordinary);
    gtk_widget_class_bind_template_callback(widget_class, on_step);
    gtk_widget_class_bind_template_callback(widget_class, on_named);
    gtk_widget_class_bind_template_callback(widget_class, on_health);
    gtk_widget_class_bind_template_callback(widget_class, on_sample_chosen);
    gtk_widget_class_bind_template_callback(widget_class, on_way_changed);
}

static void
wg_page_record_init(WgPageRecord *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    self->preview = wg_preview_new(self->trace, self->light);
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
    g_signal_connect_object(session, "models-changed", G_CALLBACK(on_project_changed), self, 0);
    g_signal_connect_object(session, "recordings-changed", G_CALLBACK(on_project_changed), self, 0);
    wg_page_record_show(self);
}

void
wg_page_record_set_settings(WgPageRecord *self, GSettings *settings)
{
    wg_record_way_set_settings(self->way, settings);
}
