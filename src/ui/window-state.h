/* The size of a window, kept from one start to the next. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Gives it the size it had, and keeps the one it has when it goes. `header` is what stands in its
 * title bar; `settings` may be NULL. */
void wg_window_state_keep(GtkWindow *window, GtkWidget *header, GSettings *settings);

G_END_DECLS
