/* What a .tflite holds and whether a watch can run it, as the object that "inspect" gives. */
#pragma once

#include <json-glib/json-glib.h>

#include "base/watch-kind.h"
#include "quant/int8-network.h"

G_BEGIN_DECLS

/* Transfer full. */
JsonObject *wg_inspection_new(const WgInt8Network *network, const WgWatchKind *kind);

G_END_DECLS
