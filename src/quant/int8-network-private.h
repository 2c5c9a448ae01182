/* What the arena's rule needs of a network. Inside quant/ only. */
#pragma once

#include "quant/op.h"

G_BEGIN_DECLS

const WgTflite *wg_int8_network_get_file(const WgInt8Network *self);

G_END_DECLS
