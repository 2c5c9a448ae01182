/* Holds what an export makes of samples and answers to what Waggle makes of them. */
#include "base/random.h"
#include "dataset/debounce.h"
#include "dataset/detector.h"
#include "dataset/window.h"
#include "loaded-export.h"
#include "quant/tflite-write.h"

#include <string.h>

#define STATE_BYTES 65536
#define N_LABELS 3

/* A dense layer over such a window: what it answers plays no part. */
static WgInt8Network *
make_network(int length, int channels)
{
    static const float scale = 1.0f / 64, squared = 1.0f / 4096;
    static const gint32 biases[N_LABELS] = {1, 2, 3};
    g_autofree gint8 *weights = g_malloc0((gsize)length * (gsize)channels * N_LABELS);
    const WgTensorDraft tensors[] = {
        {"in", WG_TENSOR_INT8, 4, {1, length, 1, channels}, 1, &scale, 0, TRUE},
        {"w",
         WG_TENSOR_INT8,
         2,
         {N_LABELS, length * channels},
         1,
         &scale,
         0,
         TRUE,
         0,
         weights,
         (gsize)length * (gsize)channels * N_LABELS},
        {"b", WG_TENSOR_INT32, 1, {N_LABELS}, 1, &squared, 0, TRUE, 0, biases, sizeof biases},
        {"out", WG_TENSOR_INT8, 2, {1, N_LABELS}, 1, &scale, 0, TRUE},
    };
    const WgOpDraft ops[] = {{{.code = WG_TFLITE_FULLY_CONNECTED,
                               .n_inputs = 3,
                               .n_outputs = 1,
                               .inputs = {0, 1, 2},
                               .outputs = {3}}}};
    const WgModelDraft draft = {tensors, G_N_ELEMENTS(tensors), ops, 1, 0, 3, NULL};
    g_autoptr(GBytes) bytes = wg_tflite_write(&draft);
    g_autoptr(GError) error = NULL;
    WgInt8Network *network = wg_int8_network_new(bytes, &error);

    g_assert_no_error(error);
    return network;
}

static LoadedExport *
load(const WgWindowOptions *options, int n_debounce, double debounce_ms)
{
    g_autoptr(WgInt8Network) network =
        make_network(options->length, wg_window_options_get_n_channels(options));
    g_auto(GStrv) labels = loaded_export_make_labels(N_LABELS);
    g_autoptr(GPtrArray) files = wg_export_files_new();
    g_autoptr(GError) error = NULL;
    WgExportSource source;

    loaded_export_init_source(&source, network, labels);
    source.window = options;
    source.n_debounce = n_debounce;
    source.debounce_ms = debounce_ms;
    wg_exporter_c.write(&source, files, &error);
    g_assert_no_error(error);
    return loaded_export_new(files);
}

/* Rest, with movements of all lengths and strengths in between; some beyond the sensor's range. */
static void
make_raw(WgRandom *random, int i, gint16 raw[3])
{
    static const int strengths[] = {60, 400, 1200, 3000, 9000, 40000};
    const int strength = strengths[i / 16 % 7 < 6 ? i / 16 % 7 : 0];

    for (int axis = 0; axis < 3; axis++) {
        const int value = (axis == 2 ? 8192 : 0) +
                          (int)wg_random_below(random, (guint32)(2 * strength)) - strength;

        raw[axis] = (gint16)CLAMP(value, -32768, 32767);
    }
}

static void
test_detector(void)
{
    g_autoptr(LoadedExport) loaded = load(&wg_window_options_watch, 0, 0);
    g_autofree guint8 *state = g_malloc(STATE_BYTES);
    WgRandom random;
    WgDetector detector;
    int n_gestures = 0;

    wg_random_init(&random, 3, 0);
    wg_detector_init(&detector);
    loaded->window_init(state);
    for (int i = 0; i < 60000; i++) {
        gint8 wanted[WG_WINDOW_LENGTH * 3] = {0}, window[WG_WINDOW_LENGTH * 3];
        gint16 raw[3];
        float sample[3];
        int n;

        make_raw(&random, i, raw);
        for (int axis = 0; axis < 3; axis++)
            sample[axis] = (float)raw[axis] / 8192;
        n = wg_detector_feed(&detector, raw, wanted);
        memset(window, 77, sizeof window);
        g_assert_cmpint(loaded->window_feed(state, sample, window), ==, n > 0);
        if (n > 0)
            g_assert_cmpmem(window, sizeof window, wanted, sizeof wanted);
        n_gestures += n > 0;
    }
    g_test_message("%d gestures", n_gestures);
    g_assert_cmpint(n_gestures, >, 100);
}

