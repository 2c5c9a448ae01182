/* Takes as a grid of pictures that can be chosen by mouse and keyboard; only those in view are
 * drawn. */
#include "ui/take-grid-private.h"

#include "dataset/window.h"
#include "ui/charts/axes.h"
#include "ui/charts/thumbnail.h"
#include "ui/take-arrival.h"

#include <glib/gi18n.h>
#include <math.h>

/* So long pictures that are not there yet are drawn in one frame; the others come in the next. */
#define DRAW_US 8000

struct _WgTakeGrid {
    GtkDrawingArea parent_instance;
    GtkAdjustment *adjustments[2]; /* horizontal, vertical */
    gulong scrolled_id;
    guint policies[2];
    WgTakeChoice *choice;
    WgTakeArrival *arrival;
    GHashTable *doubts;
    GPtrArray *input;
    WgTiles *tiles;
    WgTileForm form;
    guint redraw_id;
};

enum { PROP_HADJUSTMENT = 1, PROP_VADJUSTMENT, PROP_HSCROLL_POLICY, PROP_VSCROLL_POLICY };
enum { SELECTION_CHANGED, DELETE, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE(WgTakeGrid, wg_take_grid, GTK_TYPE_DRAWING_AREA,
                              G_IMPLEMENT_INTERFACE(GTK_TYPE_SCROLLABLE, NULL))

static AtkObject *
get_accessible(WgTakeGrid *self)
{
    return gtk_widget_get_accessible(GTK_WIDGET(self));
}

void
wg_take_grid_get_layout(WgTakeGrid *self, WgTakeLayout *layout)
{
    GtkWidget *widget = GTK_WIDGET(self);

    *layout = (WgTakeLayout){
        .n = wg_take_choice_get_n(self->choice),
        .width = gtk_widget_get_allocated_width(widget),
        .height = gtk_widget_get_allocated_height(widget),
        .scroll = self->adjustments[1] ? floor(gtk_adjustment_get_value(self->adjustments[1])) : 0,
        .is_rtl = gtk_widget_get_direction(widget) == GTK_TEXT_DIR_RTL,
    };
}

WgTakeChoice *
wg_take_grid_get_choice(WgTakeGrid *self)
{
    return self->choice;
}

const char *
wg_take_grid_get_doubt(WgTakeGrid *self, guint index)
{
    const WgRecordingSpec *spec =
        wg_recording_get_facts(wg_take_choice_get_take(self->choice, index));
    const char *doubt = self->doubts ? g_hash_table_lookup(self->doubts, &spec->id) : NULL;

    if (!doubt && spec->n_gaps > 0)
        return _("Samples are missing in this take: keep the watch nearer to the computer.");
    if (!doubt && spec->n_clipped > 0)
        return _("This take is clipped: the watch measures up to 2 g here. Do it softer.");
    return doubt;
}

static double
get_opacity(WgTakeGrid *self, guint index)
{
    WgRecording *take = wg_take_choice_get_take(self->choice, index);

    return wg_take_arrival_get_opacity(self->arrival, wg_recording_get_facts(take)->id);
}

static gboolean
redraw(gpointer user_data)
{
    WgTakeGrid *self = user_data;

    self->redraw_id = 0;
    gtk_widget_queue_draw(GTK_WIDGET(self));
    return G_SOURCE_REMOVE;
}

static gboolean
wg_take_grid_draw(GtkWidget *widget, cairo_t *cr)
{
    WgTakeGrid *self = WG_TAKE_GRID(widget);
    const gint64 start_us = g_get_monotonic_time();
    gboolean is_complete = TRUE;
    WgTakeLayout layout;
    WgTheme theme;
    guint n, first;

    wg_take_grid_get_layout(self, &layout);
    first = wg_take_layout_get_shown(&layout, &n);
    wg_theme_read(&theme, widget);
    self->form.width = MAX(wg_take_layout_get_tile_width(&layout) - 2 * WG_TILE_PADDING, 1);
    self->form.height = WG_THUMBNAIL_HEIGHT;
    wg_tiles_set_form(self->tiles, gtk_widget_get_window(widget), &theme, &self->form);
    for (guint i = first; i < first + n; i++) {
        const gboolean may_draw = g_get_monotonic_time() - start_us < DRAW_US;
        cairo_surface_t *picture =
            wg_tiles_get(self->tiles, wg_take_choice_get_take(self->choice, i), may_draw);
        GdkRectangle place;

        is_complete = is_complete && picture;
        wg_take_layout_get_place(&layout, i, &place);
        wg_take_grid_draw_tile(self, cr, &theme, i, &place, picture, get_opacity(self, i));
    }
    if (!is_complete && self->redraw_id == 0)
        self->redraw_id = g_idle_add(redraw, self);
    return FALSE;
}

static void
on_scrolled(GtkAdjustment *adjustment, gpointer user_data)
{
    WgTakeGrid *self = WG_TAKE_GRID(user_data);

    gtk_widget_queue_draw(GTK_WIDGET(self));
    wg_take_grid_accessible_update(get_accessible(self));
}

static void
update_adjustment(WgTakeGrid *self)
{
    WgTakeLayout layout;
    double height, width, total;

    wg_take_grid_get_layout(self, &layout);
    height = layout.height;
    width = layout.width;
    total = MAX(wg_take_layout_get_total_height(&layout), height);
    if (self->adjustments[0])
        gtk_adjustment_configure(self->adjustments[0], 0, 0, width, 1, width, width);
    if (self->adjustments[1])
        gtk_adjustment_configure(
            self->adjustments[1],
            CLAMP(gtk_adjustment_get_value(self->adjustments[1]), 0, total - height), 0, total,
            WG_TILE_ROW, MAX(height - WG_TILE_ROW, WG_TILE_ROW), height);
}

static void
wg_take_grid_size_allocate(GtkWidget *widget, GtkAllocation *allocation)
{
    WgTakeGrid *self = WG_TAKE_GRID(widget);

    GTK_WIDGET_CLASS(wg_take_grid_parent_class)->size_allocate(widget, allocation);
    update_adjustment(self);
    wg_take_grid_accessible_update(get_accessible(self));
}

/* Outside of a scrolled window all rows are there. */
static void
wg_take_grid_get_preferred_height_for_width(GtkWidget *widget, int width, int *minimum,
                                            int *natural)
{
    WgTakeGrid *self = WG_TAKE_GRID(widget);
    const WgTakeLayout layout = {.n = wg_take_choice_get_n(self->choice), .width = width};
    const double total = wg_take_layout_get_total_height(&layout);

    *minimum = *natural =
        self->adjustments[1] ? WG_TILE_HEIGHT : (int)CLAMP(total, WG_TILE_HEIGHT, G_MAXINT16);
}

static void
wg_take_grid_get_preferred_height(GtkWidget *widget, int *minimum, int *natural)
{
    const int width = gtk_widget_get_allocated_width(widget);

    wg_take_grid_get_preferred_height_for_width(widget, MAX(width, WG_TILE_WIDTH), minimum,
                                                natural);
}

static GtkSizeRequestMode
wg_take_grid_get_request_mode(GtkWidget *widget)
{
    return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
wg_take_grid_get_preferred_width(GtkWidget *widget, int *minimum, int *natural)
{
    *minimum = *natural = WG_TILE_WIDTH;
}

static gboolean
wg_take_grid_query_tooltip(GtkWidget *widget, int x, int y, gboolean is_keyboard,
                           GtkTooltip *tooltip)
{
    WgTakeGrid *self = WG_TAKE_GRID(widget);
    guint index = wg_take_choice_get_focus(self->choice);
    GdkRectangle place;
    WgTakeLayout layout;
    const char *doubt;

    wg_take_grid_get_layout(self, &layout);
    if (is_keyboard ? index >= layout.n : !wg_take_layout_find(&layout, x, y, &index))
        return FALSE;
    doubt = wg_take_grid_get_doubt(self, index);
    if (!doubt)
        return FALSE;
    wg_take_layout_get_place(&layout, index, &place);
    gtk_tooltip_set_text(tooltip, doubt);
    gtk_tooltip_set_tip_area(tooltip, &place);
    return TRUE;
}

static void
on_focus(GObject *object, GParamSpec *pspec, gpointer unused)
{
    gtk_widget_queue_draw(GTK_WIDGET(object));
    wg_take_grid_accessible_update(gtk_widget_get_accessible(GTK_WIDGET(object)));
}

static void
set_adjustment(WgTakeGrid *self, int which, GtkAdjustment *adjustment)
{
    if (which == 1 && self->adjustments[1])
        g_clear_signal_handler(&self->scrolled_id, self->adjustments[1]);
    g_set_object(&self->adjustments[which], adjustment);
    if (which == 1 && adjustment)
        self->scrolled_id =
            g_signal_connect(adjustment, "value-changed", G_CALLBACK(on_scrolled), self);
    update_adjustment(self);
}

static void
wg_take_grid_set_property(GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    WgTakeGrid *self = WG_TAKE_GRID(object);

    if (id == PROP_HADJUSTMENT || id == PROP_VADJUSTMENT)
        set_adjustment(self, id == PROP_VADJUSTMENT, g_value_get_object(value));
    else if (id == PROP_HSCROLL_POLICY || id == PROP_VSCROLL_POLICY)
        self->policies[id == PROP_VSCROLL_POLICY] = (guint)g_value_get_enum(value);
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
}

static void
wg_take_grid_get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    WgTakeGrid *self = WG_TAKE_GRID(object);

    if (id == PROP_HADJUSTMENT || id == PROP_VADJUSTMENT)
        g_value_set_object(value, self->adjustments[id == PROP_VADJUSTMENT]);
    else if (id == PROP_HSCROLL_POLICY || id == PROP_VSCROLL_POLICY)
        g_value_set_enum(value, (int)self->policies[id == PROP_VSCROLL_POLICY]);
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
}

static void
wg_take_grid_dispose(GObject *object)
{
    WgTakeGrid *self = WG_TAKE_GRID(object);

    if (self->adjustments[1])
        g_clear_signal_handler(&self->scrolled_id, self->adjustments[1]);
    g_clear_object(&self->adjustments[0]);
    g_clear_object(&self->adjustments[1]);
    g_clear_handle_id(&self->redraw_id, g_source_remove);
    g_clear_pointer(&self->input, g_ptr_array_unref);
    g_clear_pointer(&self->arrival, wg_take_arrival_free);
    g_clear_pointer(&self->doubts, g_hash_table_unref);
    G_OBJECT_CLASS(wg_take_grid_parent_class)->dispose(object);
}

static void
wg_take_grid_finalize(GObject *object)
{
    WgTakeGrid *self = WG_TAKE_GRID(object);

    wg_take_choice_free(self->choice);
    wg_tiles_free(self->tiles);
    G_OBJECT_CLASS(wg_take_grid_parent_class)->finalize(object);
}

static void
wg_take_grid_class_init(WgTakeGridClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);
    GObjectClass *object_class = G_OBJECT_CLASS(klass);
    const GType type = G_TYPE_FROM_CLASS(klass);

