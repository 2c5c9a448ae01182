/* The parts of a recording: health of a stream, lines with a check, and traces. */
#include "device/crc32.h"
#include "device/json-line.h"
#include "device/sample-block.h"
#include "device/stream-health.h"
#include "device/wire-trace.h"

#include "base/error.h"
#include "base/random.h"

#include <string.h>

static void
test_numbers_that_jump_are_gaps(void)
{
    WgStreamHealth health;

    wg_stream_health_init(&health, 100);
    g_assert_cmpint(wg_stream_health_take(&health, 0, 0, FALSE), ==, 0);
    g_assert_cmpint(wg_stream_health_take(&health, 1, 10, FALSE), ==, 0);
    g_assert_cmpint(wg_stream_health_take(&health, 1, 10, FALSE), ==, -1);
    g_assert_cmpint(wg_stream_health_take(&health, 5, 50, FALSE), ==, 3);
    g_assert_cmpint(wg_stream_health_take(&health, 6, 60, TRUE), ==, 0);
    g_assert_cmpint(health.n_samples, ==, 4);
    g_assert_cmpint(health.n_missing, ==, 3);
    g_assert_cmpint(health.n_gaps, ==, 1);
    g_assert_cmpint(health.n_clipped, ==, 1);
    g_assert_cmpint(health.place, ==, 6);
    g_assert_cmpint(wg_stream_health_get_state(&health), ==, WG_HEALTH_BAD);
}

/* The watch's program was busy: its numbers go on, its clock tells. */
static void
test_a_busy_watch_is_noticed_by_its_clock(void)
{
    WgStreamHealth health;

    wg_stream_health_init(&health, 100);
    for (int i = 0; i < 100; i++)
        g_assert_cmpint(wg_stream_health_take(&health, i, 10 * i, FALSE), ==, 0);
    /* polled at 1000, 1010, 1020, 1030: the last of them was still held at 1038 */
    g_assert_cmpint(wg_stream_health_take(&health, 100, 1038, FALSE), ==, 3);
    g_assert_cmpint(wg_stream_health_take(&health, 101, 1040, FALSE), ==, 0);
    for (int i = 102; i < 200; i++)
        g_assert_cmpint(wg_stream_health_take(&health, i, 1040 + 10 * (i - 101), FALSE), ==, 0);
    g_assert_cmpint(health.n_missing, ==, 3);
}

/* Late by less than a period, and now and then a measurement that was not ready yet. */
static void
test_jitter_is_no_gap(void)
{
    WgStreamHealth health;
    WgRandom random;
    double poll_ms = 0;

    wg_random_init(&random, 3, 1);
    wg_stream_health_init(&health, 100);
    for (int i = 0; i < 20000; i++) {
        poll_ms += i % 50 == 49 ? 20.0 : 10.0; /* a sensor of 98 Hz */
        g_assert_cmpint(
            wg_stream_health_take(&health, i, (int)(poll_ms + wg_random_below(&random, 9)), FALSE),
            ==, 0);
    }
    g_assert_cmpint(health.n_gaps, ==, 0);
    /* 20000 samples in 204 s; what a sample is late shifts the ends by less than 10 ms */
    g_assert_cmpfloat_with_epsilon(wg_stream_health_get_rate_hz(&health), 98.04, 0.05);
    g_assert_cmpfloat_with_epsilon(wg_stream_health_get_true_rate_hz(&health), 98.0, 0.051);
    g_assert_cmpfloat(health.jitter_ms, >, 1);
}

static void
test_state_follows_what_happens(void)
{
    WgStreamHealth health;
    int i = 0;

    wg_stream_health_init(&health, 50);
    for (; i < 500; i++)
        wg_stream_health_take(&health, i, 20 * i, FALSE);
    g_assert_cmpint(wg_stream_health_get_state(&health), ==, WG_HEALTH_GOOD);
    g_assert_cmpfloat_with_epsilon(wg_stream_health_get_true_rate_hz(&health), 50, 1e-9);
    wg_stream_health_take(&health, i, 20 * i, TRUE);
    g_assert_cmpint(wg_stream_health_get_state(&health), ==, WG_HEALTH_DOUBTFUL);
    for (i++; i < 700; i++)
        wg_stream_health_take(&health, i, 20 * i, FALSE);
    g_assert_cmpint(wg_stream_health_get_state(&health), ==, WG_HEALTH_GOOD);
    for (i += 3; i < 710; i++)
        wg_stream_health_take(&health, i, 20 * i, FALSE);
    g_assert_cmpint(wg_stream_health_get_state(&health), ==, WG_HEALTH_BAD);
    for (; i < 1000; i++)
        wg_stream_health_take(&health, i, 20 * i, FALSE);
    g_assert_cmpint(wg_stream_health_get_state(&health), ==, WG_HEALTH_DOUBTFUL);
}

static char *
build_block(void)
{
    static const guint8 bytes[] = {7, 0, 0, 0, 0x10, 0x27, 0, 0, /* number 7 at 10000 ms */
                                   0, 0, 1, 0, 0xff, 0xff, 0, 0x80, 10, 0, 0xff, 0x7f, 2, 0, 3, 0};
    g_autofree char *base64 = g_base64_encode(bytes, sizeof bytes);

    return g_strdup_printf("{\"wg\":\"block\",\"d\":\"%s\",\"c\":%u}", base64,
                           wg_crc32(bytes, sizeof bytes));
}

