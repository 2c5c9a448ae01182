/* Tells when something is plugged in, pulled out, or may be used by others than before. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _WgUevents WgUevents;
typedef void (*WgUeventsFunc)(gpointer user_data);

/* `func` runs in the thread's default main context, within 50 ms of a change of a USB device or a
 * tty; several changes at once are told once. It may free this. Where the system tells nothing (a
 * sandbox), it is never called. */
WgUevents *wg_uevents_new(WgUeventsFunc func, gpointer user_data);
void wg_uevents_free(WgUevents *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgUevents, wg_uevents_free)

G_END_DECLS
