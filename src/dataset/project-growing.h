/* The blocks of recordings that grow in the project file. Inside dataset/ only. */
#pragma once

#include "dataset/project-gaps.h"

G_BEGIN_DECLS

/* The original values of a recording's blocks in their order, `n` samples of 3 channels; NULL with
 * 0 where it has none or where the file knows no blocks. */
float *wg_growing_read(sqlite3 *db, gint64 recording, int *n);
/* Within a transaction: joins the blocks into the recording's own samples. See
 * wg_project_finish_stream(). */
gboolean wg_growing_finish(sqlite3 *db, gint64 *recording, double rate_hz, int n_clipped,
                           gboolean *is_known, GError **error);
/* Within a transaction: does so for those that nothing was added to for a minute: the program that
 * made them is gone. */
gboolean wg_growing_finish_left(sqlite3 *db, gpointer unused, GError **error);
/* Whether there are such. */
gboolean wg_growing_is_left(sqlite3 *db, gpointer is_left, GError **error);

G_END_DECLS
