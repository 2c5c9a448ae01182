/* Puts a long labelled stream together from takes, for those who have no long recording. */
#pragma once

#include <gio/gio.h>

#include "base/progress.h"
#include "dataset/stream.h"

G_BEGIN_DECLS

typedef struct {
    guint64 seed;
    double duration_s; /* 0: every take once; else as often as it takes */
} WgSynthesisOptions;

/* What stirring is called in a stream that has no take of ordinary movement. */
#define WG_SYNTHESIS_MOVEMENT "movement"

/* Performs the takes (GPtrArray of WgRecording, resampled to the watch's rate) in a seeded order as
 * the virtual watch does (dataset/performance.h), each an event from its first to its last sample.
 * Before each the hand rests for 1.5 to 6 s; in a third of these pauses it moves without meaning: a
 * take of `others`, an event of that take's label, or where there is none a seeded stirring. Same
 * seed, same stream. Takes of another rate are left out: WG_ERROR_UNSUPPORTED when none is left. */
WgStream *wg_stream_synthesise(GPtrArray *takes, GPtrArray *others,
                               const WgSynthesisOptions *options, WgProgress *progress,
                               GCancellable *cancellable, GError **error);

G_END_DECLS
