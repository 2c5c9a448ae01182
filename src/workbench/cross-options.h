/* What the jobs that cross-validate have in common: their options, and the takes they are about. */
#pragma once

#include "workbench/cross-validation.h"
#include "workbench/job.h"

G_BEGIN_DECLS

/* Folds, seeds and the form that answers, by the job's --folds, --seeds and --model; one without
 * --model asks the int8 form. WG_ERROR_USAGE where --model is neither float nor int8. */
gboolean wg_cross_options_read(WgJob *job, WgCrossOptions *options, GError **error);
/* Preset (`preset` unless the job says; NULL: the default), settings and threads into `options`;
 * they live as long as the job. Gives the project's
 * takes of the job's --labels as its windows see them, transfer full; with --without-test those
 * stay out that the newest model's split keeps for the test. Errors of wg_training_get_preset,
 * wg_model_drop_test and wg_window_options_load. */
WgDataset *wg_cross_options_load(WgJob *job, const char *preset, WgCrossOptions *options,
                                 GError **error);

G_END_DECLS
