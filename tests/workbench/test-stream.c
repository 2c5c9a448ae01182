/* A stream replayed: the network's own answers, counted as they were defined, and what is chosen.
 */
#include "base/error.h"
#include "dataset/stream-synthesis.h"
#include "gestures.h"
#include "quant/quantize.h"
#include "train/preset.h"
#include "workbench/desktop-answer.h"
#include "workbench/stream-report.h"

#include <math.h>
#include <string.h>

#define N_LABELS 3

static char *label_names[] = {"a", "b", "c", NULL};

typedef struct {
    GPtrArray *takes;
    WgDataset *dataset;
    WgWindows *windows;
    WgStream *stream;
    WgModel model;
} Fixture;

/* A network as it is drawn answers anything, which is what a comparison needs. */
static void
set_up(Fixture *fixture, gconstpointer is_int8)
{
    const WgSynthesisOptions synthesis = {1, 0};
    const WgQuantizeOptions quantization = {.softmax = TRUE};
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) tflite = NULL;

    fixture->takes = test_gestures(N_LABELS, 12, 0.02, NULL, 1);
    fixture->dataset = test_dataset(fixture->takes);
    fixture->windows = wg_windows_new(fixture->dataset, NULL, 0);
    fixture->stream = wg_stream_synthesise(fixture->takes, NULL, &synthesis, NULL, NULL, &error);
    g_assert_no_error(error);
    fixture->model.labels = label_names;
    fixture->model.n_labels = N_LABELS;
    fixture->model.network =
        wg_preset_build(wg_preset_find("classic", NULL), 50, 3, N_LABELS, 3, &error);
    g_assert_no_error(error);
    if (!is_int8)
        return;
    tflite = wg_quantize(fixture->model.network, fixture->windows, &quantization, &error);
    g_assert_no_error(error);
    fixture->model.int8 = wg_int8_network_new(tflite, &error);
    g_assert_no_error(error);
    g_clear_pointer(&fixture->model.network, wg_network_unref);
}

static void
tear_down(Fixture *fixture, gconstpointer is_int8)
{
    g_ptr_array_unref(fixture->takes);
    wg_dataset_unref(fixture->dataset);
    wg_windows_unref(fixture->windows);
    wg_stream_free(fixture->stream);
    g_clear_pointer(&fixture->model.network, wg_network_unref);
    g_clear_pointer(&fixture->model.int8, wg_int8_network_unref);
}

static WgReplay *
replay_stream(Fixture *fixture, const char *text)
{
    g_autoptr(GError) error = NULL;
    WgReplayWindow window;
    WgReplay *replay;

    g_assert_true(wg_replay_window_parse(text, &window, NULL));
    replay = wg_replay_new(&fixture->model, fixture->stream, &window, NULL, NULL, &error);
    g_assert_no_error(error);
    return replay;
}

static void
check_predictions(Fixture *fixture, const WgReplay *replay)
{
    g_autoptr(WgWindows) windows =
        wg_windows_alloc(replay->n, 50, 3, (const char *const *)label_names);
    g_autofree float *probabilities = g_new(float, (gsize)replay->n *N_LABELS);

    g_assert_cmpint(replay->n, >, 20);
    for (int i = 0; i < replay->n * 150; i++)
        windows->x[i] = (float)replay->windows->history[i] / 64;
    wg_model_predict(&fixture->model, windows, probabilities);
    for (int i = 0; i < replay->n; i++) {
        const float *row = probabilities + (gsize)i * N_LABELS;

        g_assert_cmpint(replay->best[i], ==, wg_argmax(row, N_LABELS));
        g_assert_cmpfloat(replay->confidence[i], ==, (double)row[replay->best[i]]);
    }
}

static void
test_predicts(Fixture *fixture, gconstpointer is_int8)
{
    g_autoptr(WgReplay) detected = replay_stream(fixture, "detector");
    g_autoptr(WgReplay) slid = replay_stream(fixture, "2000,160");

    check_predictions(fixture, detected);
    check_predictions(fixture, slid);
    g_assert_cmpfloat(slid->step_ms, ==, 160);
    g_assert_cmpint(slid->n, ==, (fixture->stream->n_samples - 25) / 2 + 1);
}

