/* A sample of takes is shared evenly, and each take can be in it. */
#include "workbench/take-sample.h"

#include "base/random.h"

#include <glib/gstdio.h>

static void
test_shares(void)
{
    WgRandom random;

    wg_random_init(&random, 3, 0);
    for (int turn = 0; turn < 500; turn++) {
        const int n = 1 + (int)wg_random_below(&random, 12);
        const int total = (int)wg_random_below(&random, 300);
        int rooms[12], shares[12], n_room = 0, sum = 0, least_full = G_MAXINT, most = 0;

        for (int i = 0; i < n; i++) {
            rooms[i] = (int)wg_random_below(&random, 60);
            n_room += rooms[i];
        }
        wg_take_sample_share(rooms, n, total, (guint64)turn, shares);
        for (int i = 0; i < n; i++) {
            g_assert_cmpint(shares[i], >=, 0);
            g_assert_cmpint(shares[i], <=, rooms[i]);
            sum += shares[i];
            most = MAX(most, shares[i]);
            if (shares[i] < rooms[i])
                least_full = MIN(least_full, shares[i]);
        }
        g_assert_cmpint(sum, ==, MIN(total, n_room));
        /* who has room has no less than the others, but for the last one that is drawn */
        g_assert_cmpint(least_full, >=, most - 1);
    }
}

/* More are wanting than there is: it is drawn who gets one. */
static void
test_draws_who_gets_what_is_left(void)
{
    const int rooms[] = {5, 5, 5, 5, 5};
    int n_times[5] = {0};

    for (guint64 seed = 1; seed <= 1000; seed++) {
        int shares[5];

        wg_take_sample_share(rooms, 5, 2, seed, shares);
        for (int i = 0; i < 5; i++)
            n_times[i] += shares[i];
    }
    for (int i = 0; i < 5; i++) { /* binomial: 400 with a deviation of 15.5, four of them */
        g_assert_cmpint(n_times[i], >, 338);
        g_assert_cmpint(n_times[i], <, 462);
    }
}

static WgProject *
make_project(const char *path, int n)
{
    g_autoptr(GPtrArray) takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    g_autoptr(GError) error = NULL;
    WgProject *project = wg_project_create(path, &error);

    g_assert_no_error(error);
    for (int i = 0; i < n; i++) {
        const float samples[] = {(float)(i % 100) / 64, (float)(i / 100) / 64, 1};

        g_ptr_array_add(takes, wg_recording_new(&(WgRecordingSpec){.label = "up",
                                                                   .disabled = i % 10 == 9,
                                                                   .rate_hz = 12.5,
                                                                   .n_samples = 1,
                                                                   .n_channels = 3,
                                                                   .samples = samples,
                                                                   .original_units_per_g = 64}));
    }
    wg_project_add_recordings(project, takes, NULL, NULL, &error);
    g_assert_no_error(error);
    return project;
}

static void
test_each_take_can_be_drawn(void)
{
    g_autofree char *folder = g_dir_make_tmp("waggle-sample-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "p.waggle", NULL);
    g_autoptr(WgProject) project = make_project(path, 600);
    int n_times[600] = {0};

    for (guint64 seed = 1; seed <= 200; seed++) {
        g_autoptr(GError) error = NULL;
        int n_all = 0;
        g_autoptr(GPtrArray) drawn =
            wg_take_sample_load(project, 54, seed, &n_all, NULL, NULL, &error);

        g_assert_no_error(error);
        g_assert_cmpint(n_all, ==, 540);
        g_assert_cmpuint(drawn->len, ==, 54);
        for (guint i = 0; i < drawn->len; i++)
            n_times[wg_recording_get_facts(g_ptr_array_index(drawn, i))->id - 1]++;
    }
    for (int i = 0; i < 600;
         i++) { /* binomial: 20 with a deviation of 4.2, none of those disabled */
        g_assert_cmpint(n_times[i], >=, i % 10 == 9 ? 0 : 3);
        g_assert_cmpint(n_times[i], <, i % 10 == 9 ? 1 : 42);
    }
    g_clear_object(&project);
    g_unlink(path);
    g_rmdir(folder);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/workbench/take-sample/shares-evenly", test_shares);
    g_test_add_func("/workbench/take-sample/draws-who-gets-what-is-left",
                    test_draws_who_gets_what_is_left);
    g_test_add_func("/workbench/take-sample/each-take-can-be-drawn", test_each_take_can_be_drawn);
    return g_test_run();
}
