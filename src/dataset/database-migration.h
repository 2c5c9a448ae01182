/* Brings a project of an older form to this program's, and keeps a copy of how it was. Inside
 * dataset/ only. */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* `former` (transfer full): the path of the copy, NULL where nothing was to be done. The copy is
 * made first, beside the project; where that fails nothing is changed. Of a file that can only be
 * read `*db` becomes a temporary copy, which is migrated in its place. */
gboolean wg_database_migrate(sqlite3 **db, const char *path, gboolean is_read_only, char **former,
                             GError **error);

/* The newest form: how many migrations there are. */
int wg_database_get_form(void);
/* Whether the tables are of the newest form, whatever the file says of it. */
gboolean wg_database_has_newest_tables(sqlite3 *db);
/* Makes an empty database one of that form, 1 to the newest. */
gboolean wg_database_make(sqlite3 *db, int form, GError **error);

G_END_DECLS
