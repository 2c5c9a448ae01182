/* What a training may be held to beside its takes' labels: a mask, a teacher, an int8 form. */
#pragma once

#include "train/fake-quant.h"

G_BEGIN_DECLS

/* All borrowed, and may be NULL; they outlive the training. */
typedef struct {
    const guint8 *mask; /* n_parameters: where 0 the parameter is 0 and stays so */
    /* a network over the same windows and classes: its answers to the same changed windows are
     * targets, both softened by `temperature`, and count `share` of the loss (Hinton et al. 2015)
     */
    const WgNetwork *teacher;
    float temperature, share;
    /* the loss is that of the int8 form and its gradient that of the float parameters, straight
     * through what is rounded; of a network without batch-norm and dropout (wg_network_fold) */
    const WgFakeQuant *fake_quant;
} WgTrainAids;

/* WG_ERROR_UNSUPPORTED where teacher or int8 form are not of such a network; WG_ERROR_USAGE for a
 * temperature not above 0 or a share not in 0 .. 1. */
gboolean wg_train_aids_check(const WgTrainAids *self, const WgNetwork *network, GError **error);
/* Sets to 0 what the mask holds there: parameters before a training, gradients in it. */
void wg_train_aids_mask(const WgTrainAids *self, float *values, int n);

G_END_DECLS
