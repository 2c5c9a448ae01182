/* Flatten on the watch: nothing, since a dense layer takes its input in any shape. */
#include "quant/layer-draft.h"

const WgLayerDraft wg_layer_draft_flatten = {"flatten", 0, FALSE, NULL};
