/* A recording that grows in the project file while it is made, so that a kill loses nothing. */
#pragma once

#include "dataset/project.h"

G_BEGIN_DECLS

/* Begins a recording without samples; label, person, device, rate and units are the spec's. It is
 * loaded as a recording from its first append on, also after the program was killed. Any thread. */
gboolean wg_project_begin_stream(WgProject *self, const WgRecordingSpec *spec, gint64 *id,
                                 GError **error);
/* Appends n samples (n x 3, in the source's units), the first of which has that place among those
 * stored; `gaps` count from the beginning of the recording. Has reached the file when it returns.
 * "changed" is not emitted. */
gboolean wg_project_append_stream(WgProject *self, gint64 id, int first, const float *original,
                                  int n, const WgGap *gaps, int n_gaps, GError **error);
/* Makes it a recording as any other, with the rate and count that are known by now. `id` becomes
 * that of the same recording where the project has it already; 0: it had no samples and is gone. */
gboolean wg_project_finish_stream(WgProject *self, gint64 *id, double rate_hz, int n_clipped,
                                  gboolean *is_known, GError **error);

G_END_DECLS
