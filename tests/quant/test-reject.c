/* "None of these" built into a model: above zero exactly what an app would answer. */
#include "drawn-model.h"
#include "referee.h"

#include "base/error.h"
#include "quant/quantize.h"
#include "quant/reject.h"
#include "quant/verdict.h"
#include "train/preset.h"

#include <math.h>
#include <string.h>

#define N_GESTURES DRAWN_GESTURES

/* jswrap_bangle.c: the largest raw output above 0. */
static int
decide_as_firmware(const float *outputs)
{
    int best = -1;

    for (int i = 0; i < N_GESTURES; i++) {
        if (outputs[i] > (best < 0 ? 0 : outputs[best]))
            best = i;
    }
    return best;
}

static int
decide_as_app(const float *outputs, const int *least)
{
    int best = 0;

    for (int i = 1; i < N_GESTURES; i++)
        best = outputs[i] > outputs[best] ? i : best;
    return (int)outputs[best] >= least[best] ? best : -1;
}

static void
test_decides_as_the_app(void)
{
    WgRandom random;
    int n_answered = 0, n_rejected = 0;

    wg_random_init(&random, 7, 0);
    for (guint64 seed = 1; seed <= 6; seed++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(WgWindows) windows = drawn_windows(seed);
        g_autoptr(GBytes) plain = drawn_model(seed % 2 ? "waggle" : "classic", seed, TRUE, windows);
        g_autofree float *told = drawn_run(plain, windows);

        for (int round = 0; round < 8; round++) {
            int least[N_GESTURES];
            g_autoptr(GBytes) built = NULL;
            g_autofree float *heard = NULL;

            for (int i = 0; i < N_GESTURES; i++)
                least[i] = 1 + (int)wg_random_below(&random, round ? 128 : 1);
            built = wg_reject_build(plain, least, &error);
            g_assert_no_error(error);
            heard = drawn_run(built, windows);
            for (int i = 0; i < windows->n; i++) {
                const float *q = told + i * N_GESTURES, *out = heard + i * N_GESTURES;

                for (int j = 0; j < N_GESTURES; j++)
                    g_assert_cmpint((int)out[j], ==,
                                    least[j] == WG_REJECT_ALWAYS
                                        ? 0
                                        : CLAMP((int)q[j] - least[j] + 1, -128, 127));
                g_assert_cmpint(decide_as_firmware(out), ==, decide_as_app(q, least));
                n_answered += decide_as_firmware(out) >= 0;
                n_rejected += decide_as_firmware(out) < 0;
            }
        }
    }
    g_assert_cmpint(n_answered, >, 1000);
    g_assert_cmpint(n_rejected, >, 1000);
}

static void
test_agrees_with_the_referee(void)
{
    const int least[N_GESTURES] = {1, 30, 60, 90, 120, WG_REJECT_ALWAYS};
    g_autoptr(GError) error = NULL;
    g_autoptr(WgWindows) windows = drawn_windows(3);
    g_autoptr(GBytes) plain = drawn_model("waggle", 3, TRUE, windows);
    g_autoptr(GBytes) built = wg_reject_build(plain, least, &error);
    WgReferee *judge_plain = wg_referee_new(plain), *judge_built = wg_referee_new(built);
    const gsize size = WG_WINDOW_LENGTH * WG_WINDOW_CHANNELS;
    gint8 history[WG_WINDOW_LENGTH * WG_WINDOW_CHANNELS], q[N_GESTURES], out[N_GESTURES];

    g_assert_no_error(error);
    for (int i = 0; i < windows->n; i++) {
        wg_windows_get_history(windows, i, history);
        wg_referee_run(judge_plain, history, size, q, sizeof q);
        wg_referee_run(judge_built, history, size, out, sizeof out);
        for (int j = 0; j < N_GESTURES; j++)
            g_assert_cmpint(out[j], ==,
                            least[j] == WG_REJECT_ALWAYS ? 0 : MAX(q[j] - least[j] + 1, -128));
    }
    wg_referee_free(judge_plain);
    wg_referee_free(judge_built);
}

static void
test_fits_the_firmware(void)
{
    const int least[N_GESTURES] = {1, 1, 1, 1, 1, 1};
    g_autoptr(GError) error = NULL;
    g_autoptr(WgWindows) windows = drawn_windows(1);

    for (const WgPreset *const *preset = wg_presets; *preset; preset++) {
        g_autoptr(GBytes) plain = drawn_model((*preset)->name, 1, TRUE, windows);
        g_autoptr(GBytes) built = wg_reject_build(plain, least, &error);
        g_autoptr(WgInt8Network) before = wg_int8_network_new(plain, NULL);
        g_autoptr(WgInt8Network) after = wg_int8_network_new(built, NULL);
        const WgWatchKind *kind = wg_watch_kind_find("bangle2", NULL);
        g_autoptr(WgVerdict) was = wg_verdict_new(before, kind, TRUE);
        g_autoptr(WgVerdict) is = wg_verdict_new(after, kind, TRUE);

        g_assert_no_error(error);
        g_test_message("%s: %zu bytes, arena %zu; with thresholds %zu bytes, arena %zu",
                       (*preset)->name, was->bytes, was->arena_bytes, is->bytes, is->arena_bytes);
        g_assert_cmpint(is->fits, ==, was->fits);
        g_assert_cmpuint(is->arena_bytes, <=, was->arena_bytes + 200);
    }
}

static void
test_refuses_what_has_no_probabilities(void)
{
    const int least[N_GESTURES] = {1, 1, 1, 1, 1, 1};
    g_autoptr(GError) error = NULL;
    g_autoptr(WgWindows) windows = drawn_windows(1);
    g_autoptr(GBytes) plain = drawn_model("waggle", 1, FALSE, windows);
    g_autofree char *path =
        g_test_build_filename(G_TEST_DIST, "data", "golden", "seed-v11-float.tflite", NULL);
    g_autofree char *content = NULL;
    g_autoptr(GBytes) floats = NULL;
    gsize length = 0;

    g_assert_null(wg_reject_build(plain, least, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED);
    g_clear_error(&error);
    g_assert_true(g_file_get_contents(path, &content, &length, NULL));
    floats = g_bytes_new_take(g_steal_pointer(&content), length);
    g_assert_null(wg_reject_build(floats, least, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/quant/reject/decides-as-the-app", test_decides_as_the_app);
    g_test_add_func("/quant/reject/agrees-with-the-referee", test_agrees_with_the_referee);
    g_test_add_func("/quant/reject/fits-the-firmware", test_fits_the_firmware);
    g_test_add_func("/quant/reject/refuses-what-has-no-probabilities",
                    test_refuses_what_has_no_probabilities);
    return g_test_run();
}
