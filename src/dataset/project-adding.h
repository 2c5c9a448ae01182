/* Recordings that are added to the project file. Inside dataset/ only. */
#pragma once

#include "dataset/project-edit-log.h"

G_BEGIN_DECLS

/* Within a transaction of the file's thread. */
typedef struct _WgAdding WgAdding;

WgAdding *wg_adding_new(WgEditLog *log, GError **error);
void wg_adding_free(WgAdding *self);
/* The id that the next one gets. */
gint64 wg_adding_get_next(WgAdding *self);
/* As wg_edit_log_add(), but `n_added` counts on. */
gboolean wg_adding_add(WgAdding *self, GPtrArray *recordings, gboolean take_back_deleted,
                       gint64 *ids, int *n_added, GError **error);
/* Gives the label `from` of recordings and spans from the id `first` on that other name. */
gboolean wg_adding_rename(sqlite3 *db, gint64 first, const char *from, const char *to,
                          GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgAdding, wg_adding_free)

G_END_DECLS
