/* Layers that follow each other and are worked out in one go: which these are. */
#include "train/fusion.h"

#include "train/op-conv.h"

/* the longer before the shorter that it starts with */
static const WgFusion fusions[] = {
    {{&wg_op_conv, &wg_op_relu, &wg_op_max_pool},
     3,
     wg_conv_is_direct,
     wg_conv_pooled_forward,
     wg_conv_pooled_backward},
    {{&wg_op_batch_norm, &wg_op_relu, &wg_op_max_pool},
     3,
     NULL,
     wg_batch_norm_pooled_forward,
     wg_batch_norm_pooled_backward},
    {{&wg_op_batch_norm, &wg_op_relu},
     2,
     NULL,
     wg_batch_norm_rectified_forward,
     wg_batch_norm_rectified_backward},
    {{&wg_op_relu, &wg_op_dropout},
     2,
     NULL,
     wg_dropout_rectified_forward,
     wg_dropout_rectified_backward},
};

static gboolean
matches(const WgFusion *fusion, const WgOp *const *ops, int n_layers)
{
    if (fusion->n_ops > n_layers)
        return FALSE;
    for (int i = 0; i < fusion->n_ops; i++) {
        if (fusion->ops[i] != ops[i])
            return FALSE;
    }
    return TRUE;
}

const WgFusion *
wg_fusion_find(const WgLayer *layers, const WgOp *const *ops, int n_layers)
{
    for (guint i = 0; i < G_N_ELEMENTS(fusions); i++) {
        if (matches(&fusions[i], ops, n_layers) && (!fusions[i].suits || fusions[i].suits(layers)))
            return &fusions[i];
    }
    return NULL;
}
