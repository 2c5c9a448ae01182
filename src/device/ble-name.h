/* Bluetooth addresses and the names of watches. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* AA:BB:CC:DD:EE:FF, in either case. */
gboolean wg_ble_is_address(const char *text);
/* One that an Espruino watch or board advertises: "Bangle.js 5a31". */
gboolean wg_ble_is_known_name(const char *name);
/* To be shown within a sentence: short, without control characters. Owner: caller. */
char *wg_ble_dup_shown(const char *name);

G_END_DECLS
