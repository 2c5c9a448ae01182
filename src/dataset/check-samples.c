/* The checks that look at one take's samples: clipping, length, stillness, gaps, scale. */
#include "dataset/checks.h"
#include "dataset/scale.h"
#include "dataset/window.h"

#include <glib/gi18n.h>
#include <math.h>

/* The watch's detector never reports fewer (gestureMinLength) or as many as it keeps. */
#define LENGTH_MIN 10
/* A take whose values hardly vary holds no movement; in g. */
#define STILL_BELOW_G 0.05
/* Further than this from one g at rest is another scale. */
#define SCALE_FACTOR 1.5

gboolean
wg_check_clipping(WgDataset *dataset, GPtrArray *findings, WgProgress *progress,
                  GCancellable *cancellable, GError **error)
{
    for (int i = 0; i < wg_dataset_get_n(dataset); i++) {
        WgRecording *recording = wg_dataset_get(dataset, i);
        const WgRecordingSpec *spec = wg_recording_get(recording);

        if (spec->n_clipped > 0)
            wg_check_add(
                findings, recording, "clipping", (double)spec->n_clipped / (spec->n_samples * 3),
                _("%d of %d values are clipped: the watch measures up to 2 g, do it softer"),
                spec->n_clipped, spec->n_samples * 3);
    }
    return !g_cancellable_set_error_if_cancelled(cancellable, error);
}

gboolean
wg_check_length(WgDataset *dataset, GPtrArray *findings, WgProgress *progress,
                GCancellable *cancellable, GError **error)
{
    const int n_labels = wg_dataset_get_n_labels(dataset), n = wg_dataset_get_n(dataset);
    g_autofree double *sum = g_new0(double, n_labels + 1), *squares = g_new0(double, n_labels + 1);
    g_autofree int *counts = g_new0(int, n_labels + 1);

    for (int i = 0; i < n; i++) {
        const int length = wg_recording_get(wg_dataset_get(dataset, i))->n_samples;
        const int label = wg_dataset_get_label(dataset, i);

        sum[label] += length;
        squares[label] += (double)length * length;
        counts[label]++;
    }
    for (int i = 0; i < n; i++) {
        WgRecording *recording = wg_dataset_get(dataset, i);
        const int length = wg_recording_get(recording)->n_samples;
        const int label = wg_dataset_get_label(dataset, i);
        const double mean = sum[label] / counts[label];
        const double deviation = sqrt(fmax(0, squares[label] / counts[label] - mean * mean));
        const double far = fabs(length - mean) / fmax(1, deviation);

        if (length < LENGTH_MIN)
            wg_check_add(findings, recording, "length", 100,
                         ngettext("%d sample is fewer than the %d the watch reports",
                                  "%d samples are fewer than the %d the watch reports",
                                  (gulong)length),
                         length, LENGTH_MIN);
        else if (counts[label] > 4 && far > 3)
            wg_check_add(findings, recording, "length", far,
                         ngettext("%d sample, where takes of “%s” have %.0f",
                                  "%d samples, where takes of “%s” have %.0f", (gulong)length),
                         length, wg_recording_get(recording)->label, mean);
    }
    return !g_cancellable_set_error_if_cancelled(cancellable, error);
}

/* Standard deviation of the magnitude and the axes together, in g. */
static double
movement(const WgRecordingSpec *spec)
{
    double sum[3] = {0}, squares[3] = {0}, all = 0;

    for (int i = 0; i < spec->n_samples; i++) {
        for (int axis = 0; axis < 3; axis++) {
            const double value = spec->samples[i * spec->n_channels + axis];

            sum[axis] += value;
            squares[axis] += value * value;
        }
    }
    for (int axis = 0; axis < 3; axis++) {
        const double mean = sum[axis] / spec->n_samples;

        all += fmax(0, squares[axis] / spec->n_samples - mean * mean);
    }
    return sqrt(all);
}

gboolean
wg_check_still(WgDataset *dataset, GPtrArray *findings, WgProgress *progress,
               GCancellable *cancellable, GError **error)
{
    for (int i = 0; i < wg_dataset_get_n(dataset); i++) {
        WgRecording *recording = wg_dataset_get(dataset, i);
        const double moved_g = movement(wg_recording_get(recording));

        if (moved_g < STILL_BELOW_G)
            wg_check_add(findings, recording, "still", 1 - moved_g / STILL_BELOW_G,
                         _("hardly moves (%.3f g): was it recorded at rest?"), moved_g);
    }
    return !g_cancellable_set_error_if_cancelled(cancellable, error);
}

/* Samples that did not arrive were noted when it was recorded. The same value many times over is a
 * sensor or a link that stood still. */
gboolean
wg_check_gaps(WgDataset *dataset, GPtrArray *findings, WgProgress *progress,
              GCancellable *cancellable, GError **error)
{
    for (int i = 0; i < wg_dataset_get_n(dataset); i++) {
        WgRecording *recording = wg_dataset_get(dataset, i);
        const WgRecordingSpec *spec = wg_recording_get(recording);
        const WgRecording *source = wg_dataset_get_source(dataset, i);
        const int n_missing = wg_recording_get_n_missing(source);
        int n_same = 0, longest = 0;

        if (n_missing > 0)
            wg_check_add(findings, recording, "gaps", n_missing,
                         ngettext("%d sample of %d did not arrive (gaps: %d)",
                                  "%d samples of %d did not arrive (gaps: %d)", (gulong)n_missing),
                         n_missing, wg_recording_get(source)->n_samples + n_missing,
                         wg_recording_get(source)->n_gaps);
        for (int j = 1; j < spec->n_samples; j++) {
            const float *now = spec->original + j * spec->n_channels;
            const float *before = now - spec->n_channels;

            n_same =
                now[0] == before[0] && now[1] == before[1] && now[2] == before[2] ? n_same + 1 : 0;
            longest = MAX(longest, n_same);
        }
        if (longest >= 4)
            wg_check_add(findings, recording, "gaps", longest,
                         _("%d samples in a row are the same: data may be missing here"),
                         longest + 1);
    }
    return !g_cancellable_set_error_if_cancelled(cancellable, error);
}

gboolean
wg_check_scale(WgDataset *dataset, GPtrArray *findings, WgProgress *progress,
               GCancellable *cancellable, GError **error)
{
    for (int i = 0; i < wg_dataset_get_n(dataset); i++) {
        WgRecording *recording = wg_dataset_get(dataset, i);
        g_autoptr(GPtrArray) one = g_ptr_array_new();
        double rest_g;

        g_ptr_array_add(one, recording);
        rest_g =
            wg_scale_resting_magnitude(one) / wg_recording_get(recording)->original_units_per_g;
        if (rest_g > 0 && fabs(log(rest_g)) > log(SCALE_FACTOR))
            wg_check_add(findings, recording, "scale", fabs(log(rest_g)),
                         _("rests at %.2f g, not at 1 g: its scale may be another"), rest_g);
    }
    return !g_cancellable_set_error_if_cancelled(cancellable, error);
}
