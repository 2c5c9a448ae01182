/* Trains a network on windows: seeded, cancellable, equal bits at any number of threads. */
#pragma once

#include <gio/gio.h>

#include "dataset/window.h"
#include "train/network.h"
#include "train/train-aids.h"
#include "train/train-options.h"

G_BEGIN_DECLS

typedef struct {
    int epoch; /* from 1 */
    float learning_rate, train_loss, train_accuracy, validation_loss, validation_accuracy;
} WgEpoch;

typedef void (*WgEpochFunc)(const WgEpoch *epoch, gpointer user_data); /* in the calling thread */

typedef struct {
    WgEpoch *epochs; /* those run */
    int n_epochs, best_epoch;
    double seconds;
} WgTraining;

/* Changes the network's parameters. `validation` may be NULL (then keep_best and patience do
 * nothing). Runs in the calling thread and its own workers; looks at `cancellable` once a batch. */
WgTraining *wg_train(WgNetwork *network, WgWindows *train, WgWindows *validation,
                     const WgTrainOptions *options, WgEpochFunc epoch_func, gpointer user_data,
                     GCancellable *cancellable, GError **error);
/* The same with `aids`. Errors also as wg_train_aids_check(). */
WgTraining *wg_train_aided(WgNetwork *network, WgWindows *train, WgWindows *validation,
                           const WgTrainOptions *options, const WgTrainAids *aids,
                           WgEpochFunc epoch_func, gpointer user_data, GCancellable *cancellable,
                           GError **error);
void wg_training_free(WgTraining *training);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgTraining, wg_training_free)

G_END_DECLS
