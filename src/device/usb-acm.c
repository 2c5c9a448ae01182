/* Finds the serial port (CDC-ACM function) in a USB device's descriptors. */
#include "device/usb-acm.h"

/* descriptor types and classes (USB 2.0 table 9-5, CDC 1.2 tables 12 and 13) */
enum { CONFIGURATION = 2, INTERFACE = 4, ENDPOINT = 5, CLASS_INTERFACE = 0x24 };
enum { CLASS_COMMUNICATIONS = 2, SUBCLASS_ABSTRACT = 2, CLASS_DATA = 10 };
enum { SUBTYPE_UNION = 6 };
enum { TRANSFER_MASK = 3, TRANSFER_BULK = 2, DIRECTION_IN = 0x80, PACKET_MASK = 0x7ff };
/* the shortest that holds what is read of it */
enum { CONFIGURATION_BYTES = 9, INTERFACE_BYTES = 9, ENDPOINT_BYTES = 7, UNION_BYTES = 5 };

typedef struct {
    gboolean is_wanted;     /* inside the configuration */
    int control, data;      /* interface numbers, -1: none yet */
    gboolean is_in_control; /* the interface whose descriptors come now */
    gboolean is_in_data;
    WgUsbAcm acm;
} Walk;

static void
take_interface(Walk *walk, const guint8 *d)
{
    const int number = d[2], class = d[5], subclass = d[6];
    walk->is_in_control = walk->is_in_data = FALSE;
    if (class == CLASS_COMMUNICATIONS && subclass == SUBCLASS_ABSTRACT) {
        walk->is_in_control = TRUE;
        walk->control = number;
        walk->data = -1;
        walk->acm = (WgUsbAcm){.control_interface = (guint8)number};
    } else if (class == CLASS_DATA && walk->control >= 0 &&
               (walk->data == number || walk->data < 0)) {
        walk->is_in_data = TRUE;
        walk->data = number;
        walk->acm.data_interface = (guint8)number;
    }
}

static void
take_endpoint(Walk *walk, const guint8 *d)
{
    if (!walk->is_in_data || (d[3] & TRANSFER_MASK) != TRANSFER_BULK)
        return;
    if (d[2] & DIRECTION_IN) {
        walk->acm.endpoint_in = d[2];
        walk->acm.in_packet_bytes = (guint16)((d[4] | d[5] << 8) & PACKET_MASK);
    } else {
        walk->acm.endpoint_out = d[2];
    }
}

static void
take(Walk *walk, const guint8 *d, guint8 length, int configuration)
{
    if (d[1] == CONFIGURATION && length >= CONFIGURATION_BYTES) {
        *walk = (Walk){.is_wanted = d[5] == configuration, .control = -1, .data = -1};
    } else if (!walk->is_wanted) {
        return;
    } else if (d[1] == INTERFACE && length >= INTERFACE_BYTES) {
        take_interface(walk, d);
    } else if (d[1] == CLASS_INTERFACE && length >= UNION_BYTES) {
        if (walk->is_in_control && d[2] == SUBTYPE_UNION)
            walk->data = d[4];
    } else if (d[1] == ENDPOINT && length >= ENDPOINT_BYTES) {
        take_endpoint(walk, d);
    }
}

gboolean
wg_usb_acm_find(const guint8 *bytes, gsize n, int configuration, WgUsbAcm *acm)
{
    Walk walk = {.control = -1, .data = -1};
    for (gsize i = 0; i + 2 <= n && bytes[i] >= 2 && bytes[i] <= n - i; i += bytes[i]) {
        take(&walk, bytes + i, bytes[i], configuration);
        if (walk.acm.endpoint_out && walk.acm.endpoint_in && walk.acm.in_packet_bytes) {
            *acm = walk.acm;
            return TRUE;
        }
    }
    return FALSE;
}
