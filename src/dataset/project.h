/* The project file (.waggle): an SQLite database in which nothing recorded is ever lost. */
#pragma once

#include <gio/gio.h>

#include "dataset/recording.h"

G_BEGIN_DECLS

#define WG_TYPE_PROJECT (wg_project_get_type())
G_DECLARE_FINAL_TYPE(WgProject, wg_project, WG, PROJECT, GObject)

/* application_id of the file: "Wagl". */
#define WG_PROJECT_APPLICATION_ID 0x5761676c

/* A stored model: `data` is a serialized network (kind "float") or a .tflite (kind "int8"). */
typedef struct {
    gint64 id;
    gint64 parent; /* the float model an int8 one was made of; 0: none */
    char *kind;    /* "float" or "int8" */
    char *preset;
    char *created; /* ISO 8601, UTC */
    char *meta;    /* JSON: labels, split, options, figures; as the workbench writes it */
    GBytes *data;
    gboolean is_current; /* it counts: the newest of its kind unless an earlier one was chosen */
} WgModelRecord;

/* Refuses to replace an existing file. */
WgProject *wg_project_create(const char *path, GError **error);
/* Opens (and migrates) a project. A damaged or foreign file is refused in one sentence and left as
 * it is. Where the medium is read-only the project opens as such. */
WgProject *wg_project_open(const char *path, GError **error);
const char *wg_project_get_path(WgProject *self);
/* Where the copy of how it was before it was migrated at opening; NULL: it was not. */
const char *wg_project_get_former(WgProject *self);
/* What became of the log that a killed program left beside it, and that was not its own or is
 * damaged: a sentence for who opens it. NULL: it is as it should be. */
const char *wg_project_get_log_note(WgProject *self);
/* Its medium is, or another program had it when it was last asked for. */
gboolean wg_project_is_read_only(WgProject *self);
/* One program at a time writes a project. Who writes first, or asks by this call, has it until it
 * closes it; others only read: WG_ERROR_BUSY names the program that has it, and they may ask again.
 * WG_ERROR_STORAGE: nobody can write there. To be called before what would take long. */
gboolean wg_project_check_writable(WgProject *self, GError **error);
/* Returns once no other program has the file: WG_ERROR_BUSY when that takes longer than so many
 * seconds. `waiting` (may be NULL) is called once, when it does not return at once; on the thread
 * of the call, which is not the main one. */
gboolean wg_project_wait_until_free(WgProject *self, double seconds,
                                    void (*waiting)(gpointer user_data), gpointer user_data,
                                    GCancellable *cancellable, GError **error);
/* Also done when the last reference goes; after it every call fails with WG_ERROR_MISSING. */
void wg_project_close(WgProject *self);

/* All calls below may be made from any thread; writes are handed to the one writer thread and
 * return when their commit has returned. Signal "changed" (no arguments) is emitted in the main
 * context that the project was made in after each write that changed recordings or models. */

/* Adds recordings (GPtrArray of WgRecording) in one transaction. A digest already there is not
 * added again. `ids` (n gint64, caller's, may be NULL) gets each one's id, also of those known. Of
 * one that is trimmed only what is left is added. */
gboolean wg_project_add_recordings(WgProject *self, GPtrArray *recordings, gint64 *ids,
                                   int *n_added, GError **error);
/* Transfer full, all that are not deleted, in the order of id; without those of guests. */
GPtrArray *wg_project_load_recordings(WgProject *self, GError **error);
/* The same, packed (wg_recording_new_packed), for who keeps them and follows the changes: `before`
 * is what it gave last (NULL: nothing yet), of which all that have not changed since are in the new
 * one too; only the others are read, and all of them where another program wrote the file.
 * `version` (0 at first) is kept for it from call to call. One such reader a project. */
GPtrArray *wg_project_reload_recordings(WgProject *self, GPtrArray *before, gint64 *version,
                                        GError **error);
/* Those of guests alone (WG_HELD_BACK_GUEST). Nothing else gives them out, so that no training, no
 * check and no list of the project's own takes can have one. */
GPtrArray *wg_project_load_guests(WgProject *self, GError **error);
/* That one of them. WG_ERROR_INPUT: there is none, or it is deleted. Transfer full. */
WgRecording *wg_project_load_recording(WgProject *self, gint64 id, GError **error);
/* How many of those that were asked for could not be read, and were left out. */
int wg_project_count_damaged(WgProject *self);
/* That recording with all its samples, also where it is trimmed. Transfer full. */
WgRecording *wg_project_load_whole(WgProject *self, gint64 id, GError **error);

/* Each call from here on, and wg_project_add_recordings(), is one transaction and one edit that
 * wg_project_undo() takes back: see project-edits.h, also for how to make others. `label` is
 * never NULL, `person` may be. WG_ERROR_INPUT: there is no such recording; then nothing is changed.
 */
gboolean wg_project_relabel(WgProject *self, const gint64 *ids, int n, const char *label,
                            GError **error);
gboolean wg_project_set_person(WgProject *self, const gint64 *ids, int n, const char *person,
                               GError **error);
gboolean wg_project_set_wrist(WgProject *self, const gint64 *ids, int n, WgWrist wrist,
                              GError **error);
/* Marks as deleted (TRUE) or takes that back (FALSE): the samples stay in the file. */
gboolean wg_project_set_deleted(WgProject *self, const gint64 *ids, int n, gboolean deleted,
                                GError **error);
gboolean wg_project_set_disabled(WgProject *self, const gint64 *ids, int n, gboolean disabled,
                                 GError **error);
/* Enables what was held back when it was recorded. */
gboolean wg_project_keep(WgProject *self, const gint64 *ids, int n, GError **error);
/* Of the whole recording, `n` samples from `first` are the take from now on (n 0: all of them
 * again); the others stay in the file. WG_ERROR_INPUT when they leave it. */
gboolean wg_project_trim(WgProject *self, gint64 id, int first, int n, GError **error);
/* Labels stretches of a recording, which is then a continuous one; replaces those it had, 0: it is
 * a take of its own label again. They count from where a trim begins, and what is outside of that
 * stays. WG_ERROR_INPUT when they overlap, are out of order or leave it. */
gboolean wg_project_set_spans(WgProject *self, gint64 id, const WgLabelSpan *spans, int n,
                              GError **error);
/* `record->id` and `created` are set by it. */
gboolean wg_project_store_model(WgProject *self, WgModelRecord *record, GError **error);
/* The one of that kind that counts, or NULL without error when there is none: the newest, unless an
 * earlier one was chosen (wg_edit_log_choose_model()) and none was trained since. With its data. */
WgModelRecord *wg_project_load_model(WgProject *self, const char *kind, GError **error);
/* NULL without error when there is no such model. */
WgModelRecord *wg_project_load_model_by_id(WgProject *self, gint64 id, GError **error);
GPtrArray *wg_project_list_models(WgProject *self, GError **error); /* without data, newest first */
void wg_model_record_free(WgModelRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgModelRecord, wg_model_record_free)

/* Small facts: "watch", "test-opened", ... NULL value removes. That is no edit that could be
 * undone: see wg_edit_log_set_fact() for such. */
gboolean wg_project_set_fact(WgProject *self, const char *name, const char *value, GError **error);
char *wg_project_dup_fact(WgProject *self, const char *name);

G_END_DECLS
