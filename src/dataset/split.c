/* Which recordings train, which validate and which test: never one in two of them. */
#include "dataset/split.h"

#include "base/error.h"
#include "base/random.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

static GArray *
new_indices(void)
{
    return g_array_new(FALSE, FALSE, sizeof(int));
}

static WgSplit *
new_split(WgDataset *dataset)
{
    WgSplit *self = g_new0(WgSplit, 1);

    self->dataset = wg_dataset_ref(dataset);
    self->train = new_indices();
    self->validation = new_indices();
    self->test = new_indices();
    return self;
}

void
wg_split_free(WgSplit *self)
{
    g_array_unref(self->train);
    g_array_unref(self->validation);
    g_array_unref(self->test);
    wg_dataset_unref(self->dataset);
    g_free(self);
}

static void
mark(const GArray *part, gboolean *marks)
{
    for (guint i = 0; i < part->len; i++)
        marks[g_array_index(part, int, i)] = TRUE;
}

void
wg_split_train_on_rest(WgSplit *self)
{
    const int n = wg_dataset_get_n(self->dataset);
    g_autofree gboolean *marks = g_new0(gboolean, n + 1);

    mark(self->validation, marks);
    mark(self->test, marks);
    wg_split_train_on_none(self);
    for (int i = 0; i < n; i++) {
        if (!marks[i])
            g_array_append_val(self->train, i);
    }
}

void
wg_split_train_on_none(WgSplit *self)
{
    g_array_unref(self->train);
    self->train = new_indices();
}

/* What a take is stratified by besides its person: windows of one recording have many labels. */
static const char *
get_stratum(WgDataset *dataset, int i)
{
    WgRecording *recording = wg_dataset_get(dataset, i);

    return wg_dataset_get_source(dataset, i) == recording ? wg_recording_get(recording)->label : "";
}

/* By person, label and digest: an order that does not depend on when a take was added. */
static int
compare_takes(gconstpointer a, gconstpointer b, gpointer user_data)
{
    WgDataset *dataset = user_data;
    const int i = *(const int *)a, j = *(const int *)b;
    WgRecording *left = wg_dataset_get_source(dataset, i);
    WgRecording *right = wg_dataset_get_source(dataset, j);
    int order = g_strcmp0(wg_recording_get(left)->person, wg_recording_get(right)->person);

    if (order == 0)
        order = strcmp(get_stratum(dataset, i), get_stratum(dataset, j));
    return order ? order : strcmp(wg_recording_get_digest(left), wg_recording_get_digest(right));
}

static gboolean
is_same_group(WgDataset *dataset, int a, int b)
{
    const WgRecordingSpec *left = wg_recording_get(wg_dataset_get_source(dataset, a));
    const WgRecordingSpec *right = wg_recording_get(wg_dataset_get_source(dataset, b));

    return g_strcmp0(left->person, right->person) == 0 &&
           g_str_equal(get_stratum(dataset, a), get_stratum(dataset, b));
}

/* The first entry of every recording, group after group, shuffled within each; `ends` gets where
 * each group ends. */
static GArray *
shuffle_groups(WgDataset *dataset, guint64 seed, GArray *ends)
{
    const int n_entries = wg_dataset_get_n(dataset);
    GArray *order = new_indices();
    int start = 0, n;

    for (int i = 0; i < n_entries; i++) {
        if (i == 0 || wg_dataset_get_source(dataset, i) != wg_dataset_get_source(dataset, i - 1))
            g_array_append_val(order, i);
    }
    n = (int)order->len;
    g_array_sort_with_data(order, compare_takes, dataset);
    for (int end = 1; end <= n; end++) {
        int *entries = &g_array_index(order, int, 0);
        WgRandom random;

        if (end < n && is_same_group(dataset, entries[start], entries[end]))
            continue;
        wg_random_init(&random, seed, ends->len);
        wg_random_shuffle(&random, entries + start, end - start);
        g_array_append_val(ends, end);
        start = end;
    }
    return order;
}

/* All entries of the recordings from `start` to `end` in that order. */
static void
add_entries(WgDataset *dataset, const GArray *order, int start, int end, GArray *part)
{
    for (int i = start; i < end; i++) {
        const int first = g_array_index(order, int, i);
        WgRecording *source = wg_dataset_get_source(dataset, first);

        for (int j = first;
             j < wg_dataset_get_n(dataset) && wg_dataset_get_source(dataset, j) == source; j++)
            g_array_append_val(part, j);
    }
}

WgSplit *
wg_split_new_stratified(WgDataset *dataset, double validation, double test, guint64 seed,
                        GError **error)
{
    g_autoptr(GArray) ends = new_indices();
    g_autoptr(GArray) order = NULL;
    WgSplit *self;
    int start = 0;

    if (!(validation >= 0) || !(test >= 0) || validation + test > 0.8) {
        g_set_error(
            error, WG_ERROR, WG_ERROR_USAGE,
            _("validation %g and test %g leave too little to train on: together at most 0.8"),
            validation, test);
        return NULL;
    }
    self = new_split(dataset);
    order = shuffle_groups(dataset, seed, ends);
    for (guint g = 0; g < ends->len; g++) {
        const int end = g_array_index(ends, int, g);
        const int n = end - start;
        const int after_validation = start + (int)lround(validation * n);
        const int after_test = after_validation + (int)lround(test * n);

        add_entries(dataset, order, start, after_validation, self->validation);
        add_entries(dataset, order, after_validation, after_test, self->test);
        add_entries(dataset, order, after_test, end, self->train);
        start = end;
    }
    return self;
}

