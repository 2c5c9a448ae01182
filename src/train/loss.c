/* Softmax cross-entropy with label smoothing and class weights. */
#include "train/loss.h"

#include "train/metrics.h"

#include <math.h>
#include <string.h>

/* With p = softmax(z) and target q = (1 - s) [label] + s / classes (Szegedy et al. 2016):
 * loss = -w sum q log p, dz = w factor (p - q) */
void
wg_loss_add(const float *logits, const int *labels, int n, int n_classes, float smoothing,
            const float *class_weights, float factor, float *gradient, WgLossSum *sum)
{
    const float off_target = smoothing / (float)n_classes;

    for (int i = 0; i < n; i++) {
        const float *z = logits + i * n_classes;
        const int best = wg_argmax(z, n_classes);
        const float weight = class_weights ? class_weights[labels[i]] : 1;
        float total = 0, loss = 0, log_total;

        for (int c = 0; c < n_classes; c++) {
            const float e = expf(z[c] - z[best]);

            total += e;
            if (gradient)
                gradient[i * n_classes + c] = e;
        }
        log_total = logf(total);
        for (int c = 0; c < n_classes; c++) {
            const float target = off_target + (c == labels[i] ? 1 - smoothing : 0);
            const float log_p = z[c] - z[best] - log_total;

            loss -= target * log_p;
            if (gradient) {
                float *dz = &gradient[i * n_classes + c];

                *dz = weight * factor * (*dz / total - target);
            }
        }
        sum->loss += weight * loss;
        sum->n_correct += best == labels[i];
    }
}

/* With p = softmax(z / T) and q = softmax(teacher / T):
 * loss = -T^2 sum q log p, dz += T factor (p - q) (Hinton et al. 2015; the square keeps the
 * gradient's size whatever the temperature) */
void
wg_loss_add_taught(const float *logits, const float *teacher, int n, int n_classes,
                   float temperature, float factor, float *gradient, WgLossSum *sum)
{
    for (int i = 0; i < n; i++) {
        const float *z = logits + i * n_classes, *t = teacher + i * n_classes;
        const float z_most = z[wg_argmax(z, n_classes)], t_most = t[wg_argmax(t, n_classes)];
        float z_total = 0, t_total = 0, loss = 0;

        for (int c = 0; c < n_classes; c++) {
            z_total += expf((z[c] - z_most) / temperature);
            t_total += expf((t[c] - t_most) / temperature);
        }
        for (int c = 0; c < n_classes; c++) {
            const float log_p = (z[c] - z_most) / temperature - logf(z_total);
            const float q = expf((t[c] - t_most) / temperature) / t_total;

            loss -= q * log_p;
            gradient[i * n_classes + c] += temperature * factor * (expf(log_p) - q);
        }
        sum->loss += temperature * temperature * loss;
    }
}

void
wg_loss_weigh_classes(const int *labels, int n, int n_classes, float *class_weights)
{
    int n_present = 0;

    memset(class_weights, 0, sizeof(float) * (gsize)n_classes);
    for (int i = 0; i < n; i++)
        class_weights[labels[i]] += 1;
    for (int c = 0; c < n_classes; c++)
        n_present += class_weights[c] > 0;
    for (int c = 0; c < n_classes; c++) {
        if (class_weights[c] > 0)
            class_weights[c] = (float)n / ((float)n_present * class_weights[c]);
    }
}

float *
wg_loss_dup_class_weights(WgClassWeights wanted, const int *labels, int n, int n_classes)
{
    float *weights;
    float heaviest = 0, lightest = G_MAXFLOAT;

    if (wanted == WG_WEIGHTS_OFF)
        return NULL;
    weights = g_new(float, n_classes);
    wg_loss_weigh_classes(labels, n, n_classes, weights);
    for (int c = 0; c < n_classes; c++) {
        heaviest = MAX(heaviest, weights[c]);
        lightest = weights[c] > 0 ? MIN(lightest, weights[c]) : lightest;
    }
    if (wanted == WG_WEIGHTS_ON || heaviest > WG_UNEVEN * lightest)
        return weights;
    g_free(weights);
    return NULL;
}
