/* Made-up windows and small networks that the tests of training share. */
#pragma once

#include "dataset/window.h"
#include "train/trainer.h"

/* n windows of 20 x 3 in 3 classes, told apart by the time course of one axis, with noise and a
 * zero tail of different lengths. */
WgWindows *synthetic_windows(int n, guint64 seed);
/* conv, batch-norm, ReLU, dropout, conv, ReLU, global max pool, dropout, dense over such windows.
 */
WgNetwork *synthetic_network(guint64 seed);
/* The same without dropout and normalisation. */
WgNetwork *synthetic_plain_network(guint64 seed);
/* Mean cross-entropy of a network of 3 classes over such windows. */
double measure_loss(const WgNetwork *network, const WgWindows *windows);
/* Largest absolute difference of n values. */
float largest_difference(const float *a, const float *b, int n);
