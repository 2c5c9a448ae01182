/* The clock that goes on while the computer sleeps. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Microseconds since the computer was started, its sleep included (CLOCK_BOOTTIME), unlike
 * g_get_monotonic_time(). Any thread. */
gint64 wg_get_boottime_us(void);

G_END_DECLS
