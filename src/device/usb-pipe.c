/* A board's serial port (CDC-ACM) without the kernel's driver: USB transfers on the main loop. */
#include "device/usb-pipe.h"

#include "base/error.h"
#include "device/usb-loop.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#define N_READS 4 /* in flight, so that no packet waits for us */
#define READ_BYTES 4096
#define WRITE_BYTES 4096
#define CONTROL_MS 1000
#define FAREWELL_MS 40 /* a stall of the main loop would be noticed from 50 ms on */

/* requests of the communications class (PSTN 1.2, section 6.3) */
enum { SET_LINE_CODING = 0x20, SET_CONTROL_LINE_STATE = 0x22, TO_INTERFACE = 0x21 };
enum { LINE_DTR = 1, LINE_RTS = 2 };
enum { LINE_CODING_BYTES = 7 };

typedef enum { SETTING_RATE, SETTING_LINE, OPEN, FAILED, CLOSING } Stage;

struct _WgUsbPipe {
    WgUsbLoop *loop;
    libusb_device_handle *handle;
    int fd;
    WgUsbAcm acm;
    char *name;
    guint32 baud;
    WgUsbPipeEvents events;
    gpointer user_data;

    Stage stage;
    GError *error; /* why it failed */
    gboolean is_told, was_opened, is_drained;
    gboolean is_in_turn, is_freed;
    struct libusb_transfer *control, *reads[N_READS], *write;
    guint8 control_bytes[LIBUSB_CONTROL_SETUP_SIZE + LINE_CODING_BYTES];
    guint8 read_bytes[N_READS][READ_BYTES], write_bytes[WRITE_BYTES];
    int n_in_flight;
    gboolean is_writing;
    GByteArray *in, *out; /* come and not yet told; to go */
};

static void
fail(WgUsbPipe *self, const char *format)
{
    if (self->stage == FAILED || self->stage == CLOSING)
        return;
    self->stage = FAILED;
    g_set_error(&self->error, WG_ERROR, WG_ERROR_CONNECTION, format, self->name);
}

static void
fail_with_status(WgUsbPipe *self, enum libusb_transfer_status status)
{
    if (status == LIBUSB_TRANSFER_STALL)
        fail(self, _("%s refuses to go on (stalled): pull it out and plug it in again"));
    else if (status == LIBUSB_TRANSFER_TIMED_OUT)
        fail(self, _("%s does not answer over USB: pull it out and plug it in again"));
    else /* an unplugging may be told as no device or as a failed transfer */
        fail(self, _("%s is no longer there: was it unplugged?"));
}

static gboolean
submit(WgUsbPipe *self, struct libusb_transfer *transfer)
{
    const int code = libusb_submit_transfer(transfer);
    if (code == 0) {
        self->n_in_flight++;
        return TRUE;
    }
    fail_with_status(self, code == LIBUSB_ERROR_NO_DEVICE ? LIBUSB_TRANSFER_NO_DEVICE
                                                          : LIBUSB_TRANSFER_ERROR);
    return FALSE;
}

static void LIBUSB_CALL
on_read(struct libusb_transfer *transfer)
{
    WgUsbPipe *self = transfer->user_data;
    self->n_in_flight--;
    if (self->stage != OPEN)
        return;
    /* a packet of no bytes only ends a transfer that filled its last packet */
    if (transfer->actual_length > 0)
        g_byte_array_append(self->in, transfer->buffer, (guint)transfer->actual_length);
    if (transfer->status == LIBUSB_TRANSFER_COMPLETED)
        submit(self, transfer);
    else
        fail_with_status(self, transfer->status);
}

static void write_next(WgUsbPipe *self);

static void LIBUSB_CALL
on_written(struct libusb_transfer *transfer)
{
    WgUsbPipe *self = transfer->user_data;
    self->n_in_flight--;
    self->is_writing = FALSE;
    if (self->stage != OPEN)
        return;
    g_byte_array_remove_range(self->out, 0, (guint)transfer->actual_length);
    if (transfer->status != LIBUSB_TRANSFER_COMPLETED)
        fail_with_status(self, transfer->status);
    else if (self->out->len)
        write_next(self);
    else
        self->is_drained = TRUE;
}

