/* Moves a model's input to where the watch's memory is clean. */
#include "quant/clean-input.h"

#include "quant/tflite-draft.h"
#include "quant/verdict.h"

#define WEIGHT 2 /* times WEIGHT_SCALE: 1 */
#define WEIGHT_SCALE 0.5f
#define N_CHANNELS_MAX 48
#define N_TENSORS_EACH 3 /* weights, biases, output */

/* A convolution of one sample that copies the channels both have; the memory is the caller's. */
typedef struct {
    gint8 weights[N_CHANNELS_MAX * N_CHANNELS_MAX];
    gint32 biases[N_CHANNELS_MAX];
    float scales[N_CHANNELS_MAX];
} Copy;

static void
draft_copy(WgTfliteDraft *draft, WgTfliteOp *op, Copy *copy, int input, int first, int n_in,
           int n_out, const char *const names[N_TENSORS_EACH])
{
    const WgTensorDraft *in = &draft->tensors[draft->model.input];

    for (int i = 0; i < n_out; i++) {
        copy->scales[i] = WEIGHT_SCALE;
        if (i < n_in)
            copy->weights[i * n_in + i] = WEIGHT;
    }
    draft->tensors[first] = (WgTensorDraft){names[0],
                                            WG_TENSOR_INT8,
                                            4,
                                            {n_out, 1, 1, n_in},
                                            n_out,
                                            copy->scales,
                                            0,
                                            TRUE,
                                            0,
                                            copy->weights,
                                            (gsize)(n_out * n_in)};
    draft->tensors[first + 1] = (WgTensorDraft){.name = names[1],
                                                .type = WG_TENSOR_INT32,
                                                .n_dims = 1,
                                                .dims = {n_out},
                                                .data = copy->biases,
                                                .n_bytes = (gsize)n_out * sizeof(gint32)};
    draft->tensors[first + 2] = *in;
    draft->tensors[first + 2].name = names[2];
    draft->tensors[first + 2].dims[3] = n_out;
    *op = (WgTfliteOp){.code = WG_TFLITE_CONV_2D,
                       .n_inputs = 3,
                       .n_outputs = 1,
                       .inputs = {input, first, first + 1},
                       .outputs = {first + 2},
                       .padding = WG_TFLITE_VALID,
                       .stride = {1, 1},
                       .dilation = {1, 1}};
}

static GBytes *
build(GBytes *tflite, int n_channels, GError **error)
{
    static const char *const wide_names[] = {"wide-w", "wide-b", "wide"};
    static const char *const back_names[] = {"back-w", "back-b", "back"};
    g_autoptr(WgTfliteDraft) draft = wg_tflite_draft_new(tflite, 2 * N_TENSORS_EACH, 2, 0, error);
    g_autofree Copy *wide = g_new0(Copy, 1), *back = g_new0(Copy, 1);
    int first, n_in;

    if (!draft)
        return NULL;
    first = draft->file->n_tensors;
    n_in = draft->tensors[draft->model.input].dims[3];
    for (int i = 2; i < draft->model.n_ops; i++) {
        WgTfliteOp *op = &draft->ops[i].op;

        if (op->inputs[0] == draft->model.input)
            op->inputs[0] = first + 2 * N_TENSORS_EACH - 1;
    }
    draft_copy(draft, &draft->ops[0].op, wide, draft->model.input, first, n_in, n_channels,
               wide_names);
    draft_copy(draft, &draft->ops[1].op, back, first + N_TENSORS_EACH - 1, first + N_TENSORS_EACH,
               n_channels, n_in, back_names);
    return wg_tflite_write(&draft->model);
}

GBytes *
wg_clean_input_build(GBytes *tflite, gsize arena_bytes, GError **error)
{
    g_autoptr(WgInt8Network) network = wg_int8_network_new(tflite, error);
    const WgTensorInfo *input;

    if (!network)
        return NULL;
    input = wg_int8_network_get_input(network);
    if (wg_arena_has_clean_input(network, arena_bytes) || input->type != WG_TENSOR_INT8 ||
        input->n_dims != 4)
        return g_bytes_ref(tflite);
    for (int n = input->dims[3] + 1; n <= N_CHANNELS_MAX; n++) {
        g_autoptr(GBytes) built = build(tflite, n, error);
        g_autoptr(WgInt8Network) changed = built ? wg_int8_network_new(built, error) : NULL;

        if (!changed)
            return NULL;
        if (wg_arena_has_clean_input(changed, arena_bytes))
            return g_steal_pointer(&built);
    }
    return g_bytes_ref(tflite);
}
