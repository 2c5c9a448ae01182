/* Preset "dense": two dense layers, the first network of a course on training for boards. */
#include "train/preset.h"

#include <glib/gi18n.h>

static const WgLayerSpec layers[] = {
    {.op = "flatten"}, {.op = "dense", .units = 32, .has_bias = TRUE},
    {.op = "relu"},    {.op = "dense", .units = 16, .has_bias = TRUE},
    {.op = "relu"},    {.op = "dense", .has_bias = TRUE},
};

const WgPreset wg_preset_dense = {
    .name = "dense",
    .title = N_("dense: two dense layers"),
    .layers = layers,
    .n_layers = G_N_ELEMENTS(layers),
    .input_scale = 1,
    .options = {.epochs = 200,
                .batch = 16,
                .learning_rate = 1e-3f,
                .schedule = WG_RATE_PLATEAU,
                .patience = 15,
                .keep_best = TRUE,
                .seed = 1},
};
