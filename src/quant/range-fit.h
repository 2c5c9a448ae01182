/* How the tensors of an int8 network hold what the float network shows on windows. */
#pragma once

#include "dataset/window.h"
#include "quant/int8-network.h"
#include "quant/range.h"
#include "train/network.h"

G_BEGIN_DECLS

/* One activation: input, output of a conv or dense layer (behind its ReLU) or of a pool, softmax.
 */
typedef struct {
    char name[16];  /* in the .tflite */
    const char *op; /* "input", "conv", "dense", "max-pool", "average-pool" or "softmax" */
    WgRange found;  /* smallest and largest value of the float network */
    WgRange held;   /* from what -128 to what 127 stand for */
    float scale;
    int zero_point;
    gint64 n_values;
    gint64 n_saturated; /* of them, beyond what is held: said as its end */
    double mse;         /* of rounding the float values to those steps */
    double sqnr_db; /* 10 log10(mean square of the values / mse); INFINITY: nothing is lost, NAN:
                       all values are 0 */
} WgTensorFit;

/* GArray of WgTensorFit in the order of the network: what `network`, the float one, shows on the
 * windows beside the steps of `int8`, which was made of it however its ranges were found.
 * WG_ERROR_UNSUPPORTED where the two are not of the same layers. Any thread. */
GArray *wg_range_fit(const WgNetwork *network, const WgInt8Network *int8, const WgWindows *windows,
                     GError **error);

G_END_DECLS
