/* Whether the people of a dataset wear and record alike. */
#pragma once

#include "dataset/dataset.h"

G_BEGIN_DECLS

/* One sentence on what differs between two persons' takes of the same gestures, other than how they
 * move: the attitude in which they begin (axes), or the size of gravity (scale). NULL where nothing
 * does, or fewer than two persons share a gesture. Owner: caller. */
char *wg_persons_describe_difference(WgDataset *dataset);

G_END_DECLS
