/* Recordings as the project file keeps them. Inside dataset/ only. */
#pragma once

#include "dataset/recording-parts.h"

G_BEGIN_DECLS

/* As wg_recording_new_packed(); the spec's own samples and original are not looked at. NULL: the
 * parts are damaged. */
WgRecording *wg_recording_new_of_parts(const WgRecordingSpec *spec, const char *digest,
                                       const WgPackedParts *parts);
/* The same of the spec's original values, from which its samples follow by that rule. */
WgRecording *wg_recording_new_by_rule(const WgRecordingSpec *spec, WgSamplesRule rule);
/* The parts live as long as the recording, and those of one that is not packed as `room` (NULL: it
 * is packed). */
void wg_recording_get_parts(const WgRecording *self, GByteArray *room, WgPackedParts *parts);

/* Hex, of the values that it has, whatever digest was told. Owner: caller. */
char *wg_recording_compute_digest(const WgRecording *self);
/* With the digest that the file tells; NULL: it is computed. */
WgRecording *wg_recording_new_stored(const WgRecordingSpec *spec, const char *digest);
/* The take that is n samples of the whole from `first`, which must be within it; `digest` is that
 * of the whole. Its `original` is set. */
WgRecording *wg_recording_new_part(const WgRecordingSpec *whole, const char *digest, int first,
                                   int n);

G_END_DECLS
