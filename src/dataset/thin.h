/* Fewer takes of each gesture and person, as if the person had recorded less. */
#pragma once

#include "dataset/dataset.h"

G_BEGIN_DECLS

/* The first round(share * n) of the n takes of each person's gesture in `takes` (GArray of int,
 * indices into the dataset, in a shuffled order as splits have it), two at least: of one list, a
 * smaller share's takes are among a larger one's. `share` is above 0 and at most 1. Keeps the
 * order. Owner: caller. */
GArray *wg_thin_takes(WgDataset *dataset, const GArray *takes, double share);

G_END_DECLS
