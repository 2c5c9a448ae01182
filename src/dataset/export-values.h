/* The values of a recording as a file for others has them: in a unit that has a name. */
#pragma once

#include "dataset/recording.h"

G_BEGIN_DECLS

typedef struct {
    float *values;    /* n_samples x n_channels; angular rates in degrees per second */
    const char *unit; /* of the acceleration: "g", "m/s2" or "mg" */
    /* The original values are these times `factor`, exactly: 1 where the unit is the recording's
     * own, a power of two where g are finer steps. 0: they are not to be had from these. */
    double factor;
} WgExportValues;

/* The original values where their unit has a name, else g. */
void wg_export_values_init(WgExportValues *self, const WgRecordingSpec *spec);
/* In g whatever the unit was. */
void wg_export_values_init_g(WgExportValues *self, const WgRecordingSpec *spec);
void wg_export_values_clear(WgExportValues *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(WgExportValues, wg_export_values_clear)

/* Turns values back into the original ones; those of acceleration only. A factor that is no power
 * of two is not taken. */
gboolean wg_export_values_restore(float *values, int n_samples, int n_channels, double factor);
/* The shortest text that reads as the same value. */
void wg_append_float(GString *text, float value);
void wg_append_double(GString *text, double value);

G_END_DECLS
