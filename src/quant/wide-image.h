/* The input of a convolution as 16 bits without its zero point, with zeros around it, so that every
 * tap of every window reads a value. Inside quant/ only. */
#pragma once

#include "quant/op.h"

G_BEGIN_DECLS

typedef struct _WgWideImage {
    int rows, columns, depth; /* of one image with its padding; depth: 16-bit values a pixel */
    int copies;               /* of each channel: a depthwise filter's outputs of it */
    int n_windows;            /* of one image */
    int *windows_at;          /* n_windows: where each begins */
    int n_runs, *runs_at, run_length; /* where a window's values lie, from its beginning on */
} WgWideImage;

/* Of the step's input, its padding being known; filter: height, width. Refuses what reaches over
 * more values than any watch holds. */
WgWideImage *wg_wide_image_new(const WgInt8Step *step, const int filter[2], int copies,
                               GError **error);
void wg_wide_image_free(WgWideImage *self);
/* Bytes of the 16-bit form of one image. */
gsize wg_wide_image_bytes(const WgWideImage *self);
void wg_wide_image_fill(const WgWideImage *self, const WgInt8Step *step, const gint8 *image,
                        gint16 *wide);

G_END_DECLS
