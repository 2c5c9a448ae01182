/* An average pool on the watch. */
#include "quant/layer-draft.h"

static void
draft_average_pool(WgNetworkDraft *draft, const WgLayer *layer, gboolean has_relu, WgRange range)
{
    wg_layer_draft_pool(draft, layer, WG_TFLITE_AVERAGE_POOL_2D);
}

const WgLayerDraft wg_layer_draft_average_pool = {"average-pool", WG_TFLITE_AVERAGE_POOL_2D, FALSE,
                                                  draft_average_pool};
