/* A board's serial port (CDC-ACM) without the kernel's driver: USB transfers on the main loop. */
#pragma once

#include "device/usb-acm.h"

G_BEGIN_DECLS

typedef struct _WgUsbPipe WgUsbPipe;

/* Come from the loop, never from within a call; any but `opened` may free the pipe. */
typedef struct {
    /* The board has been told rate and readiness, or NULL's opposite: why it is of no use; then
     * nothing else comes. May free the pipe. */
    void (*opened)(gpointer user_data, const GError *error);
    void (*received)(gpointer user_data, gconstpointer data, gsize n);
    void (*drained)(gpointer user_data);
    /* It was unplugged or a transfer failed; comes once. */
    void (*closed)(gpointer user_data, const GError *error);
} WgUsbPipeEvents;

/* `fd`: the open node (/dev/bus/usb/...), which is taken in any case. `takes_over`: an interface
 * that a driver of the kernel holds is taken from it and given back at the end; else that is
 * WG_ERROR_BUSY. `name`: for messages. Runs in the thread's default main context. */
WgUsbPipe *wg_usb_pipe_new(int fd, const WgUsbAcm *acm, int baud, gboolean takes_over,
                           const char *name, const WgUsbPipeEvents *events, gpointer user_data,
                           GError **error);
void wg_usb_pipe_send(WgUsbPipe *self, GBytes *bytes);
/* Bytes that the board has not taken yet. */
gsize wg_usb_pipe_get_queued(WgUsbPipe *self);
/* What was sent gets 40 ms to leave; no event comes afterwards. */
void wg_usb_pipe_free(WgUsbPipe *self);

G_END_DECLS
