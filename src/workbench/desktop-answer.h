/* What this machine answers to a gesture as the watch holds it: the other half of every comparison.
 */
#pragma once

#include "quant/int8-network.h"

G_BEGIN_DECLS

/* Raw output values (n_outputs, caller's) for n_samples x 3 history units, left-aligned in a zero
 * window as the watch's app does it. */
void wg_desktop_answer(const WgInt8Network *network, const gint8 *history, int n_samples,
                       float *outputs);
/* The rule of data/watch/recognise.js: index of the largest raw output, the first of equals, when
 * its probability reaches `threshold`; else -1. */
int wg_desktop_decide(const WgInt8Network *network, const float *outputs, double threshold);

G_END_DECLS
