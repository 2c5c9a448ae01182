/* Made-up takes of gestures whose differences are known. */
#pragma once

#include "dataset/dataset.h"

G_BEGIN_DECLS

/* n_each takes of each of n_labels gestures ("a", "b", ...), of `person` (may be NULL): 25 samples
 * (2 s) of a swing, each gesture with its own pace, under noise of `noise` g. */
GPtrArray *test_gestures(int n_labels, int n_each, double noise, const char *person, guint64 seed);
/* Takes of "circle" and "flick", 25 samples: the same swing but for the samples from `start` up to
 * `end`, in which only the flick jerks. */
GPtrArray *test_near_twins(int n_each, int start, int end, guint64 seed);
/* All of them, as a dataset. */
WgDataset *test_dataset(GPtrArray *takes);

G_END_DECLS
