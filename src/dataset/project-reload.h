/* The recordings of a project again after a change, of which only those that changed are read.
 * Inside dataset/ only. */
#pragma once

#include "dataset/project-private.h"

G_BEGIN_DECLS

/* Whose takes; the file's rows are asked with these numbers. */
typedef enum { WG_TAKES_OWN = 0, WG_TAKES_OF_GUESTS = 1, WG_TAKES_ALL = 2 } WgTakesOf;

typedef struct {
    gint64 id;       /* that one only; 0: all from `from` on */
    gint64 from, to; /* ids; `to` 0: to the end */
    WgTakesOf of;
    gboolean is_whole; /* as if nothing were trimmed */
    /* Whether it is read at all; NULL: all are. Asked with its facts alone (`samples` and
     * `original` are not to be looked at), which end with the call. */
    gboolean (*choose)(const WgRecordingSpec *facts, gpointer user_data);
    gpointer user_data;
    GHashTable *damaged; /* gets the ids (gint64) of those that cannot be read; may be NULL */
} WgReading;

/* Adds the recordings that are not deleted in the order of id; packed, but for those that are
 * trimmed or still grow. On the project's thread; in
 * project-recordings.c. */
gboolean wg_recordings_read(sqlite3 *db, const WgReading *what, GPtrArray *recordings,
                            GError **error);
/* The number of the last of `n` recordings from `first` on: numbers may be missing, by far.
 * G_MAXINT64: so many do not follow. On the project's thread. */
gint64 wg_recordings_find_end(sqlite3 *db, gint64 first, int n);
/* What is read from now on is up to date; `version` of the file as others write it. `changed` (may
 * be NULL) gets the ids of what has changed since it had the `version` that is given, gint64 in
 * their order, each once, transfer full; NULL where another program wrote it: it may be any. */
gboolean wg_reload_begin(WgChanges *changes, GArray **changed, gint64 *version, GError **error);
/* Adds those of `before` that are not among `changed` to `recordings`, which has the changed ones;
 * all are in the order of id. */
void wg_reload_add_unchanged(GPtrArray *before, const GArray *changed, GPtrArray *recordings);

G_END_DECLS