/* One at a time: what is in flight stays at the head of the queue until it has arrived. */
static void
write_next(WgUsbPipe *self)
{
    const guint n = MIN(self->out->len, WRITE_BYTES);
    memcpy(self->write_bytes, self->out->data, n);
    libusb_fill_bulk_transfer(self->write, self->handle, self->acm.endpoint_out, self->write_bytes,
                              (int)n, on_written, self, 0);
    /* a board waits for more after a full packet unless an empty one follows */
    self->write->flags = LIBUSB_TRANSFER_ADD_ZERO_PACKET;
    self->is_writing = submit(self, self->write);
}

static void
start_reads(WgUsbPipe *self)
{
    /* a multiple of the packet, or a packet that is too long would be an overflow */
    const int n = READ_BYTES - READ_BYTES % self->acm.in_packet_bytes;
    self->stage = OPEN;
    for (int i = 0; i < N_READS && self->stage == OPEN; i++) {
        libusb_fill_bulk_transfer(self->reads[i], self->handle, self->acm.endpoint_in,
                                  self->read_bytes[i], n, on_read, self, 0);
        submit(self, self->reads[i]);
    }
}

static void set_line(WgUsbPipe *self);

static void LIBUSB_CALL
on_controlled(struct libusb_transfer *transfer)
{
    WgUsbPipe *self = transfer->user_data;
    self->n_in_flight--;
    if (self->stage == FAILED || self->stage == CLOSING)
        return;
    /* a board without a real line may refuse both requests, and works all the same */
    if (transfer->status != LIBUSB_TRANSFER_COMPLETED && transfer->status != LIBUSB_TRANSFER_STALL)
        fail_with_status(self, transfer->status);
    else if (self->stage == SETTING_RATE)
        set_line(self);
    else
        start_reads(self);
}

static void
control(WgUsbPipe *self, guint8 request, guint16 value, guint16 n_data)
{
    libusb_fill_control_setup(self->control_bytes, TO_INTERFACE, request, value,
                              self->acm.control_interface, n_data);
    libusb_fill_control_transfer(self->control, self->handle, self->control_bytes, on_controlled,
                                 self, CONTROL_MS);
    submit(self, self->control);
}

static void
set_line(WgUsbPipe *self)
{
    self->stage = SETTING_LINE;
    control(self, SET_CONTROL_LINE_STATE, LINE_DTR | LINE_RTS, 0);
}

/* Rate (little endian), one stop bit, no parity, eight bits (PSTN 1.2, table 17). */
static void
set_rate(WgUsbPipe *self)
{
    guint8 *coding = self->control_bytes + LIBUSB_CONTROL_SETUP_SIZE;
    const guint32 rate = GUINT32_TO_LE(self->baud);
    memcpy(coding, &rate, sizeof rate);
    coding[4] = 0;
    coding[5] = 0;
    coding[6] = 8;
    self->stage = SETTING_RATE;
    control(self, SET_LINE_CODING, 0, LINE_CODING_BYTES);
}

static void
destroy(WgUsbPipe *self)
{
    for (int i = 0; i < N_READS; i++)
        libusb_free_transfer(self->reads[i]);
    libusb_free_transfer(self->write);
    libusb_free_transfer(self->control);
    if (self->handle) {
        /* fails where it is gone; gives it back to the kernel's driver where we took it from it */
        (void)libusb_release_interface(self->handle, self->acm.data_interface);
        (void)libusb_release_interface(self->handle, self->acm.control_interface);
        libusb_close(self->handle);
    }
    if (self->loop)
        wg_usb_loop_free(self->loop);
    close(self->fd);
    g_byte_array_unref(self->in);
    g_byte_array_unref(self->out);
    g_clear_error(&self->error);
    g_free(self->name);
    g_free(self);
}

/* Hands over what the callbacks noted; each event may free the pipe, which then only ends here. */
static void
tell(WgUsbPipe *self)
{
    if (!self->was_opened && (self->stage == OPEN || self->stage == FAILED)) {
        self->was_opened = self->stage == OPEN;
        self->is_told = self->stage == FAILED;
        self->events.opened(self->user_data, self->error);
    }
    if (!self->is_freed && self->in->len) {
        g_autoptr(GByteArray) in = g_steal_pointer(&self->in);
        self->in = g_byte_array_new();
        self->events.received(self->user_data, in->data, in->len);
    }
    if (!self->is_freed && self->is_drained) {
        self->is_drained = FALSE;
        self->events.drained(self->user_data);
    }
    if (!self->is_freed && self->stage == FAILED && !self->is_told) {
        self->is_told = TRUE;
        self->events.closed(self->user_data, self->error);
    }
}

