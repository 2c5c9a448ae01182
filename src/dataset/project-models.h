/* The models of the project file. Inside dataset/ only. */
#pragma once

#include "dataset/project-private.h"

G_BEGIN_DECLS

/* Adds the ids (gint64), rising, of those that are not what was stored. */
gboolean wg_models_find_damaged(sqlite3 *db, GArray *ids, GError **error);

G_END_DECLS
