/* What the watch does at each gesture of the model, kept in the project. */
#include "ui/action-list.h"

#include "ui/action-row.h"
#include "workbench/actions.h"

struct _WgActionList {
    GtkBox parent_instance;
    GtkBox *rows;
    GtkToggleButton *background;
    WgDesk *desk;
    gboolean is_showing; /* what changes then was not the user */
};

G_DEFINE_FINAL_TYPE(WgActionList, wg_action_list, GTK_TYPE_BOX)

static WgProject *
get_project(WgActionList *self)
{
    return self->desk ? wg_session_get_project(wg_desk_get_session(self->desk)) : NULL;
}

/* Those of gestures that this model does not know stay as they are. */
static void
on_chosen(WgActionRow *row, gpointer user_data)
{
    WgActionList *self = WG_ACTION_LIST(user_data);
    WgProject *project = get_project(self);
    g_autoptr(GHashTable) actions = wg_actions_load(project);
    g_autoptr(GError) error = NULL;

    if (!project)
        return;
    g_hash_table_insert(actions, g_strdup(wg_action_row_get_gesture(row)),
                        g_strdup(wg_action_row_get_action(row)));
    if (!wg_actions_store(project, actions, &error))
        wg_desk_fail(self->desk, error);
}

static void
on_background(GtkToggleButton *button, gpointer user_data)
{
    WgActionList *self = WG_ACTION_LIST(user_data);
    WgProject *project = get_project(self);
    g_autoptr(GError) error = NULL;

    if (!self->is_showing && project &&
        !wg_actions_set_background(project, gtk_toggle_button_get_active(button), &error))
        wg_desk_fail(self->desk, error);
}

static void
wg_action_list_dispose(GObject *object)
{
    g_clear_object(&WG_ACTION_LIST(object)->desk);
    G_OBJECT_CLASS(wg_action_list_parent_class)->dispose(object);
}

static void
wg_action_list_class_init(WgActionListClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_action_list_dispose;
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/action-list.ui");
    gtk_widget_class_bind_template_child(widget_class, WgActionList, rows);
    gtk_widget_class_bind_template_child(widget_class, WgActionList, background);
    gtk_widget_class_bind_template_callback(widget_class, on_background);
}

static void
wg_action_list_init(WgActionList *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
wg_action_list_set_desk(WgActionList *self, WgDesk *desk)
{
    g_set_object(&self->desk, desk);
}

static gboolean
is_shown(WgActionRow *row, const char *gesture, const char *action)
{
    return g_strcmp0(wg_action_row_get_gesture(row), gesture) == 0 &&
           g_strcmp0(wg_action_row_get_action(row), action) == 0;
}

void
wg_action_list_show(WgActionList *self, const char *const *gestures)
{
    WgProject *project = get_project(self);
    g_autoptr(GHashTable) actions = wg_actions_load(project);
    g_autoptr(GList) rows = gtk_container_get_children(GTK_CONTAINER(self->rows));
    GList *row = rows;

    /* rows that are right stay: one of them may have the focus */
    for (int i = 0; gestures && gestures[i]; i++) {
        const char *action = g_hash_table_lookup(actions, gestures[i]);
        WgActionRow *shown = row ? WG_ACTION_ROW(row->data) : NULL;

        action = action ? action : "none";
        if (!shown || !is_shown(shown, gestures[i], action)) {
            WgActionRow *made = wg_action_row_new(gestures[i], action);

            g_signal_connect_object(made, "chosen", G_CALLBACK(on_chosen), self, 0);
            gtk_box_pack_start(self->rows, GTK_WIDGET(made), FALSE, FALSE, 0);
            gtk_box_reorder_child(self->rows, GTK_WIDGET(made), i);
            if (shown)
                gtk_widget_destroy(GTK_WIDGET(shown));
        }
        row = row ? row->next : NULL;
    }
    for (; row; row = row->next)
        gtk_widget_destroy(row->data);
    self->is_showing = TRUE;
    gtk_toggle_button_set_active(self->background, project && wg_actions_get_background(project));
    self->is_showing = FALSE;
}
