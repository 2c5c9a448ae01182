/* Judges by what rests how many of a file's units make one g. */
#include "dataset/scale.h"

#include "dataset/recording-private.h"
#include "dataset/window.h"

#include <math.h>

/* Between two samples less than this share of the magnitude is rest. */
#define REST_SHARE 0.15

/* The powers of two from 256 are what sensors give without conversion, at their usual ranges. */
static const double customary[] = {1, 9.80665, 32, 64, 256, 1000, 2048, 4096, 8192, 16384};

/* What would stand at `nth` if they were sorted; they are put in another order. Hoare's selection
 * (Communications of the ACM 4, 1961, algorithm 65). */
static double
select_nth(float *values, int n, int nth)
{
    int left = 0, right = n - 1;

    while (left < right) {
        const float pivot = values[left + (right - left) / 2];
        int i = left, j = right;

        while (i <= j) {
            while (values[i] < pivot)
                i++;
            while (values[j] > pivot)
                j--;
            if (i <= j) {
                const float kept = values[i];

                values[i++] = values[j];
                values[j--] = kept;
            }
        }
        if (nth <= j)
            right = j;
        else if (nth >= i)
            left = i;
        else
            break;
    }
    return values[nth];
}

static double
magnitude(const float *sample)
{
    return sqrt((double)sample[0] * sample[0] + (double)sample[1] * sample[1] +
                (double)sample[2] * sample[2]);
}

static void
collect_rest(const WgRecordingSpec *spec, GArray *magnitudes)
{
    for (int i = 1; i < spec->n_samples; i++) {
        const float *before = spec->original + (gsize)(i - 1) * spec->n_channels;
        const float *now = spec->original + (gsize)i * spec->n_channels;
        const float step[3] = {now[0] - before[0], now[1] - before[1], now[2] - before[2]};
        const float size = (float)magnitude(now);

        /* what is endless or no number is no rest */
        if (size > 0 && isfinite(size) && magnitude(step) < REST_SHARE * size)
            g_array_append_val(magnitudes, size);
    }
}

double
wg_scale_resting_magnitude(GPtrArray *takes)
{
    g_autoptr(GArray) magnitudes = g_array_new(FALSE, FALSE, sizeof(float));

    for (guint i = 0; i < takes->len; i++)
        collect_rest(wg_recording_get(g_ptr_array_index(takes, i)), magnitudes);
    if (magnitudes->len == 0)
        return 0;
    return select_nth((float *)(gpointer)magnitudes->data, (int)magnitudes->len,
                      (int)magnitudes->len / 2);
}

double
wg_scale_judge(double resting_magnitude, gboolean is_history)
{
    double best = is_history ? 64 : 1;

    if (resting_magnitude <= 0)
        return best;
    for (guint i = 0; i < G_N_ELEMENTS(customary); i++) {
        if (is_history && customary[i] != 32 && customary[i] != 64)
            continue;
        if (fabs(log(customary[i] / resting_magnitude)) < fabs(log(best / resting_magnitude)))
            best = customary[i];
    }
    return best;
}

/* At or beyond the ends of the watch's range, as it is in steps of its history. */
static int
count_clipped(const WgRecordingSpec *spec)
{
    int n = 0;

    for (int i = 0; i < spec->n_samples; i++) {
        for (int axis = 0; axis < 3; axis++) {
            const double steps = spec->original[(gsize)i * (gsize)spec->n_channels + (gsize)axis] /
                                 spec->original_units_per_g * WG_UNITS_PER_G;

            n += lrint(steps) >= 127 || lrint(steps) <= -128;
        }
    }
    return n;
}

WgRecording *
wg_scale_apply(WgRecording *take, double units_per_g, gboolean is_history, const char *label)
{
    WgRecordingSpec spec = *wg_recording_get(take);

    spec.label = label;
    spec.original_units_per_g = units_per_g;
    spec.n_clipped = count_clipped(&spec);
    return wg_recording_new_by_rule(&spec, is_history ? WG_SAMPLES_HISTORY : WG_SAMPLES_SCALED);
}
