/* Which rates a watch can be recorded at. */
#pragma once

#include "device/watch.h"

G_BEGIN_DECLS

#define WG_RECORD_RATE_HZ 12.5 /* at which the watch's detector works */

/* 12.5 with any watch, 25, 50 and 100 with one that has a KX023. WG_ERROR_UNSUPPORTED where it has
 * none, _USAGE for another rate. */
gboolean wg_record_rate_check(WgWatch *watch, double rate_hz, GError **error);

G_END_DECLS
