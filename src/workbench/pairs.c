/* Which gestures were taken for which others, in words. */
#include "workbench/pairs.h"

#include <glib/gi18n.h>

typedef struct {
    int truth, predicted, n, of;
} Pair;

static int
compare_pairs(gconstpointer a, gconstpointer b)
{
    const Pair *left = a, *right = b;

    if (left->n != right->n)
        return left->n < right->n ? 1 : -1;
    if (left->of != right->of)
        return left->of < right->of ? -1 : 1;
    if (left->truth != right->truth)
        return left->truth < right->truth ? -1 : 1;
    return (left->predicted > right->predicted) - (left->predicted < right->predicted);
}

static JsonObject *
describe(const Pair *pair, const char *const *labels)
{
    JsonObject *object = json_object_new();
    g_autofree char *words =
        g_strdup_printf(ngettext("%s was taken for %s %d time of %d",
                                 "%s was taken for %s %d times of %d", (gulong)pair->n),
                        labels[pair->truth], labels[pair->predicted], pair->n, pair->of);

    json_object_set_string_member(object, "true", labels[pair->truth]);
    json_object_set_string_member(object, "predicted", labels[pair->predicted]);
    json_object_set_int_member(object, "n", pair->n);
    json_object_set_int_member(object, "of", pair->of);
    json_object_set_string_member(object, "words", words);
    return object;
}

JsonArray *
wg_pairs_new(const WgMetrics *metrics, const char *const *labels)
{
    g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(Pair));
    JsonArray *array = json_array_new();

    for (int i = 0; i < metrics->n_labels; i++) {
        for (int j = 0; j < metrics->n_labels; j++) {
            const Pair pair = {i, j, metrics->confusion[i * metrics->n_labels + j],
                               metrics->labels[i].support};

            if (i != j && pair.n > 0)
                g_array_append_val(pairs, pair);
        }
    }
    g_array_sort(pairs, compare_pairs);
    for (guint i = 0; i < pairs->len; i++)
        json_array_add_object_element(array, describe(&g_array_index(pairs, Pair, i), labels));
    return array;
}
