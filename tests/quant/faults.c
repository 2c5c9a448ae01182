/* What the watch refuses, crashes on or garbles (measured on the firmware: TensorFlow Lite
 * Micro 2.4.0 as Espruino has it). */
#include "faults.h"

#include "base/error.h"
#include "base/random.h"

#include <string.h>

static guint
find_op(const GByteArray *file)
{
    const guint graphs = wg_patch_follow(file, wg_patch_field(file, wg_patch_root(file), 2));
    const guint graph = wg_patch_follow(file, graphs + 4);
    const guint ops = wg_patch_follow(file, wg_patch_field(file, graph, 3));

    return wg_patch_follow(file, ops + 4);
}

static guint
find_code(const GByteArray *file)
{
    const guint codes = wg_patch_follow(file, wg_patch_field(file, wg_patch_root(file), 1));

    return wg_patch_follow(file, codes + 4);
}

static void
change_softmax_scale(WgSmallModel *model)
{
    model->out_scale = 1.0f / 128;
}

static void
change_softmax_zero_point(WgSmallModel *model)
{
    model->tensors[model->output].zero_point = 0;
}

static void
change_beta(WgSmallModel *model)
{
    model->ops[0].op.beta = 0;
}

static void
change_bias_scale(WgSmallModel *model)
{
    model->bias_scale *= 300;
}

static void
change_stride(WgSmallModel *model)
{
    model->ops[0].op.stride[0] = 0;
}

static void
change_to_two_inputs(WgSmallModel *model)
{
    model->ops[0].op.n_inputs = 2;
}

static void
change_to_orphan(WgSmallModel *model)
{
    model->tensors[model->n_tensors] = model->tensors[0];
    model->n_tensors++;
}

static void
change_to_unused_input(WgSmallModel *model)
{
    model->ops[0].op.inputs[0] = model->n_tensors;
    change_to_orphan(model);
    model->tensors[model->n_tensors - 1].data = model->weights;
    model->tensors[model->n_tensors - 1].n_bytes = sizeof model->weights;
}

static void
change_to_no_ops(WgSmallModel *model)
{
    model->n_ops = 0;
}

static void
change_to_relu(WgSmallModel *model)
{
    model->ops[0].op.code = 19;
}

static void
change_dimension(WgSmallModel *model)
{
    model->tensors[1].quantized_dimension = 1;
}

static void
change_to_dimension_0(WgSmallModel *model)
{
    model->tensors[1].quantized_dimension = 0;
}

static void
change_weights_zero_points(WgSmallModel *model)
{
    model->tensors[1].with_zero_points = FALSE;
}

static void
change_input_zero_points(WgSmallModel *model)
{
    model->tensors[0].with_zero_points = FALSE;
}

static void
change_reshape_count(WgSmallModel *model)
{
    model->tensors[model->output].dims[1] = 17;
}

static void
change_reshape_shape(WgSmallModel *model)
{
    model->tensors[model->output].dims[1] = -1;
}

static void
change_output_scales(WgSmallModel *model)
{
    model->tensors[model->output].n_scales = 3;
    model->tensors[model->output].scales = model->weight_scales;
}

static void
change_to_hybrid(WgSmallModel *model)
{
    model->tensors[0].type = model->tensors[model->output].type = WG_TENSOR_FLOAT32;
}

static void
change_to_flat(WgSmallModel *model)
{
    const int input[] = {1, 6, 3}, output[] = {1, 3, 3};

    model->tensors[0].n_dims = model->tensors[model->output].n_dims = 3;
    memcpy(model->tensors[0].dims, input, sizeof input);
    memcpy(model->tensors[model->output].dims, output, sizeof output);
}

static void
change_height(WgSmallModel *model)
{
    model->tensors[model->output].dims[1] += 5;
}

static void
change_padding(WgSmallModel *model)
{
    model->ops[0].op.padding = 2;
}

static void
change_dilation(WgSmallModel *model)
{
    model->ops[0].op.padding = WG_TFLITE_SAME;
    model->ops[0].op.dilation[0] = 2;
    model->tensors[model->output].dims[1] = 6;
}

static void
change_activation(WgSmallModel *model)
{
    model->ops[0].op.activation = WG_TFLITE_RELU;
}

static void
change_to_tanh(WgSmallModel *model)
{
    model->ops[0].op.activation = WG_TFLITE_TANH;
}

static void
change_weights_zero_point(WgSmallModel *model)
{
    model->tensors[1].zero_point = 3;
}

