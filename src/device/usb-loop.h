/* libusb's events as a source of the main loop. */
#pragma once

#include <gio/gio.h>
#include <libusb.h>

G_BEGIN_DECLS

typedef struct _WgUsbLoop WgUsbLoop;

/* `turned` is called after libusb's callbacks of one turn have run, from outside of them: the place
 * to act on what they noted; it may free the loop. Runs in the thread's default main context; only
 * devices that are handed over as descriptors (libusb_wrap_sys_device) are there. */
WgUsbLoop *wg_usb_loop_new(void (*turned)(gpointer user_data), gpointer user_data, GError **error);
libusb_context *wg_usb_loop_get_context(WgUsbLoop *self);
/* Lets transfers go on for at most so long, without the main loop; the condition is asked between
 * them. */
void wg_usb_loop_run_while(WgUsbLoop *self, gboolean (*is_waiting)(gpointer user_data),
                           int limit_ms);
/* All devices of it must be closed. */
void wg_usb_loop_free(WgUsbLoop *self);

G_END_DECLS
