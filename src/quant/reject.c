/* Builds "none of these" into a model, for a watch whose own recogniser knows no thresholds. */
#include "quant/reject.h"

#include "base/error.h"
#include "quant/tflite-write.h"

#include <string.h>

#define N_ADDED_TENSORS 3 /* weights, biases, output */
#define WEIGHT 2          /* times WEIGHT_SCALE: 1 */
#define WEIGHT_SCALE 0.5f
#define SOFTMAX_SCALE (1.0f / 256) /* and zero point -128, as the watch asks of every softmax */
#define SOFTMAX_ZERO_POINT (-128)

static gboolean
check_model(const WgTflite *model, GError **error)
{
    const WgTfliteTensor *output = &model->tensors[model->output];

    for (int i = 0; i < model->n_tensors; i++) {
        const WgTfliteTensor *tensor = &model->tensors[i];

        if (tensor->info.type == WG_TENSOR_INT8 || tensor->info.type == WG_TENSOR_INT32)
            continue;
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    "tensor %d of the model, “%s”, is not int8: thresholds can be built into a "
                    "model that is int8 throughout",
                    i, tensor->name);
        return FALSE;
    }
    if (model->ops[model->n_ops - 1].code == WG_TFLITE_SOFTMAX && output->n_scales == 1 &&
        output->scales[0] == SOFTMAX_SCALE && output->info.zero_point == SOFTMAX_ZERO_POINT)
        return TRUE;
    g_set_error_literal(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                        "thresholds can be built into a model that ends in a softmax, and this one "
                        "does not: quantize it again");
    return FALSE;
}

static void
copy_tensor(const WgTfliteTensor *from, WgTensorDraft *to)
{
    to->name = from->name;
    to->type = from->info.type;
    to->n_dims = from->info.n_dims;
    memcpy(to->dims, from->info.dims, sizeof to->dims);
    to->n_scales = from->n_scales;
    to->scales = from->scales;
    to->zero_point = from->info.zero_point;
    to->with_zero_points = from->n_zero_points > 0;
    to->quantized_dimension = from->quantized_dimension;
    to->data = from->data;
    to->n_bytes = from->data ? from->info.size_bytes : 0;
}

/* n x n weights, of which only those from an output to itself are not 0; an output that is never
 * the answer takes nothing. */
static void
fill_weights(int n, const int *least, gint8 *weights, gint32 *biases)
{
    for (int i = 0; i < n; i++) {
        const gboolean is_never = least[i] >= WG_REJECT_ALWAYS;

        weights[i * n + i] = is_never ? 0 : WEIGHT;
        biases[i] = GINT32_TO_LE(is_never ? 0 : -WEIGHT * (least[i] - 1 - SOFTMAX_ZERO_POINT));
    }
}

GBytes *
wg_reject_build(GBytes *tflite, const int *least, GError **error)
{
    static const float weight_scale = WEIGHT_SCALE, bias_scale = WEIGHT_SCALE * SOFTMAX_SCALE;
    static const float output_scale = SOFTMAX_SCALE;
    g_autoptr(WgTflite) model = wg_tflite_read(tflite, error);
    g_autofree WgTensorDraft *tensors = NULL;
    g_autofree WgOpDraft *ops = NULL;
    g_autofree gint8 *weights = NULL;
    g_autofree gint32 *biases = NULL;
    WgTfliteOp *op;
    int n, first;

    if (!model || !check_model(model, error))
        return NULL;
    n = model->tensors[model->output].info.n_elements;
    first = model->n_tensors;
    weights = g_new0(gint8, (gsize)n * n);
    biases = g_new0(gint32, n);
    fill_weights(n, least, weights, biases);
    tensors = g_new0(WgTensorDraft, first + N_ADDED_TENSORS);
    ops = g_new0(WgOpDraft, model->n_ops + 1);
    for (int i = 0; i < first; i++)
        copy_tensor(&model->tensors[i], &tensors[i]);
    for (int i = 0; i < model->n_ops; i++)
        ops[i].op = model->ops[i];
    tensors[first] = (WgTensorDraft){
        "none-w", WG_TENSOR_INT8, 2, {n, n}, 1, &weight_scale, 0, TRUE, 0, weights, (gsize)n * n};
    tensors[first + 1] =
        (WgTensorDraft){"none-b", WG_TENSOR_INT32,          1, {n}, 1, &bias_scale, 0, TRUE, 0,
                        biases,   (gsize)n * sizeof(gint32)};
    tensors[first + 2] =
        (WgTensorDraft){"none", WG_TENSOR_INT8, 2, {1, n}, 1, &output_scale, 0, TRUE, 0, NULL, 0};
    op = &ops[model->n_ops].op;
    op->code = WG_TFLITE_FULLY_CONNECTED;
    op->n_inputs = 3;
    op->inputs[0] = model->output;
    op->inputs[1] = first;
    op->inputs[2] = first + 1;
    op->n_outputs = 1;
    op->outputs[0] = first + 2;
    return wg_tflite_write(&(WgModelDraft){.tensors = tensors,
                                           .n_tensors = first + N_ADDED_TENSORS,
                                           .ops = ops,
                                           .n_ops = model->n_ops + 1,
                                           .input = model->input,
                                           .output = first + 2,
                                           .description = NULL});
}
