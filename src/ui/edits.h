/* Edits of takes that can be undone: deleting, relabelling, and keeping what was held back. */
#pragma once

#include "workbench/session.h"

G_BEGIN_DECLS

#define WG_TYPE_EDITS (wg_edits_get_type())
G_DECLARE_FINAL_TYPE(WgEdits, wg_edits, WG, EDITS, GObject)

/* Signal "changed": what can be undone or redone is another. */
WgEdits *wg_edits_new(WgSession *session);
/* `ids`: GArray of gint64. One edit each. */
gboolean wg_edits_delete(WgEdits *self, GArray *ids, GError **error);
/* They take part, though they were held back when they were recorded. */
gboolean wg_edits_keep(WgEdits *self, GArray *ids, GError **error);
gboolean wg_edits_relabel(WgEdits *self, GArray *ids, const char *label, GError **error);
gboolean wg_edits_undo(WgEdits *self, GError **error);
gboolean wg_edits_redo(WgEdits *self, GError **error);
/* What it would undo, for the user ("Delete 3 takes"); NULL: nothing. */
const char *wg_edits_get_undo_text(WgEdits *self);
const char *wg_edits_get_redo_text(WgEdits *self);
/* Another project was opened. */
void wg_edits_forget(WgEdits *self);

G_END_DECLS
