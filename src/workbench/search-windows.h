/* The takes that a search may choose by, and the windows that they allow. */
#pragma once

#include "base/watch-kind.h"
#include "dataset/dataset.h"
#include "workbench/job.h"

G_BEGIN_DECLS

/* The job's gestures as the watch's windows see them, without the takes that the newest model's
 * split tests, or, where there is no model yet, those that the default split will: so that a later
 * test is of takes that nothing was chosen by. `recordings` gets (transfer full) what the dataset
 * was made of, GPtrArray of WgRecording. Errors: those of the project, of labels and of
 * wg_search_check_dataset. */
WgDataset *wg_search_load_takes(WgJob *job, const WgWatchKind *kind, GPtrArray **recordings,
                                GError **error);
/* WG_ERROR_TOO_SHORT where there are too few gestures or takes for five folds. */
gboolean wg_search_check_dataset(WgDataset *dataset, GError **error);
/* GArray of WgWindowOptions other than the watch's: every rate of 12.5, 25, 50 and 100 Hz up to
 * that of all recordings, lengths from half a second to the least that holds the longest gesture,
 * but none above 4 s, which the watch's has; three axes, with the magnitude, with the gyroscope
 * where all have it. NULL: the kind's windows are fixed. Owner: caller. */
GArray *wg_search_list_windows(GPtrArray *recordings, const WgWatchKind *kind);

G_END_DECLS
