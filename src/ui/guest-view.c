/* Somebody else records a test: how the model does on their takes, beside how it does on your own.
 */
#include "ui/guest-view.h"

#include "base/error.h"
#include "ui/charts/matrix.h"
#include "ui/file-question.h"
#include "ui/report-matrix.h"
#include "ui/guest-recording.h"

#include <glib/gi18n.h>

#define ID_ALL "all"

struct _WgGuestView {
    GtkBox parent_instance;
    GtkEntry *name;
    GtkSpinButton *amount;
    GtkButton *record, *import, *remove;
    GtkLabel *sentence, *hint, *own_title, *guest_title;
    GtkComboBoxText *guests;
    WgMatrix *own_matrix, *guest_matrix;
    WgActivity *activity;
    WgPerformBar *perform_bar;
    WgDesk *desk;
    WgGuestRecording *recording; /* owned by the widget */
    JsonObject *theirs;          /* as judged last */
    gboolean is_judging, is_stale, is_filling;
};

G_DEFINE_FINAL_TYPE(WgGuestView, wg_guest_view, GTK_TYPE_BOX)

static void judge(WgGuestView *self);

static char *
dup_name(WgGuestView *self)
{
    return g_strstrip(g_strdup(gtk_entry_get_text(self->name)));
}

static void
show(WgGuestView *self)
{
    const gboolean is_running = wg_activity_is_running(self->activity);
    g_autofree char *name = dup_name(self);
    GtkStyleContext *style = gtk_widget_get_style_context(GTK_WIDGET(self->record));

    gtk_widget_set_sensitive(GTK_WIDGET(self->record),
                             !is_running && *name && wg_desk_get_ready_watch(self->desk));
    gtk_widget_set_sensitive(GTK_WIDGET(self->import), !is_running && *name);
    gtk_widget_set_sensitive(GTK_WIDGET(self->name), !is_running);
    gtk_widget_set_sensitive(GTK_WIDGET(self->remove), !is_running);
    gtk_widget_set_visible(GTK_WIDGET(self->remove), self->theirs != NULL);
    gtk_widget_set_visible(GTK_WIDGET(self->sentence), self->theirs != NULL);
    gtk_widget_set_visible(GTK_WIDGET(self->hint), self->theirs == NULL);
    if (self->theirs)
        gtk_style_context_remove_class(style, "suggested-action");
    else
        gtk_style_context_add_class(style, "suggested-action");
    gtk_widget_set_tooltip_text(GTK_WIDGET(self->record), !*name ? _("Write down who it is first")
                                                          : wg_desk_get_ready_watch(self->desk)
                                                              ? _("Each gesture in turn")
                                                              : _("Connect a watch first"));
}

/* Those there are, and all of them where there are several. */
static void
fill_guests(WgGuestView *self)
{
    JsonArray *guests = json_object_get_array_member(self->theirs, "guests");
    g_autofree char *chosen = g_strdup(gtk_combo_box_get_active_id(GTK_COMBO_BOX(self->guests)));
    const guint n = json_array_get_length(guests);

    self->is_filling = TRUE;
    gtk_combo_box_text_remove_all(self->guests);
    if (n > 1)
        gtk_combo_box_text_append(self->guests, ID_ALL, _("All guests"));
    for (guint i = 0; i < n; i++) {
        const char *name =
            json_object_get_string_member(json_array_get_object_element(guests, i), "name");

        gtk_combo_box_text_append(self->guests, name, name);
    }
    if (!chosen || !gtk_combo_box_set_active_id(GTK_COMBO_BOX(self->guests), chosen))
        gtk_combo_box_set_active(GTK_COMBO_BOX(self->guests), 0);
    gtk_widget_set_visible(GTK_WIDGET(self->guests), n > 1);
    self->is_filling = FALSE;
}

static void
show_theirs(WgGuestView *self)
{
    JsonObject *guest = json_object_get_object_member(self->theirs, "guest");
    g_autofree char *who = NULL, *title = NULL;

    fill_guests(self);
    who = gtk_combo_box_text_get_active_text(self->guests);
    title = g_strdup_printf("%s: %.1f %%", who ? who : "",
                            100 * json_object_get_double_member(self->theirs, "accuracy"));
    gtk_label_set_text(self->guest_title, title);
    gtk_label_set_text(self->sentence, json_object_get_string_member(guest, "words"));
    wg_report_matrix_show(self->guest_matrix, self->theirs, NULL);
}

/* Nobody was a guest yet. */
static void
show_nobody(WgGuestView *self)
{
    gtk_combo_box_text_remove_all(self->guests);
    gtk_widget_hide(GTK_WIDGET(self->guests));
    gtk_label_set_text(self->guest_title, _("The guest"));
    wg_matrix_clear(self->guest_matrix);
}

