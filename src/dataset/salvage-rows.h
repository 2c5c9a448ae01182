/* The rows of a damaged table, as many as can still be read. Inside dataset/ only. */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* Copies what can be read of `table` into that of the same name and columns in `to`, which has them
 * all; where the damaged file lacks one, nothing is copied. From both ends to where it is damaged,
 * and what lies between row by row. Of two rows with one key the first stays, or in takes the last.
 * `last`: the largest number that a row may have, 0: unknown. `lost` gets the numbers (gint64) that
 * could not be looked up, where there may have been rows. `*is_whole`: all was read. Fails only for
 * what cannot be written: WG_ERROR_STORAGE, G_IO_ERROR_CANCELLED. */
gboolean wg_salvage_rows(sqlite3 *from, sqlite3 *to, const char *table, gint64 last, GArray *lost,
                         gboolean *is_whole, GCancellable *cancellable, GError **error);

G_END_DECLS
