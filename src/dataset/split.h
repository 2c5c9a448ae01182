/* Which recordings train, which validate and which test: never one in two of them. The windows of a
 * recording labelled in spans stay together: it is one recording here, of no label but its person.
 */
#pragma once

#include "dataset/dataset.h"

G_BEGIN_DECLS

typedef struct {
    WgDataset *dataset; /* what the indices point into */
    GArray *train;      /* of int */
    GArray *validation;
    GArray *test;
} WgSplit;

/* Stratified by person and label: of each group, shuffled by `seed`, the first round(validation *
 * n) validate, the next round(test * n) test, the rest train. Fractions 0..0.8 together, else
 * WG_ERROR_USAGE. Does not depend on the order in which recordings were added (digest order). */
WgSplit *wg_split_new_stratified(WgDataset *dataset, double validation, double test, guint64 seed,
                                 GError **error);
/* From a file {"train":[{"file","line","label"},...],"validation":[..],"test":[..]}: entries match
 * by the last two parts of the path and the line. Recordings and labels not in it take no part: the
 * split's own dataset holds only those labels, sorted. An entry without a recording, a label that
 * no recording has, or an entry in two parts is WG_ERROR_INPUT naming it. */
WgSplit *wg_split_new_from_file(GPtrArray *recordings, const char *path, GError **error);
/* The same for windows of those options, as wg_dataset_new_for_windows. */
WgSplit *wg_split_new_from_file_for_windows(GPtrArray *recordings, const char *path,
                                            const WgWindowOptions *window, GError **error);
/* As another split had it: `train`, `validation` and `test` are the ids of its recordings (GArray
 * of gint64), in whose order they come, so that training on the same takes again is the same to the
 * bit. A recording that is in none of them gets the part that wg_split_new_stratified would give
 * it; with both fractions below 0 it takes no part. */
WgSplit *wg_split_new_like(WgDataset *dataset, GArray *train, GArray *validation, GArray *test,
                           double validation_share, double test_share, guint64 seed,
                           GError **error);
/* k folds stratified by person and label; fold i's test = 1/k. GPtrArray of WgSplit (no
 * validation). */
GPtrArray *wg_split_new_folds(WgDataset *dataset, int k, guint64 seed, GError **error);
/* One split a person, whose recordings are its test; nothing trains until
 * wg_split_train_on_rest(): of all of them at once that would be all takes as often as there are
 * persons. WG_ERROR_MISSING with fewer than two persons. */
GPtrArray *wg_split_new_leave_one_person_out(WgDataset *dataset, GError **error);
/* What neither validates nor tests trains, in the order of the dataset. */
void wg_split_train_on_rest(WgSplit *self);
/* Nothing trains, and no memory is kept for it. */
void wg_split_train_on_none(WgSplit *self);
void wg_split_free(WgSplit *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgSplit, wg_split_free)

G_END_DECLS
