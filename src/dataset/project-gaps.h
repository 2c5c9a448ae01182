/* The gaps of recordings in the project file. Inside dataset/ only. */
#pragma once

#include "dataset/project-private.h"

G_BEGIN_DECLS

/* In order, within the samples, none empty. */
gboolean wg_gaps_are_sound(const WgGap *gaps, int n, int n_samples);
/* Within a transaction of the file's thread; a gap before the same sample grows. */
gboolean wg_gaps_insert(sqlite3 *db, gint64 recording, const WgGap *gaps, int n, GError **error);
/* Of WgGap; `select` as wg_gaps_prepare() gave it. Never NULL. */
GArray *wg_gaps_read(sqlite3_stmt *select, gint64 recording);
/* The query for wg_gaps_read, the caller's to finalize; NULL with TRUE: the file has none, as one
 * of an older form on a medium that cannot be written. */
gboolean wg_gaps_prepare(sqlite3 *db, sqlite3_stmt **select, GError **error);

G_END_DECLS
