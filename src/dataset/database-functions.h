/* What the migrations ask of samples, as functions of SQL. Inside dataset/ only. */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* waggle_unhex(text), waggle_pack(floats), waggle_rule(samples, original, channels, units a g). */
gboolean wg_database_add_functions(sqlite3 *db, GError **error);

G_END_DECLS
