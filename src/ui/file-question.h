/* Asking for a file or folder with the desktop's own dialog. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The answer: the path (of the first of several), NULL where the dialog was left. */
typedef void (*WgFileFunc)(gpointer owner, GtkFileChooser *chooser, const char *path);

/* Asks over the window that `owner` stands in; a question of the same owner that is still open goes
 * away for it. Before a file is replaced the dialog asks. `func` is called once, unless the owner
 * or the question has gone before. The chooser (transfer none) is there up to that. Main thread. */
GtkFileChooser *wg_ask_for_file(GtkWidget *owner, const char *title, GtkFileChooserAction action,
                                const char *accept, WgFileFunc func);

G_END_DECLS
