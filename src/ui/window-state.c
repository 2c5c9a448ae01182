/* The size of a window, kept from one start to the next. */
#include "ui/window-state.h"

#include "ui/settings.h"

#define WIDTH 1100
#define HEIGHT 700
#define LEAST 300 /* what is kept but smaller is no size that a person chose */

/* As a whole it fits a small screen; its default height is one without the header bar, which is
 * higher where the text is larger. */
static void
set_default_size(GtkWindow *window, GtkWidget *header)
{
    int height;

    gtk_widget_get_preferred_height(header, NULL, &height);
    gtk_window_set_default_size(window, WIDTH, HEIGHT - height);
}

static void
on_unmap(GtkWidget *widget, gpointer user_data)
{
    GSettings *settings = user_data;
    const gboolean is_maximized = gtk_window_is_maximized(GTK_WINDOW(widget));
    int width, height;

    gtk_window_get_size(GTK_WINDOW(widget), &width, &height);
    wg_settings_set(settings, "is-maximized", g_variant_new_boolean(is_maximized));
    if (is_maximized) /* the size it had before is the one to go back to */
        return;
    wg_settings_set(settings, "width", g_variant_new_int32(width));
    wg_settings_set(settings, "height", g_variant_new_int32(height));
}

void
wg_window_state_keep(GtkWindow *window, GtkWidget *header, GSettings *settings)
{
    const int width = wg_settings_get_int(settings, "width", 0);
    const int height = wg_settings_get_int(settings, "height", 0);

    if (width >= LEAST && height >= LEAST)
        gtk_window_set_default_size(window, width, height);
    else
        set_default_size(window, header);
    if (wg_settings_get_boolean(settings, "is-maximized", FALSE))
        gtk_window_maximize(window);
    if (settings)
        g_signal_connect_object(window, "unmap", G_CALLBACK(on_unmap), settings, 0);
}
