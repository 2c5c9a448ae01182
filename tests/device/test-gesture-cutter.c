/* Gestures out of a stream of any rate: what the watch's detector finds in recorded takes is found,
 * and the samples are those of the stream. */
#include "dataset/detector.h"
#include "device/gesture-cutter.h"

#include <string.h>

#define UNITS_PER_G 64 /* of the recorded takes */
#define RAW_SHIFT 7    /* from there to what the detector is fed with */
#define N_REST 12      /* samples of rest before and behind a take */

/* The takes of the seed's recordings, each with rest around it: n x 3 of gint8. */
static GArray *
load_stream(int *n_takes)
{
    static const char *const files[] = {"clap2",    "random", "swipe_left", "swipe_right",
                                        "swipe_up", "up_up",  "wraggle"};
    GArray *stream = g_array_new(FALSE, FALSE, sizeof(gint8));
    *n_takes = 0;
    for (gsize f = 0; f < G_N_ELEMENTS(files); f++) {
        g_autofree char *path =
            g_strdup_printf("%s/data/recordings/bangle-gestures/conor-v2/%s.txt",
                            g_getenv("WAGGLE_SOURCE"), files[f]);
        g_autofree char *text = NULL;
        g_autoptr(GError) error = NULL;
        g_file_get_contents(path, &text, NULL, &error);
        g_assert_no_error(error);
        g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
        for (int i = 0; lines[i]; i++) {
            g_auto(GStrv) cells = g_strsplit(lines[i], ",", -1);
            const int n = ((int)g_strv_length(cells) - 1) / 3;
            if (n < 1)
                continue;
            (*n_takes)++;
            for (int s = -N_REST; s < n + N_REST; s++)
                for (int axis = 0; axis < 3; axis++) {
                    const gint8 value =
                        (gint8)g_ascii_strtoll(cells[1 + 3 * CLAMP(s, 0, n - 1) + axis], NULL, 10);
                    g_array_append_val(stream, value);
                }
        }
    }
    return stream;
}

typedef struct {
    guint end; /* samples fed when it ended */
    int n;
    gint8 history[WG_GESTURE_MAX_STEPS * 3];
} Found;

/* What the detector itself finds. */
static GArray *
detect(const GArray *stream)
{
    GArray *all = g_array_new(FALSE, TRUE, sizeof(Found));
    WgDetector detector;
    wg_detector_init(&detector);
    for (guint i = 0; i < stream->len / 3; i++) {
        const gint8 *v = &g_array_index(stream, gint8, 3 * i);
        const gint16 raw[3] = {(gint16)(v[0] * (1 << RAW_SHIFT)), (gint16)(v[1] * (1 << RAW_SHIFT)),
                               (gint16)(v[2] * (1 << RAW_SHIFT))};
        Found found = {.end = i + 1};
        found.n = wg_detector_feed(&detector, raw, found.history);
        if (found.n > 0)
            g_array_append_val(all, found);
    }
    return all;
}

static const WgCut *
add_clipped(WgGestureCutter *cutter, const GArray *stream, guint i, gint64 number,
            gboolean is_clipped)
{
    const gint8 *v = &g_array_index(stream, gint8, 3 * i);
    const double g[3] = {(double)v[0] / UNITS_PER_G, (double)v[1] / UNITS_PER_G,
                         (double)v[2] / UNITS_PER_G};
    return wg_gesture_cutter_add(cutter, number, g, is_clipped);
}

static const WgCut *
add(WgGestureCutter *cutter, const GArray *stream, guint i, gint64 number)
{
    return add_clipped(cutter, stream, i, number, FALSE);
}

