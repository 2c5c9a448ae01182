/* Post-training quantization of a float network into the bytes of an int8 .tflite. */
#include "quant/quantize.h"

#include "base/error.h"
#include "quant/calibrate.h"
#include "quant/tflite-write.h"
#include "train/fake-quant.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define TENSORS_MAX 96
#define OPS_MAX 32

/* What is drafted, with the memory it points into. */
typedef struct {
    WgTensorDraft tensors[TENSORS_MAX];
    WgOpDraft ops[OPS_MAX];
    int n_tensors, n_ops;
    GPtrArray *memory; /* freed with the draft */
    int current;       /* the tensor that the next operation takes */
} Draft;

static gpointer
keep(Draft *draft, gpointer memory)
{
    g_ptr_array_add(draft->memory, memory);
    return memory;
}

static int
add_tensor(Draft *draft, char kind, int type, int n_scales, const float *scales, int zero_point)
{
    WgTensorDraft *tensor = &draft->tensors[draft->n_tensors];

    tensor->name = keep(draft, g_strdup_printf("%c%d", kind, draft->n_ops));
    tensor->type = type;
    tensor->n_scales = n_scales;
    tensor->scales = scales;
    tensor->zero_point = zero_point;
    tensor->with_zero_points = TRUE; /* TensorFlow Lite refuses a scale without one */
    return draft->n_tensors++;
}

static void
set_shape(WgTensorDraft *tensor, int n_dims, int a, int b, int c, int d)
{
    tensor->n_dims = n_dims;
    tensor->dims[0] = a;
    tensor->dims[1] = b;
    tensor->dims[2] = c;
    tensor->dims[3] = d;
}

/* Symmetric in -127..127: rows of `size` weights with one scale each, or one for all. */
static void
quantize_weights(Draft *draft, int tensor, const float *weights, int n_rows, int size,
                 gboolean per_row)
{
    float *scales = keep(draft, g_new(float, per_row ? n_rows : 1));
    gint8 *values = keep(draft, g_new(gint8, (gsize)n_rows * size));
    const int n_scales = per_row ? n_rows : 1, n_each = per_row ? size : n_rows * size;

    for (int i = 0; i < n_scales; i++) {
        scales[i] = wg_scale_of_weights(weights + (gsize)i * n_each, n_each, WG_WEIGHT_STEPS);
        for (int j = 0; j < n_each; j++)
            values[(gsize)i * n_each + j] =
                (gint8)CLAMP(lrintf(weights[(gsize)i * n_each + j] / scales[i]), -127, 127);
    }
    draft->tensors[tensor].scales = scales;
    draft->tensors[tensor].n_scales = n_scales;
    draft->tensors[tensor].data = values;
    draft->tensors[tensor].n_bytes = (gsize)n_rows * size;
}

/* int32 of scale input x weights; absent biases become zeros, because the watch wants them written.
 */
static int
add_bias(Draft *draft, const float *bias, int n, int weights, gboolean with_scale)
{
    const double in_scale = (double)draft->tensors[draft->current].scales[0];
    const WgTensorDraft *w = &draft->tensors[weights];
    gint32 *values = keep(draft, g_new0(gint32, n));
    float *scale = keep(draft, g_new(float, 1));
    const int tensor = add_tensor(draft, 'b', WG_TENSOR_INT32, with_scale ? 1 : 0, scale, 0);

    *scale = (float)in_scale * w->scales[0];
    for (int i = 0; bias && i < n; i++) {
        const double unit = in_scale * (double)w->scales[w->n_scales > 1 ? i : 0];

        values[i] = (gint32)CLAMP(llrint((double)bias[i] / unit), -(1 << 30), 1 << 30);
    }
    draft->tensors[tensor].data = values;
    draft->tensors[tensor].n_bytes = (gsize)n * sizeof(gint32);
    set_shape(&draft->tensors[tensor], 1, n, 0, 0, 0);
    return tensor;
}

static int
add_output(Draft *draft, WgRange range)
{
    float *scale = keep(draft, g_new(float, 1));
    const WgScale chosen = wg_scale_choose(range.min, range.max);

    *scale = chosen.scale;
    return add_tensor(draft, 'o', WG_TENSOR_INT8, 1, scale, chosen.zero_point);
}

