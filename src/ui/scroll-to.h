/* Scrolls a page so that one of its parts can be seen. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* As soon as it has its place: to where the part is seen whole, or its beginning where it is higher
 * than the page. Does nothing where nothing scrolls. */
void wg_scroll_to(GtkWidget *part);
/* From now on what gets the focus within `window`, whose child is a viewport, is scrolled into
 * sight. */
void wg_scroll_with_focus(GtkScrolledWindow *window);
/* From the upper edge of one to the lower edge of another; where not both fit, the upper. */
void wg_scroll_to_both(GtkWidget *first, GtkWidget *last);

G_END_DECLS
