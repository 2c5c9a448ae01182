/* Numbers in the firmware's own decimal form: at most some eleven places, no rounding to nearest.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WG_NUMBER_LENGTH 70 /* as the firmware's JS_NUMBER_BUFFER_SIZE */

/* As ftoa_bounded of jsutils.c: digits one by one until less than 1e-7 is left, at most 11 places,
 * an exponent from 1e21 up and below 1e-6. */
void wg_number_format(double value, char text[WG_NUMBER_LENGTH]);

G_END_DECLS
