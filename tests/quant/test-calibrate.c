/* Ranges by each method on values whose best range is known, what they saturate, and on which takes
 * they are found. */
#include "base/error.h"
#include "base/random.h"
#include "quant/calibrate.h"
#include "quant/quantize.h"
#include "quant/range-fit.h"

#include <math.h>

static WgRange
choose(const char *name, const float *values, gsize n, double percentile)
{
    const WgRangeMethod *method = wg_range_method_find(name, NULL);
    WgRange range = {INFINITY, -INFINITY};
    g_autoptr(WgHistogram) histogram = NULL;

    g_assert_nonnull(method);
    for (gsize i = 0; i < n; i++) {
        range.min = fminf(range.min, values[i]);
        range.max = fmaxf(range.max, values[i]);
    }
    histogram = wg_histogram_new(range);
    wg_histogram_add(histogram, values, n);
    return method->choose ? method->choose(histogram, percentile) : range;
}

static void
test_steps_hold_zero(void)
{
    WgScale scale = wg_scale_choose(-1, 1.55f);
    gboolean is_saturated;

    g_assert_cmpfloat_with_epsilon(scale.scale, 0.01f, 1e-7);
    g_assert_cmpint(scale.zero_point, ==, -28); /* -128 + 1 / 0.01 */
    scale = wg_scale_choose(2, 2.55f);
    g_assert_cmpint(scale.zero_point, ==, -128);
    g_assert_cmpint(wg_range_quantize(0, scale, &is_saturated), ==, -128);
    g_assert_false(is_saturated);
    g_assert_cmpfloat_with_epsilon(wg_scale_choose(0, 0).scale, 1.0f / 255, 1e-9);
    g_assert_cmpfloat_with_epsilon(wg_scale_choose(0, INFINITY).scale, 1.0f / 255, 1e-9);
}

static void
test_value_beyond_saturates(void)
{
    gboolean is_saturated;

    /* scale 0.01, zero point -128: 0 .. 2.55 */
    g_assert_cmpint(wg_range_quantize(2.554, (WgScale){0.01f, -128}, &is_saturated), ==, 127);
    g_assert_false(is_saturated); /* rounds to the last step */
    g_assert_cmpint(wg_range_quantize(2.556, (WgScale){0.01f, -128}, &is_saturated), ==, 127);
    g_assert_true(is_saturated);
    g_assert_cmpint(wg_range_quantize(-0.006, (WgScale){0.01f, -128}, &is_saturated), ==, -128);
    g_assert_true(is_saturated);
    g_assert_cmpint(wg_range_quantize((double)NAN, (WgScale){0.01f, -128}, &is_saturated), >=,
                    -128);
    g_assert_true(is_saturated);
}

/* 0, 0.1 .. 100: of 1001 values at least 99 % are 991, which end at 99.0 and begin at 1.0. */
static void
test_percentile_is_by_rank(void)
{
    float values[1001];
    const double bin = 100.0 / WG_HISTOGRAM_BINS; /* it is known to a bin */
    WgRange range;

    for (int i = 0; i <= 1000; i++)
        values[i] = (float)i / 10;
    range = choose("percentile", values, 1001, 99);
    g_assert_cmpfloat_with_epsilon(range.max, 99.0, bin);
    g_assert_cmpfloat_with_epsilon(range.min, 1.0, bin);
    range = choose("percentile", values, 1001, 100);
    g_assert_true(range.min == 0 && range.max == 100);
    range = choose("min-max", values, 1001, 99);
    g_assert_true(range.min == 0 && range.max == 100);
}

static double
measure(const float *values, gsize n, WgRange range)
{
    const WgScale scale = wg_scale_choose(range.min, range.max);
    double sum = 0;

    for (gsize i = 0; i < n; i++) {
        gboolean is_saturated;
        const int step = wg_range_quantize((double)values[i], scale, &is_saturated);
        const double lost = (double)values[i] - (double)scale.scale * (step - scale.zero_point);

        sum += lost * lost;
    }
    return sum;
}

/* n values over 0..1 and one of 10: clipping at c loses (10 - c)^2 of the one and n (c / 255)^2 /
 * 12 of the others, least at c = 10 / (1 + n / (12 * 255^2)): 5 where n = 780300. */
static void
test_mse_clips_an_outlier_where_it_pays(void)
{
    const gsize n = 780300;
    g_autofree float *values = g_new(float, n + 1);
    WgRange range;
    double least;

    for (gsize i = 0; i < n; i++)
        values[i] = (float)i / (float)n;
    values[n] = 10;
    range = choose("mse", values, n + 1, 0);
    g_assert_cmpfloat_with_epsilon(range.max, 5, 0.2); /* ends are tried at 10 / 128 from another,
                                                          and near its least it is flat */
    g_assert_true(range.min == 0);
    least = measure(values, n + 1, range);
    g_assert_cmpfloat(least, <, 0.6 * measure(values, n + 1, (WgRange){0, 10}));
    for (int k = 8; k <= 128; k += 8) /* bins stand for their values to less than a hundredth */
        g_assert_cmpfloat(least, <=, 1.01 * measure(values, n + 1, (WgRange){0, 10.0f * k / 128}));
}

