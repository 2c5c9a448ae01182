/* Takes as a grid of thumbnails that can be chosen by mouse and keyboard. */
#include "ui/take-grid.h"

#include "dataset/window.h"
#include "ui/charts/axes.h"
#include "ui/charts/thumbnail.h"

#include <gdk/gdkkeysyms.h>
#include <glib/gi18n.h>

/* So many are shown at first, and more each time that is asked for. */
#define N_SHOWN_AT_ONCE 240

struct _WgTakeGrid {
    GtkBox parent_instance;
    GtkFlowBox *flow;
    GtkButton *more;
    GPtrArray *takes;
    GHashTable *doubts;
    guint n_at_most;
};

G_DEFINE_FINAL_TYPE(WgTakeGrid, wg_take_grid, GTK_TYPE_BOX)

enum { SELECTION_CHANGED, DELETE, N_SIGNALS };
static guint signals[N_SIGNALS];

static WgThumbnail *
get_thumbnail(GtkFlowBoxChild *child)
{
    return WG_THUMBNAIL(gtk_bin_get_child(GTK_BIN(child)));
}

static gint64
get_id(GtkFlowBoxChild *child)
{
    return wg_recording_get(wg_thumbnail_get_recording(get_thumbnail(child)))->id;
}

static GArray *
dup_selected_ids(WgTakeGrid *self)
{
    GArray *ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(GList) children = gtk_flow_box_get_selected_children(self->flow);

    for (GList *link = children; link; link = link->next) {
        const gint64 id = get_id(link->data);

        g_array_append_val(ids, id);
    }
    return ids;
}

/* `label` NULL: deletes them. */
static gboolean
edit_selected(WgTakeGrid *self, WgDesk *desk, const char *label)
{
    g_autoptr(GArray) ids = dup_selected_ids(self);
    WgEdits *edits = wg_desk_get_edits(desk);
    g_autoptr(GError) error = NULL;

    if (ids->len == 0)
        return FALSE;
    if (label ? wg_edits_relabel(edits, ids, label, &error) : wg_edits_delete(edits, ids, &error))
        return TRUE;
    wg_desk_fail(desk, error);
    return FALSE;
}

static const char *
find_doubt(WgTakeGrid *self, WgRecording *recording)
{
    const WgRecordingSpec *spec = wg_recording_get(recording);
    const char *doubt = self->doubts ? g_hash_table_lookup(self->doubts, &spec->id) : NULL;

    if (!doubt && spec->n_gaps > 0)
        return _("Samples are missing in this take: keep the watch nearer to the computer.");
    if (!doubt && spec->n_clipped > 0)
        return _("This take is clipped: the watch measures up to 2 g here. Do it softer.");
    return doubt;
}

static void
insert(WgTakeGrid *self, WgRecording *recording, int position)
{
    GtkWidget *thumbnail = wg_thumbnail_new(recording, find_doubt(self, recording));
    GtkWidget *child = gtk_flow_box_child_new();
    AtkObject *accessible = gtk_widget_get_accessible(child);
    const WgRecordingSpec *spec = wg_recording_get(recording);
    g_autofree char *name = NULL;

    name = g_strdup_printf(spec->n_clipped ? _("Take %d of %s, %.1f s, clipped")
                                           : _("Take %d of %s, %.1f s"),
                           (int)spec->id, spec->label, spec->n_samples / spec->rate_hz);
    atk_object_set_name(accessible, name);
    gtk_container_add(GTK_CONTAINER(child), thumbnail);
    gtk_widget_show(child);
    gtk_flow_box_insert(self->flow, child, position);
}

static void
remove_missing(WgTakeGrid *self, guint n_shown)
{
    g_autoptr(GHashTable) wanted = g_hash_table_new(g_int64_hash, g_int64_equal);
    g_autoptr(GList) children = gtk_container_get_children(GTK_CONTAINER(self->flow));

    for (guint i = 0; i < n_shown; i++)
        g_hash_table_add(wanted,
                         (gpointer)&wg_recording_get(g_ptr_array_index(self->takes, i))->id);
    for (GList *link = children; link; link = link->next) {
        const gint64 id = get_id(link->data);

        if (!g_hash_table_contains(wanted, &id))
            gtk_widget_destroy(link->data);
    }
}

