/* What files call their columns: axes of acceleration and angular rate, time, with or without a
 * unit.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
    char *name;         /* in small letters, without spaces, "_" and "-" */
    int channel;        /* 0..2: acceleration x, y, z; 3..5: angular rate; -1: none of these */
    double units_per_g; /* of an acceleration whose unit is told, else 0 */
    double dps;         /* degrees per second of an angular rate's unit, 1 where none is told */
    gboolean is_time;
    double seconds; /* that 1 of a time's unit is, 0 where none is told */
} WgAxisName;

/* Reads a header's cell: "accX", "Acceleration x (m/s^2)", "ax_mg", "gyr_z [rad/s]", "time (s)". */
void wg_axis_name_read(WgAxisName *self, const char *cell);
void wg_axis_name_clear(WgAxisName *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(WgAxisName, wg_axis_name_clear)

G_END_DECLS
