/* Counts by name, in the order in which the names first came. */
#include "workbench/counts.h"

struct _WgCounts {
    GArray *counts;   /* of WgCount */
    GHashTable *rows; /* of their names; 1 + where in counts */
    guint last;       /* that was added to: takes of one gesture come one after the other */
};

static void
clear_count(gpointer count)
{
    g_free(((WgCount *)count)->name);
}

WgCounts *
wg_counts_new(void)
{
    WgCounts *self = g_new0(WgCounts, 1);

    self->counts = g_array_new(FALSE, FALSE, sizeof(WgCount));
    g_array_set_clear_func(self->counts, clear_count);
    self->rows = g_hash_table_new(g_str_hash, g_str_equal);
    return self;
}

void
wg_counts_free(WgCounts *self)
{
    g_hash_table_unref(self->rows);
    g_array_unref(self->counts);
    g_free(self);
}

static guint
find_or_add(WgCounts *self, const char *name)
{
    const guint row = GPOINTER_TO_UINT(g_hash_table_lookup(self->rows, name));
    const WgCount count = {row > 0 ? NULL : g_strdup(name), 0};

    if (row > 0)
        return row - 1;
    g_array_append_val(self->counts, count);
    g_hash_table_insert(self->rows, count.name, GUINT_TO_POINTER(self->counts->len));
    return self->counts->len - 1;
}

guint
wg_counts_add(WgCounts *self, const char *name, gint64 n)
{
    if (self->last >= self->counts->len ||
        !g_str_equal(g_array_index(self->counts, WgCount, self->last).name, name))
        self->last = find_or_add(self, name);
    g_array_index(self->counts, WgCount, self->last).n += n;
    return self->last;
}

guint
wg_counts_get_n(const WgCounts *self)
{
    return self->counts->len;
}

const WgCount *
wg_counts_get(const WgCounts *self, guint i)
{
    return &g_array_index(self->counts, WgCount, i);
}

JsonObject *
wg_counts_to_json(const WgCounts *self)
{
    JsonObject *object = json_object_new();

    for (guint i = 0; i < self->counts->len; i++) {
        const WgCount *count = wg_counts_get(self, i);

        json_object_set_int_member(object, count->name, count->n);
    }
    return object;
}
