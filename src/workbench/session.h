/* The session a window or a command works on: one project and one watch. */
#pragma once

#include "dataset/project-loading.h"
#include "device/watch.h"

G_BEGIN_DECLS

#define WG_TYPE_SESSION (wg_session_get_type())
G_DECLARE_FINAL_TYPE(WgSession, wg_session, WG, SESSION, GObject)

/* So many recordings are read faster than anyone sees. */
#define WG_SESSION_N_AT_ONCE 3000

/* Main thread only, unless said. Signals: "recordings-changed", "reading-changed", "models-changed"
 * (after any write that may have changed them), "watch-changed" (another watch, its state, or who
 * uses it). */
WgSession *wg_session_new(void);
gboolean wg_session_create_project(WgSession *self, const char *path, GError **error);
gboolean wg_session_open_project(WgSession *self, const char *path, GError **error);
void wg_session_close_project(WgSession *self);
/* NULL while none is open; transfer none. */
WgProject *wg_session_get_project(WgSession *self);
/* GPtrArray of WgRecording, never NULL, a new one after each change; transfer none. While they are
 * being read in the background those that were there before: none of a project that was opened. */
GPtrArray *wg_session_get_recordings(WgSession *self);
/* From the next project on: where it has more than WG_SESSION_N_AT_ONCE, and whenever more than
 * that have changed, they are read in the background. "reading-changed" is emitted as it goes,
 * "recordings-changed" once they are there. */
void wg_session_read_in_background(WgSession *self);
/* How far that is: 0 to 1; -1: nothing is being read. */
double wg_session_get_reading(WgSession *self);
/* While those of a project that was opened are being read: their labels and how many each has, of
 * which those that guests performed are not told apart yet. GArray of WgLabelCount, transfer none;
 * NULL at other times. */
GArray *wg_session_get_label_counts(WgSession *self);

/* The watch at that address: the one the session has, else a new one that replaces it. It is kept:
 * a connection that was lost is opened again until it is dropped (wg_watch_set_keeping). Where a
 * virtual watch is to perform a split, the project's path is added for it. Transfer none. */
WgWatch *wg_session_use_watch(WgSession *self, const char *address, GError **error);
WgWatch *wg_session_get_watch(WgSession *self); /* NULL: none */

/* Whoever lets a watch work for a while claims it: a second one would take its program away.
 * WG_ERROR_BUSY: another one has it. `user`: a job's name, not copied. */
gboolean wg_session_claim_watch(WgSession *self, const char *user, GError **error);
/* Whatever wants the watch beside that one, as it is not to be disturbed; sets the same error. */
gboolean wg_session_check_watch_free(WgSession *self, const char *wanting, GError **error);
void wg_session_release_watch(WgSession *self);
const char *wg_session_get_watch_user(WgSession *self); /* NULL: nobody */
/* Disconnects and forgets it. */
void wg_session_drop_watch(WgSession *self);
/* The addresses that a watch can have, one form a kind of link, for help. Owner: caller. */
char **wg_session_dup_address_forms(void);

G_END_DECLS
