/* The check "axes": takes that start in another attitude than the rest of their gesture. */
#include "dataset/checks.h"

#include <glib/gi18n.h>
#include <math.h>

/* Less than this between a take's attitude and its gesture's is custom; in degrees. */
#define ANGLE_WORTH_SAYING 75.0

static gboolean
get_attitude(const WgRecordingSpec *spec, double direction[3])
{
    const int n = MIN(3, spec->n_samples);
    double length = 0;

    for (int axis = 0; axis < 3; axis++) {
        direction[axis] = 0;
        for (int i = 0; i < n; i++)
            direction[axis] += spec->samples[i * spec->n_channels + axis];
        length += direction[axis] * direction[axis];
    }
    length = sqrt(length);
    for (int axis = 0; axis < 3 && length > 0; axis++)
        direction[axis] /= length;
    return length > 0;
}

gboolean
wg_check_axes(WgDataset *dataset, GPtrArray *findings, WgProgress *progress,
              GCancellable *cancellable, GError **error)
{
    g_autofree double *means = g_new0(double, (gsize)wg_dataset_get_n_labels(dataset) * 3 + 1);
    double direction[3];

    for (int i = 0; i < wg_dataset_get_n(dataset); i++) {
        double *mean = means + wg_dataset_get_label(dataset, i) * 3;

        if (get_attitude(wg_recording_get(wg_dataset_get(dataset, i)), direction)) {
            for (int axis = 0; axis < 3; axis++)
                mean[axis] += direction[axis];
        }
    }
    for (int i = 0; i < wg_dataset_get_n(dataset); i++) {
        WgRecording *recording = wg_dataset_get(dataset, i);
        const double *mean = means + wg_dataset_get_label(dataset, i) * 3;
        const double size = sqrt(mean[0] * mean[0] + mean[1] * mean[1] + mean[2] * mean[2]);
        double angle;

        if (size <= 0 || !get_attitude(wg_recording_get(recording), direction))
            continue;
        angle =
            acos(CLAMP((direction[0] * mean[0] + direction[1] * mean[1] + direction[2] * mean[2]) /
                           size,
                       -1, 1)) *
            180 / G_PI;
        if (angle > ANGLE_WORTH_SAYING)
            wg_check_add(
                findings, recording, "axes", angle / 180,
                _("starts %.0f degrees away from how “%s” usually starts: another wrist or "
                  "attitude"),
                angle, wg_recording_get(recording)->label);
    }
    return !g_cancellable_set_error_if_cancelled(cancellable, error);
}
