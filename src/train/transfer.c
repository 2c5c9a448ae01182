/* Takes what a network learned over to other gestures: its layers, with a head of their own. */
#include "train/transfer.h"

#include "base/error.h"
#include "train/augment.h"
#include "train/network-private.h"
#include "train/preset.h"

#include <glib/gi18n.h>
#include <string.h>

#define COPIES 20            /* of each take, the first unchanged, that the head is fitted to */
#define SHRINKAGE 0.3        /* of the covariance towards a multiple of the unit matrix */
#define TEMPERATURE 0.1      /* of the logits: see the header */
#define LEAST_VARIANCE 1e-6  /* where features are all zero */
#define COPY_SEED 0x636f7079 /* separates the uses of one seed */
#define AUGMENTATION 2       /* times the preset's */
#define EPOCHS_PLAIN 600
#define EPOCHS_PERSONAL 300

WgNetwork *
wg_transfer_new(const WgNetwork *base, int n_classes, GError **error)
{
    const int n = base->n_layers;
    const WgLayer *last = &base->layers[n - 1];
    g_autofree WgLayerSpec *specs = g_new0(WgLayerSpec, n);
    WgNetwork *network;

    if (n < 2 || !g_str_equal(last->spec.op, "dense") || !last->spec.has_bias) {
        g_set_error_literal(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                            _("the base does not end in a dense layer with biases over features: "
                              "nothing to put a new head on"));
        return NULL;
    }
    for (int i = 0; i < n; i++)
        specs[i] = base->layers[i].spec;
    specs[n - 1].units = n_classes;
    network = wg_network_alloc(specs, n, base->length, base->channels, base->input_scale, error);
    for (int i = 0; network && i < n - 1; i++) {
        const WgLayer *from = &base->layers[i];

        memcpy(network->layers[i].parameters, from->parameters,
               sizeof(float) * (gsize)from->n_parameters);
        memcpy(network->layers[i].state, from->state, sizeof(float) * (gsize)from->n_state);
    }
    return network;
}

float *
wg_transfer_dup_features(const WgNetwork *network, const WgWindows *takes, int n_copies,
                         const WgTrainOptions *options)
{
    const gsize size = (gsize)takes->length * (gsize)takes->channels;
    const int n = takes->n * n_copies, before = network->n_layers - 2;
    const WgLayer *layer = &network->layers[before];
    g_autofree float *x = g_new(float, (gsize)n *size);
    g_autofree float **outputs = g_new0(float *, network->n_layers);
    float *features = g_new(float, (gsize)n *(gsize)layer->out_length *(gsize)layer->out_channels);

    for (int i = 0; i < n; i++) {
        const float *take = takes->x + (gsize)(i / n_copies) * size;
        WgRandom random;

        if (i % n_copies == 0) {
            memcpy(x + (gsize)i * size, take, sizeof(float) * size);
            continue;
        }
        wg_random_init(&random, options->seed ^ COPY_SEED, (guint64)i);
        wg_augment(options, take, takes->length, takes->channels, &random, x + (gsize)i * size);
    }
    outputs[before] = features;
    wg_network_trace(network, x, n, outputs);
    return features;
}

/* Means of the classes (n_classes x n) from their own mean, which goes to `centre` (n). */
static void
find_means(const float *features, int n, const WgWindows *takes, double *means, double *centre)
{
    g_autofree int *counts = g_new0(int, takes->n_labels);

    for (int i = 0; i < takes->n * COPIES; i++) {
        const int label = takes->labels[i / COPIES];

        counts[label]++;
        for (int j = 0; j < n; j++)
            means[label * n + j] += features[i * n + j];
    }
    for (int j = 0; j < n; j++) {
        for (int c = 0; c < takes->n_labels; c++) {
            means[c * n + j] /= MAX(1, counts[c]);
            centre[j] += means[c * n + j] / takes->n_labels;
        }
        for (int c = 0; c < takes->n_labels; c++)
            means[c * n + j] -= centre[j];
    }
}

