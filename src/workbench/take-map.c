/* A map of takes: alike ones near one another, and those that lie among strangers told. */
#include "workbench/take-map.h"

#include "base/workers.h"
#include "dataset/principal.h"
#include "dataset/window-features.h"
#include "workbench/map-layout.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define N_COMPONENTS 16
#define SAMPLE_STREAM 0x6d617073
#define ROWS_A_CHUNK 64

typedef struct {
    WgTakeMap *map;
    const WgPrincipal *principal;
    float *distances; /* mean squared one to its neighbours, of each point */
    gint n_done;      /* atomic */
    WgProgress *progress;
    GCancellable *cancellable;
} Search;

/* Ascending indices of at most n_most windows, as many of each label. */
static int *
choose(const WgWindows *windows, int n_most, int *n)
{
    const int most = windows->n > n_most ? MAX(1, n_most / MAX(1, windows->n_labels)) : windows->n;
    g_autofree int *order = g_new(int, windows->n + 1),
                   *counts = g_new0(int, windows->n_labels + 1);
    g_autofree gboolean *is_chosen = g_new0(gboolean, windows->n + 1);
    int *chosen = g_new(int, windows->n + 1);
    WgRandom random;

    wg_random_init(&random, 1, SAMPLE_STREAM);
    for (int i = 0; i < windows->n; i++)
        order[i] = i;
    if (most < windows->n)
        wg_random_shuffle(&random, order, windows->n);
    for (int i = 0; i < windows->n; i++)
        is_chosen[order[i]] = counts[windows->labels[order[i]]]++ < most;
    *n = 0;
    for (int i = 0; i < windows->n; i++) {
        if (is_chosen[i])
            chosen[(*n)++] = i;
    }
    return chosen;
}

/* The chosen windows alone. */
static WgWindows *
take_out(const WgWindows *windows, const int *chosen, int n)
{
    const gsize size = (gsize)windows->length * (gsize)windows->channels;
    WgWindows *out = wg_windows_alloc_like(windows, n);

    for (int i = 0; i < n; i++) {
        memcpy(out->x + (gsize)i * size, windows->x + (gsize)chosen[i] * size,
               sizeof(float) * size);
        out->labels[i] = windows->labels[chosen[i]];
        out->recordings[i] = windows->recordings[chosen[i]];
    }
    return out;
}

/* What the last layer gets, n x *d. */
static float *
dup_embedding(const WgNetwork *network, const WgWindows *windows, int *d)
{
    const int n_layers = wg_network_get_n_layers(network), before = n_layers - 2;
    const WgLayer *layer = wg_network_get_layer(network, before);
    g_autofree float **outputs = g_new0(float *, n_layers);

    *d = layer->out_length * layer->out_channels;
    outputs[before] = g_new(float, (gsize)windows->n *(gsize)*d + 1);
    wg_network_trace(network, windows->x, windows->n, outputs);
    return outputs[before];
}

static float *
dup_rows(const WgNetwork *network, const WgWindows *windows, int *d)
{
    float *rows;

    if (network && wg_network_get_n_layers(network) >= 2)
        return dup_embedding(network, windows, d);
    *d = WG_N_WINDOW_FEATURES;
    rows = wg_windows_dup_features(windows);
    wg_principal_standardise(rows, windows->n, *d);
    return rows;
}

/* The nearest so far, kept in order; of equals the first stays before. */
static void
insert(int *nearest, float *distances, int candidate, float distance)
{
    int place = WG_MAP_NEIGHBOURS - 1;

    if (!(distance < distances[place]))
        return;
    while (place > 0 && distance < distances[place - 1]) {
        distances[place] = distances[place - 1];
        nearest[place] = nearest[place - 1];
        place--;
    }
    distances[place] = distance;
    nearest[place] = candidate;
}

static void
search_rows(int worker, int chunk, gpointer user_data)
{
    Search *search = user_data;
    const int n = search->map->n, d = search->principal->n_components;
    const int end = MIN(n, (chunk + 1) * ROWS_A_CHUNK);

    if (g_cancellable_is_cancelled(search->cancellable))
        return;
    for (int i = chunk * ROWS_A_CHUNK; i < end; i++) {
        const float *own = search->principal->scores + (gsize)i * (gsize)d;
        int *nearest = search->map->points[i].neighbours;
        float distances[WG_MAP_NEIGHBOURS];
        float sum = 0;
        int n_found = 0;

        for (int k = 0; k < WG_MAP_NEIGHBOURS; k++) {
            nearest[k] = -1;
            distances[k] = INFINITY;
        }
        for (int j = 0; j < n; j++) {
            const float *other = search->principal->scores + (gsize)j * (gsize)d;
            float distance = 0;

            for (int c = 0; c < d; c++)
                distance += (own[c] - other[c]) * (own[c] - other[c]);
            if (j != i)
                insert(nearest, distances, j, distance);
        }
        for (; n_found < WG_MAP_NEIGHBOURS && nearest[n_found] >= 0; n_found++)
            sum += sqrtf(distances[n_found]);
        search->distances[i] = n_found ? sum / (float)n_found : 0;
    }
    wg_progress_tell(search->progress,
                     (g_atomic_int_add(&search->n_done, 1) + 1.0) * ROWS_A_CHUNK / n, NULL);
}

