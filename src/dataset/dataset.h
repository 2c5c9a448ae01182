/* A frozen list of recordings with their labels numbered: what jobs on other threads read. */
#pragma once

#include "dataset/recording.h"
#include "dataset/windowing.h"

G_BEGIN_DECLS

typedef struct _WgDataset WgDataset; /* immutable, reference counted */

/* `recordings`: GPtrArray of WgRecording; disabled ones are left out. `labels` NULL: all there are,
 * sorted; else only those, in that order, and one that no recording has is WG_ERROR_INPUT, one
 * given twice WG_ERROR_USAGE. */
WgDataset *wg_dataset_new(GPtrArray *recordings, const char *const *labels, GError **error);
/* The same for windows of those options (NULL: the watch's), which it then carries along: every
 * recording labelled in spans becomes the windows that it holds (wg_slices_new), each an entry of
 * its own. Errors: those of the options, and WG_ERROR_INPUT naming a recording that cannot become
 * such a window (it has no gyroscope). Without this one, recordings labelled in spans are left out.
 */
WgDataset *wg_dataset_new_for_windows(GPtrArray *recordings, const char *const *labels,
                                      const WgWindowOptions *window, GError **error);
/* The same for a part of a split, where not every label need have recordings. */
WgDataset *wg_dataset_new_part(GPtrArray *recordings, const char *const *labels,
                               const WgWindowOptions *window, GError **error);
/* The same with labels that need not all have recordings (a part of a split); never fails. */
WgDataset *wg_dataset_new_with_labels(GPtrArray *recordings, const char *const *labels);
WgDataset *wg_dataset_ref(WgDataset *self);
void wg_dataset_unref(WgDataset *self);
int wg_dataset_get_n(const WgDataset *self);
/* Transfer none. Of a take with gaps the longest stretch without one. */
WgRecording *wg_dataset_get(const WgDataset *self, int i);
/* The recording that entry i is, or is a window of; transfer none. */
WgRecording *wg_dataset_get_source(const WgDataset *self, int i);
const WgWindowOptions *wg_dataset_get_window(const WgDataset *self);
/* Windows of recordings labelled in spans that were left out as ambiguous or unlabelled. */
int wg_dataset_get_n_left_out(const WgDataset *self);
int wg_dataset_get_label(const WgDataset *self, int i);
const char *const *wg_dataset_get_labels(const WgDataset *self); /* NULL-terminated */
int wg_dataset_get_n_labels(const WgDataset *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgDataset, wg_dataset_unref)

G_END_DECLS
