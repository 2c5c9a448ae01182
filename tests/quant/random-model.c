/* Draws networks of the nine operations at random. */
#include "random-draft.h"
#include "random-model.h"

#include <math.h>

#define SPREAD 73.9 /* standard deviation of -128 .. 127, all as likely */
/* Weights with n_scales scales along `dimension`; gives the largest of them. */
static float
add_weights(WgRandomModel *self, WgTfliteOp *op, int n_dims, const int *dims, int n_scales,
            int dimension)
{
    const int tensor = wg_draft_add_tensor(self, WG_TENSOR_INT8, n_dims, dims);
    WgTensorDraft *draft = &self->tensors[tensor];
    const int n = wg_draft_count_values(draft);
    gint8 *values = wg_draft_keep(self, g_new(gint8, n));
    float *scales = wg_draft_keep(self, g_new(float, n_scales)), largest = 0;
    const float around = wg_draft_pick_scale(self, 0.001, 0.02);

    for (int i = 0; i < n; i++)
        values[i] = (gint8)wg_draft_pick(self, -127, 127);
    for (int i = 0; i < n_scales; i++) {
        scales[i] = around * wg_draft_pick_scale(self, 0.25, 1);
        largest = MAX(largest, scales[i]);
    }
    draft->data = values;
    draft->n_bytes = (gsize)n;
    draft->scales = scales;
    draft->n_scales = n_scales;
    draft->quantized_dimension = n_scales > 1 ? dimension : 0;
    op->inputs[op->n_inputs++] = tensor;
    return largest;
}

static void
add_bias(WgRandomModel *self, WgTfliteOp *op, int n, float scale, double spread)
{
    const int tensor = wg_draft_add_tensor(self, WG_TENSOR_INT32, 1, &n);
    gint32 *values = wg_draft_keep(self, g_new(gint32, n));

    for (int i = 0; i < n; i++)
        values[i] = (gint32)((double)wg_random_normal(self->random) * spread);
    self->tensors[tensor].data = values;
    self->tensors[tensor].n_bytes = (gsize)n * sizeof(gint32);
    self->tensors[tensor].scales = wg_draft_keep_scale(self, scale);
    self->tensors[tensor].n_scales = 1;
    op->inputs[op->n_inputs++] = tensor;
}

/* Weights, biases and an output's scale that leaves its values room: seldom much too little. */
static void
add_sums(WgRandomModel *self, WgTfliteOp *op, int n_dims, const int *dims, int n_channels,
         int n_scales, int dimension)
{
    WgTensorDraft *out = &self->tensors[op->outputs[0]];
    const float in_scale = self->tensors[op->inputs[0]].scales[0];
    const float weight_scale = add_weights(self, op, n_dims, dims, n_scales, dimension);
    const int n_taps = wg_draft_count_values(&self->tensors[op->inputs[1]]) / n_channels;
    const double spread = sqrt(n_taps) * SPREAD * SPREAD;
    const double multiplier = wg_draft_pick(self, 0, 15) == 0
                                  ? (double)wg_draft_pick_scale(self, 0.3, 4)
                                  : SPREAD / spread * (double)wg_draft_pick_scale(self, 0.4, 1.2);

    add_bias(self, op, n_channels, in_scale * weight_scale, spread / 2);
    out->scales =
        wg_draft_keep_scale(self, (float)((double)in_scale * (double)weight_scale / multiplier));
    self->multiplier = MAX(self->multiplier, multiplier);
}

/* Filter, stride, dilation and padding of a window along both axes, and the places it gives. */
static void
pick_window(WgRandomModel *self, const int *in, gboolean may_dilate, WgTfliteOp *window, int *out)
{
    window->padding = wg_draft_pick(self, 0, 1);
    for (int axis = 0; axis < 2; axis++) {
        const int n = in[1 + axis];
        int reach;

        window->stride[axis] = wg_draft_pick(self, 0, 2) ? 1 : wg_draft_pick(self, 1, 3);
        window->dilation[axis] =
            may_dilate && wg_draft_pick(self, 0, 2) == 0 ? wg_draft_pick(self, 2, 4) : 1;
        window->filter[axis] = wg_draft_pick(self, 1, MIN(n, 6));
        while (window->padding == WG_TFLITE_VALID &&
               (window->filter[axis] - 1) * window->dilation[axis] >= n)
            window->filter[axis]--;
        reach = (window->filter[axis] - 1) * window->dilation[axis] + 1;
        out[1 + axis] = window->padding == WG_TFLITE_SAME
                            ? (n + window->stride[axis] - 1) / window->stride[axis]
                            : (n - reach) / window->stride[axis] + 1;
    }
}

static void
set_window(WgTfliteOp *op, const WgTfliteOp *window)
{
    op->padding = window->padding;
    for (int axis = 0; axis < 2; axis++) {
        op->stride[axis] = window->stride[axis];
        op->dilation[axis] = window->dilation[axis];
        op->filter[axis] = window->filter[axis];
    }
}

