/* A .tflite that was read as a draft to write again, with room for more. Inside quant/ only. */
#pragma once

#include "quant/tflite-write.h"

G_BEGIN_DECLS

typedef struct {
    WgTflite *file; /* what the draft points into */
    WgTensorDraft *tensors;
    WgOpDraft *ops;
    WgModelDraft model;
} WgTfliteDraft;

/* Room for so many more tensors and operations; these are to be filled and counted by the caller,
 * `n_ops_before` of the operations come first. WG_ERROR_UNSUPPORTED: a tensor is neither int8 nor
 * int32, which cannot be written. */
WgTfliteDraft *wg_tflite_draft_new(GBytes *tflite, int n_more_tensors, int n_ops_before,
                                   int n_ops_behind, GError **error);
void wg_tflite_draft_free(WgTfliteDraft *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgTfliteDraft, wg_tflite_draft_free)

G_END_DECLS
