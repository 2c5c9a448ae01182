/* A watch at the other end of a link: the Espruino console as calls with answers. */
#pragma once

#include "base/progress.h"
#include "device/clock.h"
#include "device/link.h"

G_BEGIN_DECLS

#define WG_TYPE_WATCH (wg_watch_get_type())
G_DECLARE_FINAL_TYPE(WgWatch, wg_watch, WG, WATCH, GObject)

typedef enum { WG_WATCH_CLOSED, WG_WATCH_OPENING, WG_WATCH_READY, WG_WATCH_LOST } WgWatchState;

/* That a watch has gone is noticed within 3 s, also where the link says nothing: a watch that is
 * silent for 1 s is asked for a sign, and is lost after 2.5 s in which nothing came; in an
 * exchange, after 2.5 s in which bytes neither came nor went. XOFF (it is busy) stretches both to
 * 10 s; what is to be sent waits for XON, unless the watch is heard 1 s later without it, or is
 * silent for 3 s (watch-hold.c).
 *
 * Takes a reference on the link. Properties "state" and "busy" notify; "state-text" says the
 * state in words. Signals:
 * "event" (const char *name, JsonNode *value): our programs on the watch print lines
 * \x1e{"wg":NAME,...}\n , which are cut out of the console's text and handed over here.
 * "console" (const char *text): other text. Strings from a watch are never run or shown as markup.
 */
WgWatch *wg_watch_new(WgLink *link);
/* Opens the link, interrupts what is typed, turns echo off, asks for version, board, free memory
 * and whether there are packets and tensorflow. */
void wg_watch_connect_async(WgWatch *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean wg_watch_connect_finish(WgWatch *self, GAsyncResult *result, GError **error);
/* Ends the connection, what goes on, and keeping's tries. */
void wg_watch_disconnect(WgWatch *self);
/* Keeping: a watch that was ready once and is lost is connected again by the object itself: at
 * once, after 0.5 s, then each second, and whenever the link says that it is back. Its state goes
 * LOST, OPENING (and LOST again where that fails), READY after a fresh greeting, until
 * wg_watch_disconnect(). Calls that were queued when it was lost have failed with
 * WG_ERROR_CONNECTION, and programs of ours in its memory are stopped: who wants them starts them
 * again. Default FALSE. */
void wg_watch_set_keeping(WgWatch *self, gboolean keeping);
gboolean wg_watch_is_keeping(WgWatch *self);
/* Seconds since the connection was lost, also while it is opened again; -1: it is not lost. */
double wg_watch_get_lost_s(WgWatch *self);
/* Why it is not connected, in words, also while it is opened again; NULL: it is. */
const char *wg_watch_get_trouble(WgWatch *self);
/* Returns TRUE once the watch is ready; WG_ERROR_CONNECTION after the time, and at once where it is
 * disconnected or lost and not kept. */
void wg_watch_wait_async(WgWatch *self, guint timeout_ms, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data);
gboolean wg_watch_wait_finish(WgWatch *self, GAsyncResult *result, GError **error);
WgWatchState wg_watch_get_state(WgWatch *self);
/* It said XOFF more than a second ago: it takes nothing until it is done with something of its own.
 */
gboolean wg_watch_is_busy(WgWatch *self);
const char *wg_watch_get_name(WgWatch *self);    /* e.g. "Bangle.js 2 (virtual)" */
const char *wg_watch_get_kind(WgWatch *self);    /* id of WgWatchKind, from process.env.BOARD */
const char *wg_watch_get_version(WgWatch *self); /* "2v29.277" */
gboolean wg_watch_is_virtual(WgWatch *self);     /* a program that plays a watch */
const char *wg_watch_get_address(WgWatch *self);
gboolean wg_watch_has_packets(WgWatch *self);
gboolean wg_watch_has_tensorflow(WgWatch *self);
/* What goes over its link is written to that file from now on (docs/trace-format.md). */
gboolean wg_watch_trace(WgWatch *self, const char *path, GError **error);
/* Deadlines from now on run on this clock, which must outlive the watch; for tests. */
void wg_watch_set_clock(WgWatch *self, const WgClock *clock);

/* Evaluates an expression on the watch; the answer is its JSON (over packets, or text where there
 * are none). Calls queue: one at a time. An exception there is WG_ERROR_INPUT with its text. */
void wg_watch_eval_async(WgWatch *self, const char *expression, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data);
/* For what keeps the watch so busy that it may say nothing at all for more than 2.5 s: so long, in
 * ms, above 10000. Ends with wg_watch_eval_finish(). */
void wg_watch_eval_patiently_async(WgWatch *self, const char *expression, guint patience_ms,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data);
/* Transfer full. */
char *wg_watch_eval_finish(WgWatch *self, GAsyncResult *result, GError **error);
/* Writes a file into Storage, reads back its CRC-32 and compares; WG_ERROR_VERIFY when it differs,
 * WG_ERROR_STORAGE when the watch has no room. */
void wg_watch_write_file_async(WgWatch *self, const char *name, GBytes *content,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean wg_watch_write_file_finish(WgWatch *self, GAsyncResult *result, guint32 *crc32,
                                    GError **error);
/* Only sends it, in as few exchanges as can be: for a caller that asks for all checksums together
 * afterwards. A watch acknowledges even what it could not store. `progress` may be NULL. */
void wg_watch_send_file_async(WgWatch *self, const char *name, GBytes *content,
                              WgProgress *progress, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
gboolean wg_watch_send_file_finish(WgWatch *self, GAsyncResult *result, GError **error);
void wg_watch_read_file_async(WgWatch *self, const char *name, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
GBytes *wg_watch_read_file_finish(WgWatch *self, GAsyncResult *result, GError **error);

G_END_DECLS
