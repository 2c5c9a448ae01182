/* Fewer takes of each gesture and person, as if the person had recorded less. */
#include "dataset/thin.h"

#include <math.h>

#define FEWEST_TAKES 2 /* of a person's gesture: with less no share trains a small project */

/* Person and label as one key; the person may be unknown. */
static char *
dup_group(WgDataset *dataset, int take)
{
    const WgRecordingSpec *spec = wg_recording_get(wg_dataset_get(dataset, take));

    return g_strdup_printf("%d %s", wg_dataset_get_label(dataset, take),
                           spec->person ? spec->person : "");
}

static int
count_up(GHashTable *counts, WgDataset *dataset, int take)
{
    char *group = dup_group(dataset, take);
    const int n = GPOINTER_TO_INT(g_hash_table_lookup(counts, group)) + 1;

    g_hash_table_insert(counts, group, GINT_TO_POINTER(n));
    return n;
}

GArray *
wg_thin_takes(WgDataset *dataset, const GArray *takes, double share)
{
    g_autoptr(GHashTable) sizes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GArray *kept = g_array_new(FALSE, FALSE, sizeof(int));

    for (guint i = 0; i < takes->len; i++)
        count_up(sizes, dataset, g_array_index(takes, int, i));
    for (guint i = 0; i < takes->len; i++) {
        const int take = g_array_index(takes, int, i);
        g_autofree char *group = dup_group(dataset, take);
        const int n = GPOINTER_TO_INT(g_hash_table_lookup(sizes, group));

        if (count_up(seen, dataset, take) <= MAX(FEWEST_TAKES, (int)lround(share * n)))
            g_array_append_val(kept, take);
    }
    return kept;
}
