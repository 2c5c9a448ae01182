/* A grid of takes as a screen reader meets it: a list box whose items are those in view. */
#include "ui/take-accessible.h"
#include "ui/take-grid-private.h"

#include <glib/gi18n.h>

typedef struct {
    GtkWidgetAccessible parent_instance;
    GHashTable *items;  /* gint64 * -> WgTakeAccessible, of those in view */
    GPtrArray *in_view; /* the same in their order */
    AtkObject *focused; /* told last; not owned, only compared */
    guint n_selected;
} WgTakeGridAccessible;

typedef GtkWidgetAccessibleClass WgTakeGridAccessibleClass;

#define SELF(object) ((WgTakeGridAccessible *)(object))

/* Children are positions among those in view. */
static AtkObject *
get_item(AtkSelection *selection, int position)
{
    WgTakeGridAccessible *self = SELF(selection);

    if (position < 0 || position >= (int)self->in_view->len)
        return NULL;
    return g_ptr_array_index(self->in_view, (guint)position);
}

static WgTakeGrid *
get_grid(gpointer accessible)
{
    GtkWidget *widget = gtk_accessible_get_widget(GTK_ACCESSIBLE(accessible));

    return widget ? WG_TAKE_GRID(widget) : NULL;
}

static gboolean
is_chosen(AtkObject *item)
{
    WgTakeGrid *grid = get_grid(atk_object_get_parent(item));

    return grid && wg_take_choice_contains(wg_take_grid_get_choice(grid),
                                           wg_take_accessible_get_index(WG_TAKE_ACCESSIBLE(item)));
}

static gboolean
set_chosen(AtkSelection *selection, int position, gboolean chosen)
{
    WgTakeGrid *grid = get_grid(selection);
    AtkObject *item = get_item(selection, position);

    if (!grid || !item)
        return FALSE;
    if (is_chosen(item) != chosen) {
        wg_take_choice_toggle(wg_take_grid_get_choice(grid),
                              wg_take_accessible_get_index(WG_TAKE_ACCESSIBLE(item)));
        wg_take_grid_chosen(grid);
    }
    return TRUE;
}

static gboolean
add_selection(AtkSelection *selection, int position)
{
    return set_chosen(selection, position, TRUE);
}

static AtkObject *
find_chosen(AtkSelection *selection, int which, int *n, int *position)
{
    *n = 0;
    for (guint i = 0; i < SELF(selection)->in_view->len; i++) {
        AtkObject *item = g_ptr_array_index(SELF(selection)->in_view, i);

        if (!is_chosen(item))
            continue;
        *position = (int)i;
        if ((*n)++ == which)
            return item;
    }
    return NULL;
}

static gboolean
remove_selection(AtkSelection *selection, int which)
{
    int n, position = -1;

    return find_chosen(selection, which, &n, &position) && set_chosen(selection, position, FALSE);
}

static AtkObject *
ref_selection(AtkSelection *selection, int which)
{
    int n, position;
    AtkObject *item = find_chosen(selection, which, &n, &position);

    return item ? g_object_ref(item) : NULL;
}

static int
get_selection_count(AtkSelection *selection)
{
    int n, position;

    find_chosen(selection, -1, &n, &position);
    return n;
}

static gboolean
is_child_selected(AtkSelection *selection, int position)
{
    AtkObject *item = get_item(selection, position);

    return item && is_chosen(item);
}

static gboolean
clear_selection(AtkSelection *selection)
{
    WgTakeGrid *grid = get_grid(selection);

    if (grid)
        wg_take_grid_unselect_all(grid);
    return grid != NULL;
}

static gboolean
select_all_selection(AtkSelection *selection)
{
    WgTakeGrid *grid = get_grid(selection);

    if (grid)
        wg_take_grid_select_all(grid);
    return grid != NULL;
}

static void
selection_init(AtkSelectionIface *iface)
{
    iface->add_selection = add_selection;
    iface->remove_selection = remove_selection;
    iface->ref_selection = ref_selection;
    iface->get_selection_count = get_selection_count;
    iface->is_child_selected = is_child_selected;
    iface->clear_selection = clear_selection;
    iface->select_all_selection = select_all_selection;
}

static AtkObject *
ref_at_point(AtkComponent *component, int x, int y, AtkCoordType type)
{
    for (guint i = 0; i < SELF(component)->in_view->len; i++) {
        AtkObject *item = g_ptr_array_index(SELF(component)->in_view, i);

        if (atk_component_contains(ATK_COMPONENT(item), x, y, type))
            return g_object_ref(item);
    }
    return NULL;
}

static void
component_init(AtkComponentIface *iface)
{
    iface->ref_accessible_at_point = ref_at_point;
}

