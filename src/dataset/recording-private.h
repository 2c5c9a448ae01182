/* Recordings as the project file keeps them. Inside dataset/ only. */
#pragma once

#include "dataset/recording.h"

G_BEGIN_DECLS

/* With the digest that the file tells; NULL: it is computed. */
WgRecording *wg_recording_new_stored(const WgRecordingSpec *spec, const char *digest);
/* The take that is n samples of the whole from `first`, which must be within it; `digest` is that
 * of the whole. Its `original` is set. */
WgRecording *wg_recording_new_part(const WgRecordingSpec *whole, const char *digest, int first,
                                   int n);

G_END_DECLS
