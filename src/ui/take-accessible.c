/* One take of a grid as a screen reader meets it; there only while the take is in view. */
#include "ui/take-accessible.h"

#include "ui/take-grid-private.h"

#include <glib/gi18n.h>

struct _WgTakeAccessible {
    AtkObject parent_instance;
    WgTakeGrid *grid; /* NULL: it has left */
    gint64 id;
    guint index;
    int position;
    gboolean was_selected, was_focused;
    char *text; /* the doubt, as the description */
};

static void
wg_take_accessible_get_extents(AtkComponent *component, int *x, int *y, int *width, int *height,
                               AtkCoordType type)
{
    WgTakeAccessible *self = WG_TAKE_ACCESSIBLE(component);
    AtkObject *parent = atk_object_get_parent(ATK_OBJECT(self));
    GdkRectangle place = {0};
    WgTakeLayout layout;
    int left = 0, top = 0, unused;

    if (self->grid) {
        wg_take_grid_get_layout(self->grid, &layout);
        wg_take_layout_get_place(&layout, self->index, &place);
    }
    if (type != ATK_XY_PARENT && parent)
        atk_component_get_extents(ATK_COMPONENT(parent), &left, &top, &unused, &unused, type);
    *x = left + place.x;
    *y = top + place.y;
    *width = place.width;
    *height = place.height;
}

static gboolean
wg_take_accessible_grab_focus(AtkComponent *component)
{
    WgTakeAccessible *self = WG_TAKE_ACCESSIBLE(component);

    if (!self->grid)
        return FALSE;
    gtk_widget_grab_focus(GTK_WIDGET(self->grid));
    wg_take_choice_set_focus(wg_take_grid_get_choice(self->grid), self->index);
    wg_take_grid_focus_moved(self->grid);
    return TRUE;
}

static void
component_init(AtkComponentIface *iface)
{
    iface->get_extents = wg_take_accessible_get_extents;
    iface->grab_focus = wg_take_accessible_grab_focus;
}

static gboolean
wg_take_accessible_do_action(AtkAction *action, int i)
{
    WgTakeAccessible *self = WG_TAKE_ACCESSIBLE(action);

    if (!self->grid || i != 0)
        return FALSE;
    wg_take_choice_toggle(wg_take_grid_get_choice(self->grid), self->index);
    wg_take_grid_chosen(self->grid);
    return TRUE;
}

static int
wg_take_accessible_get_n_actions(AtkAction *action)
{
    return 1;
}

static const char *
wg_take_accessible_get_action_name(AtkAction *action, int i)
{
    return i == 0 ? "toggle" : NULL;
}

static const char *
wg_take_accessible_get_action_words(AtkAction *action, int i)
{
    return i == 0 ? _("Chooses this take, or no longer") : NULL;
}

static void
action_init(AtkActionIface *iface)
{
    iface->do_action = wg_take_accessible_do_action;
    iface->get_n_actions = wg_take_accessible_get_n_actions;
    iface->get_name = wg_take_accessible_get_action_name;
    iface->get_description = wg_take_accessible_get_action_words;
}

G_DEFINE_FINAL_TYPE_WITH_CODE(WgTakeAccessible, wg_take_accessible, ATK_TYPE_OBJECT,
                              G_IMPLEMENT_INTERFACE(ATK_TYPE_COMPONENT, component_init)
                                  G_IMPLEMENT_INTERFACE(ATK_TYPE_ACTION, action_init))

static gboolean
is_selected(WgTakeAccessible *self)
{
    return self->grid && wg_take_choice_contains(wg_take_grid_get_choice(self->grid), self->index);
}

static gboolean
is_focused(WgTakeAccessible *self)
{
    return self->grid && gtk_widget_is_focus(GTK_WIDGET(self->grid)) &&
           wg_take_choice_get_focus(wg_take_grid_get_choice(self->grid)) == self->index;
}

static AtkStateSet *
wg_take_accessible_ref_state_set(AtkObject *object)
{
    WgTakeAccessible *self = WG_TAKE_ACCESSIBLE(object);
    AtkStateSet *states = ATK_OBJECT_CLASS(wg_take_accessible_parent_class)->ref_state_set(object);

    if (!self->grid) {
        atk_state_set_add_state(states, ATK_STATE_DEFUNCT);
        return states;
    }
    atk_state_set_add_state(states, ATK_STATE_SELECTABLE);
    atk_state_set_add_state(states, ATK_STATE_FOCUSABLE);
    atk_state_set_add_state(states, ATK_STATE_TRANSIENT);
    atk_state_set_add_state(states, ATK_STATE_VISIBLE);
    if (gtk_widget_is_sensitive(GTK_WIDGET(self->grid))) {
        atk_state_set_add_state(states, ATK_STATE_SENSITIVE);
        atk_state_set_add_state(states, ATK_STATE_ENABLED);
    }
    if (gtk_widget_get_mapped(GTK_WIDGET(self->grid)))
        atk_state_set_add_state(states, ATK_STATE_SHOWING);
    if (is_selected(self))
        atk_state_set_add_state(states, ATK_STATE_SELECTED);
    if (is_focused(self))
        atk_state_set_add_state(states, ATK_STATE_FOCUSED);
    return states;
}

