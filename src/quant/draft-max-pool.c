/* A max pool on the watch. */
#include "quant/layer-draft.h"

static void
draft_max_pool(WgNetworkDraft *draft, const WgLayer *layer, gboolean has_relu, WgRange range)
{
    wg_layer_draft_pool(draft, layer, WG_TFLITE_MAX_POOL_2D);
}

const WgLayerDraft wg_layer_draft_max_pool = {"max-pool", WG_TFLITE_MAX_POOL_2D, FALSE,
                                              draft_max_pool};