static void
add_conv(WgRandomModel *self)
{
    const int *in = self->tensors[self->current].dims;
    const int n_channels = wg_draft_pick(self, 1, 26);
    WgTfliteOp window = {0}, *op;
    int out[4] = {in[0], 0, 0, n_channels};
    int filter[4] = {n_channels, 0, 0, in[3]};

    pick_window(self, in, TRUE, &window, out);
    filter[1] = window.filter[0];
    filter[2] = window.filter[1];
    op = wg_draft_add_op(self, WG_TFLITE_CONV_2D,
                         wg_draft_add_activation(self, 4, out, 1, wg_draft_pick(self, -128, 127)));
    set_window(op, &window);
    op->activation = wg_draft_pick(self, 0, 3);
    if (op->activation == WG_TFLITE_RELU)
        self->tensors[op->outputs[0]].zero_point = -128;
    add_sums(self, op, 4, filter, n_channels, wg_draft_pick(self, 0, 3) ? n_channels : 1, 0);
}

static void
add_depthwise(WgRandomModel *self)
{
    const int *in = self->tensors[self->current].dims;
    const int times = wg_draft_pick(self, 1, 3), n_channels = in[3] * times;
    WgTfliteOp window = {0}, *op;
    int out[4] = {in[0], 0, 0, n_channels};
    int filter[4] = {1, 0, 0, n_channels};

    do
        pick_window(self, in, TRUE, &window, out);
    while (window.padding == WG_TFLITE_SAME && (window.dilation[0] > 1 || window.dilation[1] > 1));
    filter[1] = window.filter[0];
    filter[2] = window.filter[1];
    op = wg_draft_add_op(self, WG_TFLITE_DEPTHWISE_CONV_2D,
                         wg_draft_add_activation(self, 4, out, 1, wg_draft_pick(self, -128, 127)));
    set_window(op, &window);
    op->depth_multiplier = times;
    if (wg_draft_pick(self, 0, 1)) {
        op->activation = WG_TFLITE_RELU;
        self->tensors[op->outputs[0]].zero_point = -128;
    }
    add_sums(self, op, 4, filter, n_channels, wg_draft_pick(self, 0, 3) ? n_channels : 1, 3);
}

static void
add_pool(WgRandomModel *self, int code)
{
    const WgTensorDraft *in = &self->tensors[self->current];
    WgTfliteOp window = {0}, *op;
    int out[4] = {in->dims[0], 0, 0, in->dims[3]};

    pick_window(self, in->dims, FALSE, &window, out);
    op = wg_draft_add_op(self, code,
                         wg_draft_add_activation(self, 4, out, in->scales[0], in->zero_point));
    set_window(op, &window);
    op->activation = wg_draft_pick(self, 0, 3);
}

static void
add_dense(WgRandomModel *self, int n_rows)
{
    const int units = wg_draft_pick(self, 2, 20);
    const int out[2] = {n_rows, units};
    const int filter[2] = {units, wg_draft_count_values(&self->tensors[self->current]) / n_rows};
    WgTfliteOp *op =
        wg_draft_add_op(self, WG_TFLITE_FULLY_CONNECTED,
                        wg_draft_add_activation(self, 2, out, 1, wg_draft_pick(self, -128, 127)));

    op->activation = wg_draft_pick(self, 0, 1) ? WG_TFLITE_RELU : WG_TFLITE_NONE;
    add_sums(self, op, 2, filter, units, 1, 0);
}

static void
add_softmax(WgRandomModel *self)
{
    const WgTensorDraft *in = &self->tensors[self->current];
    WgTfliteOp *op =
        wg_draft_add_op(self, WG_TFLITE_SOFTMAX,
                        wg_draft_add_activation(self, in->n_dims, in->dims, 1.0f / 256, -128));

    op->beta = wg_draft_pick(self, 0, 2) ? 1 : wg_draft_pick_scale(self, 0.3, 2);
    /* p is steepest where it is a half: by 1/4 */
    self->multiplier = MAX(self->multiplier, (double)(op->beta * in->scales[0]) * 256 / 4);
}

static void
add_quantize(WgRandomModel *self)
{
    const WgTensorDraft *in = &self->tensors[self->current];
    const float ratio = wg_draft_pick_scale(self, 0.4, 2);
    const float scale =
        in->type == WG_TENSOR_FLOAT32 ? wg_draft_pick_scale(self, 0.01, 1) : in->scales[0] / ratio;

    if (in->type == WG_TENSOR_INT8)
        self->multiplier = MAX(self->multiplier, (double)ratio);
    wg_draft_add_op(
        self, WG_TFLITE_QUANTIZE,
        wg_draft_add_activation(self, in->n_dims, in->dims, scale, wg_draft_pick(self, -128, 127)));
}

static void
add_dequantize(WgRandomModel *self)
{
    const WgTensorDraft *in = &self->tensors[self->current];

    wg_draft_add_op(self, WG_TFLITE_DEQUANTIZE,
                    wg_draft_add_tensor(self, WG_TENSOR_FLOAT32, in->n_dims, in->dims));
}

