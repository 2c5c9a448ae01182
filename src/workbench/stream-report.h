/* A stream's score as a JSON object, and in one sentence. */
#pragma once

#include "workbench/stream-score.h"
#include "workbench/stream-source.h"

G_BEGIN_DECLS

/* The object that "stream" gives: counts, per_label, what happened while what, each answer, each
 * gesture missed. */
JsonObject *wg_stream_report_new(const WgStreamSource *source, const WgReplay *replay,
                                 const WgStreamTruth *truth, const WgStreamScore *score);
/* A point of the curve: {"threshold", "debounce", "hits", "misses", ...}. */
JsonObject *wg_sweep_point_to_json(const WgSweepPoint *point);
/* One sentence: how many were noticed, what was answered unasked, and what to do about it where
 * `better` (may be NULL) does more that is right. Caller frees. */
char *wg_stream_dup_verdict(const WgStreamScore *score, const WgStreamTruth *truth,
                            const WgSweepPoint *better);

G_END_DECLS
