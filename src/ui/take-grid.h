/* Takes as a grid of pictures that can be chosen by mouse and keyboard, in a scrolled window: only
 * those in view are drawn, and only they are children of its accessible. */
#pragma once

#include <gtk/gtk.h>

#include "ui/desk.h"

G_BEGIN_DECLS

#define WG_TYPE_TAKE_GRID (wg_take_grid_get_type())
G_DECLARE_FINAL_TYPE(WgTakeGrid, wg_take_grid, WG, TAKE_GRID, GtkDrawingArea)

/* Signals: "selection-changed", "delete" (the Delete key).
 * `takes`: GPtrArray of WgRecording; those already shown stay, with their selection. */
void wg_take_grid_set_takes(WgTakeGrid *self, GPtrArray *takes);
/* id (gint64 *) -> sentence; NULL: none. A clipped take is always marked. */
void wg_take_grid_set_doubts(WgTakeGrid *self, GHashTable *doubts);
GPtrArray *wg_take_grid_dup_selected(WgTakeGrid *self); /* of WgRecording */
guint wg_take_grid_get_n_selected(WgTakeGrid *self);
void wg_take_grid_select_all(WgTakeGrid *self);
void wg_take_grid_unselect_all(WgTakeGrid *self);
void wg_take_grid_select_first(WgTakeGrid *self);
/* The chosen takes, if any, as one edit of the desk, which says why it fails. TRUE: it was made. */
gboolean wg_take_grid_delete_selected(WgTakeGrid *self, WgDesk *desk);
/* Those of the chosen takes (of all where none is chosen) that are held back take part from now on,
 * likewise. */
gboolean wg_take_grid_keep_selected(WgTakeGrid *self, WgDesk *desk);
/* How many that would keep. */
guint wg_take_grid_get_n_held_back(WgTakeGrid *self);
gboolean wg_take_grid_relabel_selected(WgTakeGrid *self, WgDesk *desk, const char *label);

G_END_DECLS
