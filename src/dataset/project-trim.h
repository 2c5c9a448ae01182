/* The part of a recording that counts as the take. Inside dataset/ only. */
#pragma once

#include "dataset/project-private.h"

G_BEGIN_DECLS

/* Samples of the whole recording that count; all of them where it is not trimmed. */
typedef struct {
    int first, n;
    int n_whole;
} WgTrim;

/* Within a transaction of the file's thread. WG_ERROR_INPUT: there is no such recording, or it is
 * still being made. */
gboolean wg_trim_load(sqlite3 *db, gint64 id, WgTrim *trim, GError **error);
/* Whether those samples are some but not all of so many. */
gboolean wg_trim_is_sound(const WgTrim *trim);

G_END_DECLS
