/* What the watch does at each gesture of the model, kept in the project. */
#include "ui/action-list.h"

#include "ui/action-row.h"
#include "workbench/actions.h"

struct _WgActionList {
    GtkBox parent_instance;
    GtkFlowBox *rows;
    GtkLabel *keys;
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

/* What is to be known of keys, where one is pressed at all. */
static void
show_keys(WgActionList *self, GHashTable *actions)
{
    GHashTableIter all;
    gpointer action;
    gboolean has_keys = FALSE;

    g_hash_table_iter_init(&all, actions);
    while (g_hash_table_iter_next(&all, NULL, &action))
        has_keys |= g_str_has_prefix(action, "key:") || g_str_has_prefix(action, "media:");
    gtk_widget_set_visible(GTK_WIDGET(self->keys), has_keys);
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
    if (!wg_edits_set_actions(wg_desk_get_edits(self->desk), actions, &error))
        wg_desk_fail(self->desk, error);
    show_keys(self, actions);
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
    gtk_widget_class_bind_template_child(widget_class, WgActionList, keys);
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

/* Its place in the box is no control of its own. */
static void
insert(WgActionList *self, WgActionRow *row, int i)
{
    GtkWidget *place;

    gtk_flow_box_insert(self->rows, GTK_WIDGET(row), i);
    place = gtk_widget_get_parent(GTK_WIDGET(row));
    gtk_widget_set_can_focus(place, FALSE);
    atk_object_set_role(gtk_widget_get_accessible(place), ATK_ROLE_FILLER);
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
        WgActionRow *shown = row ? WG_ACTION_ROW(gtk_bin_get_child(row->data)) : NULL;

        action = action ? action : "none";
        if (!shown || !is_shown(shown, gestures[i], action)) {
            WgActionRow *made = wg_action_row_new(gestures[i], action);

            g_signal_connect_object(made, "chosen", G_CALLBACK(on_chosen), self, 0);
            insert(self, made, i);
            if (shown)
                gtk_widget_destroy(row->data);
        }
        row = row ? row->next : NULL;
    }
    for (; row; row = row->next)
        gtk_widget_destroy(row->data);
    show_keys(self, actions);
    self->is_showing = TRUE;
    gtk_toggle_button_set_active(self->background, project && wg_actions_get_background(project));
    self->is_showing = FALSE;
}
