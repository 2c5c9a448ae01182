/* Draws networks of the nine operations at random: shapes, strides, dilations, paddings, scales. */
#pragma once

#include "base/random.h"
#include "quant/tflite-write.h"

G_BEGIN_DECLS

typedef struct _WgRandomModel WgRandomModel;

/* One operation of that code. Forms in which the firmware differs from every other engine are not
 * drawn (a fused activation or a dilated SAME padding of a depthwise convolution). */
WgRandomModel *wg_random_model_new_single(WgRandom *random, int code);
/* Two to seven operations: from a window of 20 to 60 samples of 3 axes, int8 or float, to scores.
 */
WgRandomModel *wg_random_model_new_chain(WgRandom *random);
GBytes *wg_random_model_write(const WgRandomModel *self);
/* Output steps that one step more of an accumulator, of an input that is only rescaled or of a
 * softmax's score can make: the largest of all operations. */
double wg_random_model_get_multiplier(const WgRandomModel *self);
int wg_random_model_get_n_ops(const WgRandomModel *self);
void wg_random_model_free(WgRandomModel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgRandomModel, wg_random_model_free)

G_END_DECLS
