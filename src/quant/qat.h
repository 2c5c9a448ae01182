/* Quantization-aware training: a trained network goes on training as the int8 network it will be.
 */
#pragma once

#include "quant/quantize.h"
#include "train/fake-quant.h"
#include "train/trainer.h"

G_BEGIN_DECLS

typedef struct {
    WgNetwork *network;      /* folded, of float parameters that are to be rounded */
    WgRange *ranges;         /* one a layer of it, for WgQuantizeOptions */
    WgFakeQuant *fake_quant; /* how it was rounded in training */
} WgQat;

/* Settings after a training by those: its batch and augmentation, few epochs, a small rate. */
WgTrainOptions wg_qat_options(const WgTrainOptions *trained);

/* How wg_quantize() rounds a folded network with these ranges (one a layer) and windows of that
 * many int8 steps to 1 g. */
WgFakeQuant *wg_fake_quant_new_for_ranges(const WgNetwork *folded, const WgRange *ranges,
                                          double units_per_g);

/* Folds the network and finds the ranges over `calibration` as wg_quantize() would with these
 * options; weights have `weight_steps` to each side of 0: WG_WEIGHT_STEPS. Errors of folding, and
 * WG_ERROR_MISSING without takes. */
WgQat *wg_qat_new(const WgNetwork *network, WgWindows *calibration,
                  const WgQuantizeOptions *options, int weight_steps, GError **error);
/* Trains on with each forward pass rounded as int8 will be, towards the labels and, mostly, what
 * `network`, the float one that it was made of, answers to the same changed windows. The gradient
 * goes straight through what is rounded, and stops where it was clipped; the ranges stay. Runs in
 * the calling thread and its workers; the same bits at any number of threads. Errors of
 * wg_train(). */
gboolean wg_qat_train(WgQat *self, const WgNetwork *network, WgWindows *train,
                      const WgTrainOptions *options, WgEpochFunc epoch_func, gpointer user_data,
                      GCancellable *cancellable, GError **error);
void wg_qat_free(WgQat *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgQat, wg_qat_free)

G_END_DECLS
