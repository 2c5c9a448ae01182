/* What it costs to calibrate as was asked for, against the recommended way: measured on takes. */
#pragma once

#include "workbench/calibration.h"

G_BEGIN_DECLS

/* Both int8 networks and the float one answer the takes of `asked`, a whole part of the split:
 * {"on", "n", "errors", "recommended_errors", "float_errors", "accuracy", "recommended_accuracy",
 * "difference", "changed" (answers unlike the recommended one's), "probability" and
 * "recommended_probability" (mean of the true gesture's), "worst": {"label", "recall",
 * "recommended_recall"}, "recommended" (what that is calibrated on), "words"}. Transfer full. */
JsonObject *wg_calibration_cost(const WgCalibration *self, const WgCalibration *recommended,
                                const WgModel *model, WgInt8Network *int8,
                                WgInt8Network *recommended_int8, const WgCalibration *asked);

G_END_DECLS
