/* The stored model that counts: the newest one, unless an earlier one was chosen since. Inside
 * dataset/ only. */
#pragma once

#include "dataset/database.h"

G_BEGIN_DECLS

/* Within a transaction of the file's thread: the model of that kind ("float", "int8") that counts,
 * 0: there is none. An int8 one is of the float one that counts, where there is such; else it is
 * the newest. */
gboolean wg_current_model_find(sqlite3 *db, const char *kind, gint64 *id, GError **error);

G_END_DECLS
