/* The map of takes: who lies beside whom is known of takes that were made up. */
#include "gestures.h"
#include "train/preset.h"
#include "workbench/take-map.h"

#include <math.h>
#include <string.h>

#define N_LABELS 3
#define N_EACH 30

static WgWindows *
make_windows(void)
{
    g_autoptr(GPtrArray) takes = test_gestures(N_LABELS, N_EACH, 0.05, NULL, 1);
    g_autoptr(WgDataset) dataset = test_dataset(takes);

    return wg_windows_new(dataset, NULL, 0);
}

static WgTakeMap *
make_map(const WgWindows *windows, const WgNetwork *network, int n_most)
{
    g_autoptr(GError) error = NULL;
    WgTakeMap *map = wg_take_map_new(windows, network, n_most, NULL, NULL, &error);

    g_assert_no_error(error);
    return map;
}

static void
test_takes_lie_among_their_own(void)
{
    g_autoptr(WgWindows) windows = make_windows();
    g_autoptr(WgTakeMap) map = make_map(windows, NULL, 1000);
    double furthest = 0;
    int n_own = 0;

    g_assert_cmpint(map->n, ==, N_LABELS * N_EACH);
    g_assert_cmpint(map->n_of, ==, N_LABELS * N_EACH);
    for (int i = 0; i < map->n; i++) {
        const WgMapPoint *point = &map->points[i];

        g_assert_cmpint(point->window, ==, i);
        g_assert_cmpint(point->place, !=, WG_MAP_AMONG_OTHERS);
        for (int k = 0; k < WG_MAP_NEIGHBOURS; k++) {
            g_assert_cmpint(point->neighbours[k], >=, 0);
            g_assert_cmpint(point->neighbours[k], !=, i);
        }
        n_own += windows->labels[point->neighbours[0]] == windows->labels[i];
        furthest = fmax(furthest, fmax(fabs(point->x), fabs(point->y)));
    }
    g_assert_cmpfloat_with_epsilon(furthest, 1, 1e-6);
    g_assert_cmpint(n_own, >=,
                    map->n * 7 /
                        10); /* a guess would be right a third of the time; two axes are noise */
}

/* On the plane too: of its nearest points there, nearly all are of its gesture. */
static void
test_the_plane_keeps_neighbours_together(void)
{
    g_autoptr(WgWindows) windows = make_windows();
    g_autoptr(WgTakeMap) map = make_map(windows, NULL, 1000);
    int n_own = 0;

    for (int i = 0; i < map->n; i++) {
        double nearest = INFINITY;
        int label = -1;

        for (int j = 0; j < map->n; j++) {
            const double distance =
                hypot(map->points[i].x - map->points[j].x, map->points[i].y - map->points[j].y);

            if (j != i && distance < nearest) {
                nearest = distance;
                label = windows->labels[j];
            }
        }
        n_own += label == windows->labels[i];
    }
    g_assert_cmpint(n_own, >=, map->n * 7 / 10);
}

static void
test_a_mislabelled_take_lies_among_others(void)
{
    g_autoptr(WgWindows) windows = make_windows();
    const int wrong = 4, truth = windows->labels[wrong];
    g_autoptr(WgTakeMap) map = NULL;

    windows->labels[wrong] = (truth + 1) % N_LABELS;
    map = make_map(windows, NULL, 1000);
    g_assert_cmpint(map->points[wrong].place, ==, WG_MAP_AMONG_OTHERS);
    g_assert_cmpint(map->points[wrong].other, ==, truth);
    g_assert_cmpint(map->points[wrong].n_strangers, >=, WG_MAP_STRANGERS);
    for (int i = 0; i < map->n; i++)
        g_assert_true(i == wrong || map->points[i].place != WG_MAP_AMONG_OTHERS);
}

static void
test_a_take_like_no_other_is_alone(void)
{
    g_autoptr(WgWindows) windows = make_windows();
    const int odd = 7, size = windows->length * windows->channels;
    g_autoptr(WgTakeMap) map = NULL;

    for (int i = 0; i < 30; i++)
        windows->x[odd * size + i] = i % 4 < 2 ? 1.9f : -1.9f;
    map = make_map(windows, NULL, 1000);
    g_assert_cmpint(map->points[odd].place, !=, WG_MAP_AMONG_ITS_OWN);
}

