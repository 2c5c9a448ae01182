/* What the room says: who is where, what is wrong, how the pool does on a new person. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Of a row as the job "room" has it; each transfer full. */
char *wg_room_dup_who(JsonObject *row);      /* persons, or the file's name */
char *wg_room_dup_what(JsonObject *row);     /* project, file, when */
char *wg_room_dup_gestures(JsonObject *row); /* each with its count */
char *wg_room_dup_counts(JsonObject *row);   /* "3 gestures, 36 takes" */
char *wg_room_dup_step(JsonObject *row);     /* "Trained, 95 % right" */
/* Of the state: a word with its symbol, and the css class of its colour. */
const char *wg_room_get_state(JsonObject *row, const char **css);
/* Who is where, of all rows: "4 recorded, 2 trained, 1 deployed; 1 damaged". */
char *wg_room_dup_sum(JsonObject *room);
/* Of a pool, as "merge" has it. */
char *wg_room_dup_pooled(JsonObject *merged, const char *title);
/* Of "cross-validate" with each person left out. */
char *wg_room_dup_verdict(JsonObject *report);

G_END_DECLS
