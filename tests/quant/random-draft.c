/* What random networks are made of: tensors, scales and numbers, operation after operation. */
#include "random-draft.h"

#include <math.h>

int
wg_draft_pick(WgRandomModel *self, int from, int to)
{
    return from + (int)wg_random_below(self->random, (guint32)(to - from + 1));
}

/* Between them, as likely in each octave. */
float
wg_draft_pick_scale(WgRandomModel *self, double from, double to)
{
    return (float)(from * pow(to / from, (double)wg_random_unit(self->random)));
}

gpointer
wg_draft_keep(WgRandomModel *self, gpointer memory)
{
    g_ptr_array_add(self->memory, memory);
    return memory;
}

float *
wg_draft_keep_scale(WgRandomModel *self, float scale)
{
    float *kept = wg_draft_keep(self, g_new(float, 1));

    *kept = scale;
    return kept;
}

int
wg_draft_add_tensor(WgRandomModel *self, int type, int n_dims, const int *dims)
{
    WgTensorDraft *tensor = &self->tensors[self->n_tensors];

    g_assert_cmpint(self->n_tensors, <, TENSORS_MAX);
    tensor->name = wg_draft_keep(self, g_strdup_printf("t%d", self->n_tensors));
    tensor->type = type;
    tensor->n_dims = n_dims;
    for (int i = 0; i < n_dims; i++)
        tensor->dims[i] = dims[i];
    tensor->with_zero_points = TRUE;
    return self->n_tensors++;
}

int
wg_draft_add_activation(WgRandomModel *self, int n_dims, const int *dims, float scale,
                        int zero_point)
{
    const int tensor = wg_draft_add_tensor(self, WG_TENSOR_INT8, n_dims, dims);

    self->tensors[tensor].scales = wg_draft_keep_scale(self, scale);
    self->tensors[tensor].n_scales = 1;
    self->tensors[tensor].zero_point = zero_point;
    return tensor;
}

int
wg_draft_count_values(const WgTensorDraft *tensor)
{
    int n = 1;

    for (int i = 0; i < tensor->n_dims; i++)
        n *= tensor->dims[i];
    return n;
}

WgTfliteOp *
wg_draft_add_op(WgRandomModel *self, int code, int output)
{
    WgTfliteOp *op = &self->ops[self->n_ops++].op;

    g_assert_cmpint(self->n_ops, <=, OPS_MAX);
    op->code = code;
    op->n_inputs = 1;
    op->inputs[0] = self->current;
    op->outputs[0] = output;
    op->stride[0] = op->stride[1] = op->dilation[0] = op->dilation[1] = 1;
    op->padding = WG_TFLITE_VALID;
    self->current = output;
    return op;
}