static void
test_same_windows_same_bits(void)
{
    g_autoptr(WgWindows) windows = make_windows();
    g_autoptr(WgTakeMap) a = make_map(windows, NULL, 1000);
    g_autoptr(WgTakeMap) b = make_map(windows, NULL, 1000);

    g_assert_cmpint(memcmp(a->points, b->points, sizeof *a->points * (gsize)a->n), ==, 0);
}

static void
test_of_many_a_sample_of_each_label(void)
{
    g_autoptr(WgWindows) windows = make_windows();
    g_autoptr(WgTakeMap) map = make_map(windows, NULL, 36);
    int counts[N_LABELS] = {0}, before = -1;

    g_assert_cmpint(map->n, ==, 36);
    g_assert_cmpint(map->n_of, ==, N_LABELS * N_EACH);
    for (int i = 0; i < map->n; i++) {
        g_assert_cmpint(map->points[i].window, >, before);
        before = map->points[i].window;
        counts[windows->labels[before]]++;
        g_assert_cmpint(map->points[i].neighbours[0], <, map->n);
    }
    for (int label = 0; label < N_LABELS; label++)
        g_assert_cmpint(counts[label], ==, 12);
}

static void
test_a_network_has_a_map_of_its_own(void)
{
    g_autoptr(WgWindows) windows = make_windows();
    g_autoptr(GError) error = NULL;
    const WgPreset *preset = wg_preset_find("waggle", &error);
    g_autoptr(WgNetwork) network = NULL;
    g_autoptr(WgTakeMap) map = NULL;

    g_assert_no_error(error);
    network = wg_preset_build(preset, windows->length, windows->channels, N_LABELS, 1, &error);
    g_assert_no_error(error);
    map = make_map(windows, network, 1000);
    g_assert_cmpint(map->n, ==, windows->n);
    for (int i = 0; i < map->n; i++)
        g_assert_true(isfinite(map->points[i].x) && isfinite(map->points[i].y));
}

static void
test_few_takes_have_few_neighbours(void)
{
    for (int n = 1; n < 4; n++) {
        g_autoptr(GPtrArray) takes = test_gestures(1, n, 0.05, NULL, 1);
        g_autoptr(WgDataset) dataset = test_dataset(takes);
        g_autoptr(WgWindows) windows = wg_windows_new(dataset, NULL, 0);
        g_autoptr(WgTakeMap) map = make_map(windows, NULL, 1000);

        for (int i = 0; i < n; i++) {
            g_assert_cmpint(map->points[i].neighbours[n - 1], ==, -1);
            g_assert_true(isfinite(map->points[i].x) && isfinite(map->points[i].y));
            g_assert_true(n < 2 || map->points[i].neighbours[n - 2] >= 0);
        }
    }
}

static void
test_can_be_stopped(void)
{
    g_autoptr(WgWindows) windows = make_windows();
    g_autoptr(GCancellable) cancellable = g_cancellable_new();
    g_autoptr(GError) error = NULL;

    g_cancellable_cancel(cancellable);
    g_assert_null(wg_take_map_new(windows, NULL, 1000, NULL, cancellable, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main(int argc, char *argv[])
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/workbench/map/takes-lie-among-their-own", test_takes_lie_among_their_own);
    g_test_add_func("/workbench/map/the-plane-keeps-neighbours-together",
                    test_the_plane_keeps_neighbours_together);
    g_test_add_func("/workbench/map/a-mislabelled-take-lies-among-others",
                    test_a_mislabelled_take_lies_among_others);
    g_test_add_func("/workbench/map/a-take-like-no-other-is-not-among-its-own",
                    test_a_take_like_no_other_is_alone);
    g_test_add_func("/workbench/map/same-windows-same-bits", test_same_windows_same_bits);
    g_test_add_func("/workbench/map/of-many-a-sample-of-each-label",
                    test_of_many_a_sample_of_each_label);
    g_test_add_func("/workbench/map/a-network-has-a-map-of-its-own",
                    test_a_network_has_a_map_of_its_own);
    g_test_add_func("/workbench/map/few-takes-have-few-neighbours",
                    test_few_takes_have_few_neighbours);
    g_test_add_func("/workbench/map/can-be-stopped", test_can_be_stopped);
    return g_test_run();
}
