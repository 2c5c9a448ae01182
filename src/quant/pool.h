/* What the two pooling operations share. Inside quant/ only. */
#pragma once

#include "quant/op.h"

G_BEGIN_DECLS

gboolean wg_int8_pool_prepare(WgInt8Step *step, GError **error);
/* The part of output place i's window that lies inside the input: rows y[0]..y[1]-1, columns x. */
void wg_int8_pool_window(const WgInt8Step *step, int i, int y[2], int x[2]);
/* A float pool: `pool` gives channel c of one window. */
void wg_int8_pool_run_float(const WgInt8Step *step, const float *input, float *output,
                            float (*pool)(const WgInt8Step *step, const float *image,
                                          const int y[2], const int x[2], int c));

G_END_DECLS
