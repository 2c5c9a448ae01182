/* The network: a chain of layers over one block of parameters and one of gradients. */
#include "train/network.h"

#include "base/error.h"
#include "base/sentences.h"
#include "train/kernel.h"
#include "train/network-private.h"
#include "train/workspace.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

/* More than any watch or board could hold; keeps damaged bytes from asking for all memory. */
#define LIMIT_LAYERS 64
#define LIMIT_SIZE (1 << 20)       /* values that a layer gives, and numbers in a spec */
#define LIMIT_PARAMETERS (1 << 22) /* of the whole network */

#define CHUNK 8 /* samples that predict takes through the layers at once */

static gboolean
check_spec(const WgLayerSpec *spec, GError **error)
{
    const int numbers[] = {spec->units, spec->kernel, spec->stride, spec->dilation, spec->pool};

    for (guint i = 0; i < G_N_ELEMENTS(numbers); i++) {
        if (numbers[i] < 0 || numbers[i] > LIMIT_SIZE) {
            g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED, _("%d is not from 0 to %d"),
                        numbers[i], LIMIT_SIZE);
            return FALSE;
        }
    }
    return TRUE;
}

/* Whether these dimensions multiply to no more than LIMIT_SIZE. */
static gboolean
check_size(gint64 a, gint64 b, gint64 c, GError **error)
{
    if (a * b <= LIMIT_SIZE && a * b * c <= LIMIT_SIZE)
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                _("%" PRId64 " x %" PRId64 " x %" PRId64 " values are more than %d"), a, b, c,
                LIMIT_SIZE);
    return FALSE;
}

static gboolean
prepare_layer(WgNetwork *self, int i, GError **error)
{
    WgLayer *layer = &self->layers[i];
    const gboolean is_first = i == 0;

    self->ops[i] = wg_op_find(layer->spec.op, error);
    if (!self->ops[i])
        return FALSE;
    layer->spec.op = self->ops[i]->name;
    layer->in_length = is_first ? self->length : layer[-1].out_length;
    layer->in_channels = is_first ? self->channels : layer[-1].out_channels;
    /* what the shapes below multiply, before they do so in 32 bits */
    if (!check_spec(&layer->spec, error) ||
        !check_size(layer->in_length, layer->in_channels, MAX(1, layer->spec.kernel), error) ||
        !check_size(MAX(1, layer->spec.kernel), MAX(1, layer->spec.dilation), 1, error) ||
        !check_size(MAX(1, layer->spec.kernel) * (gint64)layer->in_channels,
                    MAX(1, layer->spec.units), 1, error) ||
        !self->ops[i]->prepare(layer, error) ||
        !check_size(layer->out_length, layer->out_channels, 1, error))
        return FALSE;
    self->n_parameters += layer->n_parameters;
    self->n_state += layer->n_state;
    if (self->n_parameters > LIMIT_PARAMETERS) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED, _("%d parameters are more than %d"),
                    self->n_parameters, LIMIT_PARAMETERS);
        return FALSE;
    }
    return TRUE;
}

static void
allocate_blocks(WgNetwork *self)
{
    /* kernels read whole vectors, and so a little beyond the last weight */
    float *parameters = self->parameters = g_new0(float, self->n_parameters + WG_LANES);
    float *gradients = self->gradients = g_new0(float, MAX(1, self->n_parameters));
    float *state = self->state = g_new0(float, MAX(1, self->n_state));

    for (int i = 0; i < self->n_layers; i++) {
        WgLayer *layer = &self->layers[i];

        layer->parameters = parameters;
        layer->gradients = gradients;
        layer->state = state;
        parameters += layer->n_parameters;
        gradients += layer->n_parameters;
        state += layer->n_state;
    }
}

WgNetwork *
wg_network_alloc(const WgLayerSpec *layers, int n_layers, int length, int channels,
                 float input_scale, GError **error)
{
    g_autoptr(WgNetwork) self = NULL;

    if (n_layers < 1 || n_layers > LIMIT_LAYERS || length < 1 || length > LIMIT_SIZE ||
        channels < 1 || channels > LIMIT_SIZE) {
        g_set_error(
            error, WG_ERROR, WG_ERROR_UNSUPPORTED,
            _("%d layers over a window of %d x %d: a network has 1 to %d layers and a window "
              "1 to %d samples and channels"),
            n_layers, length, channels, LIMIT_LAYERS, LIMIT_SIZE);
        return NULL;
    }
    if (!isfinite(input_scale) || input_scale <= 0) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED, _("input scale %g: must be above 0"),
                    input_scale);
        return NULL;
    }
    self = g_new0(WgNetwork, 1);
    self->ref_count = 1;
    self->n_layers = n_layers;
    self->length = length;
    self->channels = channels;
    self->input_scale = input_scale;
    self->layers = g_new0(WgLayer, n_layers);
    self->ops = g_new0(const WgOp *, n_layers);
    for (int i = 0; i < n_layers; i++) {
        self->layers[i].spec = layers[i];
        if (!prepare_layer(self, i, error)) {
            wg_error_prefix(error, _("layer %d (%s)"), i + 1, layers[i].op ? layers[i].op : "");
            return NULL;
        }
    }
    allocate_blocks(self);
    return g_steal_pointer(&self);
}

