/* The detector is the firmware's, sample by sample. */
#include "dataset/detector.h"

#include <json-glib/json-glib.h>
#include <string.h>

static void
test_stream(void)
{
    g_autofree char *path =
        g_build_filename(g_getenv("WAGGLE_SOURCE"), "tests/data/golden/detector-stream.json", NULL);
    g_autoptr(JsonParser) parser = json_parser_new();
    JsonObject *root;
    JsonArray *samples, *gestures;
    WgDetector detector;
    guint n_found = 0;

    g_assert_true(json_parser_load_from_file(parser, path, NULL));
    root = json_node_get_object(json_parser_get_root(parser));
    samples = json_object_get_array_member(root, "samples");
    gestures = json_object_get_array_member(root, "gestures");
    g_assert_cmpuint(json_array_get_length(gestures), ==, 61);
    wg_detector_init(&detector);
    for (guint i = 0; i < json_array_get_length(samples); i++) {
        JsonArray *sample = json_array_get_array_element(samples, i);
        gint8 history[150];
        gint16 raw[3];
        JsonArray *wanted, *values;
        int n;

        for (guint axis = 0; axis < 3; axis++)
            raw[axis] = (gint16)json_array_get_int_element(sample, axis);
        n = wg_detector_feed(&detector, raw, history);
        if (n == 0)
            continue;
        wanted = json_array_get_array_element(gestures, n_found++);
        values = json_array_get_array_element(wanted, 1);
        g_assert_cmpint(json_array_get_int_element(wanted, 0), ==, i + 1);
        g_assert_cmpuint(json_array_get_length(values), ==, (guint)n * 3);
        for (int j = 0; j < n * 3; j++)
            g_assert_cmpint(history[j], ==, json_array_get_int_element(values, (guint)j));
    }
    g_assert_cmpuint(n_found, ==, 61);
}

static int
feed(WgDetector *detector, int x, gint8 *history)
{
    const gint16 raw[3] = {(gint16)x, 0, 8192};

    return wg_detector_feed(detector, raw, history);
}

/* At rest, then n samples of a sawtooth, then at rest: the length reported, 0: none. */
static int
perform(int n, int height)
{
    WgDetector detector;
    gint8 history[150];
    int reported = 0;

    wg_detector_init(&detector);
    for (int i = 0; i < 60; i++)
        g_assert_cmpint(feed(&detector, 0, history), ==, 0);
    for (int i = 0; i < n + 60; i++) {
        const int length = feed(&detector, i >= n ? 0 : i % 2 ? -height : height, history);

        reported = length > 0 ? length : reported;
    }
    return reported;
}

static void
test_lengths(void)
{
    g_assert_cmpint(perform(20, 700), ==, 0);   /* 700 raw is under the threshold of 800 */
    g_assert_cmpint(perform(4, 4000), ==, 0);   /* too short */
    g_assert_cmpint(perform(20, 4000), ==, 25); /* trigger, movement and the four quiet samples */
    g_assert_cmpint(perform(60, 4000), ==, 0);  /* 50 and more are too long */
}

static void
test_clips(void)
{
    WgDetector detector;
    gint8 history[150];
    gboolean is_clipped = FALSE;

    wg_detector_init(&detector);
    for (int i = 0; i < 60; i++)
        feed(&detector, 0, history);
    for (int i = 0; i < 40; i++) {
        const int n = feed(&detector, i < 12 ? (i % 2 ? -32000 : 32000) : 0, history);

        for (int j = 0; j < n * 3; j++)
            is_clipped = is_clipped || history[j] == 127;
    }
    g_assert_true(is_clipped);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dataset/detector/reproduces-firmware-stream", test_stream);
    g_test_add_func("/dataset/detector/reports-ten-to-fifty-samples", test_lengths);
    g_test_add_func("/dataset/detector/clips-near-two-g", test_clips);
    return g_test_run();
}
