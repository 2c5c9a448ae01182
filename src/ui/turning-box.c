/* A box whose charts stand side by side where there is room, else below one another. */
#include "ui/turning-box.h"

#define CHARS 36 /* of the theme's font, that a chart with its names is at least wide */

struct _WgTurningBox {
    GtkBox parent_instance;
    int width; /* as last laid out */
    guint turning_id;
};

G_DEFINE_FINAL_TYPE(WgTurningBox, wg_turning_box, GTK_TYPE_BOX)

static int
count_children(WgTurningBox *self)
{
    g_autoptr(GList) children = gtk_container_get_children(GTK_CONTAINER(self));

    return (int)g_list_length(children);
}

static gboolean
turn(gpointer user_data)
{
    WgTurningBox *self = WG_TURNING_BOX(user_data);
    PangoContext *context = gtk_widget_get_pango_context(GTK_WIDGET(self));
    PangoFontMetrics *metrics = pango_context_get_metrics(context, NULL, NULL);
    const int least = PANGO_PIXELS(pango_font_metrics_get_approximate_char_width(metrics) * CHARS);

    self->turning_id = 0;
    pango_font_metrics_unref(metrics);
    gtk_orientable_set_orientation(GTK_ORIENTABLE(self), self->width < least * count_children(self)
                                                             ? GTK_ORIENTATION_VERTICAL
                                                             : GTK_ORIENTATION_HORIZONTAL);
    return G_SOURCE_REMOVE;
}

static void
wg_turning_box_size_allocate(GtkWidget *widget, GtkAllocation *allocation)
{
    WgTurningBox *self = WG_TURNING_BOX(widget);

    GTK_WIDGET_CLASS(wg_turning_box_parent_class)->size_allocate(widget, allocation);
    /* not while it is being laid out */
    if (allocation->width != self->width && !self->turning_id)
        self->turning_id = g_idle_add(turn, self);
    self->width = allocation->width;
}

static void
wg_turning_box_dispose(GObject *object)
{
    g_clear_handle_id(&WG_TURNING_BOX(object)->turning_id, g_source_remove);
    G_OBJECT_CLASS(wg_turning_box_parent_class)->dispose(object);
}

static void
wg_turning_box_class_init(WgTurningBoxClass *klass)
{
    G_OBJECT_CLASS(klass)->dispose = wg_turning_box_dispose;
    GTK_WIDGET_CLASS(klass)->size_allocate = wg_turning_box_size_allocate;
}

static void
wg_turning_box_init(WgTurningBox *self)
{
}
