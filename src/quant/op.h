/* An operation of the watch in its int8 and float form: one file each. Inside quant/ only. */
#pragma once

#include "quant/tflite.h"

G_BEGIN_DECLS

/* One prepared operation of a network. */
typedef struct {
    const WgTfliteOp *op;
    const WgTfliteTensor *in, *filter, *bias, *out; /* NULL where the operation has none */
    gboolean is_float;
    int pad[2];        /* height, width: before */
    int n_multipliers; /* output channels, or 1 */
    gint32 *mantissas;
    int *shifts;
    int activation_min, activation_max;
    float float_min, float_max;
    gint32 beta_mantissa; /* softmax */
    int beta_shift, difference_min;
    struct _WgWideImage *image; /* int8: how the input is laid out, */
    struct _WgKernel *kernel;   /* and the weights with it */
    gsize scratch_bytes;        /* that run needs besides in and out */
} WgInt8Step;

typedef struct {
    int code;         /* WG_TFLITE_* */
    const char *name; /* the schema's */
    int options_type; /* WG_TFLITE_OPTIONS_*: which of them it is written and read with */
    /* Refuses what the watch refuses or cannot run; allocates what run needs. */
    gboolean (*prepare)(WgInt8Step *step, GError **error);
    void (*run)(const WgInt8Step *step, const void *in, void *out, void *scratch);
    /* Sizes in the watch's memory (see arena.c). */
    int builtin_bytes[2], builtin_alignment[2], data_bytes[2]; /* i386, ARM */
} WgInt8Op;

extern const WgInt8Op *const wg_int8_ops[]; /* NULL-terminated */
const WgInt8Op *wg_int8_op_find(int code);

/* What several operations share. All set the error and give FALSE when the watch would not run it.
 */
gboolean wg_int8_step_check_types(WgInt8Step *step, gboolean allow_float, GError **error);
/* filter: height, width; the output's shape must be what they give. */
gboolean wg_int8_step_check_window(const WgInt8Step *step, const int filter[2], GError **error);
/* As TensorFlow's ComputePadding of one axis (0 height, 1 width). */
int wg_int8_step_pad(const WgInt8Step *step, int axis, int filter_size, int dilation);
void wg_int8_step_set_activation(WgInt8Step *step);
/* The values of an int8 output that its activation lets through. */
void wg_int8_activation_range(const WgTfliteTensor *out, int activation, int *min, int *max);
/* Multipliers double(in) * double(filter scale) / double(out), one a channel. */
gboolean wg_int8_step_set_channel_multipliers(WgInt8Step *step, int n_channels, int dimension,
                                              GError **error);
/* Gives the kernel the multipliers, the output's zero point and the activation's range. */
void wg_int8_step_set_kernel_scales(WgInt8Step *step);

G_END_DECLS
