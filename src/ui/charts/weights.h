/* The weights of a layer: how many of each size, and the scales of its channels. */
#pragma once

#include "ui/charts/chart.h"

G_BEGIN_DECLS

#define WG_TYPE_WEIGHTS (wg_weights_get_type())
G_DECLARE_FINAL_TYPE(WgWeights, wg_weights, WG, WEIGHTS, WgChart)

#define WG_WEIGHTS_WIDTH 150

typedef struct {
    int n, n_channels, n_at_ends; /* at_ends: -127 or 127 */
    const int *bins;              /* how many of n_bins equal ranges from -127 to 127 */
    int n_bins;
    double smallest_scale, largest_scale; /* of the channels */
} WgWeightsLayer;

/* Copies what it needs. `name`: of the layer. */
GtkWidget *wg_weights_new(const char *name, const WgWeightsLayer *layer);

G_END_DECLS
