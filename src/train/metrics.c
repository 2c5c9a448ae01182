/* Confusion matrix and what is read from it. */
#include "train/metrics.h"

#include <math.h>

static double
ratio(double numerator, double denominator)
{
    return denominator > 0 ? numerator / denominator : 0;
}

/* Whether takes of it were asked, or it was an answer. */
static gboolean
has_part(const WgMetrics *self, int label)
{
    for (int other = 0; other < self->n_labels; other++) {
        if (self->confusion[label * self->n_labels + other] ||
            self->confusion[other * self->n_labels + label])
            return TRUE;
    }
    return FALSE;
}

/* precision = TP / predicted, recall = TP / true, F1 = 2 TP / (predicted + true) */
static WgLabelMetrics
measure_label(const WgMetrics *self, int label)
{
    const int n_hits = self->confusion[label * self->n_labels + label];
    int n_true = 0, n_predicted = 0;

    for (int other = 0; other < self->n_labels; other++) {
        n_true += self->confusion[label * self->n_labels + other];
        n_predicted += self->confusion[other * self->n_labels + label];
    }
    return (WgLabelMetrics){
        .precision = ratio(n_hits, n_predicted),
        .recall = ratio(n_hits, n_true),
        .f1 = ratio(2.0 * n_hits, n_predicted + n_true),
        .support = n_true,
    };
}

static void
add_weighted(WgLabelMetrics *sum, const WgLabelMetrics *label, double weight)
{
    sum->precision += weight * label->precision;
    sum->recall += weight * label->recall;
    sum->f1 += weight * label->f1;
    sum->support += label->support;
}

WgMetrics *
wg_metrics_new(const int *truth, const int *predicted, int n, int n_labels)
{
    WgMetrics *self = g_new0(WgMetrics, 1);
    int n_parts = 0;

    self->n_labels = n_labels;
    self->n = n;
    self->confusion = g_new0(int, MAX(1, n_labels * n_labels));
    self->labels = g_new0(WgLabelMetrics, MAX(1, n_labels));
    for (int i = 0; i < n; i++) {
        self->confusion[truth[i] * n_labels + predicted[i]]++;
        self->n_correct += truth[i] == predicted[i];
    }
    self->accuracy = ratio(self->n_correct, n);
    for (int label = 0; label < n_labels; label++)
        n_parts += has_part(self, label);
    for (int label = 0; label < n_labels; label++) {
        self->labels[label] = measure_label(self, label);
        if (has_part(self, label))
            add_weighted(&self->macro, &self->labels[label], 1.0 / n_parts);
        add_weighted(&self->weighted, &self->labels[label], ratio(self->labels[label].support, n));
    }
    return self;
}

void
wg_metrics_free(WgMetrics *metrics)
{
    g_free(metrics->confusion);
    g_free(metrics->labels);
    g_free(metrics);
}

int
wg_argmax(const float *values, int n)
{
    int best = 0;

    for (int i = 1; i < n; i++) {
        if (values[i] > values[best])
            best = i;
    }
    return best;
}

/* out = exp(v - max v) / sum exp(v - max v) */
void
wg_softmax(const float *values, int n, float *out)
{
    const float largest = values[wg_argmax(values, n)];
    float sum = 0;

    for (int i = 0; i < n; i++) {
        out[i] = expf(values[i] - largest);
        sum += out[i];
    }
    for (int i = 0; i < n; i++)
        out[i] /= sum;
}
