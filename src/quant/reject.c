/* Builds "none of these" into a model, for a watch whose own recogniser knows no thresholds. */
#include "quant/reject.h"

#include "base/error.h"
#include "quant/tflite-draft.h"

#include <glib/gi18n.h>

#define N_ADDED_TENSORS 3 /* weights, biases, output */
#define WEIGHT 2          /* times WEIGHT_SCALE: 1 */
#define WEIGHT_SCALE 0.5f
#define SOFTMAX_SCALE (1.0f / 256) /* and zero point -128, as the watch asks of every softmax */
#define SOFTMAX_ZERO_POINT (-128)

static gboolean
check_model(const WgTflite *model, GError **error)
{
    const WgTfliteTensor *output = &model->tensors[model->output];

    if (model->ops[model->n_ops - 1].code == WG_TFLITE_SOFTMAX && output->n_scales == 1 &&
        output->scales[0] == SOFTMAX_SCALE && output->info.zero_point == SOFTMAX_ZERO_POINT)
        return TRUE;
    g_set_error_literal(
        error, WG_ERROR, WG_ERROR_UNSUPPORTED,
        _("thresholds can be built into a model that ends in a softmax, and this one "
          "does not: quantize it again"));
    return FALSE;
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
    g_autoptr(WgTfliteDraft) draft = wg_tflite_draft_new(tflite, N_ADDED_TENSORS, 0, 1, error);
    g_autofree gint8 *weights = NULL;
    g_autofree gint32 *biases = NULL;
    int n, first;

    if (!draft || !check_model(draft->file, error))
        return NULL;
    n = draft->file->tensors[draft->file->output].info.n_elements;
    first = draft->file->n_tensors;
    weights = g_new0(gint8, (gsize)n * n);
    biases = g_new0(gint32, n);
    fill_weights(n, least, weights, biases);
    draft->tensors[first] = (WgTensorDraft){
        "none-w", WG_TENSOR_INT8, 2, {n, n}, 1, &weight_scale, 0, TRUE, 0, weights, (gsize)n * n};
    draft->tensors[first + 1] =
        (WgTensorDraft){"none-b", WG_TENSOR_INT32,          1, {n}, 1, &bias_scale, 0, TRUE, 0,
                        biases,   (gsize)n * sizeof(gint32)};
    draft->tensors[first + 2] =
        (WgTensorDraft){"none", WG_TENSOR_INT8, 2, {1, n}, 1, &output_scale, 0, TRUE, 0, NULL, 0};
    draft->ops[draft->file->n_ops].op =
        (WgTfliteOp){.code = WG_TFLITE_FULLY_CONNECTED,
                     .n_inputs = 3,
                     .n_outputs = 1,
                     .inputs = {draft->file->output, first, first + 1},
                     .outputs = {first + 2}};
    draft->model.output = first + 2;
    return wg_tflite_write(&draft->model);
}
