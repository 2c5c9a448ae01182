/* How unlike two movements are, whatever their pace. */
#pragma once

#include "dataset/windowing.h"

G_BEGIN_DECLS

#define WG_DTW_MAX_SAMPLES WG_WINDOW_LENGTH_MAX /* of a series */

/* Dynamic time warping (Sakoe and Chiba 1978): the least mean, over both series' samples, of the
 * squared distances along a path that pairs all samples of `a` (n_a x channels, n_a at most
 * WG_DTW_MAX_SAMPLES) with all of `b` in order and leaves the diagonal by at most `band` samples
 * (or by what their lengths differ). INFINITY as soon as it must exceed `limit`, or when one is
 * empty. Any thread. */
float wg_dtw(const float *a, int n_a, const float *b, int n_b, int channels, int band, float limit);

G_END_DECLS
