/* Training like the stored model, on the takes as they are now. */
#pragma once

#include "dataset/split.h"
#include "train/preset.h"
#include "workbench/job.h"

G_BEGIN_DECLS

/* Preset, settings and seed of the newest float model, for job "train": `options` gets the
 * settings; the preset lives as long as the job. WG_ERROR_MISSING where there is no model,
 * WG_ERROR_USAGE where the job was given an option that contradicts. */
const WgPreset *wg_train_again_get_preset(WgJob *job, WgTrainOptions *options, GError **error);
/* The split it was trained with, of the recordings as they are labelled now: every take stays in
 * its part, so that what is measured before and after is measured on the same takes, and no take of
 * the test comes to be trained on. One that is new is dealt to a part at random, by the same
 * shares; where that model was given labels or a split file, those that it knew alone take part.
 * Windows are as that model's. */
WgSplit *wg_train_again_new_split(WgJob *job, GPtrArray *recordings, GError **error);
/* Whether that model was told by options what to learn, and did not learn all there was. */
gboolean wg_train_again_was_chosen(WgJob *job);

G_END_DECLS
