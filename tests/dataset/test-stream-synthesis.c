/* Streams put together from takes: seeded, labelled where the takes are, with rest between them. */
#include "dataset/stream-synthesis.h"

#include "base/error.h"
#include "dataset/stream-window.h"
#include "takes.h"

#include <math.h>
#include <string.h>

static WgStream *
put_together(GPtrArray *takes, GPtrArray *others, guint64 seed, double duration_s)
{
    const WgSynthesisOptions options = {seed, duration_s};
    g_autoptr(GError) error = NULL;
    WgStream *stream = wg_stream_synthesise(takes, others, &options, NULL, NULL, &error);

    g_assert_no_error(error);
    return stream;
}

static int
count_events(const WgStream *stream, const char *prefix)
{
    int n = 0;

    for (guint i = 0; i < stream->events->len; i++)
        n += g_str_has_prefix(g_array_index(stream->events, WgStreamEvent, i).label, prefix);
    return n;
}

static void
test_once(void)
{
    g_autoptr(GPtrArray) takes = wg_test_takes(3, 1, 8);
    g_autoptr(WgStream) stream = put_together(takes, NULL, 1, 0);

    g_assert_cmpint(count_events(stream, "gesture-"), ==, 24);
    for (int i = 0; i < 3; i++) {
        g_autofree char *label = g_strdup_printf("gesture-%d", i);

        g_assert_cmpint(count_events(stream, label), ==, 8);
    }
    g_assert_cmpint(count_events(stream, WG_SYNTHESIS_MOVEMENT), >, 0);
    g_assert_cmpfloat(stream->rate_hz, ==, 12.5);
}

static void
test_seeded(void)
{
    g_autoptr(GPtrArray) takes = wg_test_takes(3, 1, 4);
    g_autoptr(WgStream) first = put_together(takes, NULL, 7, 0);
    g_autoptr(WgStream) again = put_together(takes, NULL, 7, 0);
    g_autoptr(WgStream) other = put_together(takes, NULL, 8, 0);
    const gsize size = (gsize)first->n_samples * 3 * sizeof(float);

    g_assert_cmpmem(first->samples, size, again->samples, (gsize)again->n_samples * 3 * 4);
    g_assert_true(other->n_samples != first->n_samples ||
                  memcmp(first->samples, other->samples, size) != 0);
}

static void
test_duration(void)
{
    g_autoptr(GPtrArray) takes = wg_test_takes(2, 1, 2);
    g_autoptr(WgStream) stream = put_together(takes, NULL, 1, 300);

    g_assert_cmpfloat(stream->duration_s, >=, 300);
    g_assert_cmpfloat(stream->duration_s, <, 330); /* at most a take and its pauses more */
    g_assert_cmpint(count_events(stream, "gesture-"), >, 4);
}

static void
test_others(void)
{
    g_autoptr(GPtrArray) takes = wg_test_takes(2, 1, 10);
    g_autoptr(GPtrArray) others =
        g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    g_autoptr(WgStream) stream = NULL;

    g_ptr_array_add(others, wg_test_take("walking", NULL, 3, 20));
    stream = put_together(takes, others, 1, 0);
    g_assert_cmpint(count_events(stream, "walking"), >, 0);
    g_assert_cmpint(count_events(stream, WG_SYNTHESIS_MOVEMENT), ==, 0);
}

/* The history of each take stands in the stream where its event says. */
static void
test_place(void)
{
    g_autoptr(GPtrArray) takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    g_autofree gint8 *history = NULL;
    g_autoptr(WgStream) stream = NULL;
    const WgStreamEvent *event = NULL;

    g_ptr_array_add(takes, wg_test_take("up", NULL, 5, 20));
    history = wg_recording_dup_history(g_ptr_array_index(takes, 0));
    stream = put_together(takes, NULL, 2, 0);
    for (guint i = 0; i < stream->events->len; i++) {
        const WgStreamEvent *at = &g_array_index(stream->events, WgStreamEvent, i);

        if (g_str_equal(at->label, "up"))
            event = at;
    }
    g_assert_nonnull(event);
    g_assert_cmpint(event->end - event->start, ==, 20);
    for (int i = 0; i < 20; i++) {
        gint16 raw[3];

        wg_stream_get_raw(stream, event->start + i, raw);
        for (int axis = 0; axis < 3; axis++)
            g_assert_cmpint(CLAMP(raw[axis] >> 7, -128, 127), ==, history[3 * i + axis]);
    }
}

