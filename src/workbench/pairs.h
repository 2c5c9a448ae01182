/* Which gestures were taken for which others, in words. */
#pragma once

#include <json-glib/json-glib.h>

#include "train/metrics.h"

G_BEGIN_DECLS

/* [{"true","predicted","n","of","words"}], the most frequent mistake first (of equals the larger
 * share of its gesture, then the order of labels); empty without mistakes. Owner: caller. */
JsonArray *wg_pairs_new(const WgMetrics *metrics, const char *const *labels);

G_END_DECLS
