/* A link over any tty or pseudo-terminal. */
#pragma once

#include "device/link.h"

G_BEGIN_DECLS

#define WG_TYPE_SERIAL_LINK (wg_serial_link_get_type())
G_DECLARE_FINAL_TYPE(WgSerialLink, wg_serial_link, WG, SERIAL_LINK, WgLink)

/* `baud`: bits per second, one that wg_serial_is_baud() takes. */
WgLink *wg_serial_link_new(const char *address, const char *path, int baud);
gboolean wg_serial_is_baud(int baud);
/* NULL when `path` can be opened now, else why it cannot and the remedy. Does not open it. */
char *wg_serial_dup_trouble(const char *path);

G_END_DECLS