static void
change_to_four_scales(WgSmallModel *model)
{
    model->tensors[1].n_scales = 4;
}

static void
change_output_scale(WgSmallModel *model)
{
    model->out_scale *= 2;
}

static void
change_arena(WgSmallModel *model)
{
    model->tensors[0].dims[1] = 20000;
    model->tensors[model->output].dims[1] = 10000;
}

static void
patch_version(GByteArray *file)
{
    wg_patch_int32(file, wg_patch_field(file, wg_patch_root(file), 0), 4);
}

static void
patch_subgraphs(GByteArray *file)
{
    wg_patch_int32(file, wg_patch_follow(file, wg_patch_field(file, wg_patch_root(file), 2)), 2);
}

static void
patch_custom_options(GByteArray *file)
{
    wg_patch_move_field(file, find_op(file), 5, 1);
}

static void
patch_no_options(GByteArray *file)
{
    wg_patch_move_field(file, find_op(file), 4, -1);
}

static void
patch_options_type(GByteArray *file)
{
    file->data[wg_patch_field(file, find_op(file), 3)] = WG_TFLITE_OPTIONS_SOFTMAX;
}

static void
patch_new_code_only(GByteArray *file)
{
    wg_patch_move_field(file, find_code(file), 0, -1);
}

static void
patch_code_127(GByteArray *file)
{
    file->data[wg_patch_field(file, find_code(file), 0)] = 127;
}

static void
patch_half(GByteArray *file)
{
    g_byte_array_set_size(file, file->len / 2);
}

static void
patch_100_bytes(GByteArray *file)
{
    g_byte_array_set_size(file, 100);
}

static void
patch_random_bytes(GByteArray *file)
{
    WgRandom random;

    wg_random_init(&random, 1, 0);
    for (guint i = 0; i < file->len; i++)
        file->data[i] = (guint8)wg_random_next(&random);
}

static void
patch_to_text(GByteArray *file)
{
    g_byte_array_set_size(file, 0);
    g_byte_array_append(file, (const guint8 *)"model", 5);
}

#define CONV WG_TFLITE_CONV_2D
#define DEPTHWISE WG_TFLITE_DEPTHWISE_CONV_2D
#define DENSE WG_TFLITE_FULLY_CONNECTED
#define POOL WG_TFLITE_AVERAGE_POOL_2D
#define UNSUPPORTED WG_ERROR_UNSUPPORTED
#define INPUT WG_ERROR_INPUT