static void
update_scale(WgTakeGrid *self, guint n_shown)
{
    g_autoptr(GList) children = gtk_container_get_children(GTK_CONTAINER(self->flow));
    int n_samples = 20;
    double range_g = 2;

    for (guint i = 0; i < n_shown; i++) {
        const WgRecordingSpec *spec = wg_recording_get(g_ptr_array_index(self->takes, i));

        n_samples = MAX(n_samples, MIN(spec->n_samples, WG_WINDOW_LENGTH));
        range_g = wg_axes_fit_range(spec->samples, spec->n_samples * spec->n_channels, range_g);
    }
    for (GList *link = children; link; link = link->next)
        wg_thumbnail_set_scale(get_thumbnail(link->data), n_samples, range_g);
}

static void
update(WgTakeGrid *self)
{
    const guint n_shown = self->takes ? MIN(self->takes->len, self->n_at_most) : 0;
    const guint n_hidden = self->takes ? self->takes->len - n_shown : 0;
    g_autofree char *text =
        g_strdup_printf(ngettext("Show %u More", "Show %u More", n_hidden), n_hidden);

    remove_missing(self, n_shown);
    for (guint i = 0; i < n_shown; i++) {
        WgRecording *recording = g_ptr_array_index(self->takes, i);
        GtkFlowBoxChild *child = gtk_flow_box_get_child_at_index(self->flow, (int)i);
        const gint64 id = wg_recording_get(recording)->id;

        while (child && get_id(child) != id &&
               gtk_flow_box_get_child_at_index(self->flow, (int)n_shown)) {
            gtk_widget_destroy(GTK_WIDGET(child)); /* the order is another */
            child = gtk_flow_box_get_child_at_index(self->flow, (int)i);
        }
        if (!child || get_id(child) != id)
            insert(self, recording, (int)i);
    }
    update_scale(self, n_shown);
    gtk_button_set_label(self->more, text);
    gtk_widget_set_visible(GTK_WIDGET(self->more), n_hidden > 0);
}

static void
select_ids(WgTakeGrid *self, GHashTable *ids)
{
    g_autoptr(GList) children = gtk_container_get_children(GTK_CONTAINER(self->flow));

    for (GList *link = children; link; link = link->next) {
        const gint64 id = get_id(link->data);

        if (g_hash_table_contains(ids, &id))
            gtk_flow_box_select_child(self->flow, link->data);
    }
}

static void
on_more(GtkButton *button, gpointer user_data)
{
    WgTakeGrid *self = WG_TAKE_GRID(user_data);

    self->n_at_most += N_SHOWN_AT_ONCE;
    update(self);
}

static void
on_selected(GtkFlowBox *flow, gpointer user_data)
{
    g_signal_emit(user_data, signals[SELECTION_CHANGED], 0);
}

static gboolean
on_key(GtkWidget *widget, GdkEventKey *event, gpointer user_data)
{
    if (event->keyval != GDK_KEY_Delete && event->keyval != GDK_KEY_KP_Delete)
        return GDK_EVENT_PROPAGATE;
    g_signal_emit(user_data, signals[DELETE], 0);
    return GDK_EVENT_STOP;
}

static void
wg_take_grid_dispose(GObject *object)
{
    WgTakeGrid *self = WG_TAKE_GRID(object);

    if (self->flow)
        g_signal_handlers_disconnect_by_data(self->flow, self);
    self->flow = NULL;
    g_clear_pointer(&self->takes, g_ptr_array_unref);
    g_clear_pointer(&self->doubts, g_hash_table_unref);
    G_OBJECT_CLASS(wg_take_grid_parent_class)->dispose(object);
}