/* Of each recording its first entry. */
static GHashTable *
find_first_entries(WgDataset *dataset)
{
    GHashTable *first = g_hash_table_new(g_int64_hash, g_int64_equal);

    for (int i = wg_dataset_get_n(dataset) - 1; i >= 0; i--)
        g_hash_table_insert(first,
                            (gpointer)&wg_recording_get(wg_dataset_get_source(dataset, i))->id,
                            GINT_TO_POINTER(i + 1));
    return first;
}

/* The entries of these recordings, which are then no more among the first ones. */
static void
take_entries(WgDataset *dataset, GHashTable *first, const GArray *ids, GArray *part)
{
    for (guint i = 0; i < ids->len; i++) {
        const gint64 *id = &g_array_index(ids, gint64, i);
        const int entry = GPOINTER_TO_INT(g_hash_table_lookup(first, id)) - 1;
        g_autoptr(GArray) order = new_indices();

        if (entry < 0 || !g_hash_table_remove(first, id))
            continue;
        g_array_append_val(order, entry);
        add_entries(dataset, order, 0, 1, part);
    }
}

static void
add_rest(WgDataset *dataset, GHashTable *first, const GArray *from, GArray *to)
{
    for (guint i = 0; i < from->len; i++) {
        const int entry = g_array_index(from, int, i);

        if (g_hash_table_contains(first,
                                  &wg_recording_get(wg_dataset_get_source(dataset, entry))->id))
            g_array_append_val(to, entry);
    }
}

WgSplit *
wg_split_new_like(WgDataset *dataset, GArray *train, GArray *validation, GArray *test,
                  double validation_share, double test_share, guint64 seed, GError **error)
{
    g_autoptr(WgSplit) dealt =
        wg_split_new_stratified(dataset, MAX(validation_share, 0), MAX(test_share, 0), seed, error);
    g_autoptr(GHashTable) first = dealt ? find_first_entries(dataset) : NULL;
    WgSplit *self;

    if (!dealt)
        return NULL;
    self = new_split(dataset);
    take_entries(dataset, first, train, self->train);
    take_entries(dataset, first, validation, self->validation);
    take_entries(dataset, first, test, self->test);
    if (validation_share < 0 && test_share < 0)
        return self;
    add_rest(dataset, first, dealt->train, self->train);
    add_rest(dataset, first, dealt->validation, self->validation);
    add_rest(dataset, first, dealt->test, self->test);
    return self;
}

GPtrArray *
wg_split_new_folds(WgDataset *dataset, int k, guint64 seed, GError **error)
{
    g_autoptr(GArray) ends = new_indices();
    g_autoptr(GArray) order = shuffle_groups(dataset, seed, ends);
    const int n = (int)order->len;
    GPtrArray *folds;

    if (k < 2 || k > n) {
        g_set_error(error, WG_ERROR, WG_ERROR_TOO_SHORT,
                    _("%d folds need at least %d takes, the project has %d"), k, MAX(k, 2), n);
        return NULL;
    }
    folds = g_ptr_array_new_with_free_func((GDestroyNotify)wg_split_free);
    for (int fold = 0; fold < k; fold++) {
        WgSplit *split = new_split(dataset);

        /* dealt out one by one over the groups, so that every fold gets its share of each */
        for (int i = 0; i < n; i++)
            add_entries(dataset, order, i, i + 1, i % k == fold ? split->test : split->train);
        g_ptr_array_add(folds, split);
    }
    return folds;
}

GPtrArray *
wg_split_new_leave_one_person_out(WgDataset *dataset, GError **error)
{
    g_autoptr(GPtrArray) persons = g_ptr_array_new();
    GPtrArray *splits;

    for (int i = 0; i < wg_dataset_get_n(dataset); i++) {
        const char *person = wg_recording_get(wg_dataset_get(dataset, i))->person;

        if (!g_ptr_array_find_with_equal_func(persons, person ? person : "", g_str_equal, NULL))
            g_ptr_array_add(persons, (gpointer)(person ? person : ""));
    }
    if (persons->len < 2) {
        g_set_error(error, WG_ERROR, WG_ERROR_MISSING,
                    _("leaving one person out needs takes of at least 2 persons, there is %u"),
                    persons->len);
        return NULL;
    }
    splits = g_ptr_array_new_with_free_func((GDestroyNotify)wg_split_free);
    for (guint p = 0; p < persons->len; p++) {
        WgSplit *split = new_split(dataset);

        for (int i = 0; i < wg_dataset_get_n(dataset); i++) {
            const char *person = wg_recording_get(wg_dataset_get(dataset, i))->person;

            if (g_str_equal(person ? person : "", g_ptr_array_index(persons, p)))
                g_array_append_val(split->test, i);
        }
        g_ptr_array_add(splits, split);
    }
    return splits;
}
