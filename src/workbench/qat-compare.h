/* Quantization-aware training of the project's model, held against quantizing it plainly. */
#pragma once

#include "quant/quantize.h"
#include "workbench/job.h"
#include "workbench/model.h"

G_BEGIN_DECLS

/* The int8 model as wg_quantize() gives it, of the float network trained on as such on its split's
 * training takes, with its preset's batch and augmentation. It is asked the validation takes beside
 * the float network and plain quantization, and where it has more of them wrong than the latter the
 * plain one is given: trained as int8 is never worse there. `told` gets that ("n", "float_errors",
 * "plain_errors", "qat_errors", "kept": "qat" or "ptq", "verdict"; without validation takes the
 * verdict and "kept" only), transfer full. Progress and cancellation are the job's. */
GBytes *wg_qat_quantize(WgJob *job, WgModel *model, WgWindows *calibration,
                        const WgQuantizeOptions *options, JsonObject **told, GError **error);

G_END_DECLS