    object_class->dispose = wg_take_grid_dispose;
    object_class->finalize = wg_take_grid_finalize;
    object_class->set_property = wg_take_grid_set_property;
    object_class->get_property = wg_take_grid_get_property;
    widget_class->draw = wg_take_grid_draw;
    widget_class->size_allocate = wg_take_grid_size_allocate;
    widget_class->get_preferred_height = wg_take_grid_get_preferred_height;
    widget_class->get_preferred_height_for_width = wg_take_grid_get_preferred_height_for_width;
    widget_class->get_request_mode = wg_take_grid_get_request_mode;
    widget_class->get_preferred_width = wg_take_grid_get_preferred_width;
    widget_class->query_tooltip = wg_take_grid_query_tooltip;
    g_object_class_override_property(object_class, PROP_HADJUSTMENT, "hadjustment");
    g_object_class_override_property(object_class, PROP_VADJUSTMENT, "vadjustment");
    g_object_class_override_property(object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
    g_object_class_override_property(object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
    gtk_widget_class_set_accessible_type(widget_class, wg_take_grid_accessible_get_type());
    gtk_widget_class_set_css_name(widget_class, "takes");
    signals[SELECTION_CHANGED] = g_signal_new("selection-changed", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                              NULL, NULL, G_TYPE_NONE, 0);
    signals[DELETE] =
        g_signal_new("delete", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wg_take_grid_init(WgTakeGrid *self)
{
    self->choice = wg_take_choice_new();
    self->arrival = wg_take_arrival_new(GTK_WIDGET(self));
    self->tiles = wg_tiles_new();
    self->form.n_shown = WG_WINDOW_LENGTH;
    self->form.range_g = 2;
    gtk_widget_set_can_focus(GTK_WIDGET(self), TRUE);
    gtk_widget_set_has_tooltip(GTK_WIDGET(self), TRUE);
    g_signal_connect(self, "notify::is-focus", G_CALLBACK(on_focus), NULL);
    g_signal_connect(self, "notify::has-focus", G_CALLBACK(on_focus), NULL);
    self->input = wg_take_grid_new_input(self);
}

void
wg_take_grid_focus_moved(WgTakeGrid *self)
{
    WgTakeLayout layout;

    wg_take_grid_get_layout(self, &layout);
    if (self->adjustments[1] && layout.n > 0)
        gtk_adjustment_set_value(
            self->adjustments[1],
            wg_take_layout_reveal(&layout, wg_take_choice_get_focus(self->choice)));
    gtk_widget_queue_draw(GTK_WIDGET(self));
    wg_take_grid_accessible_update(get_accessible(self));
}

void
wg_take_grid_chosen(WgTakeGrid *self)
{
    wg_take_grid_focus_moved(self);
    g_signal_emit(self, signals[SELECTION_CHANGED], 0);
}

void
wg_take_grid_set_takes(WgTakeGrid *self, GPtrArray *takes)
{
    const gboolean is_choice_changed = wg_take_choice_set_takes(self->choice, takes);

    wg_take_arrival_update(self->arrival, self->choice);
    /* nobody is anywhere yet */
    if (wg_take_choice_get_n_chosen(self->choice) == 0 && !gtk_widget_is_focus(GTK_WIDGET(self)))
        wg_take_choice_set_focus(self->choice, 0);
    wg_take_grid_fit_form(self->choice, &self->form);
    update_adjustment(self);
    if (self->adjustments[1])
        gtk_widget_queue_draw(GTK_WIDGET(self));
    else
        gtk_widget_queue_resize(GTK_WIDGET(self));
    wg_take_grid_accessible_update(get_accessible(self));
    if (is_choice_changed)
        g_signal_emit(self, signals[SELECTION_CHANGED], 0);
}

void
wg_take_grid_set_doubts(WgTakeGrid *self, GHashTable *doubts)
{
    if (doubts)
        g_hash_table_ref(doubts);
    g_clear_pointer(&self->doubts, g_hash_table_unref);
    self->doubts = doubts;
    gtk_widget_queue_draw(GTK_WIDGET(self));
    wg_take_grid_accessible_update(get_accessible(self));
}
