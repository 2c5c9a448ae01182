/* What does not look like the recordings in what a model is calibrated on. */
#pragma once

#include "workbench/calibration.h"

G_BEGIN_DECLS

typedef struct {
    const char *kind; /* "noise", "one-person", "scale", "range", "too-few" or "labels-missing" */
    char *message;    /* a sentence */
} WgCalibrationWarning;

/* GPtrArray of WgCalibrationWarning that owns them. `train`: the takes that the model was trained
 * on, NULL: they are gone. `fits` of this calibration (wg_range_fit), `recommended_fits` of the one
 * that is recommended in its place, NULL: there is none. */
GPtrArray *wg_calibration_list_warnings(const WgCalibration *self, const WgModel *model,
                                        const WgCalibration *train, const GArray *fits,
                                        const GArray *recommended_fits);

G_END_DECLS
