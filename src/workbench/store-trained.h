/* Stores a trained network in the project, with what it was trained on. */
#pragma once

#include "dataset/split.h"
#include "train/network.h"
#include "workbench/job.h"

G_BEGIN_DECLS

/* As the newest float model of the job's project: labels and split of `split`, `result` (transfer
 * none) as the meta "train", `takes_digest` as wg_model_dup_takes_digest() gave it before. Waits a
 * minute for another program that writes the project, and says so. Errors: WG_ERROR_BUSY after
 * that, WG_ERROR_STORAGE, G_IO_ERROR_CANCELLED. */
gboolean wg_store_trained(WgJob *job, const WgNetwork *network, const char *preset,
                          const WgSplit *split, JsonObject *result, const char *takes_digest,
                          GError **error);

G_END_DECLS
