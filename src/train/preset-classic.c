/* Preset "classic": the network that was published with the Bangle.js gesture recordings (2019). */
#include "train/preset.h"

#include <glib/gi18n.h>

static const WgLayerSpec layers[] = {
    {.op = "conv", .units = 14, .kernel = 5, .has_bias = TRUE},
    {.op = "relu"},
    {.op = "dropout", .rate = 0.2f},
    {.op = "conv", .units = 10, .kernel = 5, .dilation = 2, .same = TRUE, .has_bias = TRUE},
    {.op = "relu"},
    {.op = "max-pool"},
    {.op = "dropout", .rate = 0.1f},
    {.op = "dense"},
};

const WgPreset wg_preset_classic = {
    .name = "classic",
    .title = N_("classic: the published one of Bangle.js"),
    .layers = layers,
    .n_layers = G_N_ELEMENTS(layers),
    .input_scale = 1,
    .options = {.epochs = 500, .batch = 64, .learning_rate = 1e-3f, .seed = 1},
};
