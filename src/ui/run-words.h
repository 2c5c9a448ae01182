/* Trainings in words: when, with what, and what was another. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Of a list of changes ("runs"): "12 takes more, epochs 200 → 20"; at most so many, then how many
 * more. What a preset brings along is not told beside it. NULL: nothing is another. Caller frees.
 */
char *wg_run_words_dup_changes(JsonArray *changes, guint most);
/* "14:03" of today, else "21 Nov 14:03"; of the local time zone. */
char *wg_run_words_dup_time(const char *created);
/* "98.8 %" of int8, of float where that is not known, NULL: neither is. */
char *wg_run_words_dup_accuracy(JsonObject *run);
/* "3 of 245 wrong"; NULL: not known. */
char *wg_run_words_dup_wrong(JsonObject *run);
/* What of the validation takes the second run gets right that the first did not, by gesture:
 * "snap 3 more right, upup 1 fewer"; NULL: nothing, or they cannot be held against each other. */
char *wg_run_words_dup_gestures(JsonArray *labels, JsonArray *confusion_change);

G_END_DECLS
