/* The labelled spans of continuous recordings in the project file. Inside dataset/ only. */
#pragma once

#include "dataset/project-private.h"

G_BEGIN_DECLS

/* Within a transaction of the file's thread. */
gboolean wg_spans_insert(sqlite3 *db, gint64 recording, const WgLabelSpan *spans, int n,
                         GError **error);
/* The query for wg_spans_read, the caller's to finalize. */
gboolean wg_spans_prepare(sqlite3 *db, sqlite3_stmt **select, GError **error);
/* Of WgLabelSpan whose labels go with it; never NULL. */
GArray *wg_spans_read(sqlite3_stmt *select, gint64 recording);

G_END_DECLS
