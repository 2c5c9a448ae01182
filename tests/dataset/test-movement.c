/* Made-up movement: as the watch would hold it, and never in the way of real takes. */
#include "dataset/movement.h"

#include <math.h>
#include <string.h>

#define N_REAL 7
#define N_MADE 500
#define SIZE (WG_WINDOW_LENGTH * WG_WINDOW_CHANNELS)

static const char *const names[] = {"up", "random", NULL};

static WgWindows *
make_windows(int channels)
{
    WgWindows *windows = wg_windows_alloc(N_REAL, WG_WINDOW_LENGTH, channels, names);

    for (int i = 0; i < N_REAL * WG_WINDOW_LENGTH * channels; i++)
        windows->x[i] = (float)(i % 64) / 64;
    return windows;
}

static void
test_adds_behind(void)
{
    g_autoptr(WgWindows) real = make_windows(WG_WINDOW_CHANNELS);
    g_autoptr(WgWindows) all = wg_movement_add(real, 1, N_MADE, 3);
    g_autoptr(WgWindows) again = wg_movement_add(real, 1, N_MADE, 3);
    g_autoptr(WgWindows) other = wg_movement_add(real, 1, N_MADE, 4);
    int n_different = 0;

    g_assert_cmpint(all->n, ==, N_REAL + N_MADE);
    g_assert_cmpmem(all->x, sizeof(float) * N_REAL * SIZE, real->x, sizeof(float) * N_REAL * SIZE);
    g_assert_cmpmem(all->x, sizeof(float) * SIZE * (gsize)all->n, again->x,
                    sizeof(float) * SIZE * (gsize)all->n);
    for (int i = N_REAL; i < all->n; i++) {
        g_assert_cmpint(all->labels[i], ==, 1);
        g_assert_cmpint(all->recordings[i], ==, -1);
        n_different += memcmp(all->x + i * SIZE, other->x + i * SIZE, sizeof(float) * SIZE) != 0;
    }
    g_assert_cmpint(n_different, ==, N_MADE);
}

static void
test_is_what_a_watch_holds(void)
{
    g_autoptr(WgWindows) real = make_windows(WG_WINDOW_CHANNELS);
    g_autoptr(WgWindows) all = wg_movement_add(real, 1, N_MADE, 3);
    int n_strong = 0, n_weak = 0;

    for (int i = N_REAL; i < all->n; i++) {
        const float *x = all->x + i * SIZE;
        const int n = wg_window_count_samples(x, WG_WINDOW_LENGTH, WG_WINDOW_CHANNELS);
        double sum = 0;

        g_assert_cmpint(n, >=, 9); /* the last of 10 may be 0 on all axes */
        g_assert_cmpint(n, <=, 34);
        for (int j = 0; j < SIZE; j++) {
            g_assert_cmpfloat(x[j] * 64, ==, roundf(x[j] * 64));
            g_assert_cmpfloat(x[j], >=, -2);
            g_assert_cmpfloat(x[j], <=, 127.0f / 64);
            sum += (double)x[j] * (double)x[j];
        }
        n_weak += sum / n < 1.2;
        n_strong += sum / n > 2;
    }
    g_assert_cmpint(n_weak, >, N_MADE / 10);
    g_assert_cmpint(n_strong, >, N_MADE / 10);
}

static void
test_leaves_other_channels(void)
{
    g_autoptr(WgWindows) real = make_windows(1);
    g_autoptr(WgWindows) same = wg_movement_add(real, 1, N_MADE, 3);
    g_autoptr(WgWindows) none = wg_movement_add(real, 1, 0, 3);

    g_assert_true(same == real);
    g_assert_true(none == real);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dataset/movement/adds-behind-the-real-takes", test_adds_behind);
    g_test_add_func("/dataset/movement/is-what-a-watch-holds", test_is_what_a_watch_holds);
    g_test_add_func("/dataset/movement/leaves-other-channels", test_leaves_other_channels);
    return g_test_run();
}
