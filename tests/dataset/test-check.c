/* The check of labels, and the distance that it rests on. */
#include "base/random.h"
#include "dataset/checks.h"
#include "dataset/dtw.h"
#include "dataset/import.h"
#include "dataset/persons.h"

#include <math.h>
#include <string.h>

#define N_FIRST 12 /* findings a person would look at */

/* The least over all paths, by trying them all; band as in wg_dtw. */
static float
try_all_paths(const float *a, int i, const float *b, int j, int band)
{
    const float d = (a[i] - b[j]) * (a[i] - b[j]);

    if (ABS(i - j) > band)
        return INFINITY;
    if (i == 0 && j == 0)
        return d;
    if (i == 0)
        return d + try_all_paths(a, i, b, j - 1, band);
    if (j == 0)
        return d + try_all_paths(a, i - 1, b, j, band);
    return d + MIN(try_all_paths(a, i - 1, b, j - 1, band),
                   MIN(try_all_paths(a, i - 1, b, j, band), try_all_paths(a, i, b, j - 1, band)));
}

static void
test_dtw_is_the_least_of_all_paths(void)
{
    WgRandom random;

    wg_random_init(&random, 1, 1);
    for (int round = 0; round < 200; round++) {
        const int n_a = 1 + (int)wg_random_below(&random, 6);
        const int n_b = 1 + (int)wg_random_below(&random, 6);
        const int band = (int)wg_random_below(&random, 4);
        float a[6], b[6], expected;

        for (int i = 0; i < 6; i++) {
            a[i] = wg_random_unit(&random);
            b[i] = wg_random_unit(&random);
        }
        expected =
            try_all_paths(a, n_a - 1, b, n_b - 1, MAX(band, ABS(n_a - n_b))) / (float)(n_a + n_b);
        g_assert_cmpfloat_with_epsilon(wg_dtw(a, n_a, b, n_b, 1, band, INFINITY), expected, 1e-6);
        g_assert_cmpfloat_with_epsilon(wg_dtw(b, n_b, a, n_a, 1, band, INFINITY), expected, 1e-6);
        /* a limit changes nothing below it and may only give up above */
        g_assert_cmpfloat_with_epsilon(wg_dtw(a, n_a, b, n_b, 1, band, expected + 1e-3f), expected,
                                       1e-6);
        g_assert_cmpfloat(wg_dtw(a, n_a, b, n_b, 1, band, expected * 0.9f), >=, expected * 0.999f);
    }
}

static void
test_dtw_forgives_pace(void)
{
    float slow[40], fast[20], other[20];

    for (int i = 0; i < 40; i++)
        slow[i] = sinf((float)i / 6);
    for (int i = 0; i < 20; i++) {
        fast[i] = sinf((float)i / 3);
        other[i] = cosf((float)i / 3);
    }
    g_assert_cmpfloat(wg_dtw(slow, 40, fast, 20, 1, 5, INFINITY), <,
                      0.2f * wg_dtw(slow, 40, other, 20, 1, 5, INFINITY));
    g_assert_cmpfloat(wg_dtw(fast, 20, fast, 20, 1, 5, INFINITY), ==, 0);
    g_assert_true(isinf(wg_dtw(fast, 0, fast, 20, 1, 5, INFINITY)));
}

static int
compare_scores(gconstpointer a, gconstpointer b)
{
    const WgFinding *left = *(WgFinding *const *)a, *right = *(WgFinding *const *)b;

    return (left->score < right->score) - (left->score > right->score);
}

