/* Makes a project of the rows that were saved of a damaged one. Inside dataset/ only. */
#pragma once

#include "dataset/project-salvage.h"

#include <sqlite3.h>

G_BEGIN_DECLS

/* In `db`, a project of the newest form: what belongs to nothing goes, recordings of which nothing
 * is said get a label, those that cannot be read go, and those with other values than were stored
 * stay aside. `lost`: numbers (gint64) of recordings that could not be looked up. Sets `salvage`.
 * WG_ERROR_STORAGE, G_IO_ERROR_CANCELLED. */
gboolean wg_salvage_join(sqlite3 *db, const GArray *lost, WgSalvage *salvage, WgProgress *progress,
                         GCancellable *cancellable, GError **error);

G_END_DECLS
