/* Samples of one rate as samples of another, with what the slower one cannot hold filtered out. */
#include "dataset/resample.h"

#include "base/error.h"

#include <glib/gi18n.h>
#include <math.h>

/* The low-pass is a sinc times a Kaiser window (J. F. Kaiser, "Nonrecursive digital filter design
 * using the I0-sinh window function", 1974): for an attenuation of A dB, beta = 0.1102 (A - 8.7),
 * and a transition of dw radians a sample needs (A - 7.95) / (2.285 dw) taps. The values of
 * the watch have 8 bits (48 dB). */
#define ATTENUATION_DB 60.0
/* The transition ends at the lower Nyquist rate and takes this share of it. */
#define TRANSITION 0.25
/* More values than any recording has; keeps a damaged rate from asking for all memory. */
#define VALUES_MAX (1 << 28)

/* Modified Bessel function of the first kind and order 0: sum of ((x / 2)^k / k!)^2. */
static double
bessel_i0(double x)
{
    double term = 1, sum = 1;

    for (int k = 1; term > sum * 1e-17; k++) {
        term *= (x / (2 * k)) * (x / (2 * k));
        sum += term;
    }
    return sum;
}

typedef struct {
    double cutoff;     /* middle of the transition, as a share of the source's Nyquist rate */
    double half_width; /* samples of the source to either side */
    double beta, i0_of_beta;
} Filter;

static Filter
design(double from_hz, double to_hz)
{
    const double nyquist = fmin(1, to_hz / from_hz); /* the lower one, in the source's */
    const double width = TRANSITION * nyquist;
    Filter filter = {.cutoff = nyquist - width / 2, .beta = 0.1102 * (ATTENUATION_DB - 8.7)};

    filter.half_width = (ATTENUATION_DB - 7.95) / (2.285 * G_PI * width) / 2;
    filter.i0_of_beta = bessel_i0(filter.beta);
    return filter;
}

/* sin(pi c u) / (pi u) * I0(beta sqrt(1 - (u / half)^2)) / I0(beta), u in samples of the source. */
static double
weigh(const Filter *filter, double u)
{
    const double share = u / filter->half_width;
    const double angle = G_PI * filter->cutoff * u;
    const double sinc = fabs(u) < 1e-9 ? filter->cutoff : sin(angle) / (G_PI * u);

    return share * share < 1
               ? sinc * bessel_i0(filter->beta * sqrt(1 - share * share)) / filter->i0_of_beta
               : 0;
}

/* y = r + sum w (x - r) / sum w with r the nearest sample, so that a constant stays what it is. */
static void
filter_at(const Filter *filter, const float *samples, int n, int channels, double centre,
          double *weights, float *out)
{
    const int first = (int)ceil(centre - filter->half_width);
    const int last = (int)floor(centre + filter->half_width);
    const float *nearest = samples + (gsize)CLAMP((int)lrint(centre), 0, n - 1) * (gsize)channels;
    double sum = 0;

    for (int i = first; i <= last; i++) {
        weights[i - first] = weigh(filter, centre - i);
        sum += weights[i - first];
    }
    for (int c = 0; c < channels; c++) {
        double value = 0;

        for (int i = first; i <= last; i++) {
            const float x = samples[(gsize)CLAMP(i, 0, n - 1) * (gsize)channels + (gsize)c];

            value += weights[i - first] * ((double)x - (double)nearest[c]);
        }
        out[c] = (float)((double)nearest[c] + value / sum);
    }
}

int
wg_resample_get_length(int n, double from_hz, double to_hz)
{
    /* 3 x 1 / 3 may come out just below 1 */
    return (int)floor((n - 1) * to_hz / from_hz * (1 + 1e-12)) + 1;
}

static gboolean
check(int n, int channels, double from_hz, double to_hz, GError **error)
{
    if (!(from_hz > 0) || !isfinite(from_hz) || !(to_hz >= WG_RATE_MIN_HZ) ||
        !(to_hz <= WG_RATE_MAX_HZ)) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    _("%g Hz cannot become %g Hz: a window has %g to %g samples a second"), from_hz,
                    to_hz, WG_RATE_MIN_HZ, WG_RATE_MAX_HZ);
        return FALSE;
    }
    if (n < 1 || channels < 1) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    _("%d samples of %d channels: there is nothing to resample"), n, channels);
        return FALSE;
    }
    if (((double)n * to_hz / from_hz + 1) * channels > VALUES_MAX) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    _("%d samples at %g Hz are too long for %g Hz: give their true rate"), n,
                    from_hz, to_hz);
        return FALSE;
    }
    return TRUE;
}

float *
wg_resample(const float *samples, int n, int channels, double from_hz, double to_hz, int *n_out,
            GError **error)
{
    g_autofree double *weights = NULL;
    float *out;
    Filter filter;

    if (!check(n, channels, from_hz, to_hz, error))
        return NULL;
    if (from_hz == to_hz) {
        *n_out = n;
        return g_memdup2(samples, sizeof(float) * (gsize)n * (gsize)channels);
    }
    filter = design(from_hz, to_hz);
    weights = g_new(double, (gsize)(2 * filter.half_width) + 2);
    *n_out = wg_resample_get_length(n, from_hz, to_hz);
    out = g_new(float, (gsize)*n_out *(gsize)channels);
    for (int i = 0; i < *n_out; i++)
        filter_at(&filter, samples, n, channels, i * from_hz / to_hz, weights,
                  out + (gsize)i * (gsize)channels);
    return out;
}
