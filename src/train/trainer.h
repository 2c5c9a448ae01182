/* Trains a network on windows: seeded, cancellable, equal bits at any number of threads. */
#pragma once

#include <gio/gio.h>

#include "dataset/window.h"
#include "train/network.h"

G_BEGIN_DECLS

typedef enum { WG_RATE_CONSTANT, WG_RATE_PLATEAU, WG_RATE_COSINE } WgRateSchedule;

typedef struct {
    int epochs, batch;
    float learning_rate; /* Adam, beta 0.9 0.999, epsilon 1e-7 */
    float weight_decay;  /* decoupled; 0: none */
    WgRateSchedule schedule;
    int patience;       /* epochs without a better validation loss before stopping; 0: never */
    gboolean keep_best; /* give back the weights of the best validation loss */
    float label_smoothing;
    gboolean class_weights; /* weigh classes inversely to their share */
    /* mild augmentation, drawn anew each epoch, per take; 0: none */
    int shift;                      /* samples, +- */
    float scale, rotation, stretch; /* share, radians, share; +- */
    guint64 seed;
    int n_threads; /* 0: as many as there are cores */
} WgTrainOptions;

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
void wg_training_free(WgTraining *training);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgTraining, wg_training_free)

G_END_DECLS
