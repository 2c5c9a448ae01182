/* Some takes of a project that stand for all: as many of each gesture, and of each person. */
#pragma once

#include "base/progress.h"
#include "dataset/project.h"

G_BEGIN_DECLS

/* The takes that take part (not disabled, not continuous), which are `n_all`; of more than n_most
 * so many, drawn with that seed: an equal number of each gesture, and of it of each person, where
 * there are so many of them. The same project gives the same. GPtrArray of WgRecording in the order
 * of id, transfer full; what is not drawn is not kept in memory. Any thread. */
GPtrArray *wg_take_sample_load(WgProject *project, int n_most, guint64 seed, int *n_all,
                               WgProgress *progress, GCancellable *cancellable, GError **error);
/* Shares `total` among n that have room for `rooms`: as equally as they have room, and what then is
 * left one to each of some that are drawn. Gives all of it, or fills them all. */
void wg_take_sample_share(const int *rooms, int n, int total, guint64 seed, int *shares);

G_END_DECLS
