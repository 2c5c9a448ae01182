/* A filter of the first layer: its shape, and the stretch of a take that it responds to most. */
#pragma once

#include "ui/charts/chart.h"

G_BEGIN_DECLS

#define WG_TYPE_FILTER_PICTURE (wg_filter_picture_get_type())
G_DECLARE_FINAL_TYPE(WgFilterPicture, wg_filter_picture, WG, FILTER_PICTURE, WgChart)

typedef struct {
    int number;
    int kernel, channels, dilation;
    const float *weights; /* kernel x channels */
    const float *stretch; /* in g, n_stretch x channels */
    int n_stretch;
    const char *label; /* of the take */
    gint64 take;
    int at; /* first sample of the stretch in the take */
    double response;
} WgFilterShape;

/* Copies what it needs. */
GtkWidget *wg_filter_picture_new(const WgFilterShape *shape);

G_END_DECLS
