/* Whether what a recording names can be called so. */
#pragma once

#include "dataset/recording.h"

G_BEGIN_DECLS

/* Its label, its person where it has one, and the labels of its spans, each by wg_name_check():
 * asked of what comes into a project, not of what it has already. WG_ERROR_INPUT. */
gboolean wg_recording_check_names(const WgRecordingSpec *spec, GError **error);

G_END_DECLS