static WgTfliteOp *
add_op(Draft *draft, int code, int n_inputs, int output)
{
    WgTfliteOp *op = &draft->ops[draft->n_ops++].op;

    op->code = code;
    op->n_inputs = n_inputs;
    op->inputs[0] = draft->current;
    op->outputs[0] = output;
    op->stride[0] = op->stride[1] = op->dilation[0] = op->dilation[1] = 1;
    draft->current = output;
    return op;
}

/* Time runs along the height: [1, length, 1, channels], filters [units, kernel, 1, channels]. */
static void
draft_conv(Draft *draft, const WgLayer *layer, gboolean has_relu, WgRange range)
{
    const WgLayerSpec *spec = &layer->spec;
    const int size = spec->kernel * layer->in_channels;
    const int weights = add_tensor(draft, 'w', WG_TENSOR_INT8, 0, NULL, 0);
    int bias, output;
    WgTfliteOp *op;

    quantize_weights(draft, weights, layer->parameters, spec->units, size, TRUE);
    set_shape(&draft->tensors[weights], 4, spec->units, spec->kernel, 1, layer->in_channels);
    bias = add_bias(draft, spec->has_bias ? layer->parameters + spec->units * size : NULL,
                    spec->units, weights, FALSE);
    output = add_output(draft, range);
    set_shape(&draft->tensors[output], 4, 1, layer->out_length, 1, layer->out_channels);
    op = add_op(draft, WG_TFLITE_CONV_2D, 3, output);
    op->inputs[1] = weights;
    op->inputs[2] = bias;
    op->padding = spec->same ? WG_TFLITE_SAME : WG_TFLITE_VALID;
    op->stride[0] = spec->stride;
    op->dilation[0] = spec->dilation;
    op->activation = has_relu ? WG_TFLITE_RELU : WG_TFLITE_NONE;
}

static void
draft_dense(Draft *draft, const WgLayer *layer, gboolean has_relu, WgRange range)
{
    const int n_inputs = layer->in_length * layer->in_channels, units = layer->spec.units;
    const int weights = add_tensor(draft, 'w', WG_TENSOR_INT8, 0, NULL, 0);
    int bias, output;
    WgTfliteOp *op;

    quantize_weights(draft, weights, layer->parameters, units, n_inputs, FALSE);
    set_shape(&draft->tensors[weights], 2, units, n_inputs, 0, 0);
    bias =
        add_bias(draft, layer->spec.has_bias ? layer->parameters + (gsize)units * n_inputs : NULL,
                 units, weights, TRUE);
    output = add_output(draft, range);
    set_shape(&draft->tensors[output], 2, 1, units, 0, 0);
    op = add_op(draft, WG_TFLITE_FULLY_CONNECTED, 3, output);
    op->inputs[1] = weights;
    op->inputs[2] = bias;
    op->activation = has_relu ? WG_TFLITE_RELU : WG_TFLITE_NONE;
}

/* A pool's output has its input's scale: the watch ignores any other. */
static void
draft_pool(Draft *draft, const WgLayer *layer, gboolean is_max)
{
    const WgTensorDraft *in = &draft->tensors[draft->current];
    const int size = layer->spec.pool > 0 ? layer->spec.pool : layer->in_length;
    const int output = add_tensor(draft, 'o', WG_TENSOR_INT8, 1, in->scales, in->zero_point);
    WgTfliteOp *op;

    set_shape(&draft->tensors[output], 4, 1, layer->out_length, 1, layer->out_channels);
    op = add_op(draft, is_max ? WG_TFLITE_MAX_POOL_2D : WG_TFLITE_AVERAGE_POOL_2D, 1, output);
    op->padding = WG_TFLITE_VALID;
    op->stride[0] = op->filter[0] = size;
    op->filter[1] = 1;
}

static void
draft_softmax(Draft *draft)
{
    float *scale = keep(draft, g_new(float, 1));
    const WgTensorDraft *in = &draft->tensors[draft->current];
    const int output = add_tensor(draft, 'o', WG_TENSOR_INT8, 1, scale, -128);
    WgTfliteOp *op;

    *scale = 1.0f / 256;
    set_shape(&draft->tensors[output], in->n_dims, in->dims[0], in->dims[1], in->dims[2],
              in->dims[3]);
    op = add_op(draft, WG_TFLITE_SOFTMAX, 1, output);
    op->beta = 1;
}

