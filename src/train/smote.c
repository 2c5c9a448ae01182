/* Made-up takes of the rarer labels, between takes that are alike (SMOTE). */
#include "train/smote.h"

#include "base/random.h"

#include <math.h>
#include <string.h>

#define SMOTE_SEED 0x736d6f74 /* separates this use of a seed from others */

/* The k windows of `members` nearest to member `of` by the sum of squares, nearest first; gives how
 * many there are. */
static int
find_neighbours(const WgWindows *windows, const int *members, int n_members, int of, int *nearest)
{
    const int size = windows->length * windows->channels;
    const float *x = windows->x + (gsize)members[of] * (gsize)size;
    float distances[WG_SMOTE_NEIGHBOURS];
    int n = 0;

    for (int i = 0; i < n_members; i++) {
        const float *y = windows->x + (gsize)members[i] * (gsize)size;
        float distance = 0;
        int at;

        if (i == of)
            continue;
        for (int j = 0; j < size; j++)
            distance += (y[j] - x[j]) * (y[j] - x[j]);
        if (n == WG_SMOTE_NEIGHBOURS && distance >= distances[n - 1])
            continue;
        n = MIN(n + 1, WG_SMOTE_NEIGHBOURS);
        for (at = n - 1; at > 0 && distances[at - 1] > distance; at--) {
            distances[at] = distances[at - 1];
            nearest[at] = nearest[at - 1];
        }
        distances[at] = distance;
        nearest[at] = members[i];
    }
    return n;
}

/* out = a + u (b - a) to where the length between the two ends, on the watch's steps. */
static void
interpolate(const WgWindows *windows, int a, int b, float u, float *out)
{
    const int length = windows->length, channels = windows->channels;
    const float *x = windows->x + (gsize)a * (gsize)(length * channels);
    const float *y = windows->x + (gsize)b * (gsize)(length * channels);
    const int n_x = wg_window_count_samples(x, length, channels);
    const int n_y = wg_window_count_samples(y, length, channels);
    const int n = (int)lrintf((float)n_x + u * (float)(n_y - n_x));
    const float units_per_g = (float)windows->units_per_g;

    memset(out, 0, sizeof(float) * (gsize)(length * channels));
    for (int t = 0; t < n; t++) {
        const float share = t >= n_x ? 1 : t >= n_y ? 0 : u;

        for (int i = t * channels; i < (t + 1) * channels; i++)
            out[i] = roundf((x[i] + share * (y[i] - x[i])) * units_per_g) / units_per_g;
    }
}

static int
count_most(const int *counts, int n_labels)
{
    int most = 0;

    for (int i = 0; i < n_labels; i++)
        most = MAX(most, counts[i]);
    return most;
}

/* Makes windows from `first` on until the label has `wanted`; `members` are its real ones. */
static void
fill_label(WgWindows *out, const int *members, int n_members, int first, int wanted, guint64 seed)
{
    const int size = out->length * out->channels;
    /* a label has one at least: NOLINTNEXTLINE(clang-analyzer-core.uninitialized.ArraySubscript) */
    const int label = out->labels[members[0]];
    WgRandom random;

    wg_random_init(&random, seed ^ SMOTE_SEED, (guint64)label);
    for (int i = 0; i < wanted - n_members; i++) {
        int nearest[WG_SMOTE_NEIGHBOURS];
        const int of = (int)wg_random_below(&random, (guint32)n_members);
        const int n = find_neighbours(out, members, n_members, of, nearest);
        const int other = n > 0 ? nearest[wg_random_below(&random, (guint32)n)] : members[of];

        interpolate(out, members[of], other, wg_random_unit(&random),
                    out->x + (gsize)(first + i) * (gsize)size);
        out->labels[first + i] = label;
    }
}

WgWindows *
wg_smote(const WgWindows *windows, guint64 seed)
{
    const gsize size = (gsize)windows->length * (gsize)windows->channels;
    g_autofree int *counts = g_new0(int, MAX(1, windows->n_labels));
    g_autofree int *members = g_new(int, MAX(1, windows->n));
    WgWindows *out;
    int most, n = windows->n;

    for (int i = 0; i < windows->n; i++)
        counts[windows->labels[i]]++;
    most = count_most(counts, windows->n_labels);
    for (int label = 0; label < windows->n_labels; label++)
        n += counts[label] > 0 ? most - counts[label] : 0;
    out = wg_windows_alloc_like(windows, n);
    memcpy(out->x, windows->x, sizeof(float) * (gsize)windows->n * size);
    memcpy(out->labels, windows->labels, sizeof(int) * (gsize)windows->n);
    memcpy(out->recordings, windows->recordings, sizeof(int) * (gsize)windows->n);
    n = windows->n;
    for (int label = 0; label < windows->n_labels; label++) {
        int n_members = 0;

        if (counts[label] == 0)
            continue;
        for (int i = 0; i < windows->n; i++) {
            if (windows->labels[i] == label)
                members[n_members++] = i;
        }
        fill_label(out, members, n_members, n, most, seed);
        n += most - n_members;
    }
    return out;
}
