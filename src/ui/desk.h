/* What all parts of a window look at: the session, its gestures, the one chosen, and what is said.
 */
#pragma once

#include "workbench/edits.h"
#include "ui/gesture.h"
#include "workbench/job.h"

G_BEGIN_DECLS

#define WG_TYPE_DESK (wg_desk_get_type())
G_DECLARE_FINAL_TYPE(WgDesk, wg_desk, WG, DESK, GObject)

/* Signals: "message" (const char *text, gboolean is_error), "go" (const char *page), "work-begun",
 * "work-ended" (const char *job, double seconds it took), "look-inside" (gint64 take).
 * Property "gesture" (string, NULL: none) notifies. */
WgDesk *wg_desk_new(void);
WgSession *wg_desk_get_session(WgDesk *self);
WgEdits *wg_desk_get_edits(WgDesk *self);
GListModel *wg_desk_get_gestures(WgDesk *self); /* of WgGesture */
const char *wg_desk_get_gesture(WgDesk *self);
/* One that has no takes yet is shown too while it is chosen. */
void wg_desk_set_gesture(WgDesk *self, const char *label);

/* GPtrArray of WgRecording: those of that gesture (NULL: all), in the order they were made or the
 * newest first; transfer full. */
GPtrArray *wg_desk_dup_takes(WgDesk *self, const char *label, gboolean newest_first);

void wg_desk_say(WgDesk *self, const char *text);
/* Says it in one sentence; not when it only was cancelled. */
void wg_desk_fail(WgDesk *self, const GError *error);
void wg_desk_go(WgDesk *self, const char *page);
/* Shows that take inside the network, on the page Evaluate. */
void wg_desk_look_inside(WgDesk *self, gint64 take);

/* Opens (or makes) the project, then connects the watch anew where it must know the project. */
gboolean wg_desk_open(WgDesk *self, const char *path, GError **error);
/* Connects to the watch at that address in the background; says why not. */
void wg_desk_connect(WgDesk *self, const char *address);
void wg_desk_disconnect(WgDesk *self);
/* As last asked for; NULL: none. */
const char *wg_desk_get_address(WgDesk *self);
/* NULL unless it is connected and ready. */
WgWatch *wg_desk_get_ready_watch(WgDesk *self);
gboolean wg_desk_has_virtual_watch(WgDesk *self);

/* A new job with options given as name, value, ..., NULL; NULL (and said) when that fails. */
WgJob *wg_desk_new_job(WgDesk *self, const char *name, ...) G_GNUC_NULL_TERMINATED;
/* What a person started and would be sorry to lose, from its start to its end. */
void wg_desk_begin_work(WgDesk *self, WgJob *job);
void wg_desk_end_work(WgDesk *self, WgJob *job);
/* One of that name is under way. */
gboolean wg_desk_is_at_work(WgDesk *self, const char *job);
/* A sentence ("Training is under way."), NULL: nothing is. */
const char *wg_desk_describe_work(WgDesk *self);
/* Why nothing else may be done with the watch now ("A recording is running: stop it first."), NULL:
 * it is free. Changes with the session's "watch-changed". */
const char *wg_desk_describe_watch_use(WgDesk *self);
/* The stored model of that kind that counts, without its data, NULL: none. An int8 one only does
 * when it was made of the float one that counts. */
WgModelRecord *wg_desk_load_model(WgDesk *self, const char *kind);

G_END_DECLS
