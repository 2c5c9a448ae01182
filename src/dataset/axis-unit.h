/* Units of acceleration and of angular rate, as the headers of files name them. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WG_MS2_PER_G 9.80665 /* standard gravity */

/* How many of that unit ("g", "m/s2", "mg", ...) make one g; 0: it is none. */
double wg_axis_unit_find(const char *word);
/* "g", "m/s2" or "mg"; NULL: none has so many a g. */
const char *wg_axis_unit_get_name(double units_per_g);
/* How many degrees per second one of that unit is ("dps", "deg/s", "rad/s", ...); 0: it is none. */
double wg_axis_unit_find_dps(const char *word);
/* What 1 of that unit is in seconds ("s", "ms", ...); 0: it is none. */
double wg_axis_unit_find_seconds(const char *word);

G_END_DECLS