/* The shrunk covariance within classes as the first n of `stride` columns of a system. */
static void
find_covariance(const float *features, int n, const WgWindows *takes, const double *means,
                const double *centre, double *system, int stride)
{
    const int n_rows = takes->n * COPIES;
    g_autofree double *away = g_new(double, n);
    double trace = 0;

    for (int i = 0; i < n_rows; i++) {
        const double *mean = means + takes->labels[i / COPIES] * n;

        for (int j = 0; j < n; j++)
            away[j] = features[i * n + j] - mean[j] - centre[j];
        for (int j = 0; j < n; j++) {
            for (int k = 0; k < n; k++)
                system[j * stride + k] += away[j] * away[k] / n_rows;
        }
    }
    for (int j = 0; j < n; j++)
        trace += system[j * stride + j];
    for (int j = 0; j < n; j++) {
        for (int k = 0; k < n; k++)
            system[j * stride + k] *= 1 - SHRINKAGE;
        system[j * stride + j] += SHRINKAGE * trace / n + LEAST_VARIANCE;
    }
}

/* Gauss and Jordan on n rows of `stride` columns: the first n become the unit matrix. The matrix is
 * positive definite, so no row need be exchanged. */
static void
solve(double *system, int n, int stride)
{
    for (int p = 0; p < n; p++) {
        const double pivot = system[p * stride + p];

        for (int k = p; k < stride; k++)
            system[p * stride + k] /= pivot;
        for (int j = 0; j < n; j++) {
            const double share = j == p ? 0 : system[j * stride + p];

            for (int k = p; share != 0 && k < stride; k++)
                system[j * stride + k] -= share * system[p * stride + k];
        }
    }
}

void
wg_transfer_fit_head(WgNetwork *network, const WgWindows *takes, const WgTrainOptions *options)
{
    WgLayer *head = &network->layers[network->n_layers - 1];
    const int n = head->in_length * head->in_channels, n_classes = head->spec.units;
    const int stride = n + n_classes;
    g_autofree float *features = wg_transfer_dup_features(network, takes, COPIES, options);
    g_autofree double *means = g_new0(double, n_classes *n);
    g_autofree double *centre = g_new0(double, n);
    g_autofree double *system = g_new0(double, n *stride);

    g_return_if_fail(takes->n_labels == n_classes);
    find_means(features, n, takes, means, centre);
    find_covariance(features, n, takes, means, centre, system, stride);
    for (int j = 0; j < n; j++) {
        for (int c = 0; c < n_classes; c++)
            system[j * stride + n + c] = means[c * n + j];
    }
    solve(system, n, stride);
    for (int c = 0; c < n_classes; c++) {
        double bias = 0;

        for (int j = 0; j < n; j++) {
            const double weight = TEMPERATURE * system[j * stride + n + c];

            head->parameters[c * n + j] = (float)weight;
            bias -= weight * (means[c * n + j] / 2 + centre[j]);
        }
        head->parameters[n_classes * n + c] = (float)bias;
    }
}

WgTrainOptions
wg_transfer_plain_options(void)
{
    WgTrainOptions options = wg_presets[0]->options;

    options.epochs = EPOCHS_PLAIN;
    options.rotation *= AUGMENTATION;
    options.scale *= AUGMENTATION;
    options.stretch *= AUGMENTATION;
    return options;
}

WgTrainOptions
wg_transfer_personal_options(void)
{
    WgTrainOptions options = wg_transfer_plain_options();

    options.epochs = EPOCHS_PERSONAL;
    return options;
}

WgNetwork *
wg_transfer_train(const WgNetwork *base, WgWindows *takes, const WgTrainOptions *options,
                  GCancellable *cancellable, GError **error)
{
    g_autoptr(WgNetwork) network = NULL;
    g_autoptr(WgTraining) training = NULL;

    if (base->length != takes->length || base->channels != takes->channels) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("the base sees windows of %d samples and %d channels, the takes have %d and "
                      "%d: choose another base"),
                    base->length, base->channels, takes->length, takes->channels);
        return NULL;
    }
    network = wg_transfer_new(base, takes->n_labels, error);
    if (!network)
        return NULL;
    wg_transfer_fit_head(network, takes, options);
    training = wg_train(network, takes, NULL, options, NULL, NULL, cancellable, error);
    return training ? g_steal_pointer(&network) : NULL;
}

WgNetwork *
wg_transfer_train_plain(WgWindows *takes, const WgTrainOptions *options, GCancellable *cancellable,
                        GError **error)
{
    g_autoptr(WgNetwork) network = wg_preset_build(wg_presets[0], takes->length, takes->channels,
                                                   takes->n_labels, options->seed, error);
    g_autoptr(WgTraining) training = NULL;

    training =
        network ? wg_train(network, takes, NULL, options, NULL, NULL, cancellable, error) : NULL;
    return training ? g_steal_pointer(&network) : NULL;
}
