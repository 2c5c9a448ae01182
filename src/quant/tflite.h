/* A .tflite taken apart: its tensors and its chain of operations. Inside quant/ only. */
#pragma once

#include "quant/int8-network.h"

G_BEGIN_DECLS

/* Ids of the schema (schema.fbs of TensorFlow, version 3). */
enum {
    WG_TFLITE_AVERAGE_POOL_2D = 1,
    WG_TFLITE_CONV_2D = 3,
    WG_TFLITE_DEPTHWISE_CONV_2D = 4,
    WG_TFLITE_DEQUANTIZE = 6,
    WG_TFLITE_FULLY_CONNECTED = 9,
    WG_TFLITE_MAX_POOL_2D = 17,
    WG_TFLITE_RESHAPE = 22,
    WG_TFLITE_SOFTMAX = 25,
    WG_TFLITE_QUANTIZE = 114,
};
/* Union BuiltinOptions. */
enum {
    WG_TFLITE_OPTIONS_NONE = 0,
    WG_TFLITE_OPTIONS_CONV_2D = 1,
    WG_TFLITE_OPTIONS_DEPTHWISE_CONV_2D = 2,
    WG_TFLITE_OPTIONS_POOL_2D = 5,
    WG_TFLITE_OPTIONS_FULLY_CONNECTED = 8,
    WG_TFLITE_OPTIONS_SOFTMAX = 9,
    WG_TFLITE_OPTIONS_RESHAPE = 17,
};
enum { WG_TFLITE_SAME, WG_TFLITE_VALID };
enum { WG_TFLITE_NONE, WG_TFLITE_RELU, WG_TFLITE_RELU_N1_TO_1, WG_TFLITE_RELU6, WG_TFLITE_TANH };

typedef struct {
    WgTensorInfo info;
    char *name;
    int n_scales; /* 0: not quantized */
    float *scales;
    gint64 *zero_points; /* as many as there are, n_zero_points */
    int n_zero_points;
    int quantized_dimension;
    const guint8 *data; /* of a constant; size_bytes long */
} WgTfliteTensor;

typedef struct {
    int code; /* builtin operator */
    int n_inputs, n_outputs;
    int inputs[3], outputs[1]; /* tensors; -1: none */
    gboolean has_options;
    int padding, activation;
    int stride[2], dilation[2], filter[2]; /* height, width */
    int depth_multiplier;
    float beta;
} WgTfliteOp;

typedef struct {
    int version;
    WgTfliteTensor *tensors;
    int n_tensors;
    WgTfliteOp *ops;
    int n_ops;
    int input, output;
} WgTflite;

/* Copies what it keeps. WG_ERROR_INPUT: damaged; WG_ERROR_UNSUPPORTED: has what the watch has
 * not (several subgraphs or inputs, another operator, a strange tensor). */
WgTflite *wg_tflite_read(GBytes *bytes, GError **error);
void wg_tflite_free(WgTflite *self);
const char *wg_tflite_op_name(int code); /* NULL: not one of the nine */
/* Of an operation that is not one of the nine: its name, or its number in words. */
char *wg_tflite_dup_foreign_name(int code);
int wg_tflite_options_type(int code);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgTflite, wg_tflite_free)

G_END_DECLS
