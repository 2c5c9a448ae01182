/* What a finder sees, as the rows of a list that is kept up to date. */
#pragma once

#include <gtk/gtk.h>

#include "device/finder.h"

G_BEGIN_DECLS

#define WG_TYPE_FOUND_LIST (wg_found_list_get_type())
G_DECLARE_FINAL_TYPE(WgFoundList, wg_found_list, WG, FOUND_LIST, GObject)

/* Fills the list with rows (WgFoundRow, whose key is an address, or "SCHEME:" of a trouble) and
 * follows the finder; the rows of what is still there stay, with their focus. Signal "failed"
 * (GError): what a row's button asked for. Takes references on both. */
WgFoundList *wg_found_list_new(GtkListBox *list, WgFinder *finder);
/* What the window knows besides, each may be NULL: the address of the watch that is connected (it
 * stands first), and the one that was used last, which is offered even where it is not found. */
void wg_found_list_set_known(WgFoundList *self, const char *connected, const char *last,
                             const char *last_name);

G_END_DECLS
