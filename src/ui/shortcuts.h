/* The keys of the program: one table, from which they are set and the window that lists them is
 * tested. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct {
    const char *action; /* with its target, as "win.page('record')" */
    const char *accels[3];
} WgShortcut;

/* Ends with a row whose action is NULL. */
const WgShortcut *wg_shortcuts_get(void);
void wg_shortcuts_set(GtkApplication *application);

G_END_DECLS
