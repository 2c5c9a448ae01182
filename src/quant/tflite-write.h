/* Writes a chain of operations as a .tflite. Inside quant/ only. */
#pragma once

#include "quant/tflite.h"

G_BEGIN_DECLS

typedef struct {
    const char *name;
    int type; /* WG_TENSOR_INT8, WG_TENSOR_INT32 or WG_TENSOR_FLOAT32 */
    int n_dims, dims[4];
    int n_scales; /* 0: none */
    const float *scales;
    int zero_point; /* the same for all scales */
    gboolean with_zero_points;
    int quantized_dimension;
    gconstpointer data; /* of a constant; NULL else */
    gsize n_bytes;
} WgTensorDraft;

typedef struct {
    WgTfliteOp op; /* code, inputs, outputs, padding, activation, strides, ... */
} WgOpDraft;

typedef struct {
    const WgTensorDraft *tensors;
    int n_tensors;
    const WgOpDraft *ops;
    int n_ops;
    int input, output;
    const char *description; /* may be NULL */
} WgModelDraft;

/* Schema 3, one subgraph, buffers aligned to 16; both forms of the operator code are filled, so
 * that old and new readers take it. The same draft gives the same bytes. */
GBytes *wg_tflite_write(const WgModelDraft *draft);

G_END_DECLS
