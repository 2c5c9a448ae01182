/* A training held against another, and the way back to it. */
#include "ui/run-beside.h"

#include "ui/asking.h"
#include "ui/report-matrix.h"
#include "ui/run-words.h"

#include <glib/gi18n.h>

#define CHANGES_SHOWN 6

struct _WgRunBeside {
    GtkBox parent_instance;
    GtkLabel *heading, *changes, *gestures;
    GtkButton *use;
    GtkToggleButton *hold;
    GtkWidget *where; /* opens the matrix */
    WgMatrix *matrix;
    WgAsking *asking;
    WgDesk *desk;
    JsonObject *run, *other;
    gboolean is_setting;
};

G_DEFINE_FINAL_TYPE(WgRunBeside, wg_run_beside, GTK_TYPE_BOX)

static guint held_signal;

static WgJob *
new_job(gpointer owner)
{
    WgRunBeside *self = WG_RUN_BESIDE(owner);
    g_autofree char *ids = NULL;

    if (!self->run || !self->other)
        return NULL;
    ids = g_strdup_printf("%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT,
                          json_object_get_int_member(self->other, "id"),
                          json_object_get_int_member(self->run, "id"));
    return wg_desk_new_job(self->desk, "runs", "compare", ids, NULL);
}

static void
set_line(GtkLabel *label, const char *format, const char *words)
{
    g_autofree char *text = words ? g_strdup_printf(format, words) : NULL;

    gtk_label_set_text(label, text ? text : "");
    gtk_widget_set_visible(GTK_WIDGET(label), text != NULL);
}

static void
on_answered(gpointer owner, JsonObject *result, const GError *error)
{
    WgRunBeside *self = WG_RUN_BESIDE(owner);
    JsonObject *compared = result ? json_object_get_object_member(result, "compared") : NULL;
    g_autofree char *changes = NULL, *gestures = NULL;

    if (error)
        wg_desk_fail(self->desk, error);
    if (!compared || !self->run)
        return;
    changes =
        wg_run_words_dup_changes(json_object_get_array_member(compared, "changes"), CHANGES_SHOWN);
    if (!json_object_get_null_member(compared, "confusion_change")) {
        wg_report_matrix_show(self->matrix, self->run, self->other);
        gtk_widget_show(self->where);
        gestures =
            wg_run_words_dup_gestures(json_object_get_array_member(self->run, "labels"),
                                      json_object_get_array_member(compared, "confusion_change"));
    }
    set_line(self->changes, _("What is another: %s."), changes ? changes : _("nothing"));
    set_line(self->gestures, _("Of the takes to check with: %s."), gestures);
}

static void
on_use(GtkButton *button, gpointer user_data)
{
    WgRunBeside *self = WG_RUN_BESIDE(user_data);
    g_autoptr(GError) error = NULL;

    if (!wg_edits_choose_model(wg_desk_get_edits(self->desk),
                               json_object_get_int_member(self->run, "id"), &error))
        wg_desk_fail(self->desk, error);
}

static void
on_hold(GtkToggleButton *button, gpointer user_data)
{
    WgRunBeside *self = WG_RUN_BESIDE(user_data);

    if (!self->is_setting)
        g_signal_emit(self, held_signal, 0, gtk_toggle_button_get_active(button));
}

static void
wg_run_beside_dispose(GObject *object)
{
    WgRunBeside *self = WG_RUN_BESIDE(object);

    if (self->asking)
        wg_asking_stop(self->asking);
    g_clear_object(&self->asking);
    g_clear_object(&self->desk);
    g_clear_pointer(&self->run, json_object_unref);
    g_clear_pointer(&self->other, json_object_unref);
    G_OBJECT_CLASS(wg_run_beside_parent_class)->dispose(object);
}

static void
wg_run_beside_class_init(WgRunBesideClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_run_beside_dispose;
    g_type_ensure(WG_TYPE_MATRIX);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/run-beside.ui");
    gtk_widget_class_bind_template_child(widget_class, WgRunBeside, heading);
    gtk_widget_class_bind_template_child(widget_class, WgRunBeside, changes);
    gtk_widget_class_bind_template_child(widget_class, WgRunBeside, gestures);
    gtk_widget_class_bind_template_child(widget_class, WgRunBeside, use);
    gtk_widget_class_bind_template_child(widget_class, WgRunBeside, hold);
    gtk_widget_class_bind_template_child(widget_class, WgRunBeside, where);
    gtk_widget_class_bind_template_child(widget_class, WgRunBeside, matrix);
    gtk_widget_class_bind_template_callback(widget_class, on_use);
    gtk_widget_class_bind_template_callback(widget_class, on_hold);
    held_signal = g_signal_new("held", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
wg_run_beside_init(WgRunBeside *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    self->asking = wg_asking_new(new_job, on_answered, self);
}

void
wg_run_beside_set_desk(WgRunBeside *self, WgDesk *desk)
{
    self->desk = g_object_ref(desk);
}

/* "98.4 % (4 of 245 wrong)" */
static char *
dup_right(JsonObject *run)
{
    g_autofree char *accuracy = wg_run_words_dup_accuracy(run);
    g_autofree char *wrong = wg_run_words_dup_wrong(run);

    return wrong ? g_strdup_printf("%s (%s)", accuracy, wrong)
                 : g_strdup(accuracy ? accuracy : "–");
}

void
wg_run_beside_set(WgRunBeside *self, JsonObject *run, JsonObject *other, gboolean is_held)
{
    g_autofree char *time = NULL, *right = NULL, *other_time = NULL, *other_right = NULL;
    g_autofree char *text = NULL;

    g_clear_pointer(&self->run, json_object_unref);
    g_clear_pointer(&self->other, json_object_unref);
    gtk_widget_set_visible(GTK_WIDGET(self), run && other);
    if (!run || !other)
        return;
    self->run = json_object_ref(run);
    self->other = json_object_ref(other);
    time = wg_run_words_dup_time(json_object_get_string_member_with_default(run, "created", NULL));
    other_time =
        wg_run_words_dup_time(json_object_get_string_member_with_default(other, "created", NULL));
    right = dup_right(run);
    other_right = dup_right(other);
    text = json_object_get_boolean_member(other, "is_used")
               ? g_strdup_printf(_("The training of %s: %s. The one in use: %s."), time, right,
                                 other_right)
               : g_strdup_printf(_("The training of %s: %s. That of %s: %s."), time, right,
                                 other_time, other_right);
    gtk_label_set_text(self->heading, text);
    set_line(self->changes, "", NULL);
    set_line(self->gestures, "", NULL);
    gtk_widget_hide(self->where);
    gtk_widget_set_sensitive(GTK_WIDGET(self->use),
                             !json_object_get_boolean_member(run, "is_used"));
    self->is_setting = TRUE;
    gtk_toggle_button_set_active(self->hold, is_held);
    self->is_setting = FALSE;
    wg_asking_ask(self->asking);
}
