/* Takes batches of windows through a network and back, in chunks that any thread may take. */
#include "train/batches.h"

#include "base/workers.h"
#include "train/augment.h"
#include "train/network-private.h"
#include "train/workspace.h"

#include <math.h>
#include <string.h>

#define CHUNK 8             /* samples; fixed, for the order of sums may not depend on threads */
#define STATE_MOMENTUM 0.9f /* of the running statistics, a batch */
#define AUGMENT_SEED 0x6175676d

/* A chunk's share of a batch: written by whichever worker takes it, added up in order after. */
typedef struct {
    float *gradients, *statistics;
    WgLossSum sum;
    int n;
} Chunk;

struct _WgBatches {
    WgNetwork *network;
    const WgTrainOptions *options;
    const WgTrainAids *aids;
    const WgWindows *windows; /* what the present run is over */
    gboolean is_training;
    const int *order; /* of windows; the run's first */
    int n;            /* windows of the run */
    int epoch;
    float factor; /* of the loss gradient: 1 / n */
    const float *class_weights;
    float *block; /* of all chunks' gradients and statistics */
    float *kept;  /* the parameters, while those that climbed stand in for them */
    float *exact; /* the parameters, while their rounded ones do */
    Chunk *chunks;
    WgWorkspace **workspaces; /* one a worker */
    WgWorkspace **teachers;   /* the same; NULL without a teacher */
    int n_workspaces;
    WgWorkers *workers;
};

static void
fill_input(const WgBatches *self, int worker, const int *takes, int n, const guint64 *streams)
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
    if (self->is_training && self->teachers)
        wg_network_scale_input(self->aids->teacher, input, (gsize)n * (gsize)windows->length,
                               wg_workspace_get_input(self->teachers[worker]));
    wg_network_scale_input(self->network, input, (gsize)n * (gsize)windows->length, input);
    if (self->aids->fake_quant && self->aids->fake_quant->input.scale > 0)
        wg_fake_quant_values(&self->aids->fake_quant->input, input, n * size, NULL);
}

/* The chunk's loss, and in training its gradient. */
static void
add_loss(const WgBatches *self, int worker, const int *labels, int n, WgLossSum *sum)
{
    const int last = self->network->n_layers - 1;
    const int n_classes = wg_network_get_n_classes(self->network);
    const float *logits = wg_workspace_get_output(self->workspaces[worker], last);
    float *gradient =
        self->is_training ? wg_workspace_get_loss_gradient(self->workspaces[worker]) : NULL;
    const gboolean is_taught = self->is_training && self->teachers;
    const float share = is_taught ? self->aids->share : 0;
    WgLossSum taught = {0};

    wg_loss_add(logits, labels, n, n_classes,
                self->is_training ? self->options->label_smoothing : 0, self->class_weights,
                self->factor * (1 - share), gradient, sum);
    if (!is_taught)
        return;
    wg_workspace_infer(self->teachers[worker], n, FALSE);
    wg_loss_add_taught(
        logits, wg_workspace_get_output(self->teachers[worker], self->aids->teacher->n_layers - 1),
        n, n_classes, self->aids->temperature, self->factor * share, gradient, &taught);
    sum->loss = (1 - share) * sum->loss + share * taught.loss;
}

/* Chunk k holds the windows k n / chunks to (k + 1) n / chunks, so that none is left with few. */
static void
run_chunk(int worker, int number, gpointer user_data)
{
    const WgBatches *self = user_data;
    const int n_chunks = (self->n + CHUNK - 1) / CHUNK;
    const int start = (int)((gint64)self->n * number / n_chunks);
    const int n = (int)((gint64)self->n * (number + 1) / n_chunks) - start;
    WgWorkspace *workspace = self->workspaces[worker];
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
    add_loss(self, worker, labels, n, &chunk->sum);
    if (self->is_training) {
        memset(chunk->gradients, 0, sizeof(float) * (gsize)self->network->n_parameters);
        wg_workspace_backward(workspace, chunk->gradients);
    }
}

/* Runs `n` windows and returns what they lost, added in the order of chunks. */
static WgLossSum
run_windows(WgBatches *self, const WgWindows *windows, const int *order, int n,
            gboolean is_training)
{
    const int n_chunks = (n + CHUNK - 1) / CHUNK;
    const gsize size = sizeof(float) * (gsize)self->network->n_parameters;
    WgLossSum sum = {0};

    self->windows = windows;
    self->order = order;
    self->n = n;
    self->is_training = is_training;
    self->factor = 1.0f / (float)n;
    if (self->aids->fake_quant) {
        memcpy(self->exact, self->network->parameters, size);
        wg_fake_quant_parameters(self->aids->fake_quant, self->network);
    }
    wg_workers_run(self->workers, n_chunks);
    if (self->aids->fake_quant)
        memcpy(self->network->parameters, self->exact, size);
    for (int i = 0; i < n_chunks; i++) {
        sum.loss += self->chunks[i].sum.loss;
        sum.n_correct += self->chunks[i].sum.n_correct;
    }
    return sum;
}