static void
on_turned(gpointer user_data)
{
    WgUsbPipe *self = user_data;
    self->is_in_turn = TRUE;
    if (!self->is_freed)
        tell(self);
    self->is_in_turn = FALSE;
    if (self->is_freed && self->n_in_flight == 0)
        destroy(self);
}

static gboolean
claim(WgUsbPipe *self, int number, GError **error)
{
    const int code = libusb_claim_interface(self->handle, number);
    if (code == 0)
        return TRUE;
    if (code == LIBUSB_ERROR_BUSY)
        g_set_error(error, WG_ERROR, WG_ERROR_BUSY,
                    _("%s is in use: close the other program that is connected to it"), self->name);
    else
        g_set_error(error, WG_ERROR, WG_ERROR_CONNECTION, _("%s cannot be used over USB: %s"),
                    self->name, libusb_strerror(code));
    return FALSE;
}

static gboolean
prepare(WgUsbPipe *self, gboolean takes_over, GError **error)
{
    self->loop = wg_usb_loop_new(on_turned, self, error);
    if (!self->loop)
        return FALSE;
    const int code =
        libusb_wrap_sys_device(wg_usb_loop_get_context(self->loop), self->fd, &self->handle);
    if (code != 0) {
        self->handle = NULL;
        g_set_error(error, WG_ERROR, WG_ERROR_CONNECTION, _("%s cannot be used over USB: %s"),
                    self->name, libusb_strerror(code));
        return FALSE;
    }
    if (takes_over)
        (void)libusb_set_auto_detach_kernel_driver(self->handle, 1);
    for (int i = 0; i < N_READS; i++)
        self->reads[i] = libusb_alloc_transfer(0);
    self->write = libusb_alloc_transfer(0);
    self->control = libusb_alloc_transfer(0);
    return claim(self, self->acm.control_interface, error) &&
           (self->acm.data_interface == self->acm.control_interface ||
            claim(self, self->acm.data_interface, error));
}

WgUsbPipe *
wg_usb_pipe_new(int fd, const WgUsbAcm *acm, int baud, gboolean takes_over, const char *name,
                const WgUsbPipeEvents *events, gpointer user_data, GError **error)
{
    WgUsbPipe *self = g_new0(WgUsbPipe, 1);
    self->fd = fd;
    self->acm = *acm;
    self->name = g_strdup(name);
    self->baud = (guint32)baud;
    self->events = *events;
    self->user_data = user_data;
    self->in = g_byte_array_new();
    self->out = g_byte_array_new();
    if (prepare(self, takes_over, error))
        set_rate(self);
    else
        self->stage = FAILED;
    if (self->stage != FAILED)
        return self;
    if (self->error)
        g_propagate_error(error, g_steal_pointer(&self->error));
    destroy(self);
    return NULL;
}

void
wg_usb_pipe_send(WgUsbPipe *self, GBytes *bytes)
{
    gsize n = 0;
    const guint8 *data = g_bytes_get_data(bytes, &n);
    if (n == 0 || self->stage != OPEN)
        return;
    g_byte_array_append(self->out, data, (guint)n);
    self->is_drained = FALSE;
    if (!self->is_writing)
        write_next(self);
}

gsize
wg_usb_pipe_get_queued(WgUsbPipe *self)
{
    return self->out->len;
}

static gboolean
is_still_writing(gpointer user_data)
{
    const WgUsbPipe *self = user_data;
    return self->stage == OPEN && self->is_writing;
}

static gboolean
is_in_flight(gpointer user_data)
{
    return ((const WgUsbPipe *)user_data)->n_in_flight > 0;
}

void
wg_usb_pipe_free(WgUsbPipe *self)
{
    wg_usb_loop_run_while(self->loop, is_still_writing, FAREWELL_MS);
    self->is_freed = TRUE;
    self->stage = CLOSING;
    (void)libusb_cancel_transfer(self->control);
    (void)libusb_cancel_transfer(self->write);
    for (int i = 0; i < N_READS; i++)
        (void)libusb_cancel_transfer(self->reads[i]);
    wg_usb_loop_run_while(self->loop, is_in_flight, FAREWELL_MS);
    /* what is still in flight ends on the main loop */
    if (self->n_in_flight == 0 && !self->is_in_turn)
        destroy(self);
}
