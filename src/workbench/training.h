/* From recordings and options to a split and a trained network: shared by train and cross-validate.
 */
#pragma once

#include "dataset/split.h"
#include "train/preset.h"
#include "workbench/job.h"

G_BEGIN_DECLS

/* The options that say how to train; a job lists them first in its table. */
#define WG_TRAINING_OPTIONS                                                                        \
    {"preset", WG_OPTION_STRING, "P", "waggle (default), classic, dense or conv1d", NULL},         \
        {"epochs", WG_OPTION_INT, "N", "times through the takes", NULL, 1, 100000},                \
        {"batch", WG_OPTION_INT, "N", "takes a step", NULL, 1, 65536},                             \
        {"threads", WG_OPTION_INT, "N", "0: one a core; the result is the same", "0", 0, 256},     \
    {                                                                                              \
        "labels", WG_OPTION_STRING, "a,b", "only these gestures", NULL                             \
    }

/* --labels of the job, or NULL for all; transfer full. */
char **wg_training_dup_labels(WgJob *job);
/* Preset and settings by the job's options. */
const WgPreset *wg_training_get_preset(WgJob *job, WgTrainOptions *options, GError **error);
/* Forms a network by the preset and trains it on the split's parts. */
WgNetwork *wg_training_run(const WgPreset *preset, const WgTrainOptions *options, WgSplit *split,
                           WgEpochFunc epoch_func, gpointer user_data, WgTraining **training,
                           GCancellable *cancellable, GError **error);

G_END_DECLS
