/* What project-verify.h tells, as it is found out. Inside dataset/ only. */
#pragma once

#include "dataset/project-verify.h"

#include <sqlite3.h>

G_BEGIN_DECLS

WgVerification *wg_verification_new(void);
/* Adds what recordings and models of a file of the newest form are like. What is damaged in it is
 * no failure. */
gboolean wg_verification_read(sqlite3 *db, WgVerification *self, WgProgress *progress,
                              GCancellable *cancellable, GError **error);

G_END_DECLS
