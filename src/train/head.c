/* Goes on training the last layer of a network, and nothing else of it. */
#include "train/head.h"

#include "base/error.h"
#include "train/metrics.h"
#include "train/network-private.h"
#include "train/transfer.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define COPIES 4 /* of each take */
#define STEPS 200
#define RATE 0.01
#define PULL 0.01 /* towards where it was */
#define BETA_1 0.9
#define BETA_2 0.999
#define EPSILON 1e-8

typedef struct {
    const float *features; /* n_rows x n */
    int n_rows, n, n_classes, n_parameters;
    const int *labels; /* of every COPIES rows */
    const float *weights;
    double total; /* of the weights of all rows */
    float *start; /* the parameters as they were */
} Problem;

static gboolean
check(const WgNetwork *network, const WgWindows *takes, GError **error)
{
    const WgLayer *last = &network->layers[network->n_layers - 1];

    if (network->n_layers >= 2 && g_str_equal(last->spec.op, "dense") && last->spec.has_bias &&
        last->spec.units == takes->n_labels && network->length == takes->length &&
        network->channels == takes->channels)
        return TRUE;
    g_set_error_literal(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                        _("this network does not end in a layer that these takes can go on "
                          "training: train it anew"));
    return FALSE;
}

/* gradient (n_parameters, caller's) of the formula in the header; parameters are n_classes x n
 * weights, then n_classes biases. */
static void
find_gradient(const Problem *p, const float *parameters, double *gradient)
{
    g_autofree float *shares = g_new(float, p->n_classes);
    const float *biases = parameters + p->n_classes * p->n;

    for (int k = 0; k < p->n_parameters; k++)
        gradient[k] = PULL * (double)(parameters[k] - p->start[k]);
    for (int i = 0; i < p->n_rows; i++) {
        const float *x = p->features + (gsize)i * (gsize)p->n;
        const double weight = (double)p->weights[i / COPIES] / p->total;

        for (int c = 0; c < p->n_classes; c++) {
            const float *w = parameters + c * p->n;
            float sum = biases[c];

            for (int j = 0; j < p->n; j++)
                sum += w[j] * x[j];
            shares[c] = sum;
        }
        wg_softmax(shares, p->n_classes, shares);
        shares[p->labels[i / COPIES]] -= 1;
        for (int c = 0; c < p->n_classes; c++) {
            const double slope = weight * (double)shares[c];
            double *g = gradient + c * p->n;

            for (int j = 0; j < p->n; j++)
                g[j] += slope * (double)x[j]; /* NOLINT(clang-analyzer-core.*): set above */
            gradient[p->n_classes * p->n + c] += slope; /* NOLINT(clang-analyzer-core.*) */
        }
    }
}

/* FALSE where it was cancelled. */
static gboolean
descend(const Problem *p, float *parameters, GCancellable *cancellable, GError **error)
{
    g_autofree double *gradient = g_new(double, p->n_parameters);
    g_autofree double *mean = g_new0(double, p->n_parameters);
    g_autofree double *square = g_new0(double, p->n_parameters);

    for (int step = 1; step <= STEPS; step++) {
        const double unbias_1 = 1 - pow(BETA_1, step), unbias_2 = 1 - pow(BETA_2, step);

        if (g_cancellable_set_error_if_cancelled(cancellable, error))
            return FALSE;
        find_gradient(p, parameters, gradient);
        for (int k = 0; k < p->n_parameters; k++) {
            mean[k] = BETA_1 * mean[k] + (1 - BETA_1) * gradient[k];
            square[k] = BETA_2 * square[k] + (1 - BETA_2) * gradient[k] * gradient[k];
            parameters[k] -=
                (float)(RATE * (mean[k] / unbias_1) / (sqrt(square[k] / unbias_2) + EPSILON));
        }
    }
    return TRUE;
}

gboolean
wg_head_train(WgNetwork *network, const WgWindows *takes, const float *weights,
              const WgTrainOptions *options, GCancellable *cancellable, GError **error)
{
    WgLayer *head = &network->layers[network->n_layers - 1];
    g_autofree float *features = NULL, *start = NULL;
    Problem p;

    if (!check(network, takes, error))
        return FALSE;
    features = wg_transfer_dup_features(network, takes, COPIES, options);
    start = g_memdup2(head->parameters, sizeof(float) * (gsize)head->n_parameters);
    p = (Problem){.features = features,
                  .n_rows = takes->n * COPIES,
                  .n = head->in_length * head->in_channels,
                  .n_classes = head->spec.units,
                  .n_parameters = head->n_parameters,
                  .labels = takes->labels,
                  .weights = weights,
                  .start = start};
    for (int i = 0; i < p.n_rows; i++)
        p.total += (double)weights[i / COPIES];
    if (descend(&p, head->parameters, cancellable, error))
        return TRUE;
    memcpy(head->parameters, start, sizeof(float) * (gsize)head->n_parameters);
    return FALSE;
}