/* The other half of "listen": what this machine says to a gesture that the watch holds. */
static void
test_desktop(Fixture *fixture, gconstpointer is_int8)
{
    g_autoptr(WgReplay) replay = replay_stream(fixture, "detector");

    for (int t = 0; t <= 10; t++) {
        const WgStreamRule rule = {.threshold = t / 10.0, .other = -1};
        g_autoptr(WgStreamAnswers) answers = wg_replay_answer(replay, &rule);
        int n = 0;

        for (int i = 0; i < replay->n; i++) {
            float outputs[N_LABELS];
            int said;

            wg_desktop_answer(fixture->model.int8, replay->windows->history + (gsize)i * 150,
                              replay->windows->ends[i] - 1 - replay->windows->starts[i], outputs);
            said = wg_desktop_decide(fixture->model.int8, outputs, rule.threshold, NULL);
            if (said < 0)
                continue;
            g_assert_cmpint(n, <, answers->n);
            g_assert_cmpint(answers->spans[n].label, ==, said);
            g_assert_cmpint(answers->spans[n++].end, ==, replay->windows->ends[i]);
        }
        g_assert_cmpint(n, ==, answers->n);
    }
}

static void
test_cancelled(Fixture *fixture, gconstpointer is_int8)
{
    g_autoptr(GCancellable) cancellable = g_cancellable_new();
    const WgReplayWindow window = {FALSE, 0, 0};
    g_autoptr(GError) error = NULL;

    g_cancellable_cancel(cancellable);
    g_assert_null(
        wg_replay_new(&fixture->model, fixture->stream, &window, NULL, cancellable, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_too_long(Fixture *fixture, gconstpointer is_int8)
{
    const WgReplayWindow window = {TRUE, 4100, 80};
    g_autoptr(GError) error = NULL;

    g_assert_null(wg_replay_new(&fixture->model, fixture->stream, &window, NULL, NULL, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_USAGE);
    g_assert_nonnull(strstr(error->message, "1 to 50 samples (80 to 4000 ms)"));
}

static void
test_window_option(void)
{
    static const char *const wrong[] = {"",          "2000",     "2000,",  ",80",
                                        "2000,80,1", "0,80",     "2000,0", "-1,80",
                                        "nan,80",    "Detector", "1e9,80"};
    WgReplayWindow window;

    g_assert_true(wg_replay_window_parse("detector", &window, NULL));
    g_assert_false(window.slides);
    g_assert_true(wg_replay_window_parse("1500.5,80", &window, NULL));
    g_assert_true(window.slides);
    g_assert_cmpfloat(window.window_ms, ==, 1500.5);
    for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(GError) error = NULL;

        g_assert_false(wg_replay_window_parse(wrong[i], &window, &error));
        g_assert_error(error, WG_ERROR, WG_ERROR_USAGE);
    }
}

static void
test_debounce_option(void)
{
    static const char *const wrong[] = {"",       "9",       "9,",  ",450",  "0,450",
                                        "-1,450", "9,450,1", "9,0", "9,nan", "9999999999,450",
                                        "x,450"};
    WgStreamRule rule = {0};
    g_autoptr(GError) never = NULL;

    g_assert_true(wg_stream_rule_set_debounce(&rule, NULL, 0, NULL));
    g_assert_cmpint(rule.n_debounce, ==, 0); /* the watch's app has none */
    g_assert_true(wg_stream_rule_set_debounce(&rule, NULL, 80, NULL));
    g_assert_cmpint(rule.n_debounce, ==, 6);
    g_assert_cmpfloat(rule.span_ms, ==, 450);
    g_assert_true(wg_stream_rule_set_debounce(&rule, "3,1000", 80, NULL));
    g_assert_cmpint(rule.n_debounce, ==, 3);
    g_assert_cmpfloat(rule.span_ms, ==, 1000);
    g_assert_true(wg_stream_rule_set_debounce(&rule, "0", 80, NULL));
    g_assert_cmpint(rule.n_debounce, ==, 0);
    g_assert_false(wg_stream_rule_set_debounce(&rule, "9,450", 80, &never));
    g_assert_nonnull(strstr(never->message, "at most 6"));
    for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(GError) error = NULL;

        g_assert_false(wg_stream_rule_set_debounce(&rule, wrong[i], 80, &error));
        g_assert_error(error, WG_ERROR, WG_ERROR_USAGE);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/workbench/stream/float-answers-are-the-networks", Fixture, NULL, set_up,
               test_predicts, tear_down);
    g_test_add("/workbench/stream/int8-answers-are-the-networks", Fixture, "int8", set_up,
               test_predicts, tear_down);
    g_test_add("/workbench/stream/answers-are-those-beside-the-watch", Fixture, "int8", set_up,
               test_desktop, tear_down);
    g_test_add("/workbench/stream/can-be-cancelled", Fixture, NULL, set_up, test_cancelled,
               tear_down);
    g_test_add("/workbench/stream/refuses-windows-longer-than-the-models", Fixture, NULL, set_up,
               test_too_long, tear_down);
    g_test_add_func("/workbench/stream/reads-the-window-option", test_window_option);
    g_test_add_func("/workbench/stream/reads-the-debounce-option", test_debounce_option);
    return g_test_run();
}
