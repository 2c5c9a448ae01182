/* Windows of a stream: the watch's own, and sliding ones. */
#include "dataset/stream-window.h"

#include "base/error.h"

#include <json-glib/json-glib.h>
#include <string.h>

static WgStream *
load_golden(void)
{
    g_autofree char *path =
        g_build_filename(g_getenv("WAGGLE_SOURCE"), "tests/data/golden/detector-stream.json", NULL);
    const WgStreamOptions options = {0};
    g_autoptr(GError) error = NULL;
    WgStream *stream = wg_stream_load(path, &options, &error);

    g_assert_no_error(error);
    return stream;
}

static JsonArray *
get_golden_gestures(JsonParser *parser)
{
    g_autofree char *path =
        g_build_filename(g_getenv("WAGGLE_SOURCE"), "tests/data/golden/detector-stream.json", NULL);

    g_assert_true(json_parser_load_from_file(parser, path, NULL));
    return json_object_get_array_member(json_node_get_object(json_parser_get_root(parser)),
                                        "gestures");
}

static void
test_golden(void)
{
    g_autoptr(WgStream) stream = load_golden();
    g_autoptr(JsonParser) parser = json_parser_new();
    JsonArray *gestures = get_golden_gestures(parser);
    g_autoptr(WgStreamWindows) windows = wg_stream_detect(stream, 50, NULL);

    g_assert_nonnull(windows);
    g_assert_cmpint(windows->n, ==, 61);
    g_assert_cmpuint(json_array_get_length(gestures), ==, 61);
    for (int i = 0; i < windows->n; i++) {
        JsonArray *gesture = json_array_get_array_element(gestures, (guint)i);
        JsonArray *values = json_array_get_array_element(gesture, 1);
        const int n_values = (int)json_array_get_length(values);
        const gint8 *history = windows->history + (gsize)i * 150;

        g_assert_cmpint(windows->ends[i], ==, json_array_get_int_element(gesture, 0));
        g_assert_cmpint(windows->ends[i] - 1 - windows->starts[i], ==, n_values / 3);
        for (int j = 0; j < 150; j++)
            g_assert_cmpint(history[j], ==,
                            j < n_values ? json_array_get_int_element(values, (guint)j) : 0);
    }
}

/* What the window says to be in it is in the stream at that place. */
static void
test_place(void)
{
    g_autoptr(WgStream) stream = load_golden();
    g_autoptr(WgStreamWindows) windows = wg_stream_detect(stream, 50, NULL);

    for (int i = 0; i < windows->n; i++) {
        for (int j = MAX(0, windows->starts[i]); j < windows->ends[i] - 1; j++) {
            const gint8 *history =
                windows->history + (gsize)i * 150 + (gsize)(j - windows->starts[i]) * 3;
            gint16 raw[3];

            wg_stream_get_raw(stream, j, raw);
            for (int axis = 0; axis < 3; axis++)
                g_assert_cmpint(history[axis], ==, CLAMP(raw[axis] >> 7, -128, 127));
        }
    }
}

static void
test_short_input(void)
{
    g_autoptr(WgStream) stream = load_golden();
    g_autoptr(WgStreamWindows) whole = wg_stream_detect(stream, 50, NULL);
    g_autoptr(WgStreamWindows) cut = wg_stream_detect(stream, 7, NULL);

    g_assert_cmpint(cut->n, ==, whole->n);
    for (int i = 0; i < cut->n; i++)
        g_assert_cmpmem(cut->history + (gsize)i * 21, 21, whole->history + (gsize)i * 150, 21);
}

static WgStream *
make_ramp(double rate_hz, int n)
{
    float *samples = g_new(float, (gsize)n * 3);

    for (int i = 0; i < n * 3; i++)
        samples[i] = (float)(i / 3) / 64;
    return wg_stream_new(rate_hz, n, samples, wg_stream_events_new());
}

static void
test_slides(void)
{
    g_autoptr(WgStream) stream = make_ramp(12.5, 20);
    g_autoptr(WgStreamWindows) windows = wg_stream_slide(stream, 10, 5, 3);
    g_autoptr(WgStreamWindows) none = wg_stream_slide(stream, 30, 21, 1);

    g_assert_cmpint(windows->n, ==, 6); /* ends 5, 8, 11, 14, 17, 20 */
    g_assert_cmpint(none->n, ==, 0);
    for (int i = 0; i < windows->n; i++) {
        g_assert_cmpint(windows->starts[i], ==, 3 * i);
        g_assert_cmpint(windows->ends[i], ==, 3 * i + 5);
        for (int j = 0; j < 10; j++)
            g_assert_cmpint(windows->history[(i * 10 + j) * 3], ==, j < 5 ? 3 * i + j : 0);
    }
}

static void
test_rate(void)
{
    g_autoptr(WgStream) stream = make_ramp(50, 100);
    g_autoptr(GError) error = NULL;

    g_assert_null(wg_stream_detect(stream, 50, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED);
    g_assert_nonnull(strstr(error->message, "50 Hz"));
    g_assert_nonnull(strstr(error->message, "12.5"));
}

/* A watch that has been worn does not take the first sample for movement. */
static void
test_start(void)
{
    float *samples = g_new(float, 40 * 3);
    g_autoptr(WgStream) stream = NULL;
    g_autoptr(WgStreamWindows) windows = NULL;

    for (int i = 0; i < 40; i++) {
        samples[i * 3] = i < 20 && i % 2 ? 0.7f : 0;
        samples[i * 3 + 1] = 0;
        samples[i * 3 + 2] = -1;
    }
    stream = wg_stream_new(12.5, 40, samples, wg_stream_events_new());
    windows = wg_stream_detect(stream, 50, NULL);
    g_assert_cmpint(windows->n, ==, 1);
    g_assert_cmpint(windows->starts[0], ==, 0); /* the last sample of rest before it begins */
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dataset/stream-window/cuts-the-golden-stream-as-the-firmware", test_golden);
    g_test_add_func("/dataset/stream-window/tells-where-a-gesture-was", test_place);
    g_test_add_func("/dataset/stream-window/keeps-the-first-samples-of-a-short-window",
                    test_short_input);
    g_test_add_func("/dataset/stream-window/slides-by-its-step", test_slides);
    g_test_add_func("/dataset/stream-window/detects-at-the-watchs-rate-only", test_rate);
    g_test_add_func("/dataset/stream-window/begins-in-rest", test_start);
    return g_test_run();
}
