/* Has a watch make itself known in a room of many. */
#pragma once

#include "device/watch.h"

G_BEGIN_DECLS

#define WG_IDENTIFY_MAX_CHARS 40 /* what a watch's screen has room for */

/* The watch buzzes and shows the word (any UTF-8, cut to WG_IDENTIFY_MAX_CHARS; it is sent as a
 * quoted string and never run). WG_ERROR_UNSUPPORTED where it can do neither. Main thread. */
void wg_identify_async(WgWatch *watch, const char *word, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data);
gboolean wg_identify_finish(WgWatch *watch, GAsyncResult *result, gboolean *has_buzzed,
                            gboolean *has_shown, GError **error);

G_END_DECLS
