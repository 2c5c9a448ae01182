/* A frozen list of recordings with their labels numbered: what jobs on other threads read. */
#pragma once

#include "dataset/recording.h"

G_BEGIN_DECLS

typedef struct _WgDataset WgDataset; /* immutable, reference counted */

/* `recordings`: GPtrArray of WgRecording; disabled ones are left out. `labels` NULL: all there are,
 * sorted; else only those, in that order, and one that no recording has is WG_ERROR_INPUT, one
 * given twice WG_ERROR_USAGE. */
WgDataset *wg_dataset_new(GPtrArray *recordings, const char *const *labels, GError **error);
/* The same with labels that need not all have recordings (a part of a split); never fails. */
WgDataset *wg_dataset_new_with_labels(GPtrArray *recordings, const char *const *labels);
WgDataset *wg_dataset_ref(WgDataset *self);
void wg_dataset_unref(WgDataset *self);
int wg_dataset_get_n(const WgDataset *self);
WgRecording *wg_dataset_get(const WgDataset *self, int i); /* transfer none */
int wg_dataset_get_label(const WgDataset *self, int i);
const char *const *wg_dataset_get_labels(const WgDataset *self); /* NULL-terminated */
int wg_dataset_get_n_labels(const WgDataset *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgDataset, wg_dataset_unref)

G_END_DECLS
