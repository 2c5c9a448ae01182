/* A chain of int8 operations as it is drafted, layer by layer. */
#include "quant/network-draft.h"

#include "train/fake-quant.h"

#include <math.h>

#define TENSORS_MAX 96
#define OPS_MAX 32
#define OPS_OF_LAYER 2     /* with the softmax behind the last */
#define TENSORS_OF_LAYER 4 /* weights, bias and output, and that of the softmax */

struct _WgNetworkDraft {
    WgTensorDraft tensors[TENSORS_MAX];
    WgOpDraft ops[OPS_MAX];
    int n_tensors, n_ops;
    GPtrArray *memory; /* freed with the draft */
    int current;       /* the tensor that the next operation takes */
};

WgNetworkDraft *
wg_network_draft_new(void)
{
    WgNetworkDraft *self = g_new0(WgNetworkDraft, 1);

    self->memory = g_ptr_array_new_with_free_func(g_free);
    return self;
}

void
wg_network_draft_free(WgNetworkDraft *self)
{
    g_ptr_array_unref(self->memory);
    g_free(self);
}

gboolean
wg_network_draft_has_room(const WgNetworkDraft *self, int *n_layers_max)
{
    *n_layers_max = OPS_MAX - OPS_OF_LAYER;
    return self->n_ops + OPS_OF_LAYER <= OPS_MAX &&
           self->n_tensors + TENSORS_OF_LAYER <= TENSORS_MAX;
}

static gpointer
keep(WgNetworkDraft *self, gpointer memory)
{
    g_ptr_array_add(self->memory, memory);
    return memory;
}

static int
add_tensor(WgNetworkDraft *self, char kind, int type, int n_scales, const float *scales,
           int zero_point)
{
    WgTensorDraft *tensor = &self->tensors[self->n_tensors];

    tensor->name = keep(self, g_strdup_printf("%c%d", kind, self->n_ops));
    tensor->type = type;
    tensor->n_scales = n_scales;
    tensor->scales = scales;
    tensor->zero_point = zero_point;
    tensor->with_zero_points = TRUE; /* TensorFlow Lite refuses a scale without one */
    return self->n_tensors++;
}

static int
add_scaled(WgNetworkDraft *self, char kind, WgScale chosen)
{
    float *scale = keep(self, g_new(float, 1));

    *scale = chosen.scale;
    return add_tensor(self, kind, WG_TENSOR_INT8, 1, scale, chosen.zero_point);
}

void
wg_network_draft_set_shape(WgNetworkDraft *self, int tensor, int n_dims, int a, int b, int c, int d)
{
    WgTensorDraft *draft = &self->tensors[tensor];

    draft->n_dims = n_dims;
    draft->dims[0] = a;
    draft->dims[1] = b;
    draft->dims[2] = c;
    draft->dims[3] = d;
}

void
wg_network_draft_add_input(WgNetworkDraft *self, int length, int channels, double units_per_g)
{
    self->current = add_scaled(self, 'i', (WgScale){(float)(1 / units_per_g), 0});
    wg_network_draft_set_shape(self, self->current, 4, 1, length, 1, channels);
}

int
wg_network_draft_add_weights(WgNetworkDraft *self, const float *weights, int n_rows, int size,
                             gboolean per_row)
{
    const int n_scales = per_row ? n_rows : 1, n_each = per_row ? size : n_rows * size;
    float *scales = keep(self, g_new(float, n_scales));
    gint8 *values = keep(self, g_new(gint8, (gsize)n_rows * size));
    const int tensor = add_tensor(self, 'w', WG_TENSOR_INT8, n_scales, scales, 0);

    for (int i = 0; i < n_scales; i++) {
        scales[i] = wg_scale_of_weights(weights + (gsize)i * n_each, n_each, WG_WEIGHT_STEPS);
        for (int j = 0; j < n_each; j++)
            values[(gsize)i * n_each + j] =
                (gint8)CLAMP(lrintf(weights[(gsize)i * n_each + j] / scales[i]), -127, 127);
    }
    self->tensors[tensor].data = values;
    self->tensors[tensor].n_bytes = (gsize)n_rows * size;
    return tensor;
}

int
wg_network_draft_add_bias(WgNetworkDraft *self, const float *bias, int n, int weights,
                          gboolean with_scale)
{
    const double in_scale = (double)self->tensors[self->current].scales[0];
    const WgTensorDraft *w = &self->tensors[weights];
    gint32 *values = keep(self, g_new0(gint32, n));
    float *scale = keep(self, g_new(float, 1));
    const int tensor = add_tensor(self, 'b', WG_TENSOR_INT32, with_scale ? 1 : 0, scale, 0);

    *scale = (float)in_scale * w->scales[0];
    for (int i = 0; bias && i < n; i++) {
        const double unit = in_scale * (double)w->scales[w->n_scales > 1 ? i : 0];

        values[i] = (gint32)CLAMP(llrint((double)bias[i] / unit), -(1 << 30), 1 << 30);
    }
    self->tensors[tensor].data = values;
    self->tensors[tensor].n_bytes = (gsize)n * sizeof(gint32);
    wg_network_draft_set_shape(self, tensor, 1, n, 0, 0, 0);
    return tensor;
}

int
wg_network_draft_add_output(WgNetworkDraft *self, WgRange range)
{
    return add_scaled(self, 'o', wg_scale_choose(range.min, range.max));
}

int
wg_network_draft_add_same_output(WgNetworkDraft *self)
{
    const WgTensorDraft *in = wg_network_draft_get_output(self);

    return add_tensor(self, 'o', WG_TENSOR_INT8, 1, in->scales, in->zero_point);
}

int
wg_network_draft_add_softmax_output(WgNetworkDraft *self)
{
    const WgTensorDraft *in = wg_network_draft_get_output(self);
    const int output = add_scaled(self, 'o', (WgScale){1.0f / 256, -128});

    wg_network_draft_set_shape(self, output, in->n_dims, in->dims[0], in->dims[1], in->dims[2],
                               in->dims[3]);
    return output;
}

WgTfliteOp *
wg_network_draft_add_op(WgNetworkDraft *self, int code, int n_inputs, int output)
{
    WgTfliteOp *op = &self->ops[self->n_ops++].op;

    op->code = code;
    op->n_inputs = n_inputs;
    op->inputs[0] = self->current;
    op->outputs[0] = output;
    op->stride[0] = op->stride[1] = op->dilation[0] = op->dilation[1] = 1;
    self->current = output;
    return op;
}

const WgTensorDraft *
wg_network_draft_get_output(const WgNetworkDraft *self)
{
    return &self->tensors[self->current];
}

GBytes *
wg_network_draft_write(const WgNetworkDraft *self, const char *description)
{
    const WgModelDraft model = {
        .tensors = self->tensors,
        .n_tensors = self->n_tensors,
        .ops = self->ops,
        .n_ops = self->n_ops,
        .input = 0,
        .output = self->current,
        .description = description,
    };

    return wg_tflite_write(&model);
}
