/* The int8 network: runs a .tflite as the watch's TensorFlow Lite Micro 2.4.0 does, bit for bit. */
#include "quant/int8-network-private.h"

#include "base/error.h"
#include "quant/kernel.h"
#include "quant/wide-image.h"

#include <glib/gi18n.h>
#include <string.h>

#define ALIGNMENT 16

struct _WgInt8Network {
    gint ref_count;
    GBytes *bytes;
    WgTflite *file;
    WgInt8Step *steps;
    const WgInt8Op **ops;
    gsize *offsets;                     /* of each tensor's memory in the scratch */
    gsize scratch_bytes, op_scratch_at; /* op_scratch_at: where that of a single step begins */
};

static const WgTfliteTensor *
get_tensor(const WgInt8Network *self, int i)
{
    return i >= 0 ? &self->file->tensors[i] : NULL;
}

static gboolean
prepare_step(WgInt8Network *self, int i, GError **error)
{
    const WgTfliteOp *op = &self->file->ops[i];
    WgInt8Step *step = &self->steps[i];

    const gboolean has_weights = op->code == WG_TFLITE_CONV_2D ||
                                 op->code == WG_TFLITE_DEPTHWISE_CONV_2D ||
                                 op->code == WG_TFLITE_FULLY_CONNECTED;

    step->op = op;
    step->in = get_tensor(self, op->inputs[0]);
    step->out = get_tensor(self, op->outputs[0]);
    if (has_weights) {
        /* without a third place for the bias the watch reads past the list of inputs */
        step->filter = op->n_inputs == 3 ? get_tensor(self, op->inputs[1]) : NULL;
        step->bias = get_tensor(self, op->inputs[2]);
    }
    if (step->in->info.is_constant) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED, _("%s has a constant input"),
                    wg_tflite_op_name(op->code));
        return FALSE;
    }
    self->ops[i] = wg_int8_op_find(op->code);
    return self->ops[i]->prepare(step, error);
}