/* Rest is rest to the detector: it finds nothing outside of events. */
static void
test_rest(void)
{
    g_autoptr(GPtrArray) takes = wg_test_takes(3, 2, 10);
    g_autoptr(WgStream) stream = put_together(takes, NULL, 3, 0);
    g_autoptr(WgStreamWindows) windows = wg_stream_detect(stream, 50, NULL);

    g_assert_cmpint(windows->n, >, 30);
    for (int i = 0; i < windows->n; i++) {
        gboolean is_in_event = FALSE;

        for (guint j = 0; j < stream->events->len; j++) {
            const WgStreamEvent *event = &g_array_index(stream->events, WgStreamEvent, j);

            is_in_event =
                is_in_event || (windows->starts[i] < event->end && event->start < windows->ends[i]);
        }
        g_assert_true(is_in_event);
    }
}

/* Two seconds at 50 Hz take two seconds of the stream. */
static void
test_other_rate(void)
{
    g_autoptr(GPtrArray) takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    g_autofree float *samples = g_new0(float, 100 * 3);
    const WgRecordingSpec spec = {.label = "up",
                                  .rate_hz = 50,
                                  .n_samples = 100,
                                  .n_channels = 3,
                                  .samples = samples,
                                  .original_units_per_g = 1};
    g_autoptr(WgStream) stream = NULL;
    int n_up = 0;

    for (int i = 0; i < 100; i++)
        samples[i * 3] = sinf((float)i / 8);
    g_ptr_array_add(takes, wg_recording_new(&spec));
    stream = put_together(takes, NULL, 1, 0);
    for (guint i = 0; i < stream->events->len; i++) {
        const WgStreamEvent *event = &g_array_index(stream->events, WgStreamEvent, i);

        if (!g_str_equal(event->label, "up"))
            continue;
        g_assert_cmpint(event->end - event->start, ==, 25);
        n_up++;
    }
    g_assert_cmpint(n_up, ==, 1);
}

static void
test_long(void)
{
    g_autoptr(GPtrArray) takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    const WgSynthesisOptions options = {1, 0};
    g_autoptr(GError) error = NULL;

    g_ptr_array_add(takes, wg_test_take("day", NULL, 1, 400)); /* 32 s */
    g_assert_null(wg_stream_synthesise(takes, NULL, &options, NULL, NULL, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_MISSING);
}

static void
test_cancelled(void)
{
    g_autoptr(GPtrArray) takes = wg_test_takes(2, 1, 2);
    g_autoptr(GCancellable) cancellable = g_cancellable_new();
    const WgSynthesisOptions options = {1, 100000};
    g_autoptr(GError) error = NULL;

    g_cancellable_cancel(cancellable);
    g_assert_null(wg_stream_synthesise(takes, NULL, &options, NULL, cancellable, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dataset/stream-synthesis/performs-every-take-once", test_once);
    g_test_add_func("/dataset/stream-synthesis/same-seed-same-stream", test_seeded);
    g_test_add_func("/dataset/stream-synthesis/is-as-long-as-asked", test_duration);
    g_test_add_func("/dataset/stream-synthesis/moves-as-others-do", test_others);
    g_test_add_func("/dataset/stream-synthesis/labels-where-the-takes-are", test_place);
    g_test_add_func("/dataset/stream-synthesis/rests-between-events", test_rest);
    g_test_add_func("/dataset/stream-synthesis/performs-takes-of-other-rates", test_other_rate);
    g_test_add_func("/dataset/stream-synthesis/leaves-long-recordings-out", test_long);
    g_test_add_func("/dataset/stream-synthesis/can-be-cancelled", test_cancelled);
    return g_test_run();
}
