/* Measures how long the window's frames take, as its frame clock has them. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Where the environment names a file in WAGGLE_FRAMES, each frame is added to it as wg_meter_end()
 * writes it, from the clock's "before-paint" to its "after-paint". Main thread, before the window
 * is realized; it runs as long as the window. */
void wg_frame_meter_start(GtkWidget *window);

G_END_DECLS