static int
compare_floats(gconstpointer a, gconstpointer b)
{
    const float x = *(const float *)a, y = *(const float *)b;

    return (x > y) - (x < y);
}

/* Of each label the middle distance of its takes to their neighbours. */
static float *
dup_middles(const Search *search, const WgWindows *windows)
{
    float *middles = g_new0(float, windows->n_labels + 1);
    g_autofree float *sorted = g_new(float, windows->n + 1);

    for (int label = 0; label < windows->n_labels; label++) {
        int n = 0;

        for (int i = 0; i < windows->n; i++) {
            if (windows->labels[i] == label)
                sorted[n++] = search->distances[i];
        }
        qsort(sorted, (gsize)n, sizeof *sorted, compare_floats);
        middles[label] = n > 0 ? sorted[n / 2] : 0;
    }
    return middles;
}

static void
judge(const Search *search, const WgWindows *windows)
{
    g_autofree float *middles = dup_middles(search, windows);
    g_autofree int *counts = g_new(int, windows->n_labels + 1);

    for (int i = 0; i < windows->n; i++) {
        WgMapPoint *point = &search->map->points[i];
        const int label = windows->labels[i];

        memset(counts, 0, sizeof(int) * ((gsize)windows->n_labels + 1));
        point->other = -1;
        for (int k = 0; k < WG_MAP_NEIGHBOURS && point->neighbours[k] >= 0; k++)
            counts[windows->labels[point->neighbours[k]]]++;
        for (int other = 0; other < windows->n_labels; other++) {
            if (other != label && counts[other] > point->n_strangers) {
                point->other = other;
                point->n_strangers = counts[other];
            }
        }
        if (point->n_strangers >= WG_MAP_STRANGERS)
            point->place = WG_MAP_AMONG_OTHERS;
        else if (search->distances[i] > WG_MAP_FAR * middles[label])
            point->place = WG_MAP_ALONE;
    }
}

/* From the first two components on, neighbours near one another. */
static gboolean
place(WgTakeMap *map, const WgPrincipal *principal, WgProgress *progress, GCancellable *cancellable,
      GError **error)
{
    const int d = principal->n_components;
    g_autofree float *points = g_new0(float, 2 * (gsize)map->n + 1);
    g_autofree int *neighbours = g_new(int, (gsize)map->n *WG_MAP_NEIGHBOURS + 1);

    for (int i = 0; i < map->n; i++) {
        for (int c = 0; c < MIN(d, 2); c++)
            points[2 * i + c] = principal->scores[(gsize)i * (gsize)d + c];
        memcpy(neighbours + i * WG_MAP_NEIGHBOURS, map->points[i].neighbours,
               sizeof map->points[i].neighbours);
    }
    if (!wg_map_layout(points, map->n, neighbours, WG_MAP_NEIGHBOURS, progress, cancellable, error))
        return FALSE;
    for (int i = 0; i < map->n; i++) {
        map->points[i].x = points[2 * i];
        map->points[i].y = points[2 * i + 1];
    }
    return TRUE;
}

WgTakeMap *
wg_take_map_new(const WgWindows *windows, const WgNetwork *network, int n_most,
                WgProgress *progress, GCancellable *cancellable, GError **error)
{
    g_autoptr(WgProgress) searching = wg_progress_split(progress, 0.2, 0.6);
    g_autoptr(WgProgress) placing = wg_progress_split(progress, 0.6, 1);
    g_autoptr(WgTakeMap) map = g_new0(WgTakeMap, 1);
    g_autofree int *chosen = choose(windows, n_most, &map->n);
    g_autoptr(WgWindows) shown = take_out(windows, chosen, map->n);
    g_autoptr(WgPrincipal) principal = NULL;
    g_autoptr(WgWorkers) workers = NULL;
    g_autofree float *rows = NULL, *distances = g_new0(float, map->n + 1);
    Search search = {
        .map = map, .distances = distances, .progress = searching, .cancellable = cancellable};
    int d;

    rows = dup_rows(network, shown, &d);
    wg_progress_tell(progress, 0.1, NULL);
    principal = wg_principal_new(rows, map->n, d, N_COMPONENTS, cancellable, error);
    if (!principal)
        return NULL;
    map->n_of = windows->n;
    map->points = g_new0(WgMapPoint, map->n + 1);
    for (int i = 0; i < map->n; i++)
        map->points[i].window = chosen[i];
    search.principal = principal;
    workers = wg_workers_new(wg_workers_count(0), search_rows, &search);
    wg_workers_run(workers, (map->n + ROWS_A_CHUNK - 1) / ROWS_A_CHUNK);
    if (g_cancellable_set_error_if_cancelled(cancellable, error) ||
        !place(map, principal, placing, cancellable, error))
        return NULL;
    judge(&search, shown);
    return g_steal_pointer(&map);
}

void
wg_take_map_free(WgTakeMap *self)
{
    g_free(self->points);
    g_free(self);
}