/* Whether a ReLU follows before the next layer with weights: decides on the first weights. */
static gboolean
is_before_relu(const WgNetwork *self, int i)
{
    for (int j = i + 1; j < self->n_layers && !self->ops[j]->count_weights; j++) {
        if (self->ops[j] == &wg_op_relu)
            return TRUE;
    }
    return FALSE;
}

WgNetwork *
wg_network_new(const WgLayerSpec *layers, int n_layers, int length, int channels, float input_scale,
               guint64 seed, GError **error)
{
    WgNetwork *self = wg_network_alloc(layers, n_layers, length, channels, input_scale, error);

    for (int i = 0; self && i < n_layers; i++) {
        WgRandom random;

        wg_random_init(&random, seed, (guint64)i);
        if (self->ops[i]->init)
            self->ops[i]->init(&self->layers[i], is_before_relu(self, i), &random);
    }
    return self;
}

WgNetwork *
wg_network_ref(WgNetwork *self)
{
    g_atomic_int_inc(&self->ref_count);
    return self;
}

void
wg_network_unref(WgNetwork *self)
{
    if (!g_atomic_int_dec_and_test(&self->ref_count))
        return;
    g_free(self->standard);
    g_free(self->layers);
    g_free(self->ops);
    g_free(self->parameters);
    g_free(self->gradients);
    g_free(self->state);
    g_free(self);
}

WgNetwork *
wg_network_copy(const WgNetwork *self)
{
    WgNetwork *copy = g_new0(WgNetwork, 1);

    *copy = *self;
    copy->ref_count = 1;
    copy->standard = g_memdup2(self->standard, 2 * sizeof(float) * (gsize)self->channels);
    copy->layers = g_memdup2(self->layers, sizeof(WgLayer) * (gsize)self->n_layers);
    copy->ops = g_memdup2(self->ops, sizeof(WgOp *) * (gsize)self->n_layers);
    allocate_blocks(copy);
    memcpy(copy->parameters, self->parameters, sizeof(float) * (gsize)self->n_parameters);
    memcpy(copy->state, self->state, sizeof(float) * (gsize)self->n_state);
    return copy;
}

int
wg_network_get_n_layers(const WgNetwork *self)
{
    return self->n_layers;
}

const WgLayer *
wg_network_get_layer(const WgNetwork *self, int i)
{
    g_return_val_if_fail(i >= 0 && i < self->n_layers, NULL);
    return &self->layers[i];
}

int
wg_network_get_length(const WgNetwork *self)
{
    return self->length;
}

int
wg_network_get_channels(const WgNetwork *self)
{
    return self->channels;
}

int
wg_network_get_n_classes(const WgNetwork *self)
{
    const WgLayer *last = &self->layers[self->n_layers - 1];

    return last->out_length * last->out_channels;
}

float
wg_network_get_input_scale(const WgNetwork *self)
{
    return self->input_scale;
}

int
wg_network_get_n_parameters(const WgNetwork *self)
{
    return self->n_parameters;
}

float *
wg_network_get_parameters(WgNetwork *self)
{
    return self->parameters;
}

void
wg_network_trace(const WgNetwork *self, const float *x, int n, float **outputs)
{
    g_autoptr(WgWorkspace) workspace = wg_workspace_new(self, CHUNK, FALSE);
    const int in_size = self->length * self->channels;

    for (int i = 0; i < n; i += CHUNK) {
        const int n_chunk = MIN(CHUNK, n - i);

        wg_network_scale_input(self, x + (gsize)i * (gsize)in_size,
                               (gsize)n_chunk * (gsize)self->length,
                               wg_workspace_get_input(workspace));
        wg_workspace_infer(workspace, n_chunk, TRUE);
        for (int k = 0; k < self->n_layers; k++) {
            const gsize size =
                (gsize)self->layers[k].out_length * (gsize)self->layers[k].out_channels;

            if (outputs[k])
                memcpy(outputs[k] + (gsize)i * size, wg_workspace_get_output(workspace, k),
                       sizeof(float) * (gsize)n_chunk * size);
        }
    }
}

void
wg_network_predict(const WgNetwork *self, const float *x, int n, float *logits)
{
    g_autofree float **outputs = g_new0(float *, self->n_layers);

    outputs[self->n_layers - 1] = logits;
    wg_network_trace(self, x, n, outputs);
}
