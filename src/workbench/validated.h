/* How a model does on the validation takes, kept with it, so that runs can be held against each
 * other later. */
#pragma once

#include "workbench/model.h"

G_BEGIN_DECLS

/* Of `int8`, made of `model`, on the validation part of the model's split as it is now: {"n",
 * "right", "confusion": n_labels x n_labels}; NULL without error where that part is empty. Any
 * thread; transfer full. */
JsonObject *wg_validated_new(WgModel *model, WgInt8Network *int8, WgProject *project);

G_END_DECLS