G_DEFINE_TYPE_WITH_CODE(WgTakeGridAccessible, wg_take_grid_accessible, GTK_TYPE_WIDGET_ACCESSIBLE,
                        G_IMPLEMENT_INTERFACE(ATK_TYPE_SELECTION, selection_init)
                            G_IMPLEMENT_INTERFACE(ATK_TYPE_COMPONENT, component_init))

static int
wg_take_grid_accessible_get_n_children(AtkObject *object)
{
    return (int)SELF(object)->in_view->len;
}

static AtkObject *
wg_take_grid_accessible_ref_child(AtkObject *object, int position)
{
    AtkObject *item = get_item(ATK_SELECTION(object), position);

    return item ? g_object_ref(item) : NULL;
}

static AtkStateSet *
wg_take_grid_accessible_ref_state_set(AtkObject *object)
{
    AtkStateSet *states =
        ATK_OBJECT_CLASS(wg_take_grid_accessible_parent_class)->ref_state_set(object);

    atk_state_set_add_state(states, ATK_STATE_MANAGES_DESCENDANTS);
    atk_state_set_add_state(states, ATK_STATE_MULTISELECTABLE);
    return states;
}

static void
leave(gpointer item)
{
    wg_take_accessible_leave(item);
    g_object_unref(item);
}

static void
wg_take_grid_accessible_initialize(AtkObject *object, gpointer data)
{
    ATK_OBJECT_CLASS(wg_take_grid_accessible_parent_class)->initialize(object, data);
    object->role = ATK_ROLE_LIST_BOX;
    if (!object->name)
        atk_object_set_name(object, _("Takes"));
}

static void
wg_take_grid_accessible_finalize(GObject *object)
{
    g_ptr_array_unref(SELF(object)->in_view);
    g_hash_table_unref(SELF(object)->items);
    G_OBJECT_CLASS(wg_take_grid_accessible_parent_class)->finalize(object);
}

static void
wg_take_grid_accessible_class_init(WgTakeGridAccessibleClass *klass)
{
    AtkObjectClass *object_class = ATK_OBJECT_CLASS(klass);

    G_OBJECT_CLASS(klass)->finalize = wg_take_grid_accessible_finalize;
    object_class->initialize = wg_take_grid_accessible_initialize;
    object_class->get_n_children = wg_take_grid_accessible_get_n_children;
    object_class->ref_child = wg_take_grid_accessible_ref_child;
    object_class->ref_state_set = wg_take_grid_accessible_ref_state_set;
}

static void
wg_take_grid_accessible_init(WgTakeGridAccessible *self)
{
    self->items = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, leave);
    self->in_view = g_ptr_array_new();
}

/* Those that stay in view stay the same objects. */
static void
gather(WgTakeGridAccessible *self, WgTakeGrid *grid)
{
    GHashTable *before = g_steal_pointer(&self->items);
    WgTakeChoice *choice = wg_take_grid_get_choice(grid);
    WgTakeLayout layout;
    guint n, first;

    wg_take_grid_get_layout(grid, &layout);
    first = wg_take_layout_get_shown(&layout, &n);
    self->items = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, leave);
    g_ptr_array_set_size(self->in_view, 0);
    for (guint i = first; i < first + n; i++) {
        const gint64 id = wg_recording_get_facts(wg_take_choice_get_take(choice, i))->id;
        gpointer key = NULL, item = NULL;

        if (!g_hash_table_steal_extended(before, &id, &key, &item)) {
            key = g_memdup2(&id, sizeof id);
            item = wg_take_accessible_new(grid, ATK_OBJECT(self), id);
        }
        g_hash_table_insert(self->items, key, item);
        g_ptr_array_add(self->in_view, item);
    }
    g_hash_table_unref(before);
    for (guint i = 0; i < n; i++)
        wg_take_accessible_move(g_ptr_array_index(self->in_view, i), first + i, (int)i);
}

void
wg_take_grid_accessible_update(AtkObject *accessible)
{
    WgTakeGridAccessible *self = SELF(accessible);
    WgTakeGrid *grid = get_grid(accessible);
    WgTakeChoice *choice = grid ? wg_take_grid_get_choice(grid) : NULL;
    AtkObject *focused = NULL;

    if (!grid)
        return;
    gather(self, grid);
    for (guint i = 0; i < self->in_view->len; i++) {
        AtkObject *item = g_ptr_array_index(self->in_view, i);

        if (wg_take_accessible_get_index(WG_TAKE_ACCESSIBLE(item)) ==
            wg_take_choice_get_focus(choice))
            focused = item;
    }
    /* a grid that has lost its last take has nothing to tell of */
    if (focused && gtk_widget_is_focus(GTK_WIDGET(grid)) && focused != self->focused)
        g_signal_emit_by_name(accessible, "active-descendant-changed", focused);
    self->focused = focused;
    if (self->n_selected != wg_take_choice_get_n_chosen(choice)) {
        self->n_selected = wg_take_choice_get_n_chosen(choice);
        g_signal_emit_by_name(accessible, "selection-changed");
    }
}
