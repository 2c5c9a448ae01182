/* False alarms in ordinary movement: what set them off, and how sure their rate is. */
#include "workbench/alarms.h"

#include "workbench/poisson.h"

#include <string.h>

static void
assert_interval(int n, double low, double high)
{
    double found_low, found_high;

    wg_poisson_find_interval(n, 0.95, &found_low, &found_high);
    /* the tables have three decimals */
    g_assert_cmpfloat_with_epsilon(found_low, low, 0.0006);
    g_assert_cmpfloat_with_epsilon(found_high, high, 0.0006);
}

/* Ulm, American Journal of Epidemiology 131, 1990; and half the chi-square quantiles. */
static void
test_tables(void)
{
    assert_interval(0, 0, 3.689);
    assert_interval(1, 0.0253, 5.572);
    assert_interval(2, 0.2422, 7.225);
    assert_interval(5, 1.6235, 11.668);
    assert_interval(10, 4.7954, 18.390);
    assert_interval(100, 81.3640, 121.627);
}

static void
test_narrows(void)
{
    double low, high, wider_low, wider_high;

    wg_poisson_find_interval(7, 0.95, &low, &high);
    wg_poisson_find_interval(7, 0.99, &wider_low, &wider_high);
    g_assert_cmpfloat(wider_low, <, low);
    g_assert_cmpfloat(wider_high, >, high);
}

#define N_SAMPLES 750 /* a minute */

/* A minute in which these windows were answered so. */
typedef struct {
    WgStream *stream;
    WgStreamWindows windows;
    WgReplay replay;
    WgModel model;
    WgStreamSource source;
    char *labels[3];
    int starts[3], ends[3], best[3];
    double confidence[3];
} Minute;

static void
minute_init(Minute *m, int n, int other)
{
    float *samples = g_new0(float, N_SAMPLES * 3);

    for (int i = 0; i < N_SAMPLES; i++)
        samples[3 * i] = (float)i / 1000;
    *m = (Minute){.labels = {(char *)"circle", (char *)"other", NULL},
                  .starts = {-5, 100, 700},
                  .ends = {20, 125, 750},
                  .best = {0, 1, 0},
                  .confidence = {0.9, 0.9, 0.6}};
    m->stream = wg_stream_new(12.5, N_SAMPLES, samples, wg_stream_events_new());
    m->windows = (WgStreamWindows){.n = n, .length = 50, .starts = m->starts, .ends = m->ends};
    m->replay = (WgReplay){.n = n,
                           .n_samples = N_SAMPLES,
                           .n_labels = 2,
                           .rate_hz = 12.5,
                           .windows = &m->windows,
                           .best = m->best,
                           .confidence = m->confidence};
    m->model = (WgModel){.labels = m->labels, .n_labels = 2};
    m->source = (WgStreamSource){
        .model = &m->model, .stream = m->stream, .rule = {.threshold = 0.5, .other = other}};
}

static void
test_counts(void)
{
    Minute m;
    g_autoptr(JsonObject) result = NULL;
    JsonArray *answers, *samples;

    minute_init(&m, 3, 1);
    result = wg_alarms_new(&m.source, &m.replay);
    g_assert_cmpint(json_object_get_int_member(result, "alarms"), ==, 2); /* other is no answer */
    g_assert_cmpfloat(json_object_get_double_member(result, "seconds"), ==, 60);
    g_assert_cmpfloat(json_object_get_double_member(result, "per_hour"), ==, 120);
    g_assert_cmpfloat_with_epsilon(json_object_get_double_member(result, "low"), 60 * 0.2422, 0.04);
    g_assert_cmpfloat_with_epsilon(json_object_get_double_member(result, "high"), 60 * 7.225, 0.04);
    answers = json_object_get_array_member(result, "answers");
    samples = json_object_get_array_member(json_array_get_object_element(answers, 0), "samples");
    g_assert_cmpuint(json_array_get_length(samples), ==, 20); /* begins before the recording */
    g_assert_cmpstr(json_object_get_string_member(result, "verdict"), ==,
                    "2 false alarms in 60 seconds: about 120 an hour, and anything from 14 to 434 "
                    "would fit.");
    wg_stream_free(m.stream);
}

static void
test_threshold(void)
{
    Minute m;
    g_autoptr(JsonObject) sure = NULL;
    g_autoptr(JsonObject) none = NULL;

    minute_init(&m, 3, 1);
    m.source.rule.threshold = 0.7;
    sure = wg_alarms_new(&m.source, &m.replay);
    m.source.rule.threshold = 0.95;
    none = wg_alarms_new(&m.source, &m.replay);
    g_assert_cmpint(json_object_get_int_member(sure, "alarms"), ==, 1);
    g_assert_cmpint(json_object_get_int_member(none, "alarms"), ==, 0);
    g_assert_cmpstr(json_object_get_string_member(none, "verdict"), ==,
                    "No false alarm in 60 seconds: fewer than 222 an hour, as far as so short a "
                    "time tells.");
    wg_stream_free(m.stream);
}

static void
test_cut(void)
{
    Minute m;
    g_autoptr(GPtrArray) takes = NULL;
    const WgRecordingSpec *last;

    minute_init(&m, 3, -1);
    takes = wg_alarms_cut(&m.source, &m.replay, "other");
    g_assert_cmpuint(takes->len, ==, 3);
    last = wg_recording_get(g_ptr_array_index(takes, 2));
    g_assert_cmpstr(last->label, ==, "other");
    g_assert_cmpint(last->n_samples, ==, 50);
    g_assert_cmpfloat(last->samples[0], ==, 0.7f);
    g_assert_cmpfloat(last->rate_hz, ==, 12.5);
    wg_stream_free(m.stream);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/workbench/alarms/interval-is-that-of-the-tables", test_tables);
    g_test_add_func("/workbench/alarms/surer-is-wider", test_narrows);
    g_test_add_func("/workbench/alarms/every-answer-but-other-counts", test_counts);
    g_test_add_func("/workbench/alarms/the-threshold-leaves-some-out", test_threshold);
    g_test_add_func("/workbench/alarms/takes-are-cut-where-it-answered", test_cut);
    return g_test_run();
}
