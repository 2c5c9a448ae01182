/* One gesture, and what the watch does at it. */
#include "ui/action-row.h"

#include <glib/gi18n.h>
#include <string.h>

#define SCRIPT "script" /* the choice; the action is this, a colon and the program */

struct _WgActionRow {
    GtkBox parent_instance;
    GtkLabel *name;
    GtkComboBox *action;
    GtkListStore *choices;
    GtkEntry *script;
    char *chosen; /* as watch-actions.h has it */
    gboolean is_ready;
};

G_DEFINE_FINAL_TYPE(WgActionRow, wg_action_row, GTK_TYPE_BOX)

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

static gboolean
is_script(WgActionRow *self)
{
    return g_strcmp0(gtk_combo_box_get_active_id(self->action), SCRIPT) == 0;
}

/* A script without a program is not one yet. */
static void
choose(WgActionRow *self)
{
    const char *id = gtk_combo_box_get_active_id(self->action);
    const char *program = gtk_entry_get_text(self->script);
    g_autofree char *action = !is_script(self) ? g_strdup(id)
                              : *program       ? g_strconcat(SCRIPT ":", program, NULL)
                                               : g_strdup("none");

    if (g_strcmp0(action, self->chosen) == 0)
        return;
    g_free(self->chosen);
    self->chosen = g_steal_pointer(&action);
    g_signal_emit(self, signals[CHOSEN], 0);
}

static void
on_changed(GtkComboBox *combo, gpointer user_data)
{
    WgActionRow *self = WG_ACTION_ROW(user_data);

    if (!self->is_ready)
        return;
    gtk_widget_set_visible(GTK_WIDGET(self->script), is_script(self));
    if (is_script(self))
        gtk_widget_grab_focus(GTK_WIDGET(self->script));
    choose(self);
}

static void
on_script(GtkEntry *entry, gpointer user_data)
{
    choose(user_data);
}

static gboolean
on_script_left(GtkWidget *entry, GdkEvent *event, gpointer user_data)
{
    if (WG_ACTION_ROW(user_data)->is_ready && is_script(user_data))
        choose(user_data);
    return GDK_EVENT_PROPAGATE;
}

static void
wg_action_row_dispose(GObject *object)
{
    WG_ACTION_ROW(object)->is_ready = FALSE; /* the focus may go with it */
    G_OBJECT_CLASS(wg_action_row_parent_class)->dispose(object);
}

static void
wg_action_row_finalize(GObject *object)
{
    g_free(WG_ACTION_ROW(object)->chosen);
    G_OBJECT_CLASS(wg_action_row_parent_class)->finalize(object);
}

static void
wg_action_row_class_init(WgActionRowClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_action_row_dispose;
    G_OBJECT_CLASS(klass)->finalize = wg_action_row_finalize;
    signals[CHOSEN] = g_signal_new("chosen", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
    gtk_widget_class_set_css_name(widget_class, "actionrow");
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/action-row.ui");
    gtk_widget_class_bind_template_child(widget_class, WgActionRow, name);
    gtk_widget_class_bind_template_child(widget_class, WgActionRow, action);
    gtk_widget_class_bind_template_child(widget_class, WgActionRow, choices);
    gtk_widget_class_bind_template_child(widget_class, WgActionRow, script);
    gtk_widget_class_bind_template_callback(widget_class, on_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_script);
    gtk_widget_class_bind_template_callback(widget_class, on_script_left);
}

static void
wg_action_row_init(WgActionRow *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

WgActionRow *
wg_action_row_new(const char *gesture, const char *action)
{
    WgActionRow *self = g_object_new(WG_TYPE_ACTION_ROW, NULL);
    g_autofree char *spoken = g_strdup_printf(_("At the gesture %s"), gesture);
    g_autofree char *program = g_strdup_printf(_("Script at the gesture %s"), gesture);

    gtk_label_set_text(self->name, gesture);
    atk_object_set_name(gtk_widget_get_accessible(GTK_WIDGET(self->action)), spoken);
    atk_object_set_name(gtk_widget_get_accessible(GTK_WIDGET(self->script)), program);
    self->chosen = g_strdup(action);
    if (g_str_has_prefix(action, SCRIPT ":")) {
        gtk_combo_box_set_active_id(self->action, SCRIPT);
        gtk_entry_set_text(self->script, action + strlen(SCRIPT ":"));
        gtk_widget_show(GTK_WIDGET(self->script));
    } else if (!gtk_combo_box_set_active_id(self->action, action)) {
        gtk_list_store_insert_with_values(self->choices, NULL, -1, 0, action, 1, action, 2,
                                          "input-keyboard-symbolic", -1);
        gtk_combo_box_set_active_id(self->action, action);
    }
    self->is_ready = TRUE;
    return self;
}

const char *
wg_action_row_get_gesture(WgActionRow *self)
{
    return gtk_label_get_text(self->name);
}

const char *
wg_action_row_get_action(WgActionRow *self)
{
    return self->chosen;
}
