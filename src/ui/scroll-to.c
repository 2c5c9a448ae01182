/* Scrolls a page so that one of its parts, or what lies between two, can be seen. */
#include "ui/scroll-to.h"

#define MARGIN 6 /* below */

typedef struct {
    GtkWidget *first, *last;
} Parts;

static void
parts_free(gpointer data)
{
    Parts *parts = data;

    g_object_unref(parts->first);
    g_object_unref(parts->last);
    g_free(parts);
}

static gboolean
scroll(gpointer user_data)
{
    const Parts *parts = user_data;
    GtkWidget *window = gtk_widget_get_ancestor(parts->first, GTK_TYPE_SCROLLED_WINDOW);
    int top = 0, bottom = 0;

    if (window && gtk_widget_get_mapped(parts->first) &&
        gtk_widget_translate_coordinates(parts->first, window, 0, 0, NULL, &top) &&
        gtk_widget_translate_coordinates(parts->last, window, 0, 0, NULL, &bottom)) {
        GtkAdjustment *adjustment =
            gtk_scrolled_window_get_vadjustment(GTK_SCROLLED_WINDOW(window));
        const double value = gtk_adjustment_get_value(adjustment);

        gtk_adjustment_clamp_page(adjustment, value + top,
                                  value + bottom + gtk_widget_get_allocated_height(parts->last) +
                                      MARGIN);
    }
    return G_SOURCE_REMOVE;
}

void
wg_scroll_to_both(GtkWidget *first, GtkWidget *last)
{
    Parts *parts = g_new0(Parts, 1);

    *parts = (Parts){g_object_ref(first), g_object_ref(last)};
    /* behind the frame that lays it out */
    g_timeout_add_full(G_PRIORITY_DEFAULT, 50, scroll, parts, parts_free);
}

void
wg_scroll_to(GtkWidget *part)
{
    wg_scroll_to_both(part, part);
}

void
wg_scroll_with_focus(GtkScrolledWindow *window)
{
    GtkContainer *viewport = GTK_CONTAINER(gtk_bin_get_child(GTK_BIN(window)));

    gtk_container_set_focus_hadjustment(viewport, gtk_scrolled_window_get_hadjustment(window));
    gtk_container_set_focus_vadjustment(viewport, gtk_scrolled_window_get_vadjustment(window));
}
