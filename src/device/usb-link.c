/* A link to a board by its USB ids: over its tty, or over USB itself where there is none to use. */
#include "device/usb-link.h"

#include "base/error.h"
#include "device/port-trouble.h"
#include "device/serial-link.h"
#include "device/uevents.h"
#include "device/usb-pipe.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <unistd.h>

struct _WgUsbLink {
    WgLink parent;
    guint16 vendor, product;
    char *serial;
    int baud;
    WgLink *tty; /* one of both while it is open */
    WgUsbPipe *pipe;
    GTask *opening;
    WgUevents *uevents; /* while it is lost */
};

G_DEFINE_FINAL_TYPE(WgUsbLink, wg_usb_link, WG_TYPE_LINK)

static const WgUsbBoard *
find_board(WgUsbLink *self, GPtrArray *boards)
{
    for (guint i = 0; i < boards->len; i++) {
        const WgUsbBoard *board = g_ptr_array_index(boards, i);
        if (board->vendor == self->vendor && board->product == self->product &&
            (!self->serial || g_strcmp0(board->serial, self->serial) == 0))
            return board;
    }
    return NULL;
}

static void
drop_tty(WgUsbLink *self)
{
    if (!self->tty)
        return;
    g_signal_handlers_disconnect_by_data(self->tty, self);
    wg_link_close(self->tty);
    g_clear_object(&self->tty);
}

static void
on_uevent(gpointer user_data)
{
    WgUsbLink *self = user_data;
    g_autoptr(GPtrArray) boards = wg_usb_boards_scan("/sys");
    const WgUsbBoard *board = find_board(self, boards);
    if (board && (access(board->node, R_OK | W_OK) == 0 ||
                  (board->ttys[0] && access(board->ttys[0], R_OK | W_OK) == 0)))
        wg_link_emit_back(WG_LINK(self));
}

/* A loss: asks to be told when the board returns. */
static void
lose(WgUsbLink *self, const GError *error)
{
    if (!self->uevents)
        self->uevents = wg_uevents_new(on_uevent, self);
    wg_link_emit_closed(WG_LINK(self), error);
}

/* Ends the attempt, if one goes on; NULL: it is open. Takes the error. */
static void
end_opening(WgUsbLink *self, GError *error)
{
    g_autoptr(GTask) task = g_steal_pointer(&self->opening);
    if (!task)
        g_clear_error(&error);
    else if (error)
        g_task_return_error(task, error);
    else
        g_task_return_boolean(task, TRUE);
}

static void
on_tty_received(WgLink *tty, GBytes *bytes, gpointer user_data)
{
    gsize n = 0;
    const void *data = g_bytes_get_data(bytes, &n);
    wg_link_emit_received(user_data, data, n);
}

static void
on_tty_drained(WgLink *tty, gpointer user_data)
{
    wg_link_emit_drained(user_data);
}

static void
on_tty_closed(WgLink *tty, const GError *error, gpointer user_data)
{
    if (error)
        lose(user_data, error);
}

static void
on_tty_opened(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(WgUsbLink) self = user_data;
    GError *error = NULL;
    if (!wg_link_open_finish(WG_LINK(source), result, &error) && WG_LINK(source) == self->tty)
        drop_tty(self);
    end_opening(self, error);
}

static void
open_tty(WgUsbLink *self, const char *path, int baud)
{
    self->tty = wg_serial_link_new(wg_link_get_address(WG_LINK(self)), path, baud);
    g_signal_connect(self->tty, "received", G_CALLBACK(on_tty_received), self);
    g_signal_connect(self->tty, "drained", G_CALLBACK(on_tty_drained), self);
    g_signal_connect(self->tty, "closed", G_CALLBACK(on_tty_closed), self);
    wg_link_open_async(self->tty, NULL, on_tty_opened, g_object_ref(self));
}

static void
on_pipe_opened(gpointer user_data, const GError *error)
{
    WgUsbLink *self = user_data;
    if (error)
        g_clear_pointer(&self->pipe, wg_usb_pipe_free);
    end_opening(self, error ? g_error_copy(error) : NULL);
}

static void
on_pipe_received(gpointer user_data, gconstpointer data, gsize n)
{
    wg_link_emit_received(user_data, data, n);
}

static void
on_pipe_drained(gpointer user_data)
{
    wg_link_emit_drained(user_data);
}

static void
on_pipe_closed(gpointer user_data, const GError *error)
{
    WgUsbLink *self = user_data;
    g_autoptr(GError) copy = g_error_copy(error);
    g_clear_pointer(&self->pipe, wg_usb_pipe_free);
    lose(self, copy);
}

static const WgUsbPipeEvents pipe_events = {on_pipe_opened, on_pipe_received, on_pipe_drained,
                                            on_pipe_closed};