/* Each recorded sample stands for `n_each` samples of a stream that fast. */
static void
check_whole_rate(double rate_hz, int n_each)
{
    int n_takes = 0;
    guint n_found = 0;
    g_autoptr(GArray) stream = load_stream(&n_takes);
    g_autoptr(GArray) wanted = detect(stream);
    g_autoptr(WgGestureCutter) cutter = wg_gesture_cutter_new(rate_hz);
    for (guint i = 0; i < stream->len / 3 * (guint)n_each; i++) {
        const WgCut *cut = add(cutter, stream, i / (guint)n_each, i);
        if (!cut)
            continue;
        const Found *found = &g_array_index(wanted, Found, n_found++);
        g_assert_cmpuint(n_found, <=, wanted->len);
        g_assert_cmpuint(i + 1, ==, found->end * (guint)n_each);
        g_assert_cmpint(cut->n_steps, ==, found->n);
        g_assert_cmpmem(cut->history, 3 * cut->n_steps, found->history, 3 * found->n);
        g_assert_cmpint(cut->n_samples, ==, found->n * n_each);
        g_assert_cmpint(cut->n_gaps, ==, 0);
        for (int s = 0; s < cut->n_samples; s++)
            for (int axis = 0; axis < 3; axis++)
                g_assert_cmpint((int)(cut->samples[3 * s + axis] * UNITS_PER_G), ==,
                                found->history[s / n_each * 3 + axis]);
    }
    g_assert_cmpuint(n_found, ==, wanted->len);
    g_assert_cmpuint(n_found, >, (guint)n_takes * 9 / 10);
    g_print("# %g Hz: %u gestures found in the stream of %d takes, as by the detector itself\n",
            rate_hz, n_found, n_takes);
}

static void
test_at_the_watchs_rate_it_is_the_watchs_detector(void)
{
    check_whole_rate(12.5, 1);
    check_whole_rate(12.4, 1); /* as measured */
}

static void
test_a_faster_stream_gives_the_same_gestures_and_its_own_samples(void)
{
    check_whole_rate(25, 2);
    check_whole_rate(101, 8);
}

/* These make no whole number of samples a step: what it sees is a mean of parts. The takes here
 * know nothing of what was between their samples, so the nearer to 12.5 Hz, the less is left of
 * them. */
static void
test_at_any_other_rate_the_takes_are_found_too(void)
{
    static const double rates_hz[] = {10, 19, 80, 119};
    static const int percent[] = {60, 70, 90, 90};
    int n_takes = 0;
    g_autoptr(GArray) stream = load_stream(&n_takes);
    g_autoptr(GArray) wanted = detect(stream);
    for (gsize r = 0; r < G_N_ELEMENTS(rates_hz); r++) {
        const double step = rates_hz[r] / 12.5;
        const gint64 n = (gint64)(stream->len / 3 * step);
        int n_found = 0, n_same = 0;
        guint w = 0;
        g_autoptr(WgGestureCutter) cutter = wg_gesture_cutter_new(rates_hz[r]);
        for (gint64 i = 0; i < n; i++) {
            const WgCut *cut = add(cutter, stream, (guint)((double)i / step), i);
            if (!cut)
                continue;
            const double end = (double)(i + 1) / step;
            n_found++;
            g_assert_cmpfloat_with_epsilon(cut->n_samples, cut->n_steps * step, 1 + 1e-9);
            while (w < wanted->len && g_array_index(wanted, Found, w).end + 2.0 < end)
                w++;
            n_same += w < wanted->len && g_array_index(wanted, Found, w).end - 2.0 <= end;
        }
        g_print("# %g Hz: %d gestures found, %d of them where the watch's detector finds its %u\n",
                rates_hz[r], n_found, n_same, wanted->len);
        g_assert_cmpint(n_same, >, (int)wanted->len * percent[r] / 100);
    }
}

