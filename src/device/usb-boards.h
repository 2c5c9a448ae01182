/* The boards on the USB: who they are, and the ways to speak with them. */
#pragma once

#include "device/known-boards.h"
#include "device/usb-acm.h"

G_BEGIN_DECLS

typedef struct {
    guint16 vendor, product;
    char *serial;              /* NULL: it has none */
    char *name;                /* of the table, else as the device says it: valid UTF-8 */
    const WgKnownBoard *known; /* NULL: not in the table */
    char *node;                /* "/dev/bus/usb/001/002" */
    char **ttys;               /* "/dev/ttyACM0"; NULL-terminated, empty where no driver made one */
    gboolean has_acm;          /* we could speak with it without the kernel's driver */
    WgUsbAcm acm;
} WgUsbBoard;

/* Of all USB devices those with a serial port of any kind, in the order of their places.
 * `sysfs`: "/sys". Reads what anyone may read. Owner: caller. Any thread. */
GPtrArray *wg_usb_boards_scan(const char *sysfs);
/* The board whose port this tty is, NULL: none of them. */
const WgUsbBoard *wg_usb_boards_find_tty(GPtrArray *boards, const char *tty);

G_END_DECLS
