/* A Bluetooth device's answer about its services: which channel its serial port has. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* `data`: a sequence of service records (Bluetooth Core, volume 3 part B sections 3 and 4.7), each
 * with its list of protocols. The RFCOMM channel of the first record that has one, 1 to 30; 0:
 * there is none, or the answer is not whole. No memory beyond the n bytes is read, whatever they
 * say. Any thread. */
int wg_sdp_find_channel(const guint8 *data, gsize n);

G_END_DECLS
