/* Scrolls a page so that one of its parts can be seen. */
#include "ui/scroll-to.h"

static gboolean
scroll(gpointer user_data)
{
    GtkWidget *part = user_data;
    GtkWidget *window = gtk_widget_get_ancestor(part, GTK_TYPE_SCROLLED_WINDOW);
    GtkWidget *page = window ? gtk_bin_get_child(GTK_BIN(window)) : NULL;
    GtkAdjustment *adjustment;
    int y = 0;

    if (page && GTK_IS_VIEWPORT(page))
        page = gtk_bin_get_child(GTK_BIN(page));
    if (page && gtk_widget_get_mapped(part) &&
        gtk_widget_translate_coordinates(part, page, 0, 0, NULL, &y)) {
        adjustment = gtk_scrolled_window_get_vadjustment(GTK_SCROLLED_WINDOW(window));
        gtk_adjustment_clamp_page(adjustment, y, y + gtk_widget_get_allocated_height(part));
    }
    g_object_unref(part);
    return G_SOURCE_REMOVE;
}

void
wg_scroll_to(GtkWidget *part)
{
    /* behind the frame that lays it out */
    g_timeout_add(50, scroll, g_object_ref(part));
}
