/* Models by a stored one's preset, each trained without some of its takes, to be asked just those.
 */
#pragma once

#include "base/progress.h"
#include "workbench/model.h"

G_BEGIN_DECLS

/* Asks: `model` lives as long as the call; `left_out` are takes that it was not trained on. */
typedef gboolean (*WgOutOfFoldFunc)(const WgModel *model, WgDataset *left_out, WgProgress *progress,
                                    gpointer user_data, GError **error);

/* Trains the stored model's preset from nothing, by the settings it was trained with, n_folds times
 * on its training and validation takes, each time without another fold (stratified, seeded), in the
 * same form (int8 calibrated on what it was trained on), and asks each. The test takes take no
 * part. Errors of training and of `func`. Runs in the calling thread and workers of the training.
 */
gboolean wg_out_of_fold_run(WgProject *project, WgModel *model, int n_folds, guint64 seed,
                            WgOutOfFoldFunc func, gpointer user_data, WgProgress *progress,
                            GCancellable *cancellable, GError **error);

G_END_DECLS
