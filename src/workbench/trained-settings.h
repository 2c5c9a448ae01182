/* How the stored model was trained, to train others like it. */
#pragma once

#include "dataset/project.h"
#include "train/train-options.h"

G_BEGIN_DECLS

/* Puts what "train" noted beside the project's newest float model (wg_training_describe()) into
 * `options`, whose seed and threads stay; what is not noted stays as it is. Any thread. */
gboolean wg_trained_settings_load(WgProject *project, WgTrainOptions *options, GError **error);

G_END_DECLS
