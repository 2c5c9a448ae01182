/* Finds the serial port (CDC-ACM function) in a USB device's descriptors. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
    guint8 control_interface, data_interface;
    guint8 endpoint_in, endpoint_out; /* bulk, with the direction bit */
    guint16 in_packet_bytes;          /* the largest packet of endpoint_in */
} WgUsbAcm;

/* `bytes`: the device descriptor and those of all configurations, as sysfs and usbfs give them.
 * Takes the first function of the class "communications, abstract control model" (CDC 1.2, PSTN 1.2
 * section 3.6) with a bulk endpoint either way, in the configuration of that value. FALSE: there is
 * none. No memory beyond the n bytes is read, whatever they say. Any thread. */
gboolean wg_usb_acm_find(const guint8 *bytes, gsize n, int configuration, WgUsbAcm *acm);

G_END_DECLS
