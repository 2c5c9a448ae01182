/* One layer for one take as strips: the float network's values, the watch's, and their difference.
 */
#pragma once

#include "ui/charts/chart.h"

G_BEGIN_DECLS

#define WG_TYPE_STRIPS (wg_strips_get_type())
G_DECLARE_FINAL_TYPE(WgStrips, wg_strips, WG, STRIPS, WgChart)

typedef struct {
    int number; /* of the layer, 0: the input */
    const char *op;
    int length, channels; /* of the values: length x channels, channel last */
    const float *int8;    /* in the units of the float ones */
    const float *floats;  /* NULL: there are none */
    double scale;         /* a step */
    double largest, mean; /* differences, in steps */
    int n_saturated;      /* values that int8 cannot hold */
    const char *mark;     /* what is to be said of this one ("they part here"); NULL: nothing */
} WgStripsLayer;

/* Copies what it needs. */
GtkWidget *wg_strips_new(const WgStripsLayer *layer);

G_END_DECLS
