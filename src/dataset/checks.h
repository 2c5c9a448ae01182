/* The checks themselves. Inside dataset/ only. */
#pragma once

#include "dataset/check.h"

G_BEGIN_DECLS

/* Adds what it finds; FALSE only when cancelled. */
typedef gboolean (*WgCheck)(WgDataset *dataset, GPtrArray *findings, WgProgress *progress,
                            GCancellable *cancellable, GError **error);

gboolean wg_check_label(WgDataset *dataset, GPtrArray *findings, WgProgress *progress,
                        GCancellable *cancellable, GError **error);
/* The same where each take is compared with n_most others at most, as WG_CHECK_LABEL_MAX_TAKES
 * says.
 */
gboolean wg_check_label_within(WgDataset *dataset, int n_most, GPtrArray *findings,
                               WgProgress *progress, GCancellable *cancellable, GError **error);
gboolean wg_check_clipping(WgDataset *dataset, GPtrArray *findings, WgProgress *progress,
                           GCancellable *cancellable, GError **error);
gboolean wg_check_length(WgDataset *dataset, GPtrArray *findings, WgProgress *progress,
                         GCancellable *cancellable, GError **error);
gboolean wg_check_still(WgDataset *dataset, GPtrArray *findings, WgProgress *progress,
                        GCancellable *cancellable, GError **error);
gboolean wg_check_gaps(WgDataset *dataset, GPtrArray *findings, WgProgress *progress,
                       GCancellable *cancellable, GError **error);
gboolean wg_check_scale(WgDataset *dataset, GPtrArray *findings, WgProgress *progress,
                        GCancellable *cancellable, GError **error);
gboolean wg_check_axes(WgDataset *dataset, GPtrArray *findings, WgProgress *progress,
                       GCancellable *cancellable, GError **error);

void wg_check_add(GPtrArray *findings, WgRecording *recording, const char *kind, double score,
                  const char *format, ...) G_GNUC_PRINTF(5, 6);

G_END_DECLS
