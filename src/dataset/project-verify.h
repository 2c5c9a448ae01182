/* Whether a project file is whole: its structure, and each recording and model by its digest. */
#pragma once

#include <gio/gio.h>

#include "base/progress.h"

G_BEGIN_DECLS

typedef struct {
    int n_recordings;   /* that were looked at: those that are not deleted */
    GArray *unreadable; /* ids (gint64) of recordings that are left out everywhere */
    GArray *changed;    /* ids of those whose values are not the ones that were stored */
    GArray *models;     /* ids of models that are not what was stored */
    char *fault;        /* what SQLite says of the structure; NULL: it is whole */
} WgVerification;

void wg_verification_free(WgVerification *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgVerification, wg_verification_free)
gboolean wg_verification_is_whole(const WgVerification *self);

/* Reads all of the file by a connection of its own, and changes nothing. `beside_writer`: somebody
 * may write meanwhile; where they would have to wait for it, which is so without a write-ahead log,
 * the structure is not looked at. Any thread. WG_ERROR_INPUT: nothing of it can be read at all;
 * WG_ERROR_STORAGE, G_IO_ERROR_CANCELLED. */
WgVerification *wg_project_verify(const char *path, gboolean beside_writer, WgProgress *progress,
                                  GCancellable *cancellable, GError **error);

G_END_DECLS
