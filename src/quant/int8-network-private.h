/* What the arena's rule, the exporters and the layer view need of a network. Inside quant/ only. */
#pragma once

#include "quant/op.h"

G_BEGIN_DECLS

const WgTflite *wg_int8_network_get_file(const WgInt8Network *self);
/* The i-th operation as it was prepared: multipliers, paddings, clamps. */
const WgInt8Step *wg_int8_network_get_step(const WgInt8Network *self, int i);
/* Runs one window and shows what each operation wrote. Allocates its own scratch. */
void wg_int8_network_run_visited(const WgInt8Network *self, const void *input,
                                 void (*visit)(int op, const void *output, gpointer user_data),
                                 gpointer user_data);

G_END_DECLS