WgInt8Network *
wg_int8_network_new(GBytes *tflite, GError **error)
{
    g_autoptr(WgInt8Network) self = g_new0(WgInt8Network, 1);
    gsize offset = 0;

    self->ref_count = 1;
    self->bytes = g_bytes_ref(tflite);
    self->file = wg_tflite_read(self->bytes, error);
    if (!self->file)
        return NULL;
    self->steps = g_new0(WgInt8Step, self->file->n_ops);
    self->ops = g_new0(const WgInt8Op *, self->file->n_ops);
    self->offsets = g_new0(gsize, self->file->n_tensors);
    for (int i = 0; i < self->file->n_ops; i++) {
        if (!prepare_step(self, i, error))
            return NULL;
    }
    for (int i = 0; i < self->file->n_tensors; i++) {
        const WgTensorInfo *info = &self->file->tensors[i].info;

        self->offsets[i] = offset;
        if (!info->is_constant)
            offset += (info->size_bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
    self->op_scratch_at = offset;
    for (int i = 0; i < self->file->n_ops; i++)
        self->scratch_bytes =
            MAX(self->scratch_bytes, offset + self->steps[i].scratch_bytes + WG_KERNEL_SLACK);
    return g_steal_pointer(&self);
}

WgInt8Network *
wg_int8_network_ref(WgInt8Network *self)
{
    g_atomic_int_inc(&self->ref_count);
    return self;
}

void
wg_int8_network_unref(WgInt8Network *self)
{
    if (!g_atomic_int_dec_and_test(&self->ref_count))
        return;
    for (int i = 0; self->steps && i < self->file->n_ops; i++) {
        g_free(self->steps[i].mantissas);
        g_free(self->steps[i].shifts);
        g_clear_pointer(&self->steps[i].kernel, wg_kernel_free);
        g_clear_pointer(&self->steps[i].image, wg_wide_image_free);
    }
    g_free(self->steps);
    g_free(self->ops);
    g_free(self->offsets);
    g_clear_pointer(&self->file, wg_tflite_free);
    g_clear_pointer(&self->bytes, g_bytes_unref);
    g_free(self);
}

const WgTflite *
wg_int8_network_get_file(const WgInt8Network *self)
{
    return self->file;
}

const WgInt8Step *
wg_int8_network_get_step(const WgInt8Network *self, int i)
{
    return &self->steps[i];
}

GBytes *
wg_int8_network_get_bytes(const WgInt8Network *self)
{
    return self->bytes;
}

int
wg_int8_network_get_n_tensors(const WgInt8Network *self)
{
    return self->file->n_tensors;
}

const WgTensorInfo *
wg_int8_network_get_tensor(const WgInt8Network *self, int i)
{
    return &self->file->tensors[i].info;
}

const WgTensorInfo *
wg_int8_network_get_input(const WgInt8Network *self)
{
    return &self->file->tensors[self->file->input].info;
}

const WgTensorInfo *
wg_int8_network_get_output(const WgInt8Network *self)
{
    return &self->file->tensors[self->file->output].info;
}

int
wg_int8_network_get_n_ops(const WgInt8Network *self)
{
    return self->file->n_ops;
}

const char *
wg_int8_network_get_op(const WgInt8Network *self, int i)
{
    return wg_tflite_op_name(self->file->ops[i].code);
}

gsize
wg_int8_network_get_weights_bytes(const WgInt8Network *self)
{
    gsize bytes = 0;

    for (int i = 0; i < self->file->n_tensors; i++) {
        if (self->file->tensors[i].info.is_constant)
            bytes += self->file->tensors[i].info.size_bytes;
    }
    return bytes;
}

gsize
wg_int8_network_get_scratch_bytes(const WgInt8Network *self)
{
    return self->scratch_bytes;
}

void
wg_int8_network_run(const WgInt8Network *self, const void *input, void *output, void *scratch)
{
    const WgTflite *file = self->file;
    guint8 *memory = scratch;

    memcpy(memory + self->offsets[file->input], input, file->tensors[file->input].info.size_bytes);
    for (int i = 0; i < file->n_ops; i++)
        self->ops[i]->run(&self->steps[i], memory + self->offsets[file->ops[i].inputs[0]],
                          memory + self->offsets[file->ops[i].outputs[0]],
                          memory + self->op_scratch_at);
    memcpy(output, memory + self->offsets[file->output],
           file->tensors[file->output].info.size_bytes);
}

void
wg_int8_network_run_visited(const WgInt8Network *self, const void *input,
                            void (*visit)(int op, const void *output, gpointer user_data),
                            gpointer user_data)
{
    const WgTflite *file = self->file;
    guint8 *memory = g_aligned_alloc(1, self->scratch_bytes + ALIGNMENT, ALIGNMENT);

    memcpy(memory + self->offsets[file->input], input, file->tensors[file->input].info.size_bytes);
    for (int i = 0; i < file->n_ops; i++) {
        guint8 *output = memory + self->offsets[file->ops[i].outputs[0]];

        self->ops[i]->run(&self->steps[i], memory + self->offsets[file->ops[i].inputs[0]], output,
                          memory + self->op_scratch_at);
        visit(i, output, user_data);
    }
    g_aligned_free(memory);
}

void
wg_int8_network_run_history(const WgInt8Network *self, const gint8 *windows, int n, float *outputs)
{
    const WgTensorInfo *in = wg_int8_network_get_input(self);
    const WgTensorInfo *out = wg_int8_network_get_output(self);
    void *scratch = g_aligned_alloc(1, self->scratch_bytes + ALIGNMENT, ALIGNMENT);
    g_autofree float *answer = g_malloc0(MAX(out->size_bytes, sizeof(float)));
    g_autofree float *floats = in->type == WG_TENSOR_FLOAT32 ? g_new(float, in->n_elements) : NULL;

    for (int i = 0; i < n; i++) {
        const gint8 *window = windows + (gsize)i * (gsize)in->n_elements;

        for (int j = 0; floats && j < in->n_elements; j++)
            floats[j] = window[j];
        wg_int8_network_run(self, floats ? (const void *)floats : window, answer, scratch);
        for (int j = 0; j < out->n_elements; j++)
            outputs[(gsize)i * (gsize)out->n_elements + (gsize)j] =
                out->type == WG_TENSOR_FLOAT32 ? answer[j] : ((const gint8 *)answer)[j];
    }
    g_aligned_free(scratch);
}
