/* A gesture that the watch has recognised: its answer, this machine's, and what it really was. */
#pragma once

#include <json-glib/json-glib.h>

#include "dataset/recording.h"

G_BEGIN_DECLS

#define WG_TYPE_HEARD (wg_heard_get_type())
G_DECLARE_FINAL_TYPE(WgHeard, wg_heard, WG, HEARD, GObject)

/* Of a row of the job "listen"; `performed`: what the virtual watch was asked for, NULL: not known.
 */
WgHeard *wg_heard_new(JsonObject *row, const char *performed);
const char *wg_heard_get_label(WgHeard *self);      /* NULL: it was not sure */
gboolean wg_heard_is_equal(WgHeard *self);          /* this machine answers the same */
const char *wg_heard_get_input(WgHeard *self);      /* base64, as "correct" takes it */
WgRecording *wg_heard_get_recording(WgHeard *self); /* what it saw; transfer none */
/* What it was; NULL: nobody said. */
const char *wg_heard_get_truth(WgHeard *self);
/* The user says so, and it is a take of the project. */
void wg_heard_correct(WgHeard *self, const char *truth, gint64 take);
gint64 wg_heard_get_take(WgHeard *self); /* 0: it is none */
/* "✓ circle", "✕ flick: circle", "circle"; with what it stands for in words. Owner: caller. */
char *wg_heard_dup_mark(WgHeard *self);
char *wg_heard_dup_description(WgHeard *self);

G_END_DECLS
