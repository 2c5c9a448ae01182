/* Edits of the project: each one transaction, kept in the file so that it can be undone exactly. */
#pragma once

#include "dataset/project.h"

G_BEGIN_DECLS

/* The fields of a recording that an edit can set. Their values are texts: flags are "0" and "1". */
#define WG_FIELD_LABEL "label"
#define WG_FIELD_PERSON "person"     /* NULL: unknown */
#define WG_FIELD_WRIST "wrist"       /* "left", "right", NULL: unknown */
#define WG_FIELD_DISABLED "disabled" /* "1": it takes no part */
#define WG_FIELD_DELETED "deleted"   /* "1" by the user; "2": adding it was undone */

/* The kinds of edits; a face has a sentence for each, and says the detail of one that it does not
 * know. */
#define WG_EDIT_DELETE "delete"
#define WG_EDIT_TAKE_BACK "take-back"
#define WG_EDIT_KEEP "keep"
#define WG_EDIT_DISABLE "disable"
#define WG_EDIT_ENABLE "enable"
#define WG_EDIT_RELABEL "relabel" /* detail: the label */
#define WG_EDIT_RENAME "rename"   /* detail: the name it had */
#define WG_EDIT_PERSON "person"   /* detail: the person or NULL */
#define WG_EDIT_WRIST "wrist"     /* detail: the wrist or NULL */
#define WG_EDIT_TRIM "trim"
#define WG_EDIT_UNTRIM "untrim"
#define WG_EDIT_SPANS "spans"
#define WG_EDIT_SPLIT "split"
#define WG_EDIT_RECORD "record"
#define WG_EDIT_IMPORT "import"
#define WG_EDIT_MODEL "model"
#define WG_EDIT_FACT "fact" /* detail: the sentence */

/* What of one edit was done so far; exists while it is made, on the file's thread. */
typedef struct _WgEditLog WgEditLog;

/* Makes the edit with the calls below; FALSE with the error set takes all of it back. */
typedef gboolean (*WgEditFunc)(WgEditLog *log, gpointer data, GError **error);

/* Runs `func` in a transaction and keeps what it changed as one edit that can be undone, of that
 * kind ("relabel") and with a detail of it (a label; may be NULL) from which the face makes its
 * sentence. What had been undone can then no longer be redone. Changed it nothing, nothing is kept,
 * and it succeeds. Any thread; returns when the commit has. */
gboolean wg_project_edit(WgProject *self, const char *kind, const char *detail, WgEditFunc func,
                         gpointer data, GError **error);

/* Within a WgEditFunc. Each may set a field of a recording once. A value that it has already is no
 * change. */
gboolean wg_edit_log_set(WgEditLog *log, const char *field, gint64 id, const char *value,
                         GError **error);
/* NULL removes it. */
gboolean wg_edit_log_set_fact(WgEditLog *log, const char *name, const char *value, GError **error);
/* The takes and stretches labelled `from` get `to`, deleted ones do not. */
gboolean wg_edit_log_rename(WgEditLog *log, const char *from, const char *to, GError **error);
/* As wg_project_trim() and wg_project_set_spans(). */
gboolean wg_edit_log_trim(WgEditLog *log, gint64 id, int first, int n, GError **error);
gboolean wg_edit_log_set_spans(WgEditLog *log, gint64 id, const WgLabelSpan *spans, int n,
                               GError **error);
/* As wg_project_add_recordings(); `take_back_deleted`: those that were deleted come back as well.
 */
gboolean wg_edit_log_add(WgEditLog *log, GPtrArray *recordings, gboolean take_back_deleted,
                         gint64 *ids, int *n_added, GError **error);
/* That stored model counts from now on as if it were the newest, until another is trained. An int8
 * one brings the float one that it was made of. */
gboolean wg_edit_log_choose_model(WgEditLog *log, gint64 id, GError **error);

/* An edit that was made. */
typedef struct {
    gint64 id;
    char *kind, *detail; /* detail may be NULL */
    int n;               /* recordings that it changed; 0: none (a fact) */
} WgEditNote;

void wg_edit_note_free(WgEditNote *note);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgEditNote, wg_edit_note_free)

/* So many are kept in the file, and so many bytes of them. */
#define WG_EDITS_MAX 1000
#define WG_EDITS_MAX_BYTES (64 << 20)

/* The edits that undo would take back and redo would make again; NULL: there is none. Both transfer
 * full. Any thread. */
gboolean wg_project_load_edits(WgProject *self, WgEditNote **undo, WgEditNote **redo,
                               GError **error);
/* Takes the last edit back, or makes the one again that was taken back last. What something that is
 * no edit changed since (a job that stored the same fact) stays as that made it, and is no part of
 * the edit from then on. Does nothing where there is none. Any thread. */
gboolean wg_project_undo(WgProject *self, GError **error);
gboolean wg_project_redo(WgProject *self, GError **error);

G_END_DECLS
