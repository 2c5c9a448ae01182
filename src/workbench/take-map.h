/* A map of takes: alike ones near one another, and those that lie among strangers told. */
#pragma once

#include "base/progress.h"
#include "dataset/window.h"
#include "train/network.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define WG_MAP_NEIGHBOURS 8
/* So many of the neighbours must carry one other label until a take is said to lie among these. */
#define WG_MAP_STRANGERS 7
/* Alone: that many times as far from its neighbours as the middle take of its gesture. */
#define WG_MAP_FAR 3.0

typedef enum {
    WG_MAP_AMONG_ITS_OWN,
    WG_MAP_AMONG_OTHERS, /* its neighbours carry another label */
    WG_MAP_ALONE,        /* it is like no other take */
} WgMapPlace;

typedef struct {
    int window;                        /* index into the windows */
    double x, y;                       /* -1 .. 1 */
    int neighbours[WG_MAP_NEIGHBOURS]; /* indices of points, the nearest first, -1: no more */
    WgMapPlace place;
    int other;       /* label of the strangers, -1 */
    int n_strangers; /* neighbours with that label */
} WgMapPoint;

typedef struct {
    int n, n_of; /* of so many windows */
    WgMapPoint *points;
} WgTakeMap;

/* What a window is compared by: its features (wg_windows_dup_features), each brought to the same
 * spread, or, with a network, what its last layer gets. Neighbours are the nearest by Euclid among
 * the first 16 principal components; the map begins as the first two and is then moved by
 * wg_map_layout(), so that near is alike but far means nothing more. `n_most`: of more windows a
 * seeded sample, as many of each label. Same windows, same bits, at any number of threads. NULL
 * only when cancelled. In the calling thread and workers of its own; owner: caller. */
WgTakeMap *wg_take_map_new(const WgWindows *windows, const WgNetwork *network, int n_most,
                           WgProgress *progress, GCancellable *cancellable, GError **error);
void wg_take_map_free(WgTakeMap *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgTakeMap, wg_take_map_free)

G_END_DECLS
