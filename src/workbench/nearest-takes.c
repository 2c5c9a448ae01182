/* The takes of a report that are most like one of them. */
#include "workbench/nearest-takes.h"

#include "dataset/window.h"

typedef struct {
    WgRecording *recording; /* not owned */
    double distance;
} Near;

static int
compare_near(gconstpointer a, gconstpointer b)
{
    const Near *left = a, *right = b;

    if (left->distance != right->distance)
        return left->distance < right->distance ? -1 : 1;
    return (wg_recording_get(left->recording)->id > wg_recording_get(right->recording)->id) * 2 - 1;
}

static GHashTable *
collect_right(JsonObject *report, int label)
{
    JsonArray *takes = json_object_get_array_member(report, "takes");
    GHashTable *ids = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);

    for (guint i = 0; i < json_array_get_length(takes); i++) {
        JsonObject *take = json_array_get_object_element(takes, i);
        const gint64 id = json_object_get_int_member(take, "id");

        if (json_object_get_int_member(take, "true") == label &&
            json_object_get_int_member(take, "predicted") == label)
            g_hash_table_add(ids, g_memdup2(&id, sizeof id));
    }
    return ids;
}

/* All under one label: only their samples count here. */
static WgWindows *
make_windows(GPtrArray *takes)
{
    g_autoptr(GPtrArray) enabled =
        g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    static const char *const labels[] = {"take", NULL};
    g_autoptr(WgDataset) dataset = NULL;

    for (guint i = 0; i < takes->len; i++) {
        WgRecordingSpec spec = *wg_recording_get(g_ptr_array_index(takes, i));

        spec.disabled = FALSE;
        spec.label = labels[0];
        spec.n_spans = 0;
        g_ptr_array_add(enabled, wg_recording_new(&spec));
    }
    dataset = wg_dataset_new_with_labels(enabled, labels);
    return wg_windows_new(dataset, NULL, 0);
}

GPtrArray *
wg_nearest_takes_new(WgRecording *take, GPtrArray *recordings, JsonObject *report, int label, int n)
{
    g_autoptr(GHashTable) right = collect_right(report, label);
    g_autoptr(GPtrArray) candidates = g_ptr_array_new();
    g_autoptr(WgWindows) windows = NULL;
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(Near));
    GPtrArray *nearest = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    int size;

    g_ptr_array_add(candidates, take);
    for (guint i = 0; i < recordings->len; i++) {
        WgRecording *recording = g_ptr_array_index(recordings, i);
        const WgRecordingSpec *spec = wg_recording_get_facts(recording);

        if (spec->id != wg_recording_get(take)->id && spec->n_spans == 0 &&
            g_hash_table_contains(right, &spec->id))
            g_ptr_array_add(candidates, recording);
    }
    windows = make_windows(candidates);
    size = windows->length * windows->channels;
    for (int i = 1; i < windows->n; i++) {
        const float *own = windows->x, *other = windows->x + (gsize)i * size;
        Near near = {.recording = g_ptr_array_index(candidates, i)};

        for (int k = 0; k < size; k++)
            near.distance += (double)(own[k] - other[k]) * (own[k] - other[k]);
        g_array_append_val(found, near);
    }
    g_array_sort(found, compare_near);
    for (guint i = 0; i < MIN(found->len, (guint)MAX(n, 0)); i++)
        g_ptr_array_add(nearest, wg_recording_ref(g_array_index(found, Near, i).recording));
    return nearest;
}
