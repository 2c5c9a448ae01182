/* A .tflite that was read as a draft to write again, with room for more. */
#include "quant/tflite-draft.h"

#include "base/error.h"

#include <glib/gi18n.h>
#include <string.h>

static void
copy_tensor(const WgTfliteTensor *from, WgTensorDraft *to)
{
    to->name = from->name;
    to->type = from->info.type;
    to->n_dims = from->info.n_dims;
    memcpy(to->dims, from->info.dims, sizeof to->dims);
    to->n_scales = from->n_scales;
    to->scales = from->scales;
    to->zero_point = from->info.zero_point;
    to->with_zero_points = from->n_zero_points > 0;
    to->quantized_dimension = from->quantized_dimension;
    to->data = from->data;
    to->n_bytes = from->data ? from->info.size_bytes : 0;
}

WgTfliteDraft *
wg_tflite_draft_new(GBytes *tflite, int n_more_tensors, int n_ops_before, int n_ops_behind,
                    GError **error)
{
    g_autoptr(WgTfliteDraft) self = g_new0(WgTfliteDraft, 1);

    self->file = wg_tflite_read(tflite, error);
    if (!self->file)
        return NULL;
    self->tensors = g_new0(WgTensorDraft, self->file->n_tensors + n_more_tensors);
    self->ops = g_new0(WgOpDraft, self->file->n_ops + n_ops_before + n_ops_behind);
    for (int i = 0; i < self->file->n_tensors; i++) {
        const WgTfliteTensor *tensor = &self->file->tensors[i];

        if (tensor->info.type != WG_TENSOR_INT8 && tensor->info.type != WG_TENSOR_INT32) {
            g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                        _("tensor %d of the model, “%s”, is not int8: only a model that is int8 "
                          "throughout can be prepared for the firmware's own recogniser"),
                        i, tensor->name);
            return NULL;
        }
        copy_tensor(tensor, &self->tensors[i]);
    }
    for (int i = 0; i < self->file->n_ops; i++)
        self->ops[n_ops_before + i].op = self->file->ops[i];
    self->model = (WgModelDraft){.tensors = self->tensors,
                                 .n_tensors = self->file->n_tensors + n_more_tensors,
                                 .ops = self->ops,
                                 .n_ops = self->file->n_ops + n_ops_before + n_ops_behind,
                                 .input = self->file->input,
                                 .output = self->file->output};
    return g_steal_pointer(&self);
}

void
wg_tflite_draft_free(WgTfliteDraft *self)
{
    g_clear_pointer(&self->file, wg_tflite_free);
    g_free(self->tensors);
    g_free(self->ops);
    g_free(self);
}
