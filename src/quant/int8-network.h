/* The int8 network: runs a .tflite as the watch's TensorFlow Lite Micro 2.4.0 does, bit for bit. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum { WG_TENSOR_FLOAT32, WG_TENSOR_INT8, WG_TENSOR_INT32, WG_TENSOR_OTHER } WgTensorType;

typedef struct {
    const char *name;
    WgTensorType type;
    int n_dims, dims[4];
    int n_elements;
    gsize size_bytes;
    int n_scales; /* 0: not quantized; more than 1: a scale a channel */
    double scale; /* the first, or 0 */
    int zero_point;
    gboolean is_constant;
} WgTensorInfo;

typedef struct _WgInt8Network WgInt8Network; /* immutable, reference counted */

/* Reads and prepares; refuses (WG_ERROR_INPUT: damaged; WG_ERROR_UNSUPPORTED: the watch has no such
 * op or form) in one sentence. Safe on any bytes. */
WgInt8Network *wg_int8_network_new(GBytes *tflite, GError **error);
WgInt8Network *wg_int8_network_ref(WgInt8Network *self);
void wg_int8_network_unref(WgInt8Network *self);
GBytes *wg_int8_network_get_bytes(const WgInt8Network *self); /* transfer none */
int wg_int8_network_get_n_tensors(const WgInt8Network *self);
const WgTensorInfo *wg_int8_network_get_tensor(const WgInt8Network *self, int i);
const WgTensorInfo *wg_int8_network_get_input(const WgInt8Network *self);
const WgTensorInfo *wg_int8_network_get_output(const WgInt8Network *self);
int wg_int8_network_get_n_ops(const WgInt8Network *self);
const char *wg_int8_network_get_op(const WgInt8Network *self, int i); /* "CONV_2D" */
/* Bytes of weights and biases. */
gsize wg_int8_network_get_weights_bytes(const WgInt8Network *self);

/* Work memory of one thread. */
gsize wg_int8_network_get_scratch_bytes(const WgInt8Network *self);
/* input and output: raw bytes of those tensors. scratch: 16-aligned. */
void wg_int8_network_run(const WgInt8Network *self, const void *input, void *output, void *scratch);
/* n windows of history units (n x elements int8, written unscaled as the watch does; a float input
 * gets the same numbers as floats) to n x outputs raw output values as floats (int8 values, or the
 * float output). Allocates its own scratch. */
void wg_int8_network_run_history(const WgInt8Network *self, const gint8 *windows, int n,
                                 float *outputs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgInt8Network, wg_int8_network_unref)

G_END_DECLS
