/* Asks a Bluetooth device on which channel its serial port is. */
#pragma once

#include <bluetooth/bluetooth.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/* On the main loop, without blocking; it may take long, so that the caller has a deadline. */
void wg_sdp_ask_async(const bdaddr_t *device, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data);
/* The channel, 1 to 30, or 0: it has no serial port (SPP). -1: it failed, with errno's number in
 * `error_number`, ECANCELED where it was cancelled. */
int wg_sdp_ask_finish(GAsyncResult *result, int *error_number);

G_END_DECLS
