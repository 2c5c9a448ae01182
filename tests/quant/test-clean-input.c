/* A model whose input lies where the watch's memory is clean: the same answers, and the same
 * without clearing. */
#include "drawn-model.h"

#include "quant/clean-input.h"
#include "quant/reject.h"
#include "quant/verdict.h"
#include "train/preset.h"

#include <string.h>

#define ARENA_BYTES 4000

static WgInt8Network *
read_network(GBytes *tflite)
{
    g_autoptr(GError) error = NULL;
    WgInt8Network *network = wg_int8_network_new(tflite, &error);

    g_assert_no_error(error);
    return network;
}

static void
test_changes_no_answer(void)
{
    static const char *const presets[] = {"waggle", "classic"};
    const int least[DRAWN_GESTURES] = {1, 20, 40, 60, 80, WG_REJECT_ALWAYS};

    for (guint64 seed = 1; seed <= 4; seed++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(WgWindows) windows = drawn_windows(seed);
        g_autoptr(GBytes) model = drawn_model(presets[seed % 2], seed, TRUE, windows);
        g_autoptr(GBytes) plain = wg_reject_build(model, least, &error);
        g_autoptr(GBytes) clean = wg_clean_input_build(plain, ARENA_BYTES, &error);
        g_autoptr(GBytes) again = clean ? wg_clean_input_build(clean, ARENA_BYTES, &error) : NULL;
        g_autofree float *was = drawn_run(plain, windows), *is = drawn_run(clean, windows);

        g_assert_no_error(error);
        g_assert_cmpmem(was, sizeof(float) * DRAWN_GESTURES * (gsize)windows->n, is,
                        sizeof(float) * DRAWN_GESTURES * (gsize)windows->n);
        g_assert_true(again == clean); /* there is nothing left to do */
    }
}

static void
test_is_clean_and_fits(void)
{
    const WgWatchKind *kind = wg_watch_kind_find("bangle2", NULL);
    g_autoptr(WgWindows) windows = drawn_windows(1);

    for (int i = 0; i < 2; i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GBytes) plain = drawn_model(i ? "classic" : "waggle", 1, TRUE, windows);
        g_autoptr(GBytes) clean = wg_clean_input_build(plain, ARENA_BYTES, &error);
        g_autoptr(WgInt8Network) before = read_network(plain);
        g_autoptr(WgInt8Network) after = read_network(clean);
        g_autoptr(WgVerdict) was = wg_verdict_new(before, kind, TRUE);
        g_autoptr(WgVerdict) is = wg_verdict_new(after, kind, TRUE);

        g_assert_no_error(error);
        g_test_message("%s: %zu bytes, arena %zu, %d operations; clean %zu, %zu, %d",
                       i ? "classic" : "waggle", was->bytes, was->arena_bytes,
                       (int)wg_operations(before), is->bytes, is->arena_bytes,
                       (int)wg_operations(after));
        /* classic is as it comes: its first tensor is large enough */
        g_assert_cmpint(wg_arena_has_clean_input(before, ARENA_BYTES), ==, i == 1);
        g_assert_true((plain == clean) == (i == 1));
        g_assert_true(wg_arena_has_clean_input(after, ARENA_BYTES));
        g_assert_true(is->fits);
    }
}

/* What the firmware does: clears an arena, plans in it, writes the gesture, asks. */
static void
test_needs_no_clearing(void)
{
    g_autoptr(WgWindows) windows = drawn_windows(2);
    g_autoptr(GBytes) plain = drawn_model("waggle", 2, TRUE, windows);
    g_autoptr(GBytes) clean = wg_clean_input_build(plain, ARENA_BYTES, NULL);
    int n_other[2] = {0};

    for (int is_clean = 0; is_clean < 2; is_clean++) {
        g_autoptr(WgInt8Network) network = read_network(is_clean ? clean : plain);
        const gsize size = wg_int8_network_get_input(network)->size_bytes;
        g_autofree guint8 *arena = g_malloc(ARENA_BYTES);
        gsize offset = 0;

        g_assert_true(wg_arena_find_input(network, ARENA_BYTES, &offset, arena));
        for (int i = 0; i < ARENA_BYTES; i++)
            arena[i] = arena[i] ? (guint8)(i * 37) : 0;
        for (int i = 0; i < windows->n; i++) {
            gint8 told[WG_WINDOW_LENGTH * WG_WINDOW_CHANNELS], left[sizeof told];
            const int n =
                WG_WINDOW_CHANNELS * wg_window_count_samples(windows->x + (gsize)i * sizeof told,
                                                             WG_WINDOW_LENGTH, WG_WINDOW_CHANNELS);

            g_assert_cmpint(size, ==, sizeof told);
            wg_windows_get_history(windows, i, told);
            memcpy(left, arena + offset, sizeof left);
            memcpy(left, told, (gsize)n);
            n_other[is_clean] += memcmp(left, told, sizeof told) != 0;
        }
    }
    g_assert_cmpint(n_other[0], >, 100);
    g_assert_cmpint(n_other[1], ==, 0);
}

static void
test_refuses_no_input(void)
{
    g_autoptr(WgWindows) windows = drawn_windows(1);
    g_autoptr(GBytes) plain = drawn_model("waggle", 1, TRUE, windows);
    g_autoptr(GBytes) cut = g_bytes_new_from_bytes(plain, 0, g_bytes_get_size(plain) / 2);
    g_autoptr(GError) error = NULL;
    g_autoptr(WgInt8Network) network = read_network(plain);
    gsize offset = 0;

    g_assert_null(wg_clean_input_build(cut, ARENA_BYTES, &error));
    g_assert_nonnull(error);
    g_assert_false(wg_arena_find_input(network, wg_arena_bytes(network, FALSE) - 1, &offset, NULL));
    g_assert_true(wg_arena_find_input(network, wg_arena_bytes(network, FALSE), &offset, NULL));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/quant/clean-input/changes-no-answer", test_changes_no_answer);
    g_test_add_func("/quant/clean-input/is-clean-and-fits", test_is_clean_and_fits);
    g_test_add_func("/quant/clean-input/needs-no-clearing", test_needs_no_clearing);
    g_test_add_func("/quant/clean-input/refuses-what-is-no-model", test_refuses_no_input);
    return g_test_run();
}
