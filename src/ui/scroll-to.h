/* Scrolls a page so that one of its parts can be seen. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* As soon as it has its place: to where the part is seen whole, or its beginning where it is higher
 * than the page. Does nothing where nothing scrolls. */
void wg_scroll_to(GtkWidget *part);

G_END_DECLS
