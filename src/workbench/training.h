/* From recordings and options to a split and a trained network: shared by train and cross-validate.
 */
#pragma once

#include "dataset/split.h"
#include "train/preset.h"
#include "workbench/job.h"

G_BEGIN_DECLS

/* Times the takes, chosen by cross-validation of the sample recordings: docs/none-of-these.md. */
#define WG_TRAINING_MADE_UP 0.3f

/* The options that say how to train; a job lists them first in its table, and wg_preset_dup_help
 * behind its help. */
#define WG_TRAINING_OPTIONS                                                                        \
    {"preset", WG_OPTION_STRING, "P", "one of the networks below, or one that is kept", NULL},     \
        {"epochs", WG_OPTION_INT, "N", "times through the takes", NULL, 1, 100000},                \
        {"batch", WG_OPTION_INT, "N", "takes a step", NULL, 1, 65536},                             \
        {"threads", WG_OPTION_INT, "N", "0: one a core; the result is the same", "0", 0, 256},     \
        {"learning-rate", WG_OPTION_NUMBER, "F", "of the first step", NULL, 1e-7, 1},              \
        {"schedule", WG_OPTION_STRING, "S", "the rate: constant, plateau or cosine", NULL},        \
        {"weight-decay", WG_OPTION_NUMBER, "F", "share lost a step, times the rate", NULL, 0, 1},  \
        {"label-smoothing", WG_OPTION_NUMBER, "F", "share of all gestures", NULL, 0, 0.9},         \
        {"sharpness", WG_OPTION_NUMBER, "F", "reach for wide minima; 0: none", NULL, 0, 10},       \
        {"augment", WG_OPTION_NUMBER, "F", "times the preset's changes to takes", NULL, 0, 2},     \
        {"tail", WG_OPTION_NUMBER,                                                                 \
         "F",    "share of takes with memory behind, for --mode builtin",                          \
         NULL,   0,                                                                                \
         1},                                                                                       \
        {"other", WG_OPTION_STRING, "LABEL", "means nothing: movement is made up for it", NULL},   \
        {"made-up", WG_OPTION_NUMBER, "F", "of that, times the takes to train on (0.3)", NULL, 0,  \
         10},                                                                                      \
        {"patience", WG_OPTION_INT, "N", "epochs without a better; 0: all", NULL, 0, 100000},      \
        {"class-weights", WG_OPTION_STRING, "W", "for rare gestures: off, on or uneven", NULL},    \
        {"smote", WG_OPTION_FLAG, NULL, "adds made-up takes of rare gestures to train on", NULL},  \
    {                                                                                              \
        "labels", WG_OPTION_STRING, "a,b", "only these gestures", NULL                             \
    }

/* --labels of the job, or NULL for all; transfer full. */
char **wg_training_dup_labels(WgJob *job);
/* Preset and settings by the job's options: a built-in one, or one that the project keeps; it lives
 * as long as the job. WG_ERROR_USAGE where they do not go together. */
const WgPreset *wg_training_get_preset(WgJob *job, WgTrainOptions *options, GError **error);
/* The settings as an object, to tell and to keep with a model; transfer full. */
JsonObject *wg_training_describe(const WgTrainOptions *options);
/* The same where the preset is `name` unless the job says. */
const WgPreset *wg_training_get_preset_else(WgJob *job, const char *name, WgTrainOptions *options,
                                            GError **error);
/* The settings as they suit the windows: one rotation in space turns whole triples of axes only,
 * and a shift is in time. */
WgTrainOptions wg_training_fit_options(const WgTrainOptions *options,
                                       const WgWindowOptions *window);
/* Forms a network by the preset and trains it on the split's parts. Where it is to stop early and
 * the split validates nothing, a tenth of the takes to train on, of each gesture, stands in.
 * Movement is made up for the options' `other` (dataset/movement.h); WG_ERROR_USAGE where no
 * gesture has that name. */
WgNetwork *wg_training_run(const WgPreset *preset, const WgTrainOptions *options, WgSplit *split,
                           WgEpochFunc epoch_func, gpointer user_data, WgTraining **training,
                           GCancellable *cancellable, GError **error);
/* The same with `aids`. */
WgNetwork *wg_training_run_aided(const WgPreset *preset, const WgTrainOptions *options,
                                 WgSplit *split, const WgTrainAids *aids, WgEpochFunc epoch_func,
                                 gpointer user_data, WgTraining **training,
                                 GCancellable *cancellable, GError **error);

G_END_DECLS
