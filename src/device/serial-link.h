/* A link over any tty or pseudo-terminal. */
#pragma once

#include "device/link.h"

G_BEGIN_DECLS

#define WG_TYPE_SERIAL_LINK (wg_serial_link_get_type())
G_DECLARE_FINAL_TYPE(WgSerialLink, wg_serial_link, WG, SERIAL_LINK, WgLink)

/* `baud`: bits per second, any; what the hardware cannot do it rounds. */
WgLink *wg_serial_link_new(const char *address, const char *path, int baud);

G_END_DECLS
