/* How to train, for those who want to say it: seed, epochs, rare gestures, windows. */
#include "ui/train-settings.h"

#include "ui/other-choice.h"

#include <glib/gi18n.h>

struct _WgTrainSettings {
    GtkGrid parent_instance;
    GtkSpinButton *seed, *epochs, *variation, *rate, *seconds;
    GtkComboBox *rare, *windows, *channels, *event;
    WgOtherChoice *other;
    GtkWidget *own;
};

G_DEFINE_FINAL_TYPE(WgTrainSettings, wg_train_settings, GTK_TYPE_GRID)

static guint changed_signal;

/* 0 stands for what the preset says. */
static gboolean
on_epochs_output(GtkSpinButton *spin, gpointer user_data)
{
    if (gtk_spin_button_get_value_as_int(spin) > 0)
        return FALSE;
    gtk_entry_set_text(GTK_ENTRY(spin), _("as preset"));
    return TRUE;
}

static int
on_epochs_input(GtkSpinButton *spin, double *value, gpointer user_data)
{
    const char *text = gtk_entry_get_text(GTK_ENTRY(spin));

    if (g_ascii_isdigit(*text))
        return FALSE;
    *value = 0;
    return TRUE;
}

static gboolean
has_own_windows(WgTrainSettings *self)
{
    return g_strcmp0(gtk_combo_box_get_active_id(self->windows), "own") == 0;
}

static void
on_windows_changed(GtkComboBox *windows, gpointer user_data)
{
    WgTrainSettings *self = WG_TRAIN_SETTINGS(user_data);

    gtk_widget_set_visible(self->own, has_own_windows(self));
    g_signal_emit(self, changed_signal, 0);
}

static void
on_window_changed(GtkWidget *widget, gpointer user_data)
{
    g_signal_emit(user_data, changed_signal, 0);
}

static void
wg_train_settings_class_init(WgTrainSettingsClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    gtk_widget_class_set_accessible_role(widget_class, ATK_ROLE_PANEL);
    g_type_ensure(WG_TYPE_OTHER_CHOICE);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/train-settings.ui");
    gtk_widget_class_bind_template_child(widget_class, WgTrainSettings, seed);
    gtk_widget_class_bind_template_child(widget_class, WgTrainSettings, epochs);
    gtk_widget_class_bind_template_child(widget_class, WgTrainSettings, variation);
    gtk_widget_class_bind_template_child(widget_class, WgTrainSettings, rate);
    gtk_widget_class_bind_template_child(widget_class, WgTrainSettings, seconds);
    gtk_widget_class_bind_template_child(widget_class, WgTrainSettings, rare);
    gtk_widget_class_bind_template_child(widget_class, WgTrainSettings, windows);
    gtk_widget_class_bind_template_child(widget_class, WgTrainSettings, channels);
    gtk_widget_class_bind_template_child(widget_class, WgTrainSettings, event);
    gtk_widget_class_bind_template_child(widget_class, WgTrainSettings, other);
    gtk_widget_class_bind_template_child(widget_class, WgTrainSettings, own);
    gtk_widget_class_bind_template_callback(widget_class, on_epochs_output);
    gtk_widget_class_bind_template_callback(widget_class, on_epochs_input);
    gtk_widget_class_bind_template_callback(widget_class, on_windows_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_window_changed);
    changed_signal = g_signal_new("changed", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
wg_train_settings_init(WgTrainSettings *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    gtk_entry_set_width_chars(GTK_ENTRY(self->epochs), (int)g_utf8_strlen(_("as preset"), -1) + 1);
}

void
wg_train_settings_set_desk(WgTrainSettings *self, WgDesk *desk)
{
    wg_other_choice_set_desk(self->other, desk, FALSE);
}

static gboolean
set_number(WgJob *job, const char *option, const char *format, GtkSpinButton *spin, GError **error)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];

    g_ascii_formatd(text, sizeof text, format, gtk_spin_button_get_value(spin));
    return wg_job_set(job, option, text, error);
}

static gboolean
apply_windows(WgTrainSettings *self, WgJob *job, GError **error)
{
    char seconds[G_ASCII_DTOSTR_BUF_SIZE];
    g_autofree char *length = NULL;

    g_ascii_formatd(seconds, sizeof seconds, "%.1f", gtk_spin_button_get_value(self->seconds));
    length = g_strconcat(seconds, "s", NULL);
    return set_number(job, "rate", "%.1f", self->rate, error) &&
           wg_job_set(job, "window", length, error) &&
           wg_job_set(job, "channels", gtk_combo_box_get_active_id(self->channels), error) &&
           wg_job_set(job, "event", gtk_combo_box_get_active_id(self->event), error);
}

gboolean
wg_train_settings_apply(WgTrainSettings *self, WgJob *job, GError **error)
{
    const char *rare = gtk_combo_box_get_active_id(self->rare);
    const gboolean is_smote = g_str_equal(rare, "smote");
    const char *other = wg_other_choice_get(self->other);

    if (!set_number(job, "seed", "%.0f", self->seed, error) ||
        !set_number(job, "augment", "%.1f", self->variation, error) ||
        !wg_job_set(job, is_smote ? "smote" : "class-weights", is_smote ? "" : rare, error))
        return FALSE;
    if (other && !wg_job_set(job, "other", other, error))
        return FALSE;
    if (gtk_spin_button_get_value_as_int(self->epochs) > 0 &&
        !set_number(job, "epochs", "%.0f", self->epochs, error))
        return FALSE;
    return !has_own_windows(self) || apply_windows(self, job, error);
}
