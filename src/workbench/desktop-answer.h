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
 * its probability reaches its own of `thresholds` (as many as there are outputs; NULL: all have
 * `threshold`); else -1. */
int wg_desktop_decide(const WgInt8Network *network, const float *outputs, double threshold,
                      const double *thresholds);
/* The firmware's rule (jswrap_bangle.c): index of the largest raw output that is above 0, the first
 * of equals; else -1. */
int wg_desktop_decide_builtin(const WgInt8Network *network, const float *outputs);
/* Raw outputs as probabilities, 0..1, to show: n of them, caller's. `least`: what was built into
 * the network (quant/reject.h), and is taken out again; what is never the answer is 0 then. NULL:
 * nothing was. */
void wg_desktop_get_shares(const WgInt8Network *network, const float *outputs, const int *least,
                           double *shares);

G_END_DECLS
