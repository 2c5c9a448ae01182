/* Trains a network on windows: seeded, cancellable, equal bits at any number of threads. */
#include "train/trainer.h"

#include "base/error.h"
#include "train/adam.h"
#include "train/batches.h"
#include "train/network-private.h"
#include "train/smote.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define ORDER_STREAM 0x6f726465 /* separates the uses of one seed */

/* Each batch once, in a new order. FALSE when cancelled. */
static gboolean
run_epoch(WgBatches *batches, const WgTrainOptions *options, WgAdam *adam, const WgWindows *train,
          int *order, WgEpoch *epoch, GCancellable *cancellable, GError **error)
{
    const gboolean is_climbing =
        options->sharpness > 0 &&
        (float)epoch->epoch > options->sharpness_from * (float)options->epochs;
    WgLossSum total = {0};
    WgRandom random;

    wg_random_init(&random, options->seed, ((guint64)ORDER_STREAM << 32) | (guint64)epoch->epoch);
    for (int i = 0; i < train->n; i++)
        order[i] = i;
    wg_random_shuffle(&random, order, train->n);
    for (int start = 0; start < train->n; start += options->batch) {
        const int n = MIN(options->batch, train->n - start);
        WgLossSum sum;

        if (g_cancellable_set_error_if_cancelled(cancellable, error))
            return FALSE;
        sum = wg_batches_learn(batches, train, order + start, n, epoch->epoch, is_climbing);
        total.loss += sum.loss;
        total.n_correct += sum.n_correct;
        wg_adam_step(adam, epoch->learning_rate, options->weight_decay);
    }
    epoch->train_loss = (float)(total.loss / train->n);
    epoch->train_accuracy = (float)total.n_correct / (float)train->n;
    if (isfinite(epoch->train_loss))
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                _("training diverged in epoch %d at a learning rate of %g: choose a lower one"),
                epoch->epoch, epoch->learning_rate);
    return FALSE;
}

static void
validate(WgBatches *batches, const WgWindows *validation, WgEpoch *epoch)
{
    const WgLossSum sum = wg_batches_ask(batches, validation);

    epoch->validation_loss = (float)(sum.loss / validation->n);
    epoch->validation_accuracy = (float)sum.n_correct / (float)validation->n;
}

static gboolean
check_windows(const WgNetwork *network, const WgWindows *windows, const char *missing,
              GError **error)
{
    const int n_classes = wg_network_get_n_classes(network);

    if (windows->n < 1) {
        g_set_error_literal(error, WG_ERROR, WG_ERROR_MISSING, missing);
        return FALSE;
    }
    if (windows->length != network->length || windows->channels != network->channels) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    _("windows of %d x %d do not fit a network of %d x %d"), windows->length,
                    windows->channels, network->length, network->channels);
        return FALSE;
    }
    for (int i = 0; i < windows->n; i++) {
        if (windows->labels[i] < 0 || windows->labels[i] >= n_classes) {
            g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                        _("window %d has label %d, the network has %d classes"), i,
                        windows->labels[i], n_classes);
            return FALSE;
        }
    }
    return TRUE;
}

WgTraining *
wg_train(WgNetwork *network, WgWindows *train, WgWindows *validation, const WgTrainOptions *options,
         WgEpochFunc epoch_func, gpointer user_data, GCancellable *cancellable, GError **error)
{
    const WgTrainAids none = {0};

    return wg_train_aided(network, train, validation, options, &none, epoch_func, user_data,
                          cancellable, error);
}

WgTraining *
wg_train_aided(WgNetwork *network, WgWindows *train, WgWindows *validation,
               const WgTrainOptions *options, const WgTrainAids *aids, WgEpochFunc epoch_func,
               gpointer user_data, GCancellable *cancellable, GError **error)
{
    const gint64 start_us = g_get_monotonic_time();
    g_autoptr(WgTraining) training = NULL;
    g_autofree float *class_weights = NULL;
    g_autoptr(WgBatches) batches = NULL;
    g_autoptr(WgAdam) adam = NULL;
    g_autoptr(WgNetwork) best = NULL;
    g_autoptr(WgWindows) more = NULL;
    g_autofree int *order = NULL;
    float rate = options->learning_rate, best_loss = G_MAXFLOAT;

    if (validation && validation->n == 0)
        validation = NULL;
    if (!wg_train_options_check(options, error) ||
        !check_windows(network, train, _("there are no recordings to train on"), error) ||
        (validation &&
         !check_windows(network, validation, _("there are no recordings to validate on"), error)) ||
        !wg_train_aids_check(aids, network, error))
        return NULL;
    wg_train_aids_mask(aids, network->parameters, network->n_parameters);
    if (options->smote) {
        more = wg_smote(train, options->seed);
        train = more;
    }
    training = g_new0(WgTraining, 1);
    training->epochs = g_new0(WgEpoch, options->epochs);
    class_weights = wg_loss_dup_class_weights(options->class_weights, train->labels, train->n,
                                              wg_network_get_n_classes(network));
    batches = wg_batches_new(network, options, aids, class_weights,
                             MAX(train->n, validation ? validation->n : 0));
    adam = wg_adam_new(network);
    order = g_new(int, train->n);
    for (int i = 0; i < options->epochs; i++) {
        WgEpoch *epoch = &training->epochs[i];
        const int n_since_better = i - training->best_epoch;

        epoch->epoch = i + 1;
        epoch->learning_rate = rate =
            wg_train_options_get_rate(options, i + 1, rate, n_since_better);
        if (!run_epoch(batches, options, adam, train, order, epoch, cancellable, error))
            return NULL;
        training->n_epochs = i + 1;
        if (validation)
            validate(batches, validation, epoch);
        if (!validation || epoch->validation_loss < best_loss) {
            training->best_epoch = i + 1;
            best_loss = epoch->validation_loss;
            if (validation && options->keep_best) {
                g_clear_pointer(&best, wg_network_unref);
                best = wg_network_copy(network);
            }
        }
        if (epoch_func)
            epoch_func(epoch, user_data);
        if (options->patience > 0 && i + 1 - training->best_epoch >= options->patience)
            break;
    }
    if (best) {
        memcpy(network->parameters, best->parameters, sizeof(float) * (gsize)network->n_parameters);
        memcpy(network->state, best->state, sizeof(float) * (gsize)network->n_state);
    }
    training->seconds = (double)(g_get_monotonic_time() - start_us) / G_USEC_PER_SEC;
    return g_steal_pointer(&training);
}

void
wg_training_free(WgTraining *training)
{
    g_free(training->epochs);
    g_free(training);
}
