/* The check "label": takes whose nearest neighbours carry another label. */
#include "dataset/checks.h"
#include "dataset/window.h"

#include <math.h>
#include <string.h>

#define N_NEIGHBOURS 5

typedef struct {
    float distance[N_NEIGHBOURS];
    int take[N_NEIGHBOURS];
} Nearest;

static void
keep_nearest(Nearest *nearest, float distance, int take)
{
    int at = N_NEIGHBOURS;

    while (at > 0 && distance < nearest->distance[at - 1])
        at--;
    if (at == N_NEIGHBOURS)
        return;
    memmove(nearest->distance + at + 1, nearest->distance + at,
            sizeof(float) * (size_t)(N_NEIGHBOURS - 1 - at));
    memmove(nearest->take + at + 1, nearest->take + at,
            sizeof(int) * (size_t)(N_NEIGHBOURS - 1 - at));
    nearest->distance[at] = distance;
    nearest->take[at] = take;
}

/* Squared Euclidean distance of two windows; a take recorded by another person is compared as well.
 */
static float
distance(const float *a, const float *b, int size)
{
    float sum = 0;

    for (int i = 0; i < size; i++) {
        const float d = a[i] - b[i];

        sum += d * d;
    }
    return sum;
}

/* Share of the neighbours' votes, weighted by nearness, against the take's own label. */
static double
judge(const WgWindows *windows, const Nearest *nearest, int own, int *other)
{
    g_autofree double *votes = g_new0(double, windows->n_labels);
    double all = 0;

    for (int i = 0; i < N_NEIGHBOURS && nearest->take[i] >= 0; i++) {
        const double weight = 1.0 / (1e-6 + sqrt((double)nearest->distance[i]));

        votes[windows->labels[nearest->take[i]]] += weight;
        all += weight;
    }
    *other = own;
    for (int i = 0; i < windows->n_labels; i++) {
        if (votes[i] > votes[*other])
            *other = i;
    }
    return all > 0 && *other != own ? (votes[*other] - votes[own]) / all : 0;
}

gboolean
wg_check_label(WgDataset *dataset, GPtrArray *findings, WgProgress *progress,
               GCancellable *cancellable, GError **error)
{
    g_autoptr(WgWindows) windows = wg_windows_new(dataset, NULL, 0);
    const int size = windows->length * windows->channels;

    for (int i = 0; i < windows->n; i++) {
        Nearest nearest;
        double score;
        int other;

        if (g_cancellable_set_error_if_cancelled(cancellable, error))
            return FALSE;
        wg_progress_tell(progress, (double)i / windows->n, NULL);
        for (int k = 0; k < N_NEIGHBOURS; k++) {
            nearest.distance[k] = INFINITY;
            nearest.take[k] = -1;
        }
        for (int j = 0; j < windows->n; j++) {
            if (j != i)
                keep_nearest(
                    &nearest,
                    distance(windows->x + (gsize)i * size, windows->x + (gsize)j * size, size), j);
        }
        score = judge(windows, &nearest, windows->labels[i], &other);
        if (score > 0)
            wg_check_add(findings, wg_dataset_get(dataset, i), "label", score,
                         "labelled “%s”, but the takes most like it are “%s”: is it mislabelled?",
                         windows->label_names[windows->labels[i]], windows->label_names[other]);
    }
    return TRUE;
}