static void
open_pipe(WgUsbLink *self, const WgUsbBoard *board, int baud)
{
    GError *error = NULL;
    const int fd = open(board->node, O_RDWR | O_CLOEXEC);
    if (fd < 0) {
        /* the tty is what most people know, and what the rule for it names */
        const char *path = board->ttys[0] ? board->ttys[0] : board->node;
        g_autofree char *text = wg_port_describe(path, board, errno);
        end_opening(self, g_error_new_literal(WG_ERROR, WG_ERROR_CONNECTION, text));
        return;
    }
    /* a tty that could be used was taken above: here taking the board from the kernel's driver, for
     * as long as the link is open, is the only way, and takes nothing from anybody who may use it
     * unless another user has the tty open, which the kernel's driver would tell that user as an
     * unplugging */
    self->pipe = wg_usb_pipe_new(fd, &board->acm, baud, board->ttys[0] != NULL, board->name,
                                 &pipe_events, self, &error);
    if (!self->pipe)
        end_opening(self, error);
}

static void
open_async(WgLink *link, GCancellable *cancellable, GAsyncReadyCallback callback,
           gpointer user_data)
{
    WgUsbLink *self = WG_USB_LINK(link);
    g_autoptr(GPtrArray) boards = wg_usb_boards_scan("/sys");
    const WgUsbBoard *board = find_board(self, boards);
    end_opening(self, g_error_new_literal(WG_ERROR, WG_ERROR_CONNECTION, _("connected anew")));
    drop_tty(self);
    g_clear_pointer(&self->pipe, wg_usb_pipe_free);
    self->opening = g_task_new(self, cancellable, callback, user_data);
    if (!board) {
        end_opening(self,
                    self->serial
                        ? g_error_new(WG_ERROR, WG_ERROR_CONNECTION,
                                      _("no board %04x:%04x with number %s is plugged in: plug it "
                                        "in, or choose another watch"),
                                      self->vendor, self->product, self->serial)
                        : g_error_new(WG_ERROR, WG_ERROR_CONNECTION,
                                      _("no board %04x:%04x is plugged in: plug it in, or choose "
                                        "another watch"),
                                      self->vendor, self->product));
        return;
    }
    const int baud = self->baud ? self->baud : board->known ? board->known->baud : WG_DEFAULT_BAUD;
    if (board->ttys[0] && (!board->has_acm || access(board->ttys[0], R_OK | W_OK) == 0))
        open_tty(self, board->ttys[0], baud);
    else
        open_pipe(self, board, baud);
}

static gboolean
open_finish(WgLink *link, GAsyncResult *result, GError **error)
{
    if (!g_task_propagate_boolean(G_TASK(result), error))
        return FALSE;
    g_clear_pointer(&WG_USB_LINK(link)->uevents, wg_uevents_free);
    return TRUE;
}

static void
send_bytes(WgLink *link, GBytes *bytes)
{
    WgUsbLink *self = WG_USB_LINK(link);
    if (self->tty)
        wg_link_send(self->tty, bytes);
    else if (self->pipe)
        wg_usb_pipe_send(self->pipe, bytes);
}

static void
close_link(WgLink *link)
{
    WgUsbLink *self = WG_USB_LINK(link);
    drop_tty(self);
    g_clear_pointer(&self->uevents, wg_uevents_free);
    g_clear_pointer(&self->pipe, wg_usb_pipe_free);
}

static gsize
get_queued(WgLink *link)
{
    WgUsbLink *self = WG_USB_LINK(link);
    return self->tty    ? wg_link_get_queued(self->tty)
           : self->pipe ? wg_usb_pipe_get_queued(self->pipe)
                        : 0;
}

static void
finalize(GObject *object)
{
    close_link(WG_LINK(object));
    g_free(WG_USB_LINK(object)->serial);
    G_OBJECT_CLASS(wg_usb_link_parent_class)->finalize(object);
}

static void
wg_usb_link_class_init(WgUsbLinkClass *class)
{
    WgLinkClass *link_class = WG_LINK_CLASS(class);
    G_OBJECT_CLASS(class)->finalize = finalize;
    link_class->open_async = open_async;
    link_class->open_finish = open_finish;
    link_class->send = send_bytes;
    link_class->close = close_link;
    link_class->get_queued = get_queued;
}

static void
wg_usb_link_init(WgUsbLink *self)
{
}

WgLink *
wg_usb_link_new(const char *address, guint16 vendor, guint16 product, const char *serial, int baud)
{
    WgUsbLink *self = g_object_new(WG_TYPE_USB_LINK, "address", address, NULL);
    self->vendor = vendor;
    self->product = product;
    self->serial = g_strdup(serial);
    self->baud = baud;
    return WG_LINK(self);
}