/* Its last two dimensions as one, and one more before them. */
static void
add_reshape(WgRandomModel *self)
{
    const WgTensorDraft *in = &self->tensors[self->current];
    const int last = in->dims[in->n_dims - 1], n = wg_draft_count_values(in);
    const int out[4] = {1, n / last, 1, last}, four = 4;
    gint32 *shape = wg_draft_keep(self, g_new(gint32, 4));
    WgTfliteOp *op =
        wg_draft_add_op(self, WG_TFLITE_RESHAPE,
                        wg_draft_add_activation(self, 4, out, in->scales[0], in->zero_point));

    for (int i = 0; i < 4; i++)
        shape[i] = GINT32_TO_LE(out[i]);
    op->inputs[op->n_inputs++] = wg_draft_add_tensor(self, WG_TENSOR_INT32, 1, &four);
    self->tensors[op->inputs[1]].data = shape;
    self->tensors[op->inputs[1]].n_bytes = 4 * sizeof(gint32);
}

static WgRandomModel *
new_model(WgRandom *random, int type, int n_dims, const int *dims)
{
    WgRandomModel *self = g_new0(WgRandomModel, 1);

    self->random = random;
    self->memory = g_ptr_array_new_with_free_func(g_free);
    if (type == WG_TENSOR_INT8)
        wg_draft_add_activation(self, n_dims, dims, wg_draft_pick_scale(self, 0.005, 0.2),
                                wg_draft_pick(self, -128, 127));
    else
        wg_draft_add_tensor(self, type, n_dims, dims);
    return self;
}

static void
add_any(WgRandomModel *self, int code)
{
    if (code == WG_TFLITE_CONV_2D)
        add_conv(self);
    else if (code == WG_TFLITE_DEPTHWISE_CONV_2D)
        add_depthwise(self);
    else if (code == WG_TFLITE_AVERAGE_POOL_2D || code == WG_TFLITE_MAX_POOL_2D)
        add_pool(self, code);
    else if (code == WG_TFLITE_FULLY_CONNECTED)
        add_dense(self, self->tensors[self->current].dims[0]);
    else if (code == WG_TFLITE_SOFTMAX)
        add_softmax(self);
    else if (code == WG_TFLITE_QUANTIZE)
        add_quantize(self);
    else if (code == WG_TFLITE_DEQUANTIZE)
        add_dequantize(self);
    else
        add_reshape(self);
}

WgRandomModel *
wg_random_model_new_single(WgRandom *random, int code)
{
    const gboolean is_float = code == WG_TFLITE_QUANTIZE && wg_random_below(random, 2) == 0;
    const int dims[4] = {1 + (int)wg_random_below(random, 2), 1 + (int)wg_random_below(random, 30),
                         1 + (int)wg_random_below(random, 5), 1 + (int)wg_random_below(random, 20)};
    WgRandomModel *self = new_model(random, is_float ? WG_TENSOR_FLOAT32 : WG_TENSOR_INT8, 4, dims);

    add_any(self, code);
    return self;
}

WgRandomModel *
wg_random_model_new_chain(WgRandom *random)
{
    static const int codes[] = {
        WG_TFLITE_CONV_2D,     WG_TFLITE_CONV_2D,         WG_TFLITE_DEPTHWISE_CONV_2D,
        WG_TFLITE_MAX_POOL_2D, WG_TFLITE_AVERAGE_POOL_2D, WG_TFLITE_RESHAPE,
        WG_TFLITE_QUANTIZE,
    };
    const gboolean is_float = wg_random_below(random, 3) == 0;
    const int dims[4] = {1, 20 + (int)wg_random_below(random, 41), 1, 3};
    WgRandomModel *self = new_model(random, is_float ? WG_TENSOR_FLOAT32 : WG_TENSOR_INT8, 4, dims);
    const int n = wg_draft_pick(self, 1, 4);

    if (is_float)
        add_quantize(self);
    for (int i = 0; i < n; i++)
        add_any(self, codes[wg_draft_pick(self, 0, G_N_ELEMENTS(codes) - 1)]);
    if (wg_draft_pick(self, 0, 3))
        add_dense(self, 1);
    if (wg_draft_pick(self, 0, 2) == 0)
        add_softmax(self);
    if (wg_draft_pick(self, 0, 3) == 0)
        add_dequantize(self);
    return self;
}

GBytes *
wg_random_model_write(const WgRandomModel *self)
{
    const WgModelDraft draft = {.tensors = self->tensors,
                                .n_tensors = self->n_tensors,
                                .ops = self->ops,
                                .n_ops = self->n_ops,
                                .input = 0,
                                .output = self->current};

    return wg_tflite_write(&draft);
}

double
wg_random_model_get_multiplier(const WgRandomModel *self)
{
    return self->multiplier;
}

int
wg_random_model_get_n_ops(const WgRandomModel *self)
{
    return self->n_ops;
}

void
wg_random_model_free(WgRandomModel *self)
{
    g_ptr_array_unref(self->memory);
    g_free(self);
}
