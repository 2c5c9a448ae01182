/* Trains a network on windows: seeded, cancellable, equal bits at any number of threads. */
#include "train/trainer.h"

#include "base/error.h"
#include "base/workers.h"
#include "train/adam.h"
#include "train/augment.h"
#include "train/loss.h"
#include "train/network-private.h"
#include "train/smote.h"
#include "train/workspace.h"

#include <math.h>
#include <string.h>

#define CHUNK 8             /* samples; fixed, for the order of sums may not depend on threads */
#define STATE_MOMENTUM 0.9f /* of the running statistics, a batch */
#define ORDER_STREAM 0x6f726465 /* separates the uses of one seed */
#define AUGMENT_SEED 0x6175676d

/* A chunk's share of a batch: written by whichever worker takes it, added up in order after. */
typedef struct {
    float *gradients, *statistics;
    WgLossSum sum;
    int n;
} Chunk;

typedef struct {
    WgNetwork *network;
    const WgTrainOptions *options;
    const WgWindows *windows; /* what the present run is over */
    gboolean is_training;
    const int *order; /* of windows; the run's first */
    int n;            /* windows of the run */
    int epoch;
    float factor; /* of the loss gradient: 1 / n */
    const float *class_weights;
    float *block; /* of all chunks' gradients and statistics */
    float *kept;  /* the parameters, while those that climbed stand in for them */
    Chunk *chunks;
    WgWorkspace **workspaces; /* one a worker */
    int n_workspaces;
    WgWorkers *workers;
} Trainer;

static void
fill_input(const Trainer *self, int worker, const int *takes, int n, const guint64 *streams)
{
    const WgWindows *windows = self->windows;
    const int size = windows->length * windows->channels;
    float *input = wg_workspace_get_input(self->workspaces[worker]);

    for (int i = 0; i < n; i++) {
        const float *x = windows->x + (gsize)takes[i] * (gsize)size;

        if (self->is_training && wg_augment_is_wanted(self->options)) {
            WgRandom random;

            wg_random_init(&random, self->options->seed ^ AUGMENT_SEED, streams[i]);
            wg_augment(self->options, x, windows->length, windows->channels, &random,
                       input + i * size);
        } else {
            memcpy(input + i * size, x, sizeof(float) * (gsize)size);
        }
    }
    wg_network_scale_input(self->network, input, (gsize)n * (gsize)windows->length, input);
}

/* Chunk k holds the windows k n / chunks to (k + 1) n / chunks, so that none is left with few. */
static void
run_chunk(int worker, int number, gpointer user_data)
{
    const Trainer *self = user_data;
    const int n_chunks = (self->n + CHUNK - 1) / CHUNK;
    const int start = (int)((gint64)self->n * number / n_chunks);
    const int n = (int)((gint64)self->n * (number + 1) / n_chunks) - start;
    WgWorkspace *workspace = self->workspaces[worker];
    const int n_classes = wg_network_get_n_classes(self->network);
    Chunk *chunk = &self->chunks[number];
    guint64 streams[CHUNK];
    int takes[CHUNK], labels[CHUNK];

    for (int i = 0; i < n; i++) {
        takes[i] = self->order ? self->order[start + i] : start + i;
        labels[i] = self->windows->labels[takes[i]];
        streams[i] = ((guint64)self->epoch << 32) | (guint64)takes[i];
    }
    chunk->n = n;
    chunk->sum = (WgLossSum){0};
    fill_input(self, worker, takes, n, streams);
    if (self->is_training)
        wg_workspace_forward(workspace, n, self->options->seed, streams, chunk->statistics);
    else
        wg_workspace_infer(workspace, n, FALSE);
    wg_loss_add(wg_workspace_get_output(workspace, self->network->n_layers - 1), labels, n,
                n_classes, self->is_training ? self->options->label_smoothing : 0,
                self->class_weights, self->factor,
                self->is_training ? wg_workspace_get_loss_gradient(workspace) : NULL, &chunk->sum);
    if (self->is_training) {
        memset(chunk->gradients, 0, sizeof(float) * (gsize)self->network->n_parameters);
        wg_workspace_backward(workspace, chunk->gradients);
    }
}

/* Runs `n` windows and returns what they lost, added in the order of chunks. */
static WgLossSum
run_windows(Trainer *self, const WgWindows *windows, const int *order, int n, gboolean is_training)
{
    const int n_chunks = (n + CHUNK - 1) / CHUNK;
    WgLossSum sum = {0};

    self->windows = windows;
    self->order = order;
    self->n = n;
    self->is_training = is_training;
    self->factor = 1.0f / (float)n;
    wg_workers_run(self->workers, n_chunks);
    for (int i = 0; i < n_chunks; i++) {
        sum.loss += self->chunks[i].sum.loss;
        sum.n_correct += self->chunks[i].sum.n_correct;
    }
    return sum;
}

