/* The room: what attendees handed in, and how each compares with the others. */
#pragma once

#include "workbench/pack.h"

G_BEGIN_DECLS

/* So many files of one room are looked at. */
#define WG_ROOM_FILES_MAX 500

/* Paths of the packs and projects in the folder and the folders in it, two deep (an attendee's
 * folder on a stick), in the order of their names; links to folders and what is hidden are not
 * followed. GPtrArray of char *, transfer full. WG_ERROR_MISSING where it cannot be read. */
GPtrArray *wg_room_find(const char *folder, GCancellable *cancellable, GError **error);
/* One row: {"file", "path", "uri" (a path may be any bytes), "form" ("pack" or "project"),
 * "project", "persons", "labels", "takes" (that take part), "made", "step", "kind", "accuracy"
 * (null: not told), "state": "good" so far}. Where it could not be read `pack` is NULL and `why`
 * says why: "state" is "damaged", "words" the sentence. Transfer full. */
JsonObject *wg_room_describe(const char *path, const WgPack *pack, const GError *why);
/* Judges the rows beside each other: "state" of each becomes "same" (every take is in an earlier
 * one: "same_as"), "few" (a gesture has fewer than WG_STEP_TAKES takes), "differs" (its gestures
 * are not those of most of the room), or stays "good"; "words" says it in a sentence. `digests`: of
 * each row a GHashTable of its takes' digests, NULL of a damaged one. */
void wg_room_judge(JsonArray *rows, GPtrArray *digests);

G_END_DECLS