/* Where the steps begin otherwise than the recorded samples did, each is a mean of two of them. */
static void
test_it_does_not_matter_when_it_begins(void)
{
    int n_takes = 0;
    g_autoptr(GArray) stream = load_stream(&n_takes);
    g_autoptr(GArray) wanted = detect(stream);
    for (gint64 offset = 1; offset < 8; offset++) {
        int n_found = 0;
        g_autoptr(WgGestureCutter) cutter = wg_gesture_cutter_new(100);
        for (gint64 i = 0; i < offset + stream->len / 3 * 8; i++)
            n_found += add(cutter, stream, (guint)(MAX(0, i - offset) / 8), i) != NULL;
        g_print("# 100 Hz, begun %d samples early: %d gestures, the watch's detector %u\n",
                (int)offset, n_found, wanted->len);
        g_assert_cmpint(n_found, >, (int)wanted->len * 85 / 100);
    }
}

static void
test_missing_samples_are_told_as_gaps(void)
{
    int n_takes = 0;
    g_autoptr(GArray) stream = load_stream(&n_takes);
    g_autoptr(GArray) wanted = detect(stream);
    const Found *found = &g_array_index(wanted, Found, 0);
    const guint first = found->end - 1 - (guint)found->n;
    g_autoptr(WgGestureCutter) cutter = wg_gesture_cutter_new(12.5);
    const WgCut *cut = NULL;
    for (guint i = 0; i < found->end; i++)
        if (i != first + 3 && i != first + 4) {
            g_assert_null(cut);
            cut = add(cutter, stream, i, i);
        }
    g_assert_nonnull(cut);
    g_assert_cmpint(cut->n_samples, ==, found->n - 2);
    g_assert_cmpint(cut->n_gaps, ==, 1);
    g_assert_cmpint(cut->gaps[0].first, ==, 3);
    g_assert_cmpint(cut->gaps[0].n_missing, ==, 2);
}

/* Two before it and three within. */
static void
test_a_gesture_knows_how_many_of_its_samples_are_clipped(void)
{
    int n_takes = 0;
    g_autoptr(GArray) stream = load_stream(&n_takes);
    g_autoptr(GArray) wanted = detect(stream);
    const Found *found = &g_array_index(wanted, Found, 0);
    const guint first = found->end - 1 - (guint)found->n;
    g_autoptr(WgGestureCutter) cutter = wg_gesture_cutter_new(12.5);
    const WgCut *cut = NULL;
    for (guint i = 0; i < found->end; i++)
        cut = add_clipped(cutter, stream, i, i, i + 2 >= first && i < first + 3);
    g_assert_nonnull(cut);
    g_assert_cmpint(cut->n_clipped, ==, 3);
}

/* Half of a gesture, an hour of nothing, and the other half. */
static void
test_nothing_is_cut_across_a_long_gap(void)
{
    int n_takes = 0;
    g_autoptr(GArray) stream = load_stream(&n_takes);
    g_autoptr(GArray) wanted = detect(stream);
    const Found *found = &g_array_index(wanted, Found, 0);
    const guint half = found->end - (guint)found->n / 2;
    g_autoptr(WgGestureCutter) cutter = wg_gesture_cutter_new(12.5);
    for (guint i = 0; i < found->end; i++) {
        const WgCut *cut = add(cutter, stream, i, i < half ? i : i + 45000);
        g_assert_null(cut);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name, func) g_test_add_func("/device/gesture-cutter/" name, func)
    ADD("at-the-watchs-rate-it-is-the-watchs-detector",
        test_at_the_watchs_rate_it_is_the_watchs_detector);
    ADD("a-faster-stream-gives-the-same-gestures-and-its-own-samples",
        test_a_faster_stream_gives_the_same_gestures_and_its_own_samples);
    ADD("at-any-other-rate-the-takes-are-found-too",
        test_at_any_other_rate_the_takes_are_found_too);
    ADD("it-does-not-matter-when-it-begins", test_it_does_not_matter_when_it_begins);
    ADD("missing-samples-are-told-as-gaps", test_missing_samples_are_told_as_gaps);
    ADD("clipped-samples-are-counted", test_a_gesture_knows_how_many_of_its_samples_are_clipped);
    ADD("nothing-is-cut-across-a-long-gap", test_nothing_is_cut_across_a_long_gap);
    return g_test_run();
}