static char *
dup_name(WgTakeGrid *grid, guint index)
{
    WgRecording *take = wg_take_choice_get_take(wg_take_grid_get_choice(grid), index);
    const WgRecordingSpec *spec = wg_recording_get_facts(take);

    return g_strdup_printf(spec->n_clipped ? _("Take %d of %s, %.1f s, clipped")
                                           : _("Take %d of %s, %.1f s"),
                           (int)spec->id, spec->label, spec->n_samples / spec->rate_hz);
}

static const char *
wg_take_accessible_get_name(AtkObject *object)
{
    WgTakeAccessible *self = WG_TAKE_ACCESSIBLE(object);
    g_autofree char *name = self->grid ? dup_name(self->grid, self->index) : NULL;

    if (name && g_strcmp0(object->name, name) != 0) {
        g_free(object->name);
        object->name = g_steal_pointer(&name);
    }
    return object->name;
}

static const char *
wg_take_accessible_get_description(AtkObject *object)
{
    WgTakeAccessible *self = WG_TAKE_ACCESSIBLE(object);
    const char *doubt = self->grid ? wg_take_grid_get_doubt(self->grid, self->index) : NULL;

    g_free(self->text);
    self->text = g_strdup(doubt ? doubt : "");
    return self->text;
}

static int
wg_take_accessible_get_index_in_parent(AtkObject *object)
{
    return WG_TAKE_ACCESSIBLE(object)->position;
}

/* Which of how many it is, as only those in view are there. */
static AtkAttributeSet *
wg_take_accessible_get_attributes(AtkObject *object)
{
    WgTakeAccessible *self = WG_TAKE_ACCESSIBLE(object);
    AtkAttributeSet *set = NULL;

    for (int i = 0; self->grid && i < 2; i++) {
        const guint n = wg_take_choice_get_n(wg_take_grid_get_choice(self->grid));
        AtkAttribute *attribute = g_new0(AtkAttribute, 1);

        attribute->name = g_strdup(i ? "posinset" : "setsize");
        attribute->value = g_strdup_printf("%u", i ? self->index + 1 : n);
        set = g_slist_prepend(set, attribute);
    }
    return set;
}

static void
wg_take_accessible_finalize(GObject *object)
{
    g_free(WG_TAKE_ACCESSIBLE(object)->text);
    G_OBJECT_CLASS(wg_take_accessible_parent_class)->finalize(object);
}

static void
wg_take_accessible_class_init(WgTakeAccessibleClass *klass)
{
    AtkObjectClass *object_class = ATK_OBJECT_CLASS(klass);

    G_OBJECT_CLASS(klass)->finalize = wg_take_accessible_finalize;
    object_class->ref_state_set = wg_take_accessible_ref_state_set;
    object_class->get_name = wg_take_accessible_get_name;
    object_class->get_description = wg_take_accessible_get_description;
    object_class->get_index_in_parent = wg_take_accessible_get_index_in_parent;
    object_class->get_attributes = wg_take_accessible_get_attributes;
}

static void
wg_take_accessible_init(WgTakeAccessible *self)
{
    ATK_OBJECT(self)->role = ATK_ROLE_LIST_ITEM;
}

AtkObject *
wg_take_accessible_new(WgTakeGrid *grid, AtkObject *parent, gint64 id)
{
    WgTakeAccessible *self = g_object_new(WG_TYPE_TAKE_ACCESSIBLE, NULL);

    self->grid = grid;
    self->id = id;
    atk_object_set_parent(ATK_OBJECT(self), parent);
    return ATK_OBJECT(self);
}

gint64
wg_take_accessible_get_id(WgTakeAccessible *self)
{
    return self->id;
}

guint
wg_take_accessible_get_index(WgTakeAccessible *self)
{
    return self->index;
}

void
wg_take_accessible_move(WgTakeAccessible *self, guint index, int position)
{
    self->index = index;
    self->position = position;
    if (is_selected(self) != self->was_selected) {
        self->was_selected = !self->was_selected;
        atk_object_notify_state_change(ATK_OBJECT(self), ATK_STATE_SELECTED, self->was_selected);
    }
    if (is_focused(self) != self->was_focused) {
        self->was_focused = !self->was_focused;
        atk_object_notify_state_change(ATK_OBJECT(self), ATK_STATE_FOCUSED, self->was_focused);
    }
}

void
wg_take_accessible_leave(WgTakeAccessible *self)
{
    self->grid = NULL;
    self->position = -1;
    atk_object_notify_state_change(ATK_OBJECT(self), ATK_STATE_DEFUNCT, TRUE);
}
