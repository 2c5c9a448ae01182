/* Places points on a plane so that those which are neighbours lie near one another. */
#pragma once

#include "base/progress.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Moves n points (n x 2, begun anywhere but all at one place) as UMAP does (McInnes, Healy and
 * Melville 2018, section 3.2; with a = b = 1, every edge of weight 1): each of `neighbours`
 * (n x n_neighbours indices of points, -1: no more) is drawn near, and five points drawn by lot
 * are pushed away, over 200 rounds that grow calm. Each of both values ends from -1 to
 * 1. Same points, same bits. FALSE only when cancelled. In the calling thread. */
gboolean wg_map_layout(float *points, int n, const int *neighbours, int n_neighbours,
                       WgProgress *progress, GCancellable *cancellable, GError **error);

G_END_DECLS
