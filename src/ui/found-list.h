/* What a finder sees, as the rows of a list that is kept up to date. */
#pragma once

#include <gtk/gtk.h>

#include "device/finder.h"

G_BEGIN_DECLS

#define WG_TYPE_FOUND_LIST (wg_found_list_get_type())
G_DECLARE_FINAL_TYPE(WgFoundList, wg_found_list, WG, FOUND_LIST, GObject)

/* What the window knows besides what is found; each pointer may be NULL. */
typedef struct {
    const char *address, *name; /* of the watch that is chosen */
    const char *state;          /* of it, in words ("connected") */
    gboolean is_ready;
    GPtrArray *recent; /* of WgLastWatch, the newest first; not changed while it is set */
} WgFoundKnown;

/* Fills the list with rows (WgFoundRow, whose key is an address, or "SCHEME:" of a trouble) and
 * follows the finder; the rows of what is still there stay, with their focus. Signals: "failed"
 * (GError): what a row's button asked for; "identify" (const char *address). Takes references on
 * both. */
WgFoundList *wg_found_list_new(GtkListBox *list, WgFinder *finder);
/* The watch that is chosen stands first, then the one that was used last; they and the other recent
 * ones are offered even where they are not found. */
void wg_found_list_set_known(WgFoundList *self, const WgFoundKnown *known);
/* The watch at that address is asked to make itself known, and cannot be chosen meanwhile; NULL:
 * none is. */
void wg_found_list_set_asked(WgFoundList *self, const char *address);

G_END_DECLS
