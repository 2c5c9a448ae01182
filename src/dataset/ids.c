/* Numbers of recordings in a GArray of gint64. */
#include "dataset/ids.h"

static int
compare(gconstpointer a, gconstpointer b)
{
    const gint64 left = *(const gint64 *)a, right = *(const gint64 *)b;

    return (left > right) - (left < right);
}

void
wg_ids_sort(GArray *ids)
{
    guint n = 0;

    g_array_sort(ids, compare);
    for (guint i = 0; i < ids->len; i++) {
        const gint64 id = g_array_index(ids, gint64, i);

        if (n == 0 || g_array_index(ids, gint64, n - 1) != id)
            g_array_index(ids, gint64, n++) = id;
    }
    g_array_set_size(ids, n);
}
