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
} WgModelRecord;

/* Refuses to replace an existing file. */
WgProject *wg_project_create(const char *path, GError **error);
/* Opens (and migrates) a project. A damaged or foreign file is refused in one sentence and left as
 * it is. Where the medium is read-only the project opens as such. */
WgProject *wg_project_open(const char *path, GError **error);
const char *wg_project_get_path(WgProject *self);
gboolean wg_project_is_read_only(WgProject *self);
/* WG_ERROR_STORAGE where it can only be read: to say so before what would take long. */
gboolean wg_project_check_writable(WgProject *self, GError **error);
/* Returns once no other program writes the file: WG_ERROR_BUSY when that takes longer than so many
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
 * added again. `ids` (n gint64, caller's, may be NULL) gets each one's id, also of those known. */
gboolean wg_project_add_recordings(WgProject *self, GPtrArray *recordings, gint64 *ids,
                                   int *n_added, GError **error);
/* Transfer full, all that are not deleted, in the order of id. */
GPtrArray *wg_project_load_recordings(WgProject *self, GError **error);
gboolean wg_project_relabel(WgProject *self, const gint64 *ids, int n, const char *label,
                            GError **error);
gboolean wg_project_set_person(WgProject *self, const gint64 *ids, int n, const char *person,
                               GError **error);
/* Marks as deleted (TRUE) or takes that back (FALSE): the samples stay in the file. */
gboolean wg_project_set_deleted(WgProject *self, const gint64 *ids, int n, gboolean deleted,
                                GError **error);
gboolean wg_project_set_disabled(WgProject *self, const gint64 *ids, int n, gboolean disabled,
                                 GError **error);
/* Labels stretches of a recording, which is then a continuous one; replaces those it had, 0: it is
 * a take of its own label again. WG_ERROR_INPUT when they overlap, are out of order or leave it. */
gboolean wg_project_set_spans(WgProject *self, gint64 id, const WgLabelSpan *spans, int n,
                              GError **error);

/* `record->id` and `created` are set by it. */
gboolean wg_project_store_model(WgProject *self, WgModelRecord *record, GError **error);
/* Newest of that kind, or NULL without error when there is none. `with_data` FALSE leaves data out.
 */
WgModelRecord *wg_project_load_model(WgProject *self, const char *kind, GError **error);
GPtrArray *wg_project_list_models(WgProject *self, GError **error); /* without data, newest first */
void wg_model_record_free(WgModelRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgModelRecord, wg_model_record_free)

/* Small facts: "watch", "test-opened", ... NULL value removes. */
gboolean wg_project_set_fact(WgProject *self, const char *name, const char *value, GError **error);
char *wg_project_dup_fact(WgProject *self, const char *name);

G_END_DECLS