const WgFault wg_faults[] = {
    /* refused by the watch */
    {"softmax-scale", WG_TFLITE_SOFTMAX, change_softmax_scale, NULL, UNSUPPORTED, {"1/256"}},
    {"softmax-zero-point",
     WG_TFLITE_SOFTMAX,
     change_softmax_zero_point,
     NULL,
     UNSUPPORTED,
     {"zero point 0", "-128"}},
    {"dense-bias-scale", DENSE, change_bias_scale, NULL, UNSUPPORTED, {"bias scale"}},
    {"orphan-tensor", CONV, change_to_orphan, NULL, UNSUPPORTED, {"tensor 4", "no operation"}},
    {"unused-input", CONV, change_to_unused_input, NULL, UNSUPPORTED, {"tensor 0", "no operation"}},
    {"no-operations", CONV, change_to_no_ops, NULL, UNSUPPORTED, {"no operations"}},
    {"schema-version", CONV, NULL, patch_version, UNSUPPORTED, {"version 4", "takes 3"}},
    {"missing-operation", WG_TFLITE_RESHAPE, change_to_relu, NULL, UNSUPPORTED, {"RELU"}},
    {"new-code-only", CONV, NULL, patch_new_code_only, UNSUPPORTED, {"CONV_2D", "builtin_code"}},
    {"code-127", WG_TFLITE_RESHAPE, NULL, patch_code_127, UNSUPPORTED, {"RESHAPE", "127"}},
    {"conv-dimension", CONV, change_dimension, NULL, UNSUPPORTED, {"4 scales", "dimension 1"}},
    {"depthwise-dimension",
     DEPTHWISE,
     change_to_dimension_0,
     NULL,
     UNSUPPORTED,
     {"dimension 0", "along 3"}},
    {"conv-weights-zero-points",
     CONV,
     change_weights_zero_points,
     NULL,
     UNSUPPORTED,
     {"weights without", "zero point"}},
    {"depthwise-weights-zero-points",
     DEPTHWISE,
     change_weights_zero_points,
     NULL,
     UNSUPPORTED,
     {"weights without", "zero point"}},
    {"conv-input-zero-points",
     CONV,
     change_input_zero_points,
     NULL,
     UNSUPPORTED,
     {"CONV_2D", "without scale and zero point"}},
    {"reshape-count", WG_TFLITE_RESHAPE, change_reshape_count, NULL, UNSUPPORTED, {"18", "17"}},
    {"quantize-channels",
     WG_TFLITE_QUANTIZE,
     change_output_scales,
     NULL,
     UNSUPPORTED,
     {"one scale", "3"}},
    {"hybrid-dense", DENSE, change_to_hybrid, NULL, UNSUPPORTED, {"float input", "int8 weights"}},
    {"custom-options",
     CONV,
     NULL,
     patch_custom_options,
     UNSUPPORTED,
     {"CONV_2D", "custom options"}},
    /* crash it */
    {"two-subgraphs", CONV, NULL, patch_subgraphs, UNSUPPORTED, {"2 subgraphs", "takes 1"}},
    {"conv-stride", CONV, change_stride, NULL, UNSUPPORTED, {"stride 0", "crashes"}},
    {"depthwise-stride", DEPTHWISE, change_stride, NULL, UNSUPPORTED, {"stride 0", "crashes"}},
    {"pool-stride", POOL, change_stride, NULL, UNSUPPORTED, {"stride 0", "crashes"}},
    {"softmax-beta", WG_TFLITE_SOFTMAX, change_beta, NULL, UNSUPPORTED, {"beta of 0", "crashes"}},
    {"conv-two-inputs", CONV, change_to_two_inputs, NULL, UNSUPPORTED, {"2 inputs", "crashes"}},
    {"depthwise-two-inputs",
     DEPTHWISE,
     change_to_two_inputs,
     NULL,
     UNSUPPORTED,
     {"2 inputs", "crashes"}},
    {"flat-pool", POOL, change_to_flat, NULL, UNSUPPORTED, {"4 dimensions", "3"}},
    {"half-a-file", CONV, NULL, patch_half, INPUT, {"damaged"}},
    {"100-bytes", CONV, NULL, patch_100_bytes, INPUT, {"damaged"}},
    {"random-bytes", CONV, NULL, patch_random_bytes, INPUT, {"no .tflite file"}},
    {"short-text", CONV, NULL, patch_to_text, INPUT, {"no .tflite file"}},
    /* make it answer what its memory holds, or write into the model */
    {"dense-two-inputs", DENSE, change_to_two_inputs, NULL, UNSUPPORTED, {"bias", "garbage"}},
    {"no-options", CONV, NULL, patch_no_options, UNSUPPORTED, {"CONV_2D", "no options"}},
    {"no-dense-options", DENSE, NULL, patch_no_options, UNSUPPORTED, {"FULLY_C", "no options"}},
    {"other-options", POOL, NULL, patch_options_type, UNSUPPORTED, {"AVERAGE_", "no options"}},
    {"reshape-to-minus-one", WG_TFLITE_RESHAPE, change_reshape_shape, NULL, INPUT, {"-1"}},
    {"conv-height", CONV, change_height, NULL, INPUT, {"9 x 1", "height of 4"}},
    {"pool-height", POOL, change_height, NULL, INPUT, {"8 x 1", "height of 3"}},
    {"padding", POOL, change_padding, NULL, INPUT, {"padding of 2"}},
    /* are run, otherwise than the model says */
    {"depthwise-same-dilated", DEPTHWISE, change_dilation, NULL, 0, {"dilated depthwise"}},
    {"depthwise-activation", DEPTHWISE, change_activation, NULL, 0, {"ignores the activation"}},
    {"conv-tanh", CONV, change_to_tanh, NULL, 0, {"ignores the activation"}},
    {"conv-weights-zero-point", CONV, change_weights_zero_point, NULL, 0, {"zero point", "3"}},
    {"dense-scales", DENSE, change_to_four_scales, NULL, 0, {"first of the 4 scales"}},
    {"pool-scale", POOL, change_output_scale, NULL, 0, {"AVERAGE_POOL_2D", "another"}},
    {"reshape-scale", WG_TFLITE_RESHAPE, change_output_scale, NULL, 0, {"RESHAPE", "another"}},
    {"arena", POOL, change_arena, NULL, 0, {"arena", "4000"}},
    {NULL},
};
