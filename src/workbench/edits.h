/* Edits of the project, each of them one entry that can be undone and made again. */
#pragma once

#include "workbench/session.h"

G_BEGIN_DECLS

#define WG_TYPE_EDITS (wg_edits_get_type())
G_DECLARE_FINAL_TYPE(WgEdits, wg_edits, WG, EDITS, GObject)

/* Main thread only. Each call has reached the project file when it returns, and the history with
 * it: closing or a kill at any time loses neither, and a project opened again can be undone
 * further. What takes part in that history beside these calls: every recording that a job adds
 * (recorded or imported), with nothing to be called for it. All of them set `error` and change
 * nothing where the project is closed, read-only, written by another program, or has no such
 * recording. `ids`: GArray of gint64, of recordings. An edit that changes nothing leaves no entry.
 *
 * Signal "changed": what can be undone or redone is another. The session's "recordings-changed"
 * and "models-changed" follow each edit. */
WgEdits *wg_edits_new(WgSession *session);

gboolean wg_edits_delete(WgEdits *self, GArray *ids, GError **error);
/* They take part, though they were held back when they were recorded. */
gboolean wg_edits_keep(WgEdits *self, GArray *ids, GError **error);
/* They stay in the project and take no part (TRUE), or take part again. */
gboolean wg_edits_set_disabled(WgEdits *self, GArray *ids, gboolean disabled, GError **error);
gboolean wg_edits_relabel(WgEdits *self, GArray *ids, const char *label, GError **error);
/* All takes and labelled stretches of that gesture, and what the watch does at it. One that has
 * that name already is joined. */
gboolean wg_edits_rename(WgEdits *self, const char *from, const char *to, GError **error);
/* NULL: unknown. */
gboolean wg_edits_set_person(WgEdits *self, GArray *ids, const char *person, GError **error);
gboolean wg_edits_set_wrist(WgEdits *self, GArray *ids, WgWrist wrist, GError **error);

/* Of all samples that were recorded (wg_project_load_whole()), `n` from `first` are the take from
 * now on; n 0: all of them. The take then is its WgRecordingSpec with `trim_first` and `n_whole`.
 */
gboolean wg_edits_trim(WgEdits *self, gint64 id, int first, int n, GError **error);
/* Labels stretches of a long recording, in the samples that it shows; n 0: none any more. */
gboolean wg_edits_set_spans(WgEdits *self, gint64 id, const WgLabelSpan *spans, int n,
                            GError **error);
/* Makes each of these stretches a take of its own, and deletes the long recording: undo brings it
 * back. `new_ids` (may be NULL) gets the takes' ids, n of them. */
gboolean wg_edits_split(WgEdits *self, gint64 id, const WgLabelSpan *spans, int n, gint64 *new_ids,
                        GError **error);

/* Goes back to a stored model, which then counts everywhere as the newest would, with its split,
 * until another is trained. An int8 one brings the float one that it was made of. */
gboolean wg_edits_choose_model(WgEdits *self, gint64 id, GError **error);
/* Any fact of the project (a threshold, ...); NULL removes it. `text` is the sentence for the user,
 * in his language ("Set the threshold to 80 %"). */
gboolean wg_edits_set_fact(WgEdits *self, const char *name, const char *value, const char *text,
                           GError **error);
/* As wg_actions_store(). */
gboolean wg_edits_set_actions(WgEdits *self, GHashTable *actions, GError **error);

/* Do nothing where there is nothing to undo. What a job changed since stays as that made it. */
gboolean wg_edits_undo(WgEdits *self, GError **error);
gboolean wg_edits_redo(WgEdits *self, GError **error);
/* What it would undo, for the user ("Delete 3 takes"); NULL: nothing. */
const char *wg_edits_get_undo_text(WgEdits *self);
const char *wg_edits_get_redo_text(WgEdits *self);
/* Another project was opened: looks at its history. */
void wg_edits_forget(WgEdits *self);

G_END_DECLS