static void
on_judged(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(WgGuestView) self = WG_GUEST_VIEW(user_data);
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonObject) report = wg_job_run_finish(WG_JOB(source), result, &error);

    self->is_judging = FALSE;
    if (!self->desk)
        return;
    g_clear_pointer(&self->theirs, json_object_unref);
    self->theirs = g_steal_pointer(&report);
    if (self->theirs)
        show_theirs(self);
    else
        show_nobody(self);
    if (error && !g_error_matches(error, WG_ERROR, WG_ERROR_MISSING))
        wg_desk_fail(self->desk, error);
    show(self);
    if (self->is_stale)
        judge(self);
}

static void
on_own_judged(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(WgGuestView) self = WG_GUEST_VIEW(user_data);
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonObject) report = wg_job_run_finish(WG_JOB(source), result, &error);
    g_autofree char *title = NULL;
    g_autoptr(WgJob) job = NULL;
    const char *who;

    if (!self->desk)
        return;
    if (report) {
        title = g_strdup_printf(_("Your own, kept aside: %.1f %%"),
                                100 * json_object_get_double_member(report, "accuracy"));
        gtk_label_set_text(self->own_title, title);
        wg_report_matrix_show(self->own_matrix, report, NULL);
    } else if (!g_error_matches(error, WG_ERROR, WG_ERROR_MISSING)) { /* none were kept aside */
        wg_desk_fail(self->desk, error);
    }
    who = gtk_combo_box_get_active_id(GTK_COMBO_BOX(self->guests));
    job = wg_desk_new_job(self->desk, "evaluate", "on", "guest",
                          who && !g_str_equal(who, ID_ALL) ? "person" : NULL, who, NULL);
    if (job)
        wg_job_run_async(job, on_judged, g_object_ref(self));
    else
        self->is_judging = FALSE;
}

/* One's own takes and what guests performed, by the model there is now. */
static void
judge(WgGuestView *self)
{
    g_autoptr(WgModelRecord) model = wg_desk_load_model(self->desk, "int8");
    g_autoptr(WgJob) job = NULL;

    self->is_stale = TRUE;
    if (!model || self->is_judging || wg_guest_recording_is_running(self->recording) ||
        !gtk_widget_get_mapped(GTK_WIDGET(self)))
        return;
    self->is_stale = FALSE;
    job = wg_desk_new_job(self->desk, "evaluate", "on", "validation", NULL);
    if (!job)
        return;
    self->is_judging = TRUE;
    wg_job_run_async(job, on_own_judged, g_object_ref(self));
}

/* Whoever came last is shown. */
static void
choose_guest(WgGuestView *self)
{
    g_autofree char *name = dup_name(self);

    self->is_filling = TRUE;
    if (!gtk_combo_box_set_active_id(GTK_COMBO_BOX(self->guests), name)) {
        gtk_combo_box_text_append(self->guests, name, name);
        gtk_combo_box_set_active_id(GTK_COMBO_BOX(self->guests), name);
    }
    self->is_filling = FALSE;
    judge(self);
}

static void
on_recording_done(gpointer owner)
{
    WgGuestView *self = WG_GUEST_VIEW(owner);

    if (!self->desk)
        return;
    choose_guest(self);
    show(self);
}

static void
on_record(GtkWidget *widget, gpointer user_data)
{
    WgGuestView *self = WG_GUEST_VIEW(user_data);
    g_autofree char *name = dup_name(self);

    if (*name && wg_desk_get_ready_watch(self->desk))
        wg_guest_recording_start(self->recording, name,
                                 gtk_spin_button_get_value_as_int(self->amount));
    show(self);
}

static void
on_imported(gpointer owner, JsonObject *result, const GError *error)
{
    WgGuestView *self = WG_GUEST_VIEW(owner);

    if (error)
        wg_desk_fail(self->desk, error);
    else if (json_object_get_int_member(result, "added") == 0)
        wg_desk_say(self->desk, _("Nothing was added: these takes are in the project already."));
    if (!error)
        choose_guest(self);
    show(self);
}

static void
on_chosen(gpointer owner, GtkFileChooser *chooser, const char *path)
{
    WgGuestView *self = WG_GUEST_VIEW(owner);
    g_autofree char *name = dup_name(self);
    WgJob *job;

    if (!path)
        return;
    job = wg_desk_new_job(self->desk, "import", "person", name, "guest", "", NULL);
    if (job)
        wg_job_add_argument(job, path);
    wg_activity_run(self->activity, self->desk, job, _("Importing"), on_imported, self);
    show(self);
}

static void
on_import(GtkButton *button, gpointer user_data)
{
    wg_ask_for_file(user_data, _("Takes of the Guest"), GTK_FILE_CHOOSER_ACTION_OPEN, _("_Import"),
                    on_chosen);
}

