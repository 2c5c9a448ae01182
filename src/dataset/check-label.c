/* The check "label": takes that are more like those of another gesture than like those of their
 * own. */
#include "base/random.h"
#include "base/workers.h"
#include "dataset/checks.h"
#include "dataset/dtw.h"
#include "dataset/window.h"

#include <glib/gi18n.h>
#include <math.h>

#define BAND 5 /* samples, 0.4 s of the watch's */
#define SAMPLE_STREAM 0x6c61626c

typedef struct {
    WgDataset *dataset;
    const WgWindows *windows;
    int *n_samples; /* of each window */
    int *others;    /* what a take is compared with */
    int n_others;
    int n_most; /* of them */
    double *scores;
    int *nearest; /* the label of the most similar take of another gesture, -1: there is none */
    gint n_done;  /* atomic */
    WgProgress *progress;
    GCancellable *cancellable;
} Check;

/* Distance to the nearest take of its own gesture and to the nearest of any other. The score is the
 * share of the first in both: above one half the other is nearer. */
static void
judge(int worker, int i, gpointer user_data)
{
    Check *check = user_data;
    const WgWindows *w = check->windows;
    const int size = w->length * w->channels;
    float own = INFINITY, other = INFINITY;

    if (g_cancellable_is_cancelled(check->cancellable))
        return;
    check->nearest[i] = -1;
    for (int k = 0; k < check->n_others; k++) {
        const int j = check->others[k];
        const gboolean is_own = w->labels[j] == w->labels[i];
        float distance;

        if (j == i)
            continue;
        distance = wg_dtw(w->x + (gsize)i * (gsize)size, check->n_samples[i],
                          w->x + (gsize)j * (gsize)size, check->n_samples[j], w->channels, BAND,
                          is_own ? own : other);
        if (is_own) {
            own = MIN(own, distance);
        } else if (distance < other) {
            other = distance;
            check->nearest[i] = w->labels[j];
        }
    }
    check->scores[i] = isinf(own) ? 0 /* the only one of its gesture: nothing to say */
                       : own == 0 && other == 0
                           ? 0.5
                           : sqrt((double)own) / (sqrt((double)own) + sqrt((double)other));
    wg_progress_tell(check->progress, (g_atomic_int_add(&check->n_done, 1) + 1.0) / w->n, NULL);
}

/* All takes; of more than n_most a seeded sample, as many of each gesture. */
static void
choose_others(Check *check)
{
    const WgWindows *w = check->windows;
    const int most = w->n > check->n_most ? MAX(1, check->n_most / MAX(1, w->n_labels)) : w->n;
    g_autofree int *n_of_label = g_new0(int, w->n_labels + 1);
    g_autofree int *order = g_new(int, w->n + 1);
    WgRandom random;

    wg_random_init(&random, 1, SAMPLE_STREAM);
    for (int i = 0; i < w->n; i++)
        order[i] = i;
    if (most < w->n)
        wg_random_shuffle(&random, order, w->n);
    for (int i = 0; i < w->n; i++) {
        if (n_of_label[w->labels[order[i]]]++ < most)
            check->others[check->n_others++] = order[i];
    }
}

static void
add_findings(const Check *check, GPtrArray *findings)
{
    const WgWindows *w = check->windows;

    for (int i = 0; i < w->n; i++) {
        if (check->scores[i] > 0.5 && check->nearest[i] >= 0)
            wg_check_add(findings, wg_dataset_get(check->dataset, i), "label", check->scores[i],
                         _("labelled “%s”, but the take most like it is “%s”: is it mislabelled?"),
                         w->label_names[w->labels[i]], w->label_names[check->nearest[i]]);
    }
}

gboolean
wg_check_label_within(WgDataset *dataset, int n_most, GPtrArray *findings, WgProgress *progress,
                      GCancellable *cancellable, GError **error)
{
    g_autoptr(WgWindows) windows = wg_windows_new(dataset, NULL, 0);
    g_autofree int *n_samples = g_new(int, windows->n + 1);
    g_autofree int *others = g_new(int, windows->n + 1);
    g_autofree int *nearest = g_new(int, windows->n + 1);
    g_autofree double *scores = g_new0(double, windows->n + 1);
    Check check = {.dataset = dataset,
                   .windows = windows,
                   .n_samples = n_samples,
                   .others = others,
                   .n_most = n_most,
                   .scores = scores,
                   .nearest = nearest,
                   .progress = progress,
                   .cancellable = cancellable};
    g_autoptr(WgWorkers) workers = NULL;

    if (windows->n == 0)
        return TRUE;
    for (int i = 0; i < windows->n; i++)
        n_samples[i] =
            MIN(wg_recording_get(wg_dataset_get(dataset, i))->n_samples, windows->length);
    choose_others(&check);
    workers = wg_workers_new(wg_workers_count(0), judge, &check);
    wg_workers_run(workers, windows->n);
    if (g_cancellable_set_error_if_cancelled(cancellable, error))
        return FALSE;
    add_findings(&check, findings);
    return TRUE;
}

gboolean
wg_check_label(WgDataset *dataset, GPtrArray *findings, WgProgress *progress,
               GCancellable *cancellable, GError **error)
{
    return wg_check_label_within(dataset, WG_CHECK_LABEL_MAX_TAKES, findings, progress, cancellable,
                                 error);
}