/* The window that Waggle makes of these samples. */
static void
make_window(const WgWindowOptions *options, const float *samples, gint8 *window)
{
    const WgRecordingSpec spec = {.label = "a",
                                  .rate_hz = options->rate_hz,
                                  .n_samples = options->length,
                                  .n_channels = 6,
                                  .samples = samples,
                                  .original_units_per_g = 1};
    g_autoptr(GPtrArray) recordings =
        g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    g_autoptr(GError) error = NULL;
    g_autoptr(WgDataset) dataset = NULL;
    g_autoptr(WgWindows) windows = NULL;

    g_ptr_array_add(recordings, wg_recording_new(&spec));
    dataset = wg_dataset_new_for_windows(recordings, NULL, options, &error);
    g_assert_no_error(error);
    windows = wg_windows_new(dataset, NULL, 0);
    wg_windows_get_history(windows, 0, window);
}

static void
test_sliding(void)
{
    WgWindowOptions options = wg_window_options_watch;
    g_autoptr(LoadedExport) loaded = NULL;
    g_autofree guint8 *state = g_malloc(STATE_BYTES);
    g_autofree float *samples = g_new(float, 400 * 6);
    WgRandom random;
    int n_windows = 0;

    options.rate_hz = 100;
    options.length = 60;
    options.channels = WG_CHANNELS_ACCELERATION | WG_CHANNELS_ANGULAR_RATE | WG_CHANNEL_MAGNITUDE;
    options.range_g = 3; /* no power of two */
    options.range_dps = 1700;
    loaded = load(&options, 0, 0);
    wg_random_init(&random, 5, 0);
    for (int i = 0; i < 400 * 6; i++)
        samples[i] = wg_random_normal(&random) * (i % 6 < 3 ? 2 : 900);
    loaded->window_init(state);
    for (int i = 0; i < 400; i++) {
        gint8 window[60 * 7], wanted[60 * 7];
        const gboolean is_due = i >= 59 && (i - 59) % 6 == 0;

        g_assert_cmpint(loaded->window_feed(state, samples + i * 6, window), ==, is_due);
        if (!is_due)
            continue;
        make_window(&options, samples + (i - 59) * 6, wanted);
        g_assert_cmpmem(window, sizeof window, wanted, sizeof wanted);
        n_windows++;
    }
    g_assert_cmpint(n_windows, ==, 57);
}

static void
check_debounce(int n, double span_ms)
{
    g_autoptr(LoadedExport) loaded = load(&wg_window_options_watch, n, span_ms);
    g_autoptr(WgDebounce) debounce = wg_debounce_new(n, span_ms);
    g_autofree guint8 *state = g_malloc(STATE_BYTES);
    WgRandom random;
    /* the clock of a board runs over after 49 days */
    const guint32 start_ms = 0u - 30000u;
    guint32 passed_ms = 0;
    int n_answers = 0;

    wg_random_init(&random, 7, (guint64)n);
    loaded->debounce_init(state);
    for (int i = 0; i < 20000; i++) {
        const gboolean is_quiet = i / 40 % 3 == 0;
        const int label = is_quiet ? -1 : (int)wg_random_below(&random, N_LABELS + 1) - 1;
        double first_ms;
        int wanted;

        passed_ms += 1 + wg_random_below(&random, 60);
        wanted = wg_debounce_feed(debounce, passed_ms, label, &first_ms);
        g_assert_cmpint(loaded->debounce_feed(state, start_ms + passed_ms, label), ==, wanted);
        n_answers += wanted >= 0;
    }
    g_test_message("%d in %g ms: %d answers", n, span_ms, n_answers);
    g_assert_cmpint(n_answers, >, 20);
}

static void
test_debounce(void)
{
    check_debounce(1, 300);
    check_debounce(2, 100);
    check_debounce(9, 450);
}

/* Of the detector's gestures each counts when nothing was tuned. */
static void
test_no_debounce(void)
{
    g_autoptr(LoadedExport) loaded = load(&wg_window_options_watch, 0, 0);
    g_autofree guint8 *state = g_malloc(STATE_BYTES);

    loaded->debounce_init(state);
    for (guint32 i = 0; i < 100; i++)
        g_assert_cmpint(loaded->debounce_feed(state, i * 10, (int)(i % 4) - 1), ==,
                        (int)(i % 4) - 1);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/quant/export-windows/detects-as-the-watch", test_detector);
    g_test_add_func("/quant/export-windows/slides-over-the-same-values", test_sliding);
    g_test_add_func("/quant/export-windows/debounces-as-stream-does", test_debounce);
    g_test_add_func("/quant/export-windows/each-counts-where-nothing-was-tuned", test_no_debounce);
    return g_test_run();
}
