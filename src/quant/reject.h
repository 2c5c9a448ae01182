/* Builds "none of these" into a model, for a watch whose own recogniser knows no thresholds. */
#pragma once

#include "quant/int8-network.h"

G_BEGIN_DECLS

/* A least raw output that is never taken for an answer. */
#define WG_REJECT_ALWAYS 128
/* Of a raw output of scale 1/256 and zero point -128: a probability above 0.5. Two outputs of one
 * softmax cannot both reach it, so at most one gesture is the answer. */
#define WG_REJECT_LEAST 1

/* The same network with one dense operation behind its softmax: output i is clip(q - least[i] + 1)
 * where q is the model's own raw output i. It is above 0 exactly where q >= least[i], so the
 * firmware's rule (the largest raw output above 0, else undefined: jswrap_bangle.c) answers what
 * an app answers that holds each gesture to its own least output. Weights of 2 at a scale of 1/2
 * are the identity, and no rounding happens: 2 (q + 128) - 2 (least[i] + 127) is even and its
 * multiplier is 1/2.
 *
 * `least`: as many as there are outputs, WG_REJECT_LEAST..WG_REJECT_ALWAYS (the last: 127 or
 * less never reaches it). WG_ERROR_UNSUPPORTED: the model is not int8 throughout, or does not end
 * in a softmax. Any thread; owner: caller. */
GBytes *wg_reject_build(GBytes *tflite, const int *least, GError **error);

G_END_DECLS