/* The takes of two people, numbered as a project would. */
static GPtrArray *
load_takes(void)
{
    static const char *const folders[] = {"james-v2", "conor-v2"};
    GPtrArray *takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);

    for (gsize i = 0; i < G_N_ELEMENTS(folders); i++) {
        g_autofree char *path = g_build_filename(g_getenv("WAGGLE_SOURCE"), "data", "recordings",
                                                 "bangle-gestures", folders[i], NULL);
        const char *const paths[] = {path, NULL};
        const WgImportOptions options = {.person = folders[i]};
        g_autoptr(GError) error = NULL;
        g_autoptr(WgImport) import = wg_import_read(paths, &options, NULL, NULL, NULL, &error);

        g_assert_no_error(error);
        for (guint k = 0; k < import->recordings->len; k++) {
            WgRecordingSpec spec = *wg_recording_get(g_ptr_array_index(import->recordings, k));

            spec.id = takes->len + 1;
            g_ptr_array_add(takes, wg_recording_new(&spec));
        }
    }
    return takes;
}

static GPtrArray *
check(GPtrArray *takes)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WgDataset) dataset = wg_dataset_new(takes, NULL, &error);
    GPtrArray *findings = NULL;

    g_assert_no_error(error);
    findings = wg_check_run(dataset, "label", NULL, NULL, &error);
    g_assert_no_error(error);
    return findings;
}

static void
test_known_suspects_come_first(void)
{
    static const struct {
        const char *file;
        int line;
    } suspects[] = {{"james-v2/gesture_training.txt", 201},
                    {"james-v2/gesture_training.txt", 501},
                    {"conor-v2/random.txt", 15},
                    {"conor-v2/random.txt", 19}};
    g_autoptr(GPtrArray) takes = load_takes();
    g_autoptr(GPtrArray) findings = check(takes);

    for (gsize i = 0; i < G_N_ELEMENTS(suspects); i++) {
        guint rank = 0;

        for (; rank < findings->len; rank++) {
            const WgFinding *finding = g_ptr_array_index(findings, rank);
            const WgRecordingSpec *spec =
                wg_recording_get(g_ptr_array_index(takes, finding->id - 1));

            if (spec->line == suspects[i].line && g_str_has_suffix(spec->file, suspects[i].file))
                break;
        }
        g_test_message("%s:%d is number %u", suspects[i].file, suspects[i].line, rank + 1);
        g_assert_cmpuint(rank, <, N_FIRST);
    }
}

/* Gives a dozen takes the label of another; gives which. */
static GHashTable *
swap_labels(GPtrArray *takes, guint64 seed)
{
    GHashTable *swapped = g_hash_table_new(NULL, NULL);
    WgRandom random;

    wg_random_init(&random, seed, 1);
    while (g_hash_table_size(swapped) < N_FIRST) {
        const guint i = wg_random_below(&random, takes->len);
        const guint j = wg_random_below(&random, takes->len);
        const char *other = wg_recording_get(g_ptr_array_index(takes, j))->label;
        WgRecordingSpec spec = *wg_recording_get(g_ptr_array_index(takes, i));
        WgRecording *changed;

        if (g_str_equal(spec.label, other) || !g_hash_table_add(swapped, GUINT_TO_POINTER(i)))
            continue;
        spec.label = other;
        changed = wg_recording_new(&spec);
        wg_recording_unref(g_ptr_array_index(takes, i));
        takes->pdata[i] = changed;
    }
    return swapped;
}

static int
count_found(GPtrArray *findings, GHashTable *swapped)
{
    int n_found = 0;

    for (guint i = 0; i < MIN(findings->len, N_FIRST); i++) {
        const WgFinding *finding = g_ptr_array_index(findings, i);

        n_found += g_hash_table_contains(swapped, GUINT_TO_POINTER((guint)finding->id - 1));
    }
    return n_found;
}

static void
test_swapped_labels_come_first(void)
{
    for (guint64 seed = 1; seed <= 3; seed++) {
        g_autoptr(GPtrArray) takes = load_takes();
        g_autoptr(GHashTable) swapped = swap_labels(takes, seed);
        g_autoptr(GPtrArray) findings = check(takes);
        const int n_found = count_found(findings, swapped);

        g_test_message("seed %d: %d of %d swapped labels among the first %d", (int)seed, n_found,
                       N_FIRST, N_FIRST);
        g_assert_cmpint(n_found, >=, 9);
    }
}