static void
sum_gradients(Trainer *self, int n_chunks)
{
    float *restrict total = self->network->gradients;
    const int n = self->network->n_parameters;

    memcpy(total, self->chunks[0].gradients, sizeof(float) * (gsize)n);
    for (int k = 1; k < n_chunks; k++) {
        const float *restrict part = self->chunks[k].gradients;

        for (int i = 0; i < n; i++)
            total[i] += part[i];
    }
}

/* Mean and variance over the batch from those of its chunks: mean = sum n m / sum n,
 * variance = sum n (v + m^2) / sum n - mean^2 */
static void
update_channel(Trainer *self, int n_chunks, int mean_at, int variance_at)
{
    float *state = self->network->state;
    double mean = 0, square = 0;

    for (int k = 0; k < n_chunks; k++) {
        const double share = (double)self->chunks[k].n / self->n;
        const double m = self->chunks[k].statistics[mean_at];

        mean += share * m;
        square += share * (self->chunks[k].statistics[variance_at] + m * m);
    }
    state[mean_at] += (1 - STATE_MOMENTUM) * ((float)mean - state[mean_at]);
    state[variance_at] +=
        (1 - STATE_MOMENTUM) * ((float)MAX(0, square - mean * mean) - state[variance_at]);
}

static void
update_state(Trainer *self, int n_chunks)
{
    for (int i = 0; i < self->network->n_layers; i++) {
        const WgLayer *layer = &self->network->layers[i];
        const int at = (int)(layer->state - self->network->state);

        for (int c = 0; c < layer->n_state / 2; c++)
            update_channel(self, n_chunks, at + c, at + layer->n_state / 2 + c);
    }
}

static Trainer *
trainer_new(WgNetwork *network, const WgTrainOptions *options, int n_windows)
{
    Trainer *self = g_new0(Trainer, 1);
    const int n_chunks = (n_windows + CHUNK - 1) / CHUNK;
    const gsize n_parameters = (gsize)network->n_parameters, n_state = (gsize)network->n_state;
    const int n_batch_chunks = (MIN(options->batch, n_windows) + CHUNK - 1) / CHUNK;
    const int n_threads = wg_workers_count(options->n_threads);

    self->network = network;
    self->options = options;
    self->chunks = g_new0(Chunk, n_chunks);
    self->block = g_new0(float, MAX(1, (gsize)n_batch_chunks * (n_parameters + n_state)));
    for (int i = 0; i < n_batch_chunks; i++) {
        self->chunks[i].gradients = self->block + (gsize)i * (n_parameters + n_state);
        self->chunks[i].statistics = self->chunks[i].gradients + n_parameters;
    }
    self->kept = g_new(float, MAX(1, n_parameters));
    self->n_workspaces = MAX(1, MIN(n_threads, n_chunks));
    self->workspaces = g_new0(WgWorkspace *, self->n_workspaces);
    for (int i = 0; i < self->n_workspaces; i++)
        self->workspaces[i] = wg_workspace_new(network, CHUNK, TRUE);
    self->workers = wg_workers_new(self->n_workspaces, run_chunk, self);
    return self;
}

