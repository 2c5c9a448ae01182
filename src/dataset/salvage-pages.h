/* The rows of pages of a damaged file that no tree leads to any more. Inside dataset/ only. */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* Looks at each page of the file at `path` by itself, and adds the rows that it knows as those of a
 * table of the newest form to `to`, which has these tables: where a number is there already, that
 * row stays. For what the tables themselves do not give any more: the first page, the list of
 * tables or the inner pages of a tree may be lost. A row that had been removed may come back.
 * `scratch`: where a copy of the file may be made meanwhile. WG_ERROR_STORAGE,
 * G_IO_ERROR_CANCELLED.
 */
gboolean wg_salvage_pages(const char *path, const char *scratch, sqlite3 *to,
                          GCancellable *cancellable, GError **error);

G_END_DECLS
