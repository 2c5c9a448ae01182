/* Confusion matrix and what is read from it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
    double precision, recall,
        f1; /* 0 where the denominator is 0, as scikit-learn's zero_division=0 */
    int support;
} WgLabelMetrics;

typedef struct {
    int n_labels, n, n_correct;
    int *confusion; /* n_labels x n_labels, rows true, columns predicted */
    WgLabelMetrics *labels;
    double accuracy;
    WgLabelMetrics macro, weighted;
} WgMetrics;

WgMetrics *wg_metrics_new(const int *truth, const int *predicted, int n, int n_labels);
void wg_metrics_free(WgMetrics *metrics);
/* Index of the largest of n values; the first of equals (as the watch takes it). */
int wg_argmax(const float *values, int n);
/* Softmax of n values into out (may be the same). */
void wg_softmax(const float *values, int n, float *out);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgMetrics, wg_metrics_free)

G_END_DECLS