/* A third of the takes to compare with is enough, and the sample is the same each time. */
static void
test_sample_of_many_takes_is_enough(void)
{
    g_autoptr(GPtrArray) takes = load_takes();
    g_autoptr(GHashTable) swapped = swap_labels(takes, 1);
    g_autoptr(WgDataset) dataset = wg_dataset_new(takes, NULL, NULL);
    const int sizes[] = {400, 400, 100};
    GPtrArray *samples[G_N_ELEMENTS(sizes)];
    int n_found;

    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
        samples[i] = g_ptr_array_new_with_free_func((GDestroyNotify)wg_finding_free);
        g_assert_true(wg_check_label_within(dataset, sizes[i], samples[i], NULL, NULL, NULL));
        g_ptr_array_sort(samples[i], compare_scores);
    }
    n_found = count_found(samples[0], swapped);
    g_test_message("with 400 of 1299: %d of %d swapped labels among the first %d", n_found, N_FIRST,
                   N_FIRST);
    g_assert_cmpint(n_found, >=, 6);
    g_assert_cmpuint(samples[0]->len, ==, samples[1]->len);
    g_assert_cmpuint(samples[0]->len, !=, samples[2]->len);
    for (guint i = 0; i < samples[0]->len; i++) {
        const WgFinding *one = g_ptr_array_index(samples[0], i);
        const WgFinding *other = g_ptr_array_index(samples[1], i);

        g_assert_cmpint(one->id, ==, other->id);
        g_assert_cmpfloat(one->score, ==, other->score);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++)
        g_ptr_array_unref(samples[i]);
}

/* A take of `label` that lies still in an attitude, g long. */
static WgRecording *
make_still(const char *label, const char *person, double x, double z, double units_per_g)
{
    float samples[30], original[30];

    for (int i = 0; i < 10; i++) {
        const float g[3] = {(float)x, 0, (float)z};

        for (int axis = 0; axis < 3; axis++) {
            samples[3 * i + axis] = g[axis];
            original[3 * i + axis] = g[axis] * (float)units_per_g;
        }
    }
    const WgRecordingSpec spec = {.label = label,
                                  .person = person,
                                  .rate_hz = 12.5,
                                  .n_samples = 10,
                                  .n_channels = 3,
                                  .samples = samples,
                                  .original = original,
                                  .original_units_per_g = 64};

    return wg_recording_new(&spec);
}

static char *
describe_two(double x, double z, double units_per_g)
{
    g_autoptr(GPtrArray) takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    g_autoptr(WgDataset) dataset = NULL;

    for (int i = 0; i < 5; i++) {
        g_ptr_array_add(takes, make_still("wave", "ann", 0, -1, 64));
        g_ptr_array_add(takes, make_still("wave", "bob", x, z, units_per_g));
    }
    dataset = wg_dataset_new(takes, NULL, NULL);
    return wg_persons_describe_difference(dataset);
}

static void
test_persons_that_differ_are_told(void)
{
    g_autofree char *alike = describe_two(0.1, -1, 64);
    g_autofree char *turned = describe_two(1, 0, 64);
    g_autofree char *scaled = describe_two(0, -1, 128);

    g_assert_cmpstr(alike, ==, NULL);
    g_assert_nonnull(
        strstr(turned, "axes differ: “wave” begins 90 degrees apart between ann and bob"));
    g_assert_nonnull(strstr(scaled, "scales differ: ann rests at 1.00 g, bob at 2.00 g"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dataset/dtw/is-the-least-of-all-paths", test_dtw_is_the_least_of_all_paths);
    g_test_add_func("/dataset/dtw/forgives-pace", test_dtw_forgives_pace);
    g_test_add_func("/dataset/check/known-suspects-come-first", test_known_suspects_come_first);
    g_test_add_func("/dataset/check/swapped-labels-come-first", test_swapped_labels_come_first);
    g_test_add_func("/dataset/check/sample-of-many-takes-is-enough",
                    test_sample_of_many_takes_is_enough);
    g_test_add_func("/dataset/persons/that-differ-are-told", test_persons_that_differ_are_told);
    return g_test_run();
}
