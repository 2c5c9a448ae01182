/* Quantization-aware training: a trained network goes on training as the int8 network it will be.
 */
#include "quant/qat.h"

#include "base/error.h"
#include "quant/layer-draft.h"

#include <glib/gi18n.h>

/* Five folds over the 928 takes to train and validate on of data/recordings/seed-split.json, seeds
 * 1 to 5, preset "waggle": wrong of 4640 as int8, the standard deviation over seeds of its accuracy
 * less float's, and wrong with weights of 4 bits. Float has 40 wrong, int8 not trained on 40 and,
 * with 4 bits, 49. The share is the float network's, of the loss, at a temperature.
 *
 *     rate  epochs  share
 *     0.1   20      0.9 at 4    40  0.0000  40   this
 *     0.1   20      0.5 at 2    40  0.0008  41
 *     0.1   20      1 at 2      39  0.0005  41
 *     0.1   40      1 at 2      39  0.0005  42
 *     0.3   20      1 at 2      37  0.0010  41
 *     0.1   20      0           37  0.0015  37
 *     0.3   20      0           36  0.0018  37
 *     0.1   20      0           38  0.0025  43   with the training's sharpness
 *
 * The errors do not tell them apart; what varies least from float is what int8 is to be. */
#define EPOCHS 20
#define RATE_SHARE 0.1f
#define TEMPERATURE 4
#define TAUGHT_SHARE 0.9f

WgTrainOptions
wg_qat_options(const WgTrainOptions *trained)
{
    WgTrainOptions options = wg_train_options_go_on(trained, EPOCHS);

    options.learning_rate = RATE_SHARE * trained->learning_rate;
    options.sharpness = 0;
    return options;
}

static gboolean
is_max_pool(const WgNetwork *network, int i)
{
    return i < wg_network_get_n_layers(network) &&
           g_str_equal(wg_network_get_layer(network, i)->spec.op, "max-pool");
}

/* As draft_layer() of quantize.c: a ReLU is part of the layer before it, a pool has its input's
 * scale. A max pool is rounded in place of what it is over, which then may be worked out in one go.
 */
WgFakeQuant *
wg_fake_quant_new_for_ranges(const WgNetwork *folded, const WgRange *ranges, double units_per_g)
{
    const int n_layers = wg_network_get_n_layers(folded);
    WgFakeQuant *self = wg_fake_quant_new(n_layers);
    WgScale scale = {(float)(1 / units_per_g), 0};

    self->input = scale;
    for (int i = 0; i < n_layers; i++) {
        const WgLayerDraft *draft = wg_layer_draft_find(folded, i);

        if (!draft || draft->code == 0)
            continue;
        if (draft->has_range) {
            i += wg_layer_draft_is_relu(folded, i + 1);
            scale = wg_scale_choose(ranges[i].min, ranges[i].max);
        }
        if (!draft->has_range || !is_max_pool(folded, i + 1))
            self->outputs[i] = scale;
    }
    return self;
}

WgQat *
wg_qat_new(const WgNetwork *network, WgWindows *calibration, const WgQuantizeOptions *options,
           int weight_steps, GError **error)
{
    g_autoptr(WgQat) self = g_new0(WgQat, 1);

    if (calibration->n == 0) {
        g_set_error(error, WG_ERROR, WG_ERROR_MISSING, _("there are no takes to calibrate on"));
        return NULL;
    }
    self->network = wg_network_fold(network, error);
    if (!self->network)
        return NULL;
    self->ranges = g_new0(WgRange, wg_network_get_n_layers(self->network));
    wg_quantize_find_ranges(self->network, calibration, options, self->ranges);
    self->fake_quant =
        wg_fake_quant_new_for_ranges(self->network, self->ranges, calibration->units_per_g);
    self->fake_quant->weight_steps = weight_steps;
    return g_steal_pointer(&self);
}

gboolean
wg_qat_train(WgQat *self, const WgNetwork *network, WgWindows *train, const WgTrainOptions *options,
             WgEpochFunc epoch_func, gpointer user_data, GCancellable *cancellable, GError **error)
{
    const WgTrainAids aids = {.teacher = network,
                              .temperature = TEMPERATURE,
                              .share = TAUGHT_SHARE,
                              .fake_quant = self->fake_quant};
    g_autoptr(WgTraining) training = wg_train_aided(self->network, train, NULL, options, &aids,
                                                    epoch_func, user_data, cancellable, error);

    return training != NULL;
}

void
wg_qat_free(WgQat *self)
{
    g_clear_pointer(&self->network, wg_network_unref);
    g_clear_pointer(&self->fake_quant, wg_fake_quant_free);
    g_free(self->ranges);
    g_free(self);
}
