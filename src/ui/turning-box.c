/* A box whose parts stand side by side where there is room, else below one another. */
#include "ui/turning-box.h"

#include "ui/charts/chart.h"

#define CHARS 36 /* of the theme's font, that a part with its names is at least wide */

struct _WgTurningBox {
    GtkBox parent_instance;
    guint turning_id;
};

G_DEFINE_FINAL_TYPE(WgTurningBox, wg_turning_box, GTK_TYPE_BOX)

/* What the parts need to be read, in pixels; a chart may ask for more than others. */
static int
measure_parts(WgTurningBox *self)
{
    PangoContext *context = gtk_widget_get_pango_context(GTK_WIDGET(self));
    PangoFontMetrics *metrics = pango_context_get_metrics(context, NULL, NULL);
    const int least = PANGO_PIXELS(pango_font_metrics_get_approximate_char_width(metrics) * CHARS);
    g_autoptr(GList) children = gtk_container_get_children(GTK_CONTAINER(self));
    int sum = 0;

    for (GList *l = children; l; l = l->next) {
        GtkWidget *part = GTK_WIDGET(l->data);
        int minimum, natural;

        gtk_widget_get_preferred_width(part, &minimum, &natural);
        sum += MAX(least, WG_IS_CHART(part) ? natural : minimum);
    }
    pango_font_metrics_unref(metrics);
    return sum;
}

static GtkOrientation
choose_orientation(WgTurningBox *self)
{
    return gtk_widget_get_allocated_width(GTK_WIDGET(self)) < measure_parts(self)
               ? GTK_ORIENTATION_VERTICAL
               : GTK_ORIENTATION_HORIZONTAL;
}

static gboolean
turn(gpointer user_data)
{
    WgTurningBox *self = WG_TURNING_BOX(user_data);

    self->turning_id = 0;
    gtk_orientable_set_orientation(GTK_ORIENTABLE(self), choose_orientation(self));
    return G_SOURCE_REMOVE;
}

static void
wg_turning_box_size_allocate(GtkWidget *widget, GtkAllocation *allocation)
{
    WgTurningBox *self = WG_TURNING_BOX(widget);

    GTK_WIDGET_CLASS(wg_turning_box_parent_class)->size_allocate(widget, allocation);
    if (!self->turning_id &&
        choose_orientation(self) != gtk_orientable_get_orientation(GTK_ORIENTABLE(self)))
        self->turning_id = g_idle_add(turn, self); /* not while it is being laid out */
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