static void
wg_take_grid_class_init(WgTakeGridClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);
    const GType type = G_TYPE_FROM_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_take_grid_dispose;
    gtk_widget_class_set_template_from_resource(widget_class, "/org/waggle/Waggle/ui/take-grid.ui");
    gtk_widget_class_bind_template_child(widget_class, WgTakeGrid, flow);
    gtk_widget_class_bind_template_child(widget_class, WgTakeGrid, more);
    gtk_widget_class_bind_template_callback(widget_class, on_more);
    gtk_widget_class_bind_template_callback(widget_class, on_selected);
    gtk_widget_class_bind_template_callback(widget_class, on_key);
    gtk_widget_class_set_css_name(widget_class, "takes");
    signals[SELECTION_CHANGED] = g_signal_new("selection-changed", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                              NULL, NULL, G_TYPE_NONE, 0);
    signals[DELETE] =
        g_signal_new("delete", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wg_take_grid_init(WgTakeGrid *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    self->n_at_most = N_SHOWN_AT_ONCE;
}

void
wg_take_grid_set_takes(WgTakeGrid *self, GPtrArray *takes)
{
    g_autoptr(GArray) selected = dup_selected_ids(self);
    g_autoptr(GHashTable) ids = g_hash_table_new(g_int64_hash, g_int64_equal);
    gboolean goes_on = FALSE;

    for (guint i = 0; i < selected->len; i++)
        g_hash_table_add(ids, &g_array_index(selected, gint64, i));
    for (guint i = 0; i < takes->len && !goes_on; i++)
        goes_on = g_hash_table_contains(ids, &wg_recording_get(g_ptr_array_index(takes, i))->id);
    g_ptr_array_ref(takes);
    g_clear_pointer(&self->takes, g_ptr_array_unref);
    self->takes = takes;
    if (!goes_on)
        self->n_at_most = N_SHOWN_AT_ONCE;
    /* it may have to make some of them anew, in another order */
    g_signal_handlers_block_by_func(self->flow, on_selected, self);
    update(self);
    select_ids(self, ids);
    g_signal_handlers_unblock_by_func(self->flow, on_selected, self);
}

void
wg_take_grid_set_doubts(WgTakeGrid *self, GHashTable *doubts)
{
    g_autoptr(GList) children = gtk_container_get_children(GTK_CONTAINER(self->flow));

    if (doubts)
        g_hash_table_ref(doubts);
    g_clear_pointer(&self->doubts, g_hash_table_unref);
    self->doubts = doubts;
    for (GList *link = children; link; link = link->next) {
        WgThumbnail *thumbnail = get_thumbnail(link->data);

        wg_thumbnail_set_doubt(thumbnail, find_doubt(self, wg_thumbnail_get_recording(thumbnail)));
    }
}

GPtrArray *
wg_take_grid_dup_selected(WgTakeGrid *self)
{
    GPtrArray *selected = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    g_autoptr(GList) children = gtk_flow_box_get_selected_children(self->flow);

    for (GList *link = children; link; link = link->next)
        g_ptr_array_add(selected,
                        wg_recording_ref(wg_thumbnail_get_recording(get_thumbnail(link->data))));
    return selected;
}

guint
wg_take_grid_get_n_selected(WgTakeGrid *self)
{
    g_autoptr(GList) children = gtk_flow_box_get_selected_children(self->flow);

    return g_list_length(children);
}

void
wg_take_grid_select_all(WgTakeGrid *self)
{
    if (self->takes)
        self->n_at_most = MAX(self->n_at_most, self->takes->len);
    update(self);
    gtk_flow_box_select_all(self->flow);
}

void
wg_take_grid_unselect_all(WgTakeGrid *self)
{
    gtk_flow_box_unselect_all(self->flow);
}

gboolean
wg_take_grid_delete_selected(WgTakeGrid *self, WgDesk *desk)
{
    return edit_selected(self, desk, NULL);
}

/* Of the chosen takes, or of all where none is chosen. */
static GArray *
dup_held_back_ids(WgTakeGrid *self)
{
    g_autoptr(GArray) selected = dup_selected_ids(self);
    g_autoptr(GHashTable) is_selected = g_hash_table_new(g_int64_hash, g_int64_equal);
    GArray *ids = g_array_new(FALSE, FALSE, sizeof(gint64));

    for (guint i = 0; i < selected->len; i++)
        g_hash_table_add(is_selected, &g_array_index(selected, gint64, i));
    for (guint i = 0; self->takes && i < self->takes->len; i++) {
        const WgRecordingSpec *spec = wg_recording_get(g_ptr_array_index(self->takes, i));

        if (spec->disabled && spec->held_back &&
            (selected->len == 0 || g_hash_table_contains(is_selected, &spec->id)))
            g_array_append_val(ids, spec->id);
    }
    return ids;
}

guint
wg_take_grid_get_n_held_back(WgTakeGrid *self)
{
    g_autoptr(GArray) ids = dup_held_back_ids(self);

    return ids->len;
}

gboolean
wg_take_grid_keep_selected(WgTakeGrid *self, WgDesk *desk)
{
    g_autoptr(GArray) ids = dup_held_back_ids(self);
    g_autoptr(GError) error = NULL;

    if (ids->len == 0)
        return FALSE;
    if (wg_edits_keep(wg_desk_get_edits(desk), ids, &error))
        return TRUE;
    wg_desk_fail(desk, error);
    return FALSE;
}

gboolean
wg_take_grid_relabel_selected(WgTakeGrid *self, WgDesk *desk, const char *label)
{
    return edit_selected(self, desk, label);
}
