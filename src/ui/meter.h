/* A file of measurements that the environment asks for, and the main thread's own time. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct WgMeter WgMeter;

/* Writes to the file that the environment names so; NULL where it names none, or, said on standard
 * error, one that cannot be written. */
WgMeter *wg_meter_new(const char *variable);
void wg_meter_free(WgMeter *self);
/* From here on is measured. */
void wg_meter_begin(WgMeter *self);
/* Since then, less `asked_us`: if it is longer than `told_us`, it is a line: when it ended (us of
 * CLOCK_MONOTONIC), its length, and the thread's processor time in it (us), which tells our own
 * work from a machine that is busy with other things. */
void wg_meter_end(WgMeter *self, gint64 asked_us, gint64 told_us);
/* Processor time of this thread, in us. */
gint64 wg_meter_get_own_us(void);

G_END_DECLS
