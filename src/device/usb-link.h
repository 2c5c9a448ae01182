/* A link to a board by its USB ids: over its tty, or over USB itself where there is none to use. */
#pragma once

#include "device/link.h"

G_BEGIN_DECLS

#define WG_TYPE_USB_LINK (wg_usb_link_get_type())
G_DECLARE_FINAL_TYPE(WgUsbLink, wg_usb_link, WG, USB_LINK, WgLink)

/* `serial`: the board's, NULL: the first with these ids. `baud`: 0: what is usual for the board. */
WgLink *wg_usb_link_new(const char *address, guint16 vendor, guint16 product, const char *serial,
                        int baud);

G_END_DECLS