/* The same on both sides of 0, which then need not be clipped alike. */
static void
test_mse_clips_each_end_by_itself(void)
{
    const gsize n = 200000;
    g_autofree float *values = g_new(float, n + 1);
    WgRange range;

    for (gsize i = 0; i < n; i++)
        values[i] = 2 * (float)i / (float)n - 1;
    values[n] = -8;
    range = choose("mse", values, n + 1, 0);
    g_assert_cmpfloat(range.min, >, -7.8);
    g_assert_cmpfloat(range.min, <, -4);
    g_assert_cmpfloat_with_epsilon(range.max, 1, 0.02);
}

static void
test_what_only_rises_from_zero_is_as_it_is(void)
{
    float values[512];

    for (int i = 0; i < 512; i++)
        values[i] = (float)i / 511;
    for (int i = 0; wg_range_methods[i]; i++) {
        const WgRange range = choose(wg_range_methods[i]->name, values, 512, 100);

        g_assert_cmpfloat_with_epsilon(range.max, 1,
                                       0.01); /* one end tried below is 1 / 128 less */
        g_assert_cmpfloat_with_epsilon(range.min, 0, 1e-6);
    }
}

static void
test_unknown_method_is_refused(void)
{
    g_autoptr(GError) error = NULL;

    g_assert_null(wg_range_method_find("entropy", &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_USAGE);
    g_assert_nonnull(strstr(error->message, "mse, min-max or percentile"));
}

/* Windows of one channel and ten samples. */
static WgWindows *
make_windows(int n, const char *const *labels)
{
    return wg_windows_alloc(n, 10, 1, labels);
}

static WgNetwork *
make_network(void)
{
    const WgLayerSpec layers[] = {
        {.op = "conv", .units = 1, .kernel = 1, .stride = 1, .dilation = 1, .has_bias = TRUE},
        {.op = "relu"},
    };
    g_autoptr(GError) error = NULL;
    WgNetwork *network = wg_network_new(layers, 2, 10, 1, 1, 1, &error);

    g_assert_no_error(error);
    wg_network_get_parameters(network)[0] = 1; /* gives what it gets */
    wg_network_get_parameters(network)[1] = 0;
    return network;
}

static void
test_saturated_values_are_counted(void)
{
    static const char *const labels[] = {"a", NULL};
    static const float samples[] = {-1, 0, 0.25f, 0.5f, 0.75f, 1, 1.001f, 1.25f, 1.5f, 1.75f};
    const WgRange ranges[] = {{-1, 2}, {0, 1}};
    const WgQuantizeOptions options = {.ranges = ranges};
    g_autoptr(WgWindows) windows = make_windows(2, labels);
    g_autoptr(WgNetwork) network = make_network();
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) tflite = NULL;
    g_autoptr(WgInt8Network) int8 = NULL;
    g_autoptr(GArray) fits = NULL;
    const WgTensorFit *fit;
    double lost = 0;

    for (int i = 0; i < 20; i++)
        windows->x[i] = samples[i % 10];
    tflite = wg_quantize(network, windows, &options, &error);
    g_assert_no_error(error);
    int8 = wg_int8_network_new(tflite, &error);
    g_assert_no_error(error);
    fits = wg_range_fit(network, int8, windows, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(fits->len, ==, 2);
    fit = &g_array_index(fits, WgTensorFit, 0);
    g_assert_cmpstr(fit->op, ==, "input");
    g_assert_cmpint((int)fit->n_saturated, ==, 0);
    g_assert_true(fit->held.min == -2 && fit->held.max == 127.0f / 64);
    fit = &g_array_index(fits, WgTensorFit, 1);
    g_assert_cmpstr(fit->op, ==, "conv");
    g_assert_cmpint((int)fit->n_values, ==, 20);
    /* 1.25, 1.5 and 1.75 of each; 1.001 still rounds to 1, and below 0 nothing comes */
    g_assert_cmpint((int)fit->n_saturated, ==, 6);
    g_assert_true(fit->found.min == 0 && fit->found.max == 1.75f);
    g_assert_cmpfloat_with_epsilon(fit->held.max, 1, 1e-6);
    /* lost: 0.25 (of 63.75 steps a quarter), 0.5 (127.5: a half), 0.75 (191.25), and what is beyond
     * 1
     */
    lost = (0.25 * 0.25 + 0.5 * 0.5 + 0.25 * 0.25) / (255.0 * 255) + 0.001 * 0.001 + 0.25 * 0.25 +
           0.5 * 0.5 + 0.75 * 0.75;
    g_assert_cmpfloat_with_epsilon(fit->mse, lost / 10, 1e-6);
    g_assert_cmpfloat_with_epsilon(fit->sqnr_db, 10 * log10(9.752 / 0.875), 0.01);
}

static void
test_another_network_is_refused(void)
{
    static const char *const labels[] = {"a", NULL};
    const WgLayerSpec layers[] = {
        {.op = "conv", .units = 1, .kernel = 1, .stride = 1, .dilation = 1, .has_bias = TRUE},
        {.op = "dense", .units = 2, .has_bias = TRUE},
    };
    const WgQuantizeOptions options = {0};
    g_autoptr(WgWindows) windows = make_windows(1, labels);
    g_autoptr(WgNetwork) network = make_network();
    g_autoptr(WgNetwork) other = wg_network_new(layers, 2, 10, 1, 1, 1, NULL);
    g_autoptr(GBytes) tflite = wg_quantize(network, windows, &options, NULL);
    g_autoptr(WgInt8Network) int8 = wg_int8_network_new(tflite, NULL);
    g_autoptr(GError) error = NULL;

    g_assert_null(wg_range_fit(other, int8, windows, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED);
}

static void
test_same_takes_give_same_bytes(void)
{
    static const char *const labels[] = {"a", "b", NULL};
    g_autoptr(WgWindows) windows = make_windows(20000, labels);
    g_autoptr(WgNetwork) network = make_network();
    g_autoptr(GPtrArray) made = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    WgRandom random;

    wg_random_init(&random, 1, 1);
    for (int i = 0; i < 200000; i++)
        windows->x[i] =
            i == 7 ? 8 : wg_random_normal(&random) / 2; /* among so many worth to cut off */
    for (int i = 0; wg_range_methods[i]; i++) {
        const WgQuantizeOptions options = {.range_method = wg_range_methods[i], .percentile = 95};
        GBytes *first = wg_quantize(network, windows, &options, NULL);
        g_autoptr(GBytes) again = wg_quantize(network, windows, &options, NULL);

        g_assert_true(g_bytes_equal(first, again));
        for (guint j = 0; j < made->len; j++)
            g_assert_false(g_bytes_equal(first, g_ptr_array_index(made, j)));
        g_ptr_array_add(made, first);
    }
    g_assert_cmpuint(made->len, ==, 3);
}

/* 100 of a, 3 of b, 1 of c. */
static void
test_few_takes_show_every_gesture(void)
{
    static const char *const labels[] = {"a", "b", "c", "d", NULL};
    g_autoptr(WgWindows) windows = make_windows(104, labels);
    int indices[104];
    int counts[4] = {0};

    for (int i = 0; i < 104; i++)
        windows->labels[i] = i < 100 ? 0 : i < 103 ? 1 : 2;
    g_assert_cmpint(wg_calibration_choose(windows, 6, indices), ==, 6);
    /* a, b, c, a, b, a: of a the middles of three thirds, of b those of two halves */
    g_assert_cmpint(indices[0], ==, 16);
    g_assert_cmpint(indices[1], ==, 50);
    g_assert_cmpint(indices[2], ==, 83);
    g_assert_cmpint(indices[3], ==, 100);
    g_assert_cmpint(indices[4], ==, 102);
    g_assert_cmpint(indices[5], ==, 103);
    g_assert_cmpint(wg_calibration_choose(windows, 50, indices), ==, 50);
    for (int i = 0; i < 50; i++) {
        g_assert_true(i == 0 || indices[i] > indices[i - 1]);
        counts[windows->labels[indices[i]]]++;
    }
    g_assert_cmpint(counts[0], ==, 46);
    g_assert_cmpint(counts[1], ==, 3);
    g_assert_cmpint(counts[2], ==, 1);
    for (int n = 0; n <= 200; n += 200) {
        g_assert_cmpint(wg_calibration_choose(windows, n, indices), ==, 104);
        g_assert_cmpint(indices[103], ==, 103);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/quant/range/steps-hold-zero", test_steps_hold_zero);
    g_test_add_func("/quant/range/value-beyond-saturates", test_value_beyond_saturates);
    g_test_add_func("/quant/range/percentile-is-by-rank", test_percentile_is_by_rank);
    g_test_add_func("/quant/range/mse-clips-an-outlier-where-it-pays",
                    test_mse_clips_an_outlier_where_it_pays);
    g_test_add_func("/quant/range/mse-clips-each-end-by-itself", test_mse_clips_each_end_by_itself);
    g_test_add_func("/quant/range/what-only-rises-from-zero-is-as-it-is",
                    test_what_only_rises_from_zero_is_as_it_is);
    g_test_add_func("/quant/range/unknown-method-is-refused", test_unknown_method_is_refused);
    g_test_add_func("/quant/range-fit/saturated-values-are-counted",
                    test_saturated_values_are_counted);
    g_test_add_func("/quant/range-fit/another-network-is-refused", test_another_network_is_refused);
    g_test_add_func("/quant/quantize/same-takes-give-same-bytes", test_same_takes_give_same_bytes);
    g_test_add_func("/quant/calibrate/few-takes-show-every-gesture",
                    test_few_takes_show_every_gesture);
    return g_test_run();
}
