/* The present model with its last layer trained on, on all its takes and those that came since. */
#pragma once

#include "workbench/model.h"
#include "dataset/split.h"

G_BEGIN_DECLS

/* As many takes to train on as one that came since counts for: they are few, and one of them is
 * there because the model was wrong. */
#define WG_ADAPT_WEIGHT 10.0f

typedef struct {
    WgNetwork *network; /* the adapted one */
    WgSplit *split;     /* of the model, with the takes since among those to train on */
    int n_since;        /* in no part of the model's split, or to train on and relabelled since */
    int n_validation;
    /* answers of the int8 models, as the watch gives them */
    int before_wrong, after_wrong; /* of the validation takes, which train neither */
    int since_before_wrong,
        since_after_wrong; /* of the takes since; the adapted one has seen them */
} WgAdapted;

/* `trained`: the newest float model, `recordings` all of the project. Both forms are quantized as
 * "quantize" does without options. WG_ERROR_MISSING: no takes of its gestures came since, or the
 * split validates nothing; errors of wg_head_train() and of quantizing. Any thread. */
WgAdapted *wg_adapted_new(const WgModel *trained, GPtrArray *recordings, guint64 seed,
                          GCancellable *cancellable, GError **error);
void wg_adapted_free(WgAdapted *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgAdapted, wg_adapted_free)
/* Two sentences: before and after. Owner: caller. */
char *wg_adapted_dup_verdict(const WgAdapted *self);

G_END_DECLS
