/* Preset "conv1d": two convolutions with a pool between, then a dense layer over all times. */
#include "train/preset.h"

#include <glib/gi18n.h>

static const WgLayerSpec layers[] = {
    {.op = "conv", .units = 8, .kernel = 5, .has_bias = TRUE},
    {.op = "relu"},
    {.op = "max-pool", .pool = 2},
    {.op = "conv", .units = 16, .kernel = 3, .has_bias = TRUE},
    {.op = "relu"},
    {.op = "flatten"},
    {.op = "dense", .units = 16, .has_bias = TRUE},
    {.op = "relu"},
    {.op = "dense", .has_bias = TRUE},
};

const WgPreset wg_preset_conv1d = {
    .name = "conv1d",
    .title = N_("conv1d: two convolutions and a dense layer"),
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
