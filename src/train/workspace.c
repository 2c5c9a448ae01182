/* One thread's room for activations: takes a chunk of samples through a network and back. */
#include "train/workspace.h"

#include "train/fusion.h"
#include "train/kernel.h"
#include "train/network-private.h"

#include <cblas.h>

#define ALIGNMENT 16 /* floats: every array starts on a line of the cache */

struct _WgWorkspace {
    const WgNetwork *network;
    int first;    /* layer with parameters: nobody wants gradients below it */
    float *block; /* all arrays below */
    float *input;
    float **outputs;          /* of each layer */
    float **kept;             /* that forward leaves for backward */
    float *scratch;           /* of whichever layer is at work */
    float **dy;               /* loss gradient of each layer's output */
    WgPass *passes;           /* of the last forward */
    const WgFusion **fusions; /* that starts at each layer, or NULL */
    int capacity;
    const WgFakeQuant *fake_quant; /* NULL: nothing is rounded */
    guint8 **rounded; /* capacity x outputs of each layer that is: what was not clipped */
};

/* With the room behind that kernels may touch. */
static gsize
round_up(gsize size)
{
    return (size + WG_LANES + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

/* Adds up the arrays' sizes; with a block, also places them. */
static gsize
place_arrays(WgWorkspace *self, int capacity, gboolean with_backward, float *block)
{
    const WgNetwork *network = self->network;
    gsize at = round_up((gsize)capacity * (gsize)network->length * (gsize)network->channels);

    gsize n_scratch = 0;

    self->input = block;
    for (int i = 0; i < network->n_layers; i++) {
        const WgLayer *layer = &network->layers[i];
        const WgOp *op = network->ops[i];
        const gsize size =
            round_up((gsize)capacity * (gsize)layer->out_length * (gsize)layer->out_channels);
        const gsize n_kept = op->count_kept ? (gsize)op->count_kept(layer) : 0;

        if (op->count_scratch)
            n_scratch = MAX(n_scratch, (gsize)op->count_scratch(layer));
        self->outputs[i] = block ? block + at : NULL;
        at += size;
        self->kept[i] = block ? block + at : NULL;
        at += round_up((gsize)capacity * n_kept);
        self->dy[i] = block ? block + at : NULL;
        at += with_backward ? size : 0;
    }
    self->scratch = block ? block + at : NULL;
    return at + round_up(n_scratch);
}

WgWorkspace *
wg_workspace_new(const WgNetwork *network, int capacity, gboolean with_backward)
{
    WgWorkspace *self = g_new0(WgWorkspace, 1);
    gsize size;

    /* the products are small: OpenBLAS's own threads would only make them slower */
    openblas_set_num_threads(1);
    self->network = network;
    self->capacity = capacity;
    self->outputs = g_new0(float *, network->n_layers);
    self->kept = g_new0(float *, network->n_layers);
    self->dy = g_new0(float *, network->n_layers);
    self->passes = g_new0(WgPass, network->n_layers);
    self->fusions = g_new0(const WgFusion *, network->n_layers);
    for (int i = 0; i < network->n_layers;) {
        self->fusions[i] =
            wg_fusion_find(&network->layers[i], &network->ops[i], network->n_layers - i);
        i += self->fusions[i] ? self->fusions[i]->n_ops : 1;
    }
    while (self->first < network->n_layers - 1 && network->layers[self->first].n_parameters == 0)
        self->first++;
    size = place_arrays(self, capacity, with_backward, NULL);
    self->block = g_aligned_alloc0(size, sizeof(float), ALIGNMENT * sizeof(float));
    place_arrays(self, capacity, with_backward, self->block);
    return self;
}

static int
count_outputs(const WgWorkspace *self, int i)
{
    return self->network->layers[i].out_length * self->network->layers[i].out_channels;
}

void
wg_workspace_set_fake_quant(WgWorkspace *self, const WgFakeQuant *fake_quant)
{
    const int n_layers = self->network->n_layers;

    g_return_if_fail(!self->fake_quant && fake_quant->n_layers == n_layers);
    self->fake_quant = fake_quant;
    self->rounded = g_new0(guint8 *, n_layers + 1);
    for (int i = 0; i < n_layers; i++)
        self->rounded[i] = g_new0(guint8, self->capacity * count_outputs(self, i) + 1);
}

void
wg_workspace_free(WgWorkspace *self)
{
    g_strfreev((char **)self->rounded);
    g_aligned_free(self->block);
    g_free(self->outputs);
    g_free(self->kept);
    g_free(self->dy);
    g_free(self->passes);
    g_free(self->fusions);
    g_free(self);
}

float *
wg_workspace_get_input(WgWorkspace *self)
{
    return self->input;
}

const float *
wg_workspace_get_output(const WgWorkspace *self, int i)
{
    return self->outputs[i];
}

float *
wg_workspace_get_loss_gradient(WgWorkspace *self)
{
    return self->dy[self->network->n_layers - 1];
}

static void
round_outputs(WgWorkspace *self, int i, int n)
{
    if (self->fake_quant->outputs[i].scale > 0)
        wg_fake_quant_values(&self->fake_quant->outputs[i], self->outputs[i],
                             n * count_outputs(self, i), self->rounded[i]);
}

/* Straight through where a value was rounded, nothing where it was clipped. */
static void
stop_gradient(WgWorkspace *self, int i, int n)
{
    const guint8 *passes = self->rounded[i];
    float *dy = self->dy[i];

    if (!(self->fake_quant->outputs[i].scale > 0))
        return;
    for (int k = 0; k < n * count_outputs(self, i); k++)
        dy[k] = passes[k] ? dy[k] : 0;
}

/* With `keeps_all` each layer by itself, so that every output is there afterwards. */
static void
run_forward(WgWorkspace *self, const WgPass *common, gboolean keeps_all)
{
    const WgNetwork *network = self->network;
    float *statistics = common->statistics;

    for (int i = 0; i < network->n_layers; i++) {
        self->passes[i] = *common;
        self->passes[i].x = i == 0 ? self->input : self->outputs[i - 1];
        self->passes[i].y = self->outputs[i];
        self->passes[i].kept = self->kept[i];
        self->passes[i].scratch = self->scratch;
        /* the layer's number in the high bits: layers draw independently of each other */
        self->passes[i].seed = common->seed + ((guint64)(i + 1) << 40);
        self->passes[i].statistics = statistics;
        statistics = statistics ? statistics + network->layers[i].n_state : NULL;
    }
    for (int i = 0; i < network->n_layers;) {
        const WgFusion *fusion = keeps_all ? NULL : self->fusions[i];

        if (fusion)
            fusion->forward(&network->layers[i], &self->passes[i]);
        else
            network->ops[i]->forward(&network->layers[i], &self->passes[i]);
        i += fusion ? fusion->n_ops : 1;
        if (self->fake_quant)
            round_outputs(self, i - 1, common->n);
    }
}

void
wg_workspace_infer(WgWorkspace *self, int n, gboolean keeps_all)
{
    const WgPass common = {.n = n};

    run_forward(self, &common, keeps_all);
}

void
wg_workspace_forward(WgWorkspace *self, int n, guint64 seed, const guint64 *streams,
                     float *statistics)
{
    const WgPass common = {
        .n = n, .is_training = TRUE, .seed = seed, .streams = streams, .statistics = statistics};

    run_forward(self, &common, FALSE);
}

/* The first layer of the fusion that ends with layer i, or i where none does. */
static int
find_start(const WgWorkspace *self, int i)
{
    for (int n = 2; n <= WG_FUSION_LIMIT && n <= i + 1; n++) {
        const WgFusion *fusion = self->fusions[i + 1 - n];

        if (fusion && fusion->n_ops == n)
            return i + 1 - n;
    }
    return i;
}

void
wg_workspace_backward(WgWorkspace *self, float *gradients)
{
    const WgNetwork *network = self->network;

    for (int last = network->n_layers - 1; last >= self->first;) {
        const int i = find_start(self, last);
        const WgLayer *layer = &network->layers[i];
        WgPass *pass = &self->passes[i];

        if (self->fake_quant)
            stop_gradient(self, last, pass->n);
        self->passes[last].dy = self->dy[last];
        pass->dx = i > self->first ? self->dy[i - 1] : NULL;
        pass->gradients = gradients + (layer->parameters - network->parameters);
        if (i < last)
            self->fusions[i]->backward(layer, pass);
        else
            network->ops[i]->backward(layer, pass);
        last = i - 1;
    }
}
