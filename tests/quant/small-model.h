/* Models of one operation that the watch runs, to be spoilt in one place each. */
#pragma once

#include "quant/tflite-write.h"

G_BEGIN_DECLS

/* Tensors: 0 input, 1 weights, 2 biases where the operation has them, then the output. */
typedef struct {
    WgTensorDraft tensors[6];
    WgOpDraft ops[2];
    int n_tensors, n_ops, output;
    float in_scale, out_scale, bias_scale, weight_scales[4];
    gint8 weights[64];
    gint32 bias[4];
} WgSmallModel;

/* Of any of the nine operations; draws on memory in `model`, which must stay where it is. */
void wg_small_model_init(WgSmallModel *model, int code);
GBytes *wg_small_model_write(const WgSmallModel *model);

/* Places in a file, for what a draft cannot say. All fail the test when they lead nowhere. */
guint wg_patch_root(const GByteArray *file);
guint wg_patch_follow(const GByteArray *file, guint slot); /* an offset's target */
guint wg_patch_field(const GByteArray *file, guint table, int id);
void wg_patch_int32(GByteArray *file, guint at, gint32 value);
gint32 wg_patch_get_int32(const GByteArray *file, guint at);
/* Lets the table's field lie where field `as` is; -1: it has none any more. */
void wg_patch_move_field(GByteArray *file, guint table, int id, int as);

G_END_DECLS
