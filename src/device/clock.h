/* Deadlines: on GLib's timers, or on a clock that a test winds by hand. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _WgClock WgClock;

/* To be embedded by one's own clock; callbacks run in the main context and return whether they are
 * to be called again. */
struct _WgClock {
    guint (*add)(const WgClock *self, guint delay_ms, GSourceFunc func, gpointer user_data);
    void (*remove)(const WgClock *self, guint id);
    gint64 (*get_us)(const WgClock *self);
};

/* g_timeout_add and g_get_monotonic_time. */
const WgClock *wg_clock_get_system(void);
guint wg_clock_add(const WgClock *self, guint delay_ms, GSourceFunc func, gpointer user_data);
/* Sets *id to 0; it may be 0. */
void wg_clock_clear(const WgClock *self, guint *id);
gint64 wg_clock_get_us(const WgClock *self);

G_END_DECLS
