/* Has a network bring each channel to the same spread, as it is over the training windows. */
#include "train/standardise.h"

#include "base/error.h"

#include <glib/gi18n.h>
#include <math.h>

static gboolean
is_zero(const float *sample, int channels)
{
    for (int c = 0; c < channels; c++) {
        if (sample[c] != 0)
            return FALSE;
    }
    return TRUE;
}

/* Sums of values and of their squares, channel by channel; gives the number of samples. */
static gint64
add_window(const float *x, int length, int channels, double *sums, double *squares)
{
    int first = 0, end = length;

    while (end > 0 && is_zero(x + (end - 1) * channels, channels))
        end--;
    while (first < end && is_zero(x + first * channels, channels))
        first++;
    for (int i = first * channels; i < end * channels; i++) {
        sums[i % channels] += (double)x[i];
        squares[i % channels] += (double)x[i] * (double)x[i];
    }
    return end - first;
}

gboolean
wg_standardise(WgNetwork *network, const WgWindows *windows, GError **error)
{
    const int channels = windows->channels;
    const double input_scale = (double)wg_network_get_input_scale(network);
    const gboolean has_offsets = wg_network_takes_offsets(network);
    g_autofree double *sums = g_new0(double, channels), *squares = g_new0(double, channels);
    g_autofree float *offsets = g_new0(float, channels), *scales = g_new0(float, channels);
    gint64 n = 0;

    if (channels != wg_network_get_channels(network)) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("windows of %d channels cannot standardise a network of %d"), channels,
                    wg_network_get_channels(network));
        return FALSE;
    }
    for (int i = 0; i < windows->n; i++)
        n += add_window(windows->x + (gsize)i * (gsize)windows->length * (gsize)channels,
                        windows->length, channels, sums, squares);
    for (int c = 0; c < channels; c++) {
        const double mean = sums[c] / (double)MAX(1, n);
        const double variance = squares[c] / (double)MAX(1, n) - mean * mean;
        const double spread = fmax(WG_STANDARD_SPREAD_MIN, sqrt(fmax(0, variance)));

        offsets[c] = has_offsets ? (float)(mean * input_scale) : 0;
        scales[c] = (float)(1 / (spread * input_scale));
    }
    return wg_network_set_standard(network, offsets, scales, error);
}
