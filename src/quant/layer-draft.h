/* What a layer of the float network is on the watch: one file a layer. Inside quant/ only. */
#pragma once

#include "quant/network-draft.h"
#include "train/network.h"

G_BEGIN_DECLS

typedef struct {
    const char *name; /* of the float layer */
    int code;         /* WG_TFLITE_*, the operation that it becomes; 0: none, and `draft` is NULL */
    /* Its output has steps of its own range, and a ReLU behind it becomes its activation. Else its
     * output has its input's steps. */
    gboolean has_range;
    /* Adds what it is made of, with one operation; cannot fail. `range`: of its output. */
    void (*draft)(WgNetworkDraft *draft, const WgLayer *layer, gboolean has_relu, WgRange range);
} WgLayerDraft;

extern const WgLayerDraft *const wg_layer_drafts[]; /* NULL-terminated; from meson.build */

/* Of layer i of a folded network; NULL: it has none, or there is no such layer. */
const WgLayerDraft *wg_layer_draft_find(const WgNetwork *folded, int i);
/* Whether layer i is there and is a ReLU, which is drafted with the one before it. */
gboolean wg_layer_draft_is_relu(const WgNetwork *folded, int i);
/* For the two pools: `code` over stretches of the layer's pool. */
void wg_layer_draft_pool(WgNetworkDraft *draft, const WgLayer *layer, int code);

G_END_DECLS
