/* What random networks are made of: tensors, scales and numbers, operation after operation. */
#pragma once

#include "random-model.h"

G_BEGIN_DECLS

#define TENSORS_MAX 40
#define OPS_MAX 10

struct _WgRandomModel {
    WgRandom *random;
    WgTensorDraft tensors[TENSORS_MAX];
    WgOpDraft ops[OPS_MAX];
    int n_tensors, n_ops;
    int current; /* the tensor that the next operation takes */
    double multiplier;
    GPtrArray *memory;
};

/* From `from` to `to`, both drawn too. */
int wg_draft_pick(WgRandomModel *self, int from, int to);
/* Between them, as likely in each octave. */
float wg_draft_pick_scale(WgRandomModel *self, double from, double to);
/* Until the model is freed; gives it back. */
gpointer wg_draft_keep(WgRandomModel *self, gpointer memory);
float *wg_draft_keep_scale(WgRandomModel *self, float scale);
/* Each gives the tensor's number. */
int wg_draft_add_tensor(WgRandomModel *self, int type, int n_dims, const int *dims);
int wg_draft_add_activation(WgRandomModel *self, int n_dims, const int *dims, float scale,
                            int zero_point);
int wg_draft_count_values(const WgTensorDraft *tensor);
/* From the current tensor to `output`, which then is the current one. */
WgTfliteOp *wg_draft_add_op(WgRandomModel *self, int code, int output);

G_END_DECLS