static void
test_a_block_is_read(void)
{
    g_autofree char *line = build_block();
    g_autoptr(JsonNode) node = wg_json_line_parse(line, strlen(line));
    WgSampleBlock block;

    g_assert_true(wg_sample_block_parse(node, &block));
    g_assert_cmpint(block.number, ==, 7);
    g_assert_cmpint((int)block.time_ms, ==, 10000);
    g_assert_cmpint(block.n_samples, ==, 2);
    g_assert_cmpint(block.samples[0].raw[0], ==, 1);
    g_assert_cmpint(block.samples[0].raw[1], ==, -1);
    g_assert_cmpint(block.samples[0].raw[2], ==, -32768);
    g_assert_cmpint(block.samples[1].step_ms, ==, 10);
    g_assert_cmpint(block.samples[1].raw[0], ==, 32767);
}

/* Each byte of it as each other byte: never another block. */
static void
test_a_damaged_block_is_none(void)
{
    g_autofree char *line = build_block();
    WgSampleBlock whole, block;
    g_autoptr(JsonNode) node = wg_json_line_parse(line, strlen(line));
    int n_damaged = 0, n_read = 0;

    memset(&whole, 0, sizeof whole);
    g_assert_true(wg_sample_block_parse(node, &whole));
    for (gsize at = 0; at < strlen(line); at++) {
        for (int byte = 1; byte < 256; byte++) {
            g_autofree char *damaged = g_strdup(line);
            g_autoptr(JsonNode) other = NULL;

            damaged[at] = (char)byte;
            other = wg_json_line_parse(damaged, strlen(line));
            n_damaged += damaged[at] != line[at];
            memset(&block, 0, sizeof block);
            if (!other || !wg_sample_block_parse(other, &block))
                continue;
            n_read++;
            g_assert_cmpmem(&block, sizeof block, &whole, sizeof whole);
        }
    }
    g_test_message("%d damaged lines, %d of them read, as the whole one", n_damaged, n_read);
    g_assert_cmpint(n_damaged, >, 10000);
}

static void
assert_refused(const char *text, const char *says)
{
    g_autoptr(GError) error = NULL;

    g_assert_null(wg_wire_trace_parse("t.trace", text, strlen(text), &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_INPUT);
    g_assert_nonnull(strstr(error->message, says));
}

static void
test_a_trace_is_read(void)
{
    static const char text[] = "waggle-trace 1\n# why\n\n0 open\n1.5 > \"\\x03a\\n\"\n"
                               "2 < \"\\\\\\\"\\r\"\r\n3 shut \"gone\"";
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) events = wg_wire_trace_parse("t", text, strlen(text), &error);
    const WgWireEvent *event;

    g_assert_no_error(error);
    g_assert_cmpuint(events->len, ==, 4);
    event = g_ptr_array_index(events, 1);
    g_assert_cmpint(event->kind, ==, WG_WIRE_SAID);
    g_assert_cmpmem(g_bytes_get_data(event->bytes, NULL), g_bytes_get_size(event->bytes),
                    "\x03"
                    "a\n",
                    3);
    event = g_ptr_array_index(events, 2);
    g_assert_cmpmem(g_bytes_get_data(event->bytes, NULL), g_bytes_get_size(event->bytes), "\\\"\r",
                    3);
    event = g_ptr_array_index(events, 3);
    g_assert_cmpint(event->kind, ==, WG_WIRE_SHUT);
}

static void
test_what_is_no_trace_is_refused(void)
{
    assert_refused("", "no talk");
    assert_refused("hello\n", "no trace");
    assert_refused("waggle-trace 1\n", "no talk");
    assert_refused("waggle-trace 1\n1 open\n0.5 open\n", "t.trace:3");
    assert_refused("waggle-trace 1\n1 > \"\\q\"\n", "t.trace:2");
    assert_refused("waggle-trace 1\n1 > \"a\"b\"\n", "t.trace:2");
    assert_refused("waggle-trace 1\n1 > \"\\x4\"\n", "t.trace:2");
    assert_refused("waggle-trace 1\nnan > \"a\"\n", "t.trace:2");
    assert_refused("waggle-trace 1\n1 say \"a\"\n", "t.trace:2");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/device/stream-health/numbers-that-jump-are-gaps",
                    test_numbers_that_jump_are_gaps);
    g_test_add_func("/device/stream-health/a-busy-watch-is-noticed-by-its-clock",
                    test_a_busy_watch_is_noticed_by_its_clock);
    g_test_add_func("/device/stream-health/jitter-is-no-gap", test_jitter_is_no_gap);
    g_test_add_func("/device/stream-health/state-follows-what-happens",
                    test_state_follows_what_happens);
    g_test_add_func("/device/sample-block/is-read", test_a_block_is_read);
    g_test_add_func("/device/sample-block/damaged-is-none", test_a_damaged_block_is_none);
    g_test_add_func("/device/wire-trace/is-read", test_a_trace_is_read);
    g_test_add_func("/device/wire-trace/what-is-none-is-refused", test_what_is_no_trace_is_refused);
    return g_test_run();
}
