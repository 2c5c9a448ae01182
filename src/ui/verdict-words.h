/* What a judgement says in words: on which takes, and what is another than before. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* All: transfer full. `report`: as "evaluate" or "cross-validate" gives it; `source`: as WgVerdicts
 * names it. */
char *wg_verdict_words_dup_source(const char *source, JsonObject *report);
/* How many takes the watch's model answers otherwise than the trained one. */
char *wg_verdict_words_dup_difference(JsonObject *trained, JsonObject *watch);
/* "Before 90.0 % right, now 98.3 %. 1 mistake is cured, none is new." `change`: as
 * wg_report_compare() has it; NULL: gives NULL. */
char *wg_verdict_words_dup_change(JsonObject *change);

G_END_DECLS