static void
sum_gradients(WgBatches *self, int n_chunks)
{
    float *restrict total = self->network->gradients;
    const int n = self->network->n_parameters;

    memcpy(total, self->chunks[0].gradients, sizeof(float) * (gsize)n);
    for (int k = 1; k < n_chunks; k++) {
        const float *restrict part = self->chunks[k].gradients;

        for (int i = 0; i < n; i++)
            total[i] += part[i];
    }
    wg_train_aids_mask(self->aids, total, n);
}

/* Mean and variance over the batch from those of its chunks: mean = sum n m / sum n,
 * variance = sum n (v + m^2) / sum n - mean^2 */
static void
update_channel(WgBatches *self, int n_chunks, int mean_at, int variance_at)
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
update_state(WgBatches *self, int n_chunks)
{
    for (int i = 0; i < self->network->n_layers; i++) {
        const WgLayer *layer = &self->network->layers[i];
        const int at = (int)(layer->state - self->network->state);

        for (int c = 0; c < layer->n_state / 2; c++)
            update_channel(self, n_chunks, at + c, at + layer->n_state / 2 + c);
    }
}

static WgWorkspace *
workspace_new(const WgBatches *self)
{
    WgWorkspace *workspace = wg_workspace_new(self->network, CHUNK, TRUE);

    if (self->aids->fake_quant)
        wg_workspace_set_fake_quant(workspace, self->aids->fake_quant);
    return workspace;
}

WgBatches *
wg_batches_new(WgNetwork *network, const WgTrainOptions *options, const WgTrainAids *aids,
               const float *class_weights, int n_windows)
{
    WgBatches *self = g_new0(WgBatches, 1);
    const int n_chunks = (n_windows + CHUNK - 1) / CHUNK;
    const gsize n_parameters = (gsize)network->n_parameters, n_state = (gsize)network->n_state;
    const int n_batch_chunks = (MIN(options->batch, n_windows) + CHUNK - 1) / CHUNK;
    const int n_threads = wg_workers_count(options->n_threads);

    self->network = network;
    self->options = options;
    self->aids = aids;
    self->class_weights = class_weights;
    self->chunks = g_new0(Chunk, n_chunks);
    self->block = g_new0(float, MAX(1, (gsize)n_batch_chunks * (n_parameters + n_state)));
    for (int i = 0; i < n_batch_chunks; i++) {
        self->chunks[i].gradients = self->block + (gsize)i * (n_parameters + n_state);
        self->chunks[i].statistics = self->chunks[i].gradients + n_parameters;
    }
    self->kept = g_new(float, MAX(1, n_parameters));
    self->exact = g_new(float, MAX(1, n_parameters));
    self->n_workspaces = MAX(1, MIN(n_threads, n_chunks));
    self->workspaces = g_new0(WgWorkspace *, self->n_workspaces);
    for (int i = 0; i < self->n_workspaces; i++)
        self->workspaces[i] = workspace_new(self);
    self->teachers = aids->teacher ? g_new0(WgWorkspace *, self->n_workspaces) : NULL;
    for (int i = 0; self->teachers && i < self->n_workspaces; i++)
        self->teachers[i] = wg_workspace_new(aids->teacher, CHUNK, FALSE);
    self->workers = wg_workers_new(self->n_workspaces, run_chunk, self);
    return self;
}

void
wg_batches_free(WgBatches *self)
{
    wg_workers_free(self->workers);
    for (int i = 0; i < self->n_workspaces; i++)
        wg_workspace_free(self->workspaces[i]);
    for (int i = 0; self->teachers && i < self->n_workspaces; i++)
        wg_workspace_free(self->teachers[i]);
    g_free(self->teachers);
    g_free(self->workspaces);
    g_free(self->chunks);
    g_free(self->block);
    g_free(self->kept);
    g_free(self->exact);
    g_free(self);
}

/* Leaves the gradient at w + sharpness g / |g|, to first order where the loss within that distance
 * of the parameters w is highest: stepping against it looks for wide minima, which bear other
 * takes, rounding and wrong labels better (sharpness-aware minimization, Foret et al. 2021). */
static void
climb(WgBatches *self, const WgWindows *train, const int *order, int n)
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

WgLossSum
wg_batches_learn(WgBatches *self, const WgWindows *train, const int *order, int n, int epoch,
                 gboolean is_climbing)
{
    WgLossSum sum;

    self->epoch = epoch;
    sum = run_windows(self, train, order, n, TRUE);
    sum_gradients(self, (n + CHUNK - 1) / CHUNK);
    update_state(self, (n + CHUNK - 1) / CHUNK);
    if (is_climbing)
        climb(self, train, order, n);
    return sum;
}

WgLossSum
wg_batches_ask(WgBatches *self, const WgWindows *windows)
{
    return run_windows(self, windows, NULL, windows->n, FALSE);
}
