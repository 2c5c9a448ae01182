/* Resampling keeps what both rates can hold, drops what the slower one cannot, and moves nothing.
 */
#include "base/error.h"
#include "dataset/resample.h"

#include <math.h>
#include <string.h>

#define SECONDS 12
#define EDGE_SECONDS 2.0 /* half the filter at the lowest rate is 1.5 s */

static const struct {
    double from_hz, to_hz;
} pairs[] = {{119, 12.5}, {12.5, 119}, {100, 25}, {50, 62.5}, {119, 50}, {31.7, 200}, {200, 10}};

static float *
make_sine(double rate_hz, double sine_hz, int n)
{
    float *samples = g_new(float, n);

    for (int i = 0; i < n; i++)
        samples[i] = (float)sin(2 * G_PI * sine_hz * i / rate_hz);
    return samples;
}

/* Largest distance of the resampled sine from `scale` times itself, away from the ends. */
static double
get_error(double from_hz, double to_hz, double sine_hz, double scale)
{
    const int n = (int)(SECONDS * from_hz);
    g_autofree float *sine = make_sine(from_hz, sine_hz, n);
    int n_out = 0;
    g_autofree float *out = wg_resample(sine, n, 1, from_hz, to_hz, &n_out, NULL);
    double largest = 0;

    g_assert_nonnull(out);
    for (int i = 0; i < n_out; i++) {
        const double time_s = i / to_hz;

        if (time_s > EDGE_SECONDS && time_s < SECONDS - EDGE_SECONDS)
            largest = fmax(largest, fabs(out[i] - scale * sin(2 * G_PI * sine_hz * time_s)));
    }
    return largest;
}

static void
test_keeps_slow_sine(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++) {
        const double nyquist = fmin(pairs[i].from_hz, pairs[i].to_hz) / 2;

        for (double share = 0.05; share < 0.751; share += 0.1)
            g_assert_cmpfloat(get_error(pairs[i].from_hz, pairs[i].to_hz, share * nyquist, 1), <,
                              0.002);
    }
}

static void
test_drops_fast_sine(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++) {
        const double to_nyquist = pairs[i].to_hz / 2, from_nyquist = pairs[i].from_hz / 2;

        for (double sine_hz = to_nyquist * 1.001; sine_hz < from_nyquist; sine_hz *= 1.13)
            g_assert_cmpfloat(get_error(pairs[i].from_hz, pairs[i].to_hz, sine_hz, 0), <,
                              pow(10, -58 / 20.0));
    }
}

static void
test_keeps_constant(void)
{
    const float constants[3] = {-1.0f, 0.333333343f, 1000.1f};
    float samples[90 * 3];

    for (int i = 0; i < 90 * 3; i++)
        samples[i] = constants[i % 3];
    for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++) {
        int n_out = 0;
        g_autofree float *out =
            wg_resample(samples, 90, 3, pairs[i].from_hz, pairs[i].to_hz, &n_out, NULL);

        for (int j = 0; j < n_out * 3; j++)
            g_assert_cmpfloat(out[j], ==, constants[j % 3]);
    }
}

static void
test_equal_rates(void)
{
    g_autofree float *noise = g_new(float, 300);
    g_autofree float *out = NULL;
    int n_out = 0;

    for (int i = 0; i < 300; i++)
        noise[i] = (float)sin(i * i * 0.7);
    out = wg_resample(noise, 100, 3, 119, 119, &n_out, NULL);
    g_assert_cmpint(n_out, ==, 100);
    g_assert_cmpmem(out, 300 * sizeof(float), noise, 300 * sizeof(float));
}

static void
test_length(void)
{
    g_assert_cmpint(wg_resample_get_length(1, 119, 12.5), ==, 1);
    g_assert_cmpint(wg_resample_get_length(119, 119, 12.5), ==, 13);
    g_assert_cmpint(wg_resample_get_length(50, 12.5, 25), ==, 99);
    g_assert_cmpint(wg_resample_get_length(11, 100, 10), ==, 2);
    g_assert_cmpint(wg_resample_get_length(10, 100, 10), ==, 1);
    for (int n = 1; n < 400; n++) { /* thirds have no end in binary */
        g_assert_cmpint(wg_resample_get_length(3 * n + 1, 30, 10), ==, n + 1);
        g_assert_cmpint(wg_resample_get_length(n + 1, 10, 30), ==, 3 * n + 1);
    }
}

/* The ends neither ring beyond their neighbours nor fall towards zero. */
static void
test_ends_repeat(void)
{
    float ramp[60];
    g_autofree float *out = NULL;
    int n_out = 0;

    for (int i = 0; i < 60; i++)
        ramp[i] = 1 + (float)i / 100;
    out = wg_resample(ramp, 60, 1, 100, 25, &n_out, NULL);
    g_assert_cmpint(n_out, ==, 15);
    g_assert_cmpfloat_with_epsilon(out[0], 1, 0.02f); /* half a step of the slower rate */
    g_assert_cmpfloat_with_epsilon(out[14], 1.56f, 0.02f);
}

static void
test_refusals(void)
{
    const float sample = 1;
    const struct {
        int n, code;
        double from_hz, to_hz;
    } wrong[] = {
        {1, WG_ERROR_USAGE, 100, 9.9}, {1, WG_ERROR_USAGE, 100, 201},
        {1, WG_ERROR_USAGE, 0, 50},    {1, WG_ERROR_USAGE, (double)NAN, 50},
        {0, WG_ERROR_INPUT, 100, 50},  {1 << 30, WG_ERROR_INPUT, 10, 200},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(GError) error = NULL;
        int n_out = 0;

        g_assert_null(
            wg_resample(&sample, wrong[i].n, 1, wrong[i].from_hz, wrong[i].to_hz, &n_out, &error));
        g_assert_error(error, WG_ERROR, wrong[i].code);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dataset/resample/keeps-a-sine-that-both-rates-hold", test_keeps_slow_sine);
    g_test_add_func("/dataset/resample/drops-a-sine-above-the-new-rate", test_drops_fast_sine);
    g_test_add_func("/dataset/resample/keeps-a-constant-exactly", test_keeps_constant);
    g_test_add_func("/dataset/resample/gives-equal-bits-at-equal-rates", test_equal_rates);
    g_test_add_func("/dataset/resample/has-the-length-it-says", test_length);
    g_test_add_func("/dataset/resample/repeats-the-ends", test_ends_repeat);
    g_test_add_func("/dataset/resample/refuses-rates-out-of-range", test_refusals);
    return g_test_run();
}
