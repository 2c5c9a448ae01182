/* Splits: never a recording in two parts, and the same split however the takes were added. */
#include "base/error.h"
#include "base/random.h"
#include "dataset/split.h"
#include "takes.h"

#include <string.h>

static void
count_part(const WgSplit *split, GArray *part, int *seen)
{
    for (guint i = 0; i < part->len; i++) {
        const int index = g_array_index(part, int, i);

        g_assert_cmpint(index, >=, 0);
        g_assert_cmpint(index, <, wg_dataset_get_n(split->dataset));
        seen[index]++;
    }
}

static void
check_each_once(const WgSplit *split)
{
    const int n = wg_dataset_get_n(split->dataset);
    g_autofree int *seen = g_new0(int, n);

    count_part(split, split->train, seen);
    count_part(split, split->validation, seen);
    count_part(split, split->test, seen);
    for (int i = 0; i < n; i++)
        g_assert_cmpint(seen[i], ==, 1);
}

static int
compare_digests(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static char *
describe_part(const WgSplit *split, GArray *part)
{
    g_autoptr(GPtrArray) digests = g_ptr_array_new();

    for (guint i = 0; i < part->len; i++)
        g_ptr_array_add(digests, (gpointer)wg_recording_get_digest(
                                     wg_dataset_get(split->dataset, g_array_index(part, int, i))));
    g_ptr_array_sort(digests, compare_digests);
    g_ptr_array_add(digests, NULL);
    return g_strjoinv(" ", (char **)digests->pdata);
}

static void
test_stratified(void)
{
    g_autoptr(GPtrArray) takes = wg_test_takes(4, 3, 25);
    g_autoptr(GPtrArray) reversed =
        g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    g_autoptr(WgDataset) dataset = wg_dataset_new(takes, NULL, NULL);
    g_autoptr(WgDataset) other = NULL;

    for (guint i = takes->len; i > 0; i--)
        g_ptr_array_add(reversed, wg_recording_ref(g_ptr_array_index(takes, i - 1)));
    other = wg_dataset_new(reversed, NULL, NULL);
    for (guint64 seed = 0; seed < 20; seed++) {
        g_autoptr(WgSplit) split = wg_split_new_stratified(dataset, 0.2, 0.2, seed, NULL);
        g_autoptr(WgSplit) same = wg_split_new_stratified(other, 0.2, 0.2, seed, NULL);
        g_autofree char *left = describe_part(split, split->test);
        g_autofree char *right = describe_part(same, same->test);

        check_each_once(split);
        g_assert_cmpuint(split->validation->len, ==, 60);
        g_assert_cmpuint(split->test->len, ==, 60);
        g_assert_cmpstr(left, ==, right);
    }
}

static void
test_folds(void)
{
    g_autoptr(GPtrArray) takes = wg_test_takes(3, 2, 11);
    g_autoptr(WgDataset) dataset = wg_dataset_new(takes, NULL, NULL);
    g_autoptr(GPtrArray) folds = wg_split_new_folds(dataset, 5, 1, NULL);
    g_autofree int *tested = g_new0(int, wg_dataset_get_n(dataset));

    g_assert_cmpuint(folds->len, ==, 5);
    for (guint i = 0; i < folds->len; i++) {
        const WgSplit *split = g_ptr_array_index(folds, i);

        check_each_once(split);
        count_part(split, split->test, tested);
    }
    for (int i = 0; i < wg_dataset_get_n(dataset); i++)
        g_assert_cmpint(tested[i], ==, 1);
}

/* Any number of gestures and people, groups of any size, any number of folds. */
static void
test_folds_never_share(void)
{
    WgRandom random;

    wg_random_init(&random, 1, 1);
    for (int round = 0; round < 60; round++) {
        const int k = 2 + (int)wg_random_below(&random, 9);
        const int n_labels = 1 + (int)wg_random_below(&random, 4);
        const int n = k + (int)wg_random_below(&random, 120);
        g_autoptr(GPtrArray) takes =
            g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
        g_autoptr(WgDataset) dataset = NULL;
        g_autoptr(GPtrArray) folds = NULL;
        g_autoptr(GHashTable) tested = g_hash_table_new(g_str_hash, g_str_equal);

        for (int i = 0; i < n; i++) {
            g_autofree char *label =
                g_strdup_printf("g%u", wg_random_below(&random, (guint32)n_labels));
            g_autofree char *person = g_strdup_printf("p%u", wg_random_below(&random, 3));

            g_ptr_array_add(takes, wg_test_take(label, round % 2 ? person : NULL, i, 5 + i % 9));
        }
        dataset = wg_dataset_new(takes, NULL, NULL);
        folds = wg_split_new_folds(dataset, k, wg_random_next(&random), NULL);
        g_assert_cmpuint(folds->len, ==, k);
        for (int fold = 0; fold < k; fold++) {
            const WgSplit *split = g_ptr_array_index(folds, fold);
            g_autoptr(GHashTable) trained = g_hash_table_new(g_str_hash, g_str_equal);

            check_each_once(split);
            for (guint i = 0; i < split->train->len; i++)
                g_hash_table_add(trained, (gpointer)wg_recording_get_digest(wg_dataset_get(
                                              dataset, g_array_index(split->train, int, i))));
            for (guint i = 0; i < split->test->len; i++) {
                const char *digest = wg_recording_get_digest(
                    wg_dataset_get(dataset, g_array_index(split->test, int, i)));

                g_assert_false(g_hash_table_contains(trained, digest));
                g_assert_true(g_hash_table_add(tested, (gpointer)digest));
            }
            g_assert_cmpint((int)split->test->len, >=, n / k);
            g_assert_cmpint((int)split->test->len, <=, (n + k - 1) / k);
        }
        g_assert_cmpuint(g_hash_table_size(tested), ==, n);
    }
}

static void
test_persons(void)
{
    g_autoptr(GPtrArray) takes = wg_test_takes(2, 3, 5);
    g_autoptr(GPtrArray) alone = wg_test_takes(2, 1, 5);
    g_autoptr(WgDataset) dataset = wg_dataset_new(takes, NULL, NULL);
    g_autoptr(WgDataset) one = wg_dataset_new(alone, NULL, NULL);
    g_autoptr(GPtrArray) splits = wg_split_new_leave_one_person_out(dataset, NULL);
    g_autoptr(GError) error = NULL;

    g_assert_cmpuint(splits->len, ==, 3);
    for (guint i = 0; i < splits->len; i++) {
        WgSplit *split = g_ptr_array_index(splits, i);

        g_assert_cmpuint(split->train->len, ==, 0);
        wg_split_train_on_rest(split);
        check_each_once(split);
        g_assert_cmpuint(split->test->len, ==, 10);
        g_assert_cmpuint(split->train->len, ==, 20);
        wg_split_train_on_none(split);
        g_assert_cmpuint(split->train->len, ==, 0);
    }
    g_assert_null(wg_split_new_leave_one_person_out(one, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_MISSING);
}

static void
test_refuses(void)
{
    g_autoptr(GPtrArray) takes = wg_test_takes(2, 1, 5);
    g_autoptr(WgDataset) dataset = wg_dataset_new(takes, NULL, NULL);
    g_autoptr(GError) error = NULL;
    const char *const labels[] = {"gesture-0", "nowhere", NULL};

    g_assert_null(wg_split_new_stratified(dataset, 0.6, 0.6, 1, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_USAGE);
    g_clear_error(&error);
    g_assert_null(wg_split_new_folds(dataset, 11, 1, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_TOO_SHORT);
    g_clear_error(&error);
    g_assert_null(wg_dataset_new(takes, labels, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_INPUT);
    g_assert_nonnull(strstr(error->message, "nowhere"));
}

static void
test_file(void)
{
    g_autoptr(GPtrArray) takes = wg_test_takes(2, 1, 4);
    g_autofree char *folder = g_dir_make_tmp("waggle-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "split.json", NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(WgSplit) split = NULL;

    g_file_set_contents(
        path,
        "{\"train\":[{\"file\":\"somewhere/gesture-0.txt\",\"line\":1,\"label\":\"gesture-0\"},"
        "{\"file\":\"x/somewhere/gesture-1.txt\",\"line\":2}],"
        "\"validation\":[],\"test\":[{\"file\":\"somewhere/gesture-0.txt\",\"line\":3}]}",
        -1, NULL);
    split = wg_split_new_from_file(takes, path, &error);
    g_assert_no_error(error);
    check_each_once(split);
    g_assert_cmpuint(split->train->len, ==, 2);
    g_assert_cmpuint(split->test->len, ==, 1);
    g_file_set_contents(
        path,
        "{\"train\":[{\"file\":\"somewhere/gesture-0.txt\",\"line\":1}],\"validation\":"
        "[{\"file\":\"somewhere/gesture-0.txt\",\"line\":1}],\"test\":[]}",
        -1, NULL);
    g_assert_null(wg_split_new_from_file(takes, path, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_INPUT);
    g_assert_nonnull(strstr(error->message, "already"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dataset/split/stratified-ignores-order-and-takes-each-once", test_stratified);
    g_test_add_func("/dataset/split/folds-test-each-take-once", test_folds);
    g_test_add_func("/dataset/split/folds-never-share-a-recording", test_folds_never_share);
    g_test_add_func("/dataset/split/leaves-one-person-out", test_persons);
    g_test_add_func("/dataset/split/refuses-too-little-and-unknown-labels", test_refuses);
    g_test_add_func("/dataset/split/file-names-takes-by-place", test_file);
    return g_test_run();
}