static void
trainer_free(Trainer *self)
{
    wg_workers_free(self->workers);
    for (int i = 0; i < self->n_workspaces; i++)
        wg_workspace_free(self->workspaces[i]);
    g_free(self->workspaces);
    g_free(self->chunks);
    g_free(self->block);
    g_free(self->kept);
    g_free((float *)self->class_weights);
    g_free(self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Trainer, trainer_free)

/* Leaves the gradient at w + sharpness g / |g|, to first order where the loss within that distance
 * of the parameters w is highest: stepping against it looks for wide minima, which bear other
 * takes, rounding and wrong labels better (sharpness-aware minimization, Foret et al. 2021). */
static void
climb(Trainer *self, const WgWindows *train, const int *order, int n)
{
    float *w = self->network->parameters;
    const float *g = self->network->gradients;
    const int n_parameters = self->network->n_parameters;
    double square = 0;
    float step;

    for (int i = 0; i < n_parameters; i++)
        square += (double)g[i] * (double)g[i];
    if (!(square > 0))
        return;
    step = self->options->sharpness / (float)sqrt(square);
    memcpy(self->kept, w, sizeof(float) * (gsize)n_parameters);
    for (int i = 0; i < n_parameters; i++)
        w[i] += step * g[i];
    run_windows(self, train, order, n, TRUE);
    sum_gradients(self, (n + CHUNK - 1) / CHUNK);
    memcpy(w, self->kept, sizeof(float) * (gsize)n_parameters);
}

/* Each batch once, in a new order. FALSE when cancelled. */
static gboolean
run_epoch(Trainer *self, WgAdam *adam, const WgWindows *train, int *order, WgEpoch *epoch,
          GCancellable *cancellable, GError **error)
{
    const WgTrainOptions *options = self->options;
    const gboolean is_climbing =
        options->sharpness > 0 &&
        (float)epoch->epoch > options->sharpness_from * (float)options->epochs;
    WgLossSum total = {0};
    WgRandom random;

    self->epoch = epoch->epoch;
    wg_random_init(&random, options->seed, ((guint64)ORDER_STREAM << 32) | (guint64)epoch->epoch);
    for (int i = 0; i < train->n; i++)
        order[i] = i;
    wg_random_shuffle(&random, order, train->n);
    for (int start = 0; start < train->n; start += options->batch) {
        const int n = MIN(options->batch, train->n - start);
        const int n_chunks = (n + CHUNK - 1) / CHUNK;
        WgLossSum sum;

        if (g_cancellable_set_error_if_cancelled(cancellable, error))
            return FALSE;
        sum = run_windows(self, train, order + start, n, TRUE);
        total.loss += sum.loss;
        total.n_correct += sum.n_correct;
        sum_gradients(self, n_chunks);
        update_state(self, n_chunks);
        if (is_climbing)
            climb(self, train, order + start, n);
        wg_adam_step(adam, epoch->learning_rate, options->weight_decay);
    }
    epoch->train_loss = (float)(total.loss / train->n);
    epoch->train_accuracy = (float)total.n_correct / (float)train->n;
    if (isfinite(epoch->train_loss))
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                "training diverged in epoch %d at a learning rate of %g: choose a lower one",
                epoch->epoch, epoch->learning_rate);
    return FALSE;
}

static void
validate(Trainer *self, const WgWindows *validation, WgEpoch *epoch)
{
    const WgLossSum sum = run_windows(self, validation, NULL, validation->n, FALSE);

    epoch->validation_loss = (float)(sum.loss / validation->n);
    epoch->validation_accuracy = (float)sum.n_correct / (float)validation->n;
}

static gboolean
check_windows(const WgNetwork *network, const WgWindows *windows, const char *part, GError **error)
{
    const int n_classes = wg_network_get_n_classes(network);

    if (windows->n < 1) {
        g_set_error(error, WG_ERROR, WG_ERROR_MISSING, "there are no recordings to %s on", part);
        return FALSE;
    }
    if (windows->length != network->length || windows->channels != network->channels) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    "windows of %d x %d do not fit a network of %d x %d", windows->length,
                    windows->channels, network->length, network->channels);
        return FALSE;
    }
    for (int i = 0; i < windows->n; i++) {
        if (windows->labels[i] < 0 || windows->labels[i] >= n_classes) {
            g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                        "window %d has label %d, the network has %d classes", i, windows->labels[i],
                        n_classes);
            return FALSE;
        }
    }
    return TRUE;
}

WgTraining *
wg_train(WgNetwork *network, WgWindows *train, WgWindows *validation, const WgTrainOptions *options,
         WgEpochFunc epoch_func, gpointer user_data, GCancellable *cancellable, GError **error)
{
    const gint64 start_us = g_get_monotonic_time();
    g_autoptr(WgTraining) training = NULL;
    g_autoptr(Trainer) trainer = NULL;
    g_autoptr(WgAdam) adam = NULL;
    g_autoptr(WgNetwork) best = NULL;
    g_autoptr(WgWindows) more = NULL;
    g_autofree int *order = NULL;
    float rate = options->learning_rate, best_loss = G_MAXFLOAT;

    if (validation && validation->n == 0)
        validation = NULL;
    if (!wg_train_options_check(options, error) || !check_windows(network, train, "train", error) ||
        (validation && !check_windows(network, validation, "validate", error)))
        return NULL;
    if (options->smote)
        train = more = wg_smote(train, options->seed);
    training = g_new0(WgTraining, 1);
    training->epochs = g_new0(WgEpoch, options->epochs);
    trainer = trainer_new(network, options, MAX(train->n, validation ? validation->n : 0));
    adam = wg_adam_new(network);
    order = g_new(int, train->n);
    trainer->class_weights = wg_loss_dup_class_weights(options->class_weights, train->labels,
                                                       train->n, wg_network_get_n_classes(network));
    for (int i = 0; i < options->epochs; i++) {
        WgEpoch *epoch = &training->epochs[i];
        const int n_since_better = i - training->best_epoch;

        epoch->epoch = i + 1;
        epoch->learning_rate = rate =
            wg_train_options_get_rate(options, i + 1, rate, n_since_better);
        if (!run_epoch(trainer, adam, train, order, epoch, cancellable, error))
            return NULL;
        training->n_epochs = i + 1;
        if (validation)
            validate(trainer, validation, epoch);
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
