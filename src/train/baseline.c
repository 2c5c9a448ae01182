/* Methods without a network, to see whether the network is worth its while. */
#include "train/baseline.h"

#include "base/error.h"
#include "dataset/dtw.h"
#include "dataset/window-features.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define BAND 5 /* samples, 0.4 s of the watch's: as the check of labels has it */

static const char *const names[] = {
    [WG_METHOD_NETWORK] = "network",
    [WG_METHOD_DTW] = "dtw",
    [WG_METHOD_TREE] = "tree",
    [WG_METHOD_FOREST] = "forest",
};

gboolean
wg_method_find(const char *name, WgMethod *method, GError **error)
{
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        if (g_str_equal(names[i], name)) {
            *method = (WgMethod)i;
            return TRUE;
        }
    }
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                _("there is no method “%s”: network, dtw, tree or forest"), name);
    return FALSE;
}

const char *
wg_method_get_name(WgMethod method)
{
    return names[method];
}

/* The label of the nearest window; of equals the first's. */
static int
find_nearest(const WgWindows *train, const int *n_samples, const WgWindows *test, int i)
{
    const gsize size = (gsize)train->length * (gsize)train->channels;
    const int n = wg_window_get_n_samples(test, i);
    float least = INFINITY;
    int label = train->labels[0];

    for (int k = 0; k < train->n; k++) {
        const float distance = wg_dtw(test->x + (gsize)i * size, n, train->x + (gsize)k * size,
                                      n_samples[k], train->channels, BAND, least);

        if (distance < least) {
            least = distance;
            label = train->labels[k];
        }
    }
    return label;
}

static gboolean
answer_by_nearest(const WgWindows *train, const WgWindows *test, float *probabilities,
                  GCancellable *cancellable, GError **error)
{
    g_autofree int *n_samples = g_new(int, train->n);

    for (int k = 0; k < train->n; k++)
        n_samples[k] = wg_window_get_n_samples(train, k);
    memset(probabilities, 0, sizeof(float) * (gsize)test->n * (gsize)test->n_labels);
    for (int i = 0; i < test->n; i++) {
        if (g_cancellable_set_error_if_cancelled(cancellable, error))
            return FALSE;
        probabilities[(gsize)i * (gsize)test->n_labels +
                      (gsize)find_nearest(train, n_samples, test, i)] = 1;
    }
    return TRUE;
}

gboolean
wg_baseline_answer(WgMethod method, const WgForestOptions *options, const WgWindows *train,
                   const WgWindows *test, float *probabilities, GCancellable *cancellable,
                   GError **error)
{
    g_autofree float *learned = NULL;
    g_autofree float *asked = NULL;
    g_autoptr(WgForest) forest = NULL;
    WgForestOptions own = *options;

    g_return_val_if_fail(method != WG_METHOD_NETWORK, FALSE);
    if (train->n < 1) {
        g_set_error_literal(error, WG_ERROR, WG_ERROR_MISSING,
                            _("there are no recordings to train on"));
        return FALSE;
    }
    if (method == WG_METHOD_DTW)
        return answer_by_nearest(train, test, probabilities, cancellable, error);
    learned = wg_windows_dup_features(train);
    asked = wg_windows_dup_features(test);
    if (method == WG_METHOD_TREE) {
        own.n_trees = 1;
        own.n_tried = 0;
    }
    forest = wg_forest_new(&(WgTable){.x = learned,
                                      .labels = train->labels,
                                      .n_features = WG_N_WINDOW_FEATURES,
                                      .n_labels = train->n_labels},
                           train->n, &own, cancellable, error);
    if (!forest)
        return FALSE;
    wg_forest_predict(forest, asked, test->n, probabilities);
    return TRUE;
}
