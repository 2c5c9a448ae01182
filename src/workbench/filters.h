/* What the first layer of a network looks for: its filters, and the takes they respond to most. */
#pragma once

#include "dataset/window.h"
#include "train/network.h"

G_BEGIN_DECLS

typedef struct {
    const float *weights; /* kernel x channels, of the folded network: for values in g */
    int window, start; /* the stretch with the highest response: which window, its first sample */
    double response;   /* before a ReLU, with the bias */
} WgFilter;

typedef struct {
    WgNetwork *folded;
    int kernel, channels, dilation; /* kernel taps, `dilation` samples apart */
    int reach; /* samples that they span; a dense layer sees the whole window */
    WgFilter *filters;
    int n;
} WgFilters;

/* NULL with WG_ERROR_UNSUPPORTED where the network has no conv or dense layer first, or cannot be
 * folded. The first of equal responses counts. `start` may lie before the window where the layer
 * pads. Owner: caller. Any thread. */
WgFilters *wg_filters_new(const WgNetwork *network, const WgWindows *windows, GError **error);
void wg_filters_free(WgFilters *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgFilters, wg_filters_free)

G_END_DECLS
