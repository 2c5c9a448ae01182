/* Streams are read from JSON and CSV; what is wrong is said in one sentence with its place. */
#include "dataset/stream.h"

#include "base/error.h"

#include <string.h>

static WgStream *
parse(const char *text, GError **error)
{
    const WgStreamOptions options = {0};

    return wg_stream_parse("day", text, strlen(text), &options, error);
}

static WgStream *
parse_well(const char *text)
{
    g_autoptr(GError) error = NULL;
    WgStream *stream = parse(text, &error);

    g_assert_no_error(error);
    return stream;
}

static void
refuse(const char *text, const char *says)
{
    g_autoptr(GError) error = NULL;

    g_assert_null(parse(text, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_INPUT);
    g_assert_true(g_str_has_prefix(error->message, "day"));
    if (!strstr(error->message, says))
        g_error("“%s” does not say “%s”", error->message, says);
    g_assert_null(strchr(error->message, '\n'));
}

static void
check_event(const WgStream *stream, guint i, int start, int end, const char *label)
{
    const WgStreamEvent *event = &g_array_index(stream->events, WgStreamEvent, i);

    g_assert_cmpint(event->start, ==, start);
    g_assert_cmpint(event->end, ==, end);
    g_assert_cmpstr(event->label, ==, label);
}

static void
test_json(void)
{
    g_autoptr(WgStream) stream = parse_well(
        "{\"rate_hz\": 25, \"units_per_g\": 1000, \"samples\": [[1000, 0, -500], [0, 250.5, 1], "
        "[0, 0, 0], [1, 2, 3]], \"events\": [{\"start\": 2, \"end\": 4, \"label\": \"up\"}, "
        "{\"start_s\": 0.04, \"end_s\": 0.08, \"label\": \"é\"}]}");

    g_assert_cmpfloat(stream->rate_hz, ==, 25);
    g_assert_cmpint(stream->n_samples, ==, 4);
    g_assert_cmpfloat(stream->duration_s, ==, 4 / 25.0);
    g_assert_cmpfloat_with_epsilon(stream->samples[0], 1, 1e-6);
    g_assert_cmpfloat_with_epsilon(stream->samples[2], -0.5, 1e-6);
    g_assert_cmpfloat_with_epsilon(stream->samples[4], 0.2505, 1e-6);
    g_assert_cmpuint(stream->events->len, ==, 2);
    check_event(stream, 0, 1, 2, "é"); /* by their start */
    check_event(stream, 1, 2, 4, "up");
}

/* The form of "detect" and of what a virtual watch performs. */
static void
test_bare(void)
{
    g_autoptr(WgStream) stream = parse_well("{\"samples\": [[8192, -32768, 32767], [1, 2, 3]]}");
    gint16 raw[3];

    g_assert_cmpfloat(stream->rate_hz, ==, 12.5);
    wg_stream_get_raw(stream, 0, raw);
    g_assert_cmpint(raw[0], ==, 8192);
    g_assert_cmpint(raw[1], ==, -32768);
    g_assert_cmpint(raw[2], ==, 32767);
    g_assert_cmpuint(stream->events->len, ==, 0);
    g_assert_nonnull(stream->note); /* says that there is no gesture in it */
}

static void
test_options(void)
{
    const WgStreamOptions options = {.rate_hz = 50, .units_per_g = 10};
    const char *text = "{\"rate_hz\": 25, \"units_per_g\": 1000, \"samples\": [[10, 0, 0]]}";
    g_autoptr(WgStream) stream = wg_stream_parse("day", text, strlen(text), &options, NULL);

    g_assert_cmpfloat(stream->rate_hz, ==, 50);
    g_assert_cmpfloat(stream->samples[0], ==, 1);
}

static void
test_raw_values(void)
{
    for (int value = -32768; value <= 32767; value++) {
        float sample[3] = {(float)value / 8192, 0, 0};
        const WgStream stream = {.rate_hz = 12.5, .n_samples = 1, .samples = sample};
        gint16 raw[3];

        wg_stream_get_raw(&stream, 0, raw);
        g_assert_cmpint(raw[0], ==, value);
    }
}

static void
test_round_trip(void)
{
    g_autoptr(WgStream) first = parse_well(
        "{\"samples\": [[1, -2, 3], [32767, -32768, 0], [5, 6, 7]], \"events\": [{\"start\": 0, "
        "\"end\": 3, \"label\": \"quote \\\" and \\u00e9\"}]}");
    g_autofree char *text = wg_stream_to_json(first);
    g_autoptr(WgStream) second = parse_well(text);

    g_assert_cmpint(second->n_samples, ==, 3);
    g_assert_cmpmem(second->samples, 36, first->samples, 36);
    check_event(second, 0, 0, 3, "quote \" and é");
}

static void
test_bad_json(void)
{
    g_autoptr(GString) deep = g_string_new("{\"samples\": ");

    refuse("{", "no JSON");
    refuse("{}", "“samples”");
    refuse("[1, 2]", "samples");
    refuse("{\"samples\": []}", "“samples”");
    refuse("{\"samples\": [[1, 2]]}", "sample 0");
    refuse("{\"samples\": [[1, 2, 3], [1, 2, \"x\"]]}", "sample 1");
    refuse("{\"samples\": [[1, 2, 1e300]]}", "sample 0");
    refuse("{\"samples\": [[1, 2, 3]], \"rate_hz\": 0}", "rate_hz");
    refuse("{\"samples\": [[1, 2, 3]], \"rate_hz\": \"fast\"}", "rate_hz");
    refuse("{\"samples\": [[1, 2, 3]], \"units_per_g\": -1}", "units_per_g");
    refuse("{\"samples\": [[1, 2, 3]], \"events\": 5}", "“events”");
    refuse("{\"samples\": [[1, 2, 3]], \"events\": [5]}", "event 0");
    refuse("{\"samples\": [[1, 2, 3]], \"events\": [{\"start\": 0, \"end\": 1}]}", "event 0");
    refuse("{\"samples\": [[1, 2, 3]], \"events\": [{\"end\": 1, \"label\": \"a\"}]}", "start");
    refuse("{\"samples\": [[1, 2, 3]], \"events\": [{\"start\": 1, \"end\": 1, \"label\": \"a\"}]}",
           "from sample 1 to 1");
    refuse("{\"samples\": [[1, 2, 3]], \"events\": [{\"start\": 0, \"end\": 2, \"label\": \"a\"}]}",
           "1 samples");
    refuse("{\"samples\": [[1, 2, 3]], \"events\": [{\"start\": 0, \"end_s\": 1e6, \"label\": "
           "\"a\"}]}",
           "1 samples");
    for (int i = 0; i < 100000; i++)
        g_string_append_c(deep, '[');
    refuse(deep->str, "too deep");
}

static void
test_csv(void)
{
    g_autoptr(WgStream) stream = parse_well("\xef\xbb\xbftime,x,y,z,label\n"
                                            "0,0,0,1000,\n"
                                            "80,0,0,1000,up\n"
                                            "160,0,1000,0,up\n"
                                            "240,0,0,1000,down\n"
                                            "320,0,0,1000,\n"
                                            "400,0,0,1000, up \n");

    g_assert_cmpfloat(stream->rate_hz, ==, 12.5);
    g_assert_cmpint(stream->n_samples, ==, 6);
    g_assert_cmpfloat(stream->samples[2], ==, 1);
    g_assert_cmpfloat(stream->samples[7], ==, 1);
    g_assert_nonnull(strstr(stream->note, "1000 units a g"));
    g_assert_cmpuint(stream->events->len, ==, 3);
    check_event(stream, 0, 1, 3, "up");
    check_event(stream, 1, 3, 4, "down");
    check_event(stream, 2, 5, 6, "up");
}

static void
test_other_encoding(void)
{
    g_autoptr(WgStream) stream =
        parse_well("time,x,y,z,label\r0,0,0,1000,\r80,0,0,1000,r\xe4v\r160,0,0,1000,\r");

    check_event(stream, 0, 1, 2, "räv");
    g_assert_nonnull(strstr(stream->note, "Windows-1252"));
}

static void
test_bad_csv(void)
{
    refuse("", "day");
    refuse("time,x,y,label\n0,1,2,up\n", "acceleration z");
    refuse("time,x,y,z\n0,1,2,3\n80,1,2,3\n160,1,2,3\n", "column “label”");
    refuse("x,y,z,label\n1,2,3,up\n", "rate");
    refuse("time,x,y,z,label\n", "no samples");
    refuse("time,x,y,z,label\n0,1,2,3,\n80,1,bad,3,\n160,1,2,3,\n", "day:3");
    /* with a control character it is no text of another encoding either */
    refuse("time,x,y,z,label\n0,1,2,3,\n80,1,2,3,\x01\xfe\n160,1,2,3,\n", "day:3");
}

static void
test_recording(void)
{
    const float samples[] = {1, 2, 3, 40, 50, 60, 4, 5, 6, 70, 80, 90};
    const WgRecordingSpec spec = {.label = "up",
                                  .rate_hz = 12.5,
                                  .n_samples = 2,
                                  .n_channels = 6,
                                  .samples = samples,
                                  .original_units_per_g = 1};
    g_autoptr(WgRecording) recording = wg_recording_new(&spec);
    g_autoptr(WgStream) stream = wg_stream_new_from_recording(recording);
    const float wanted[] = {1, 2, 3, 4, 5, 6};

    g_assert_cmpmem(stream->samples, sizeof wanted, wanted, sizeof wanted);
    check_event(stream, 0, 0, 2, "up");
}

static void
test_resampled(void)
{
    GArray *events = wg_stream_events_new();
    const WgStreamEvent event = {100, 150, g_strdup("up")}, last = {398, 400, g_strdup("down")};
    float *samples = g_new0(float, 400 * 3);
    g_autoptr(WgStream) stream = NULL;
    g_autoptr(WgStream) slow = NULL;

    for (int i = 0; i < 400; i++)
        samples[i * 3 + 2] = -1;
    g_array_append_val(events, event);
    g_array_append_val(events, last);
    stream = wg_stream_new(50, 400, samples, events);
    slow = wg_stream_resample(stream, 12.5, NULL);
    g_assert_cmpint(slow->n_samples, ==, 100);
    g_assert_cmpfloat(slow->samples[50 * 3 + 2], ==, -1);
    check_event(slow, 0, 25, 38, "up"); /* 2 s to 3 s */
    check_event(slow, 1, 99, 100, "down");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dataset/stream/reads-json", test_json);
    g_test_add_func("/dataset/stream/reads-raw-samples-without-events", test_bare);
    g_test_add_func("/dataset/stream/options-come-before-the-files-word", test_options);
    g_test_add_func("/dataset/stream/keeps-every-raw-value", test_raw_values);
    g_test_add_func("/dataset/stream/writes-what-it-reads", test_round_trip);
    g_test_add_func("/dataset/stream/refuses-bad-json-in-words", test_bad_json);
    g_test_add_func("/dataset/stream/reads-csv-with-labels", test_csv);
    g_test_add_func("/dataset/stream/refuses-bad-csv-in-words", test_bad_csv);
    g_test_add_func("/dataset/stream/text-that-is-no-utf-8-is-windows-1252", test_other_encoding);
    g_test_add_func("/dataset/stream/resampled-events-keep-their-time", test_resampled);
    g_test_add_func("/dataset/stream/a-recording-is-one-event", test_recording);
    return g_test_run();
}