/* One layer, with the ReLU behind it where there is one. Gives the layers used, 0: refused. */
static int
draft_layer(Draft *draft, const WgNetwork *network, int i, const WgRange *ranges, GError **error)
{
    const WgLayer *layer = wg_network_get_layer(network, i);
    const WgLayer *next =
        i + 1 < wg_network_get_n_layers(network) ? wg_network_get_layer(network, i + 1) : NULL;
    const gboolean has_relu = next && g_str_equal(next->spec.op, "relu");
    const WgRange range = ranges[has_relu ? i + 1 : i];

    if (draft->n_ops + 2 > OPS_MAX || draft->n_tensors + 4 > TENSORS_MAX) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED, _("the network has more than %d layers"),
                    OPS_MAX - 2);
        return 0;
    }
    if (g_str_equal(layer->spec.op, "conv")) {
        draft_conv(draft, layer, has_relu, range);
        return has_relu ? 2 : 1;
    }
    if (g_str_equal(layer->spec.op, "dense")) {
        draft_dense(draft, layer, has_relu, range);
        return has_relu ? 2 : 1;
    }
    if (g_str_equal(layer->spec.op, "flatten"))
        return 1; /* a dense layer takes its input in any shape */
    if (g_str_equal(layer->spec.op, "max-pool") || g_str_equal(layer->spec.op, "average-pool")) {
        draft_pool(draft, layer, g_str_equal(layer->spec.op, "max-pool"));
        return 1;
    }
    g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                _("layer %d is “%s”, which has no int8 form on the watch there"), i + 1,
                layer->spec.op);
    return 0;
}

static gboolean
draft_network(Draft *draft, const WgNetwork *network, WgWindows *calibration,
              const WgQuantizeOptions *options, GError **error)
{
    const int n_layers = wg_network_get_n_layers(network);
    g_autofree WgRange *ranges = g_new(WgRange, n_layers);
    float *scale = keep(draft, g_new(float, 1));

    if (options->ranges)
        memcpy(ranges, options->ranges, sizeof(WgRange) * (gsize)n_layers);
    else
        wg_quantize_find_ranges(network, calibration, options, ranges);
    *scale = (float)(1 / calibration->units_per_g);
    draft->current = add_tensor(draft, 'i', WG_TENSOR_INT8, 1, scale, 0);
    set_shape(&draft->tensors[draft->current], 4, 1, wg_network_get_length(network), 1,
              wg_network_get_channels(network));
    for (int i = 0; i < n_layers;) {
        const int n_used = draft_layer(draft, network, i, ranges, error);

        if (n_used == 0)
            return FALSE;
        i += n_used;
    }
    if (options->softmax)
        draft_softmax(draft);
    return TRUE;
}

void
wg_quantize_find_ranges(const WgNetwork *folded, WgWindows *calibration,
                        const WgQuantizeOptions *options, WgRange *ranges)
{
    wg_calibrate(folded, calibration, options->n_samples,
                 options->range_method ? options->range_method : wg_range_methods[0],
                 options->percentile > 0 ? options->percentile : WG_PERCENTILE_DEFAULT, ranges);
}

GBytes *
wg_quantize(const WgNetwork *network, WgWindows *calibration, const WgQuantizeOptions *options,
            GError **error)
{
    g_autoptr(WgNetwork) folded = NULL;
    g_autofree Draft *draft = g_new0(Draft, 1);
    g_autoptr(GPtrArray) memory = g_ptr_array_new_with_free_func(g_free);
    WgModelDraft model = {0};

    if (calibration->n == 0) {
        g_set_error(error, WG_ERROR, WG_ERROR_MISSING, _("there are no takes to calibrate on"));
        return NULL;
    }
    folded = wg_network_fold(network, error);
    draft->memory = memory;
    if (!folded || !draft_network(draft, folded, calibration, options, error))
        return NULL;
    model.tensors = draft->tensors;
    model.n_tensors = draft->n_tensors;
    model.ops = draft->ops;
    model.n_ops = draft->n_ops;
    model.input = 0;
    model.output = draft->current;
    model.description = options->description;
    return wg_tflite_write(&model);
}
