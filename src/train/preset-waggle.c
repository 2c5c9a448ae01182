/* Preset "waggle": the default, chosen by cross-validation to be the most accurate that fits. */
#include "train/preset.h"

#include <glib/gi18n.h>

/* Frozen by five-fold cross-validation over train and validation of data/recordings/seed-split.json
 * (928 takes), seeds 1 to 10, before the test part was opened for it. Wrong of 9280 as int8:
 *
 *     73  0.9921  this; a seed 0.9903 to 0.9946; float 0.9919; 4808 bytes, an arena of 3108
 *     81  0.9913  a global max pool instead of two segments
 *     86  0.9907  neither segments nor sharpness: the preset before
 *
 * Cross-entropy of takes held out is 0.052, 0.052 and 0.061. Sharpness in the second half of the
 * epochs costs half as much again. Seven takes were three quarters of what a global pool got wrong:
 * three mislabelled (random.txt:15 and :19 of conor, gesture_training.txt:501 of james), two cut
 * from one unbroken movement (:137 and :138 there), two that look like clap2 (:196 and :270).
 *
 * After the choice was committed: on the test part (241 takes, trained on 687), seeds 1 to 10, int8
 * 0.9880, 0.9793 to 0.9917, and float 0.9876; five folds over all 1169 takes, seeds 1 to 3, int8
 * 0.9914, 0.9906 to 0.9923. Again with kernels that round otherwise, nothing else changed: int8
 * 0.9871, float 0.9880, and 0.9914. The test part had been opened once before, for the preset
 * before: 5 seeds, float 0.9851. */

static const WgLayerSpec layers[] = {
    {.op = "conv", .units = 16, .kernel = 5, .same = TRUE},
    {.op = "batch-norm"},
    {.op = "relu"},
    {.op = "conv", .units = 24, .kernel = 5, .same = TRUE},
    {.op = "batch-norm"},
    {.op = "relu"},
    {.op = "max-pool"},
    {.op = "dense", .has_bias = TRUE},
};

const WgPreset wg_preset_waggle = {
    .name = "waggle",
    .title = N_("waggle: the best that fits a watch"),
    .layers = layers,
    .n_layers = G_N_ELEMENTS(layers),
    .n_segments = 2,
    .input_scale = 1,
    .options = {.epochs = 200,
                .batch = 32,
                .learning_rate = 3e-3f,
                .weight_decay = 1e-2f,
                .schedule = WG_RATE_COSINE,
                .label_smoothing = 0.05f,
                .class_weights = WG_WEIGHTS_UNEVEN,
                .sharpness = 0.1f,
                .sharpness_from = 0.5f,
                .shift = 2,
                .scale = 0.2f,
                .rotation = 0.2f,
                .stretch = 0.2f,
                .seed = 1},
};
