/* A list to choose the gesture that stands for all other movement, or none. */
#include "ui/other-choice.h"

#include "workbench/next-step.h"

#include <glib/gi18n.h>

struct _WgOtherChoice {
    GtkComboBoxText parent_instance;
    char *chosen; /* by somebody; "": no gesture; NULL: nobody did */
    gboolean guesses, is_filling;
};

G_DEFINE_FINAL_TYPE(WgOtherChoice, wg_other_choice, GTK_TYPE_COMBO_BOX_TEXT)

const char *
wg_other_choice_get_word(void)
{
    return C_("movement that is no gesture", "other");
}

gboolean
wg_other_choice_is_usual(const char *label)
{
    return wg_label_is_other(label, wg_other_choice_get_word());
}

/* What was chosen stays, also while it is not there. */
static void
fill(WgOtherChoice *self, GListModel *gestures)
{
    GtkComboBoxText *list = GTK_COMBO_BOX_TEXT(self);

    self->is_filling = TRUE;
    gtk_combo_box_text_remove_all(list);
    gtk_combo_box_text_append(list, "", _("no gesture"));
    gtk_combo_box_set_active(GTK_COMBO_BOX(self), 0);
    for (guint i = 0; i < g_list_model_get_n_items(gestures); i++) {
        g_autoptr(WgGesture) gesture = g_list_model_get_item(gestures, i);
        const char *label = wg_gesture_get_label(gesture);

        gtk_combo_box_text_append(list, label, label);
        if (self->chosen ? g_str_equal(self->chosen, label)
                         : self->guesses && wg_other_choice_is_usual(label))
            gtk_combo_box_set_active_id(GTK_COMBO_BOX(self), label);
    }
    self->is_filling = FALSE;
}

static void
on_items_changed(GListModel *gestures, guint at, guint n_removed, guint n_added, gpointer user_data)
{
    fill(WG_OTHER_CHOICE(user_data), gestures);
}

static void
wg_other_choice_changed(GtkComboBox *combo)
{
    WgOtherChoice *self = WG_OTHER_CHOICE(combo);

    if (self->is_filling)
        return;
    g_free(self->chosen);
    self->chosen = g_strdup(gtk_combo_box_get_active_id(combo));
}

static void
wg_other_choice_finalize(GObject *object)
{
    g_free(WG_OTHER_CHOICE(object)->chosen);
    G_OBJECT_CLASS(wg_other_choice_parent_class)->finalize(object);
}

static void
wg_other_choice_class_init(WgOtherChoiceClass *klass)
{
    G_OBJECT_CLASS(klass)->finalize = wg_other_choice_finalize;
    GTK_COMBO_BOX_CLASS(klass)->changed = wg_other_choice_changed;
}

static void
wg_other_choice_init(G_GNUC_UNUSED WgOtherChoice *self)
{
}

void
wg_other_choice_set_desk(WgOtherChoice *self, WgDesk *desk, gboolean guesses)
{
    GListModel *gestures = wg_desk_get_gestures(desk);

    self->guesses = guesses;
    fill(self, gestures);
    g_signal_connect_object(gestures, "items-changed", G_CALLBACK(on_items_changed), self, 0);
}

const char *
wg_other_choice_get(WgOtherChoice *self)
{
    const char *label = gtk_combo_box_get_active_id(GTK_COMBO_BOX(self));

    return label && *label ? label : NULL;
}
