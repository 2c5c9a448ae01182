/* What is different between two reports of "evaluate" or "cross-validate". */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* {"labels": those of `now` and behind them those that only `before` has, "difference": [[now -
 * before]] (rows true, columns answered), "before": {"n", "errors", "accuracy"}, "now": the same,
 * "cured": [ids], "spoiled": [ids], "answered_otherwise": [ids], "words"}. Of takes that are in
 * both: cured were wrong and are right (also by another label), spoiled the other way about. A take
 * that is not in one of them counts in its matrix only. Transfer full. */
JsonObject *wg_report_compare(JsonObject *before, JsonObject *now);

G_END_DECLS