static void
on_remove(GtkButton *button, gpointer user_data)
{
    WgGuestView *self = WG_GUEST_VIEW(user_data);
    JsonArray *takes = json_object_get_array_member(self->theirs, "takes");
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(GError) error = NULL;

    for (guint i = 0; i < json_array_get_length(takes); i++) {
        const gint64 id = json_object_get_int_member(json_array_get_object_element(takes, i), "id");

        g_array_append_val(ids, id);
    }
    gtk_combo_box_set_active(GTK_COMBO_BOX(self->guests), -1);
    if (!wg_edits_delete(wg_desk_get_edits(self->desk), ids, &error))
        wg_desk_fail(self->desk, error);
}

static void
on_guest_chosen(GtkComboBox *box, gpointer user_data)
{
    WgGuestView *self = WG_GUEST_VIEW(user_data);

    if (!self->is_filling && gtk_combo_box_get_active_id(box))
        judge(self);
}

static void
on_name_changed(GtkEditable *entry, gpointer user_data)
{
    if (WG_GUEST_VIEW(user_data)->desk)
        show(user_data);
}

static void
on_changed(WgSession *session, gpointer user_data)
{
    WgGuestView *self = WG_GUEST_VIEW(user_data);

    if (gtk_widget_get_mapped(GTK_WIDGET(self)))
        show(self);
    judge(self);
}

static void
on_watch_changed(WgSession *session, gpointer user_data)
{
    if (gtk_widget_get_mapped(GTK_WIDGET(user_data)))
        show(user_data);
}

static void
wg_guest_view_map(GtkWidget *widget)
{
    GTK_WIDGET_CLASS(wg_guest_view_parent_class)->map(widget);
    show(WG_GUEST_VIEW(widget));
    judge(WG_GUEST_VIEW(widget));
}

static void
wg_guest_view_dispose(GObject *object)
{
    WgGuestView *self = WG_GUEST_VIEW(object);

    g_clear_object(&self->desk);
    g_clear_pointer(&self->theirs, json_object_unref);
    G_OBJECT_CLASS(wg_guest_view_parent_class)->dispose(object);
}

static void
wg_guest_view_class_init(WgGuestViewClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_guest_view_dispose;
    widget_class->map = wg_guest_view_map;
    g_type_ensure(WG_TYPE_ACTIVITY);
    g_type_ensure(WG_TYPE_MATRIX);
    g_type_ensure(WG_TYPE_PERFORM_BAR);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/guest-view.ui");
    gtk_widget_class_bind_template_child(widget_class, WgGuestView, name);
    gtk_widget_class_bind_template_child(widget_class, WgGuestView, amount);
    gtk_widget_class_bind_template_child(widget_class, WgGuestView, record);
    gtk_widget_class_bind_template_child(widget_class, WgGuestView, import);
    gtk_widget_class_bind_template_child(widget_class, WgGuestView, remove);
    gtk_widget_class_bind_template_child(widget_class, WgGuestView, sentence);
    gtk_widget_class_bind_template_child(widget_class, WgGuestView, hint);
    gtk_widget_class_bind_template_child(widget_class, WgGuestView, own_title);
    gtk_widget_class_bind_template_child(widget_class, WgGuestView, guest_title);
    gtk_widget_class_bind_template_child(widget_class, WgGuestView, guests);
    gtk_widget_class_bind_template_child(widget_class, WgGuestView, own_matrix);
    gtk_widget_class_bind_template_child(widget_class, WgGuestView, guest_matrix);
    gtk_widget_class_bind_template_child(widget_class, WgGuestView, activity);
    gtk_widget_class_bind_template_child(widget_class, WgGuestView, perform_bar);
    gtk_widget_class_bind_template_callback(widget_class, on_record);
    gtk_widget_class_bind_template_callback(widget_class, on_import);
    gtk_widget_class_bind_template_callback(widget_class, on_remove);
    gtk_widget_class_bind_template_callback(widget_class, on_guest_chosen);
    gtk_widget_class_bind_template_callback(widget_class, on_name_changed);
}

static void
wg_guest_view_init(WgGuestView *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    self->is_stale = TRUE;
}

void
wg_guest_view_set_desk(WgGuestView *self, WgDesk *desk)
{
    WgSession *session = wg_desk_get_session(desk);

    self->desk = g_object_ref(desk);
    wg_perform_bar_set_desk(self->perform_bar, desk);
    self->recording =
        wg_guest_recording_new(desk, self->activity, self->perform_bar, self, on_recording_done);
    wg_perform_bar_set_trigger(self->perform_bar, WG_TRIGGER_DETECTOR);
    g_signal_connect_object(session, "recordings-changed", G_CALLBACK(on_changed), self,
                            G_CONNECT_AFTER);
    g_signal_connect_object(session, "watch-changed", G_CALLBACK(on_watch_changed), self, 0);
    show(self);
}
