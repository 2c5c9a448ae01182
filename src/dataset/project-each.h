/* All takes of a large project, a block after another, in memory that does not grow with them. */
#pragma once

#include "dataset/project.h"

G_BEGIN_DECLS

typedef struct {
    gboolean of_guests;       /* those, and not the project's own */
    gint64 first_id, last_id; /* those between them alone; 0: from the first, to the last */
    /* Whether a take is to be read: asked with its facts, of which `samples` and `original` are not
     * to be looked at; they end with the call. On the project's thread: it must be quick and ask
     * the project nothing. NULL: all are read. */
    gboolean (*choose)(const WgRecordingSpec *facts, gpointer user_data);
    /* After each block, on the thread of the call: the recordings that were chosen of it (transfer
     * none) in the order of id, and how many of all takes it has come to. FALSE ends it. NULL:
     * nothing is done then. */
    gboolean (*block)(GPtrArray *recordings, int n_read, int n_all, gpointer user_data,
                      GError **error);
    gpointer user_data;
} WgEachTake;

/* Others may ask the project, and change it, between the blocks: what they add is among them, and
 * no take comes twice. Takes that are deleted count in n_read and n_all, and are not asked about.
 * Any thread; WG_ERROR_STORAGE, what `block` set, or G_IO_ERROR_CANCELLED. */
gboolean wg_project_for_each_take(WgProject *self, const WgEachTake *each,
                                  GCancellable *cancellable, GError **error);

G_END_DECLS
