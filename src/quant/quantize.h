/* Post-training quantization of a float network into the bytes of an int8 .tflite. */
#pragma once

#include <gio/gio.h>

#include "dataset/window.h"
#include "quant/range.h"
#include "train/network.h"

G_BEGIN_DECLS

typedef struct {
    int n_samples;    /* calibration windows used at most, as wg_calibration_choose(); 0: all */
    gboolean softmax; /* end in SOFTMAX (1/256, -128), so the firmware's "> 0" means p > 0.5 */
    const char *description; /* stored in the file */
    const WgRange *ranges; /* one a layer of the folded network; NULL: as calibration shows them */
    const WgRangeMethod *range_method; /* how it chooses them; NULL: the default */
    double percentile;                 /* of the method percentile; 0: WG_PERCENTILE_DEFAULT */
} WgQuantizeOptions;

/* Folds, calibrates over the windows and writes. Input int8 in the windows' units (of the watch:
 * 1/64 g), zero point 0; output int8. A layer without an int8 form is WG_ERROR_UNSUPPORTED by name.
 * Deterministic. */
GBytes *wg_quantize(const WgNetwork *network, WgWindows *calibration,
                    const WgQuantizeOptions *options, GError **error);
/* The ranges that it would find (the options' own do not count): one a layer of the folded network,
 * the caller's. */
void wg_quantize_find_ranges(const WgNetwork *folded, WgWindows *calibration,
                             const WgQuantizeOptions *options, WgRange *ranges);

G_END_DECLS
