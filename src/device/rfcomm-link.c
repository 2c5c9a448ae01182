/* A link over Bluetooth's serial port: the channel by SDP, then a socket of the kernel. */
#include "device/rfcomm-link.h"

#include "base/error.h"
#include "device/fd-stream.h"
#include "device/hci-adapter.h"
#include "device/rfcomm-sdp.h"

#include <bluetooth/rfcomm.h>
#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <sys/socket.h>
#include <unistd.h>

#define STAGE_MS 10000 /* to ask for the channel, and to connect */
#define AGAIN_MS 500   /* until the next try */

struct _WgRfcommLink {
    WgLink parent;
    char *device;
    int channel; /* 0: to be asked */
    const WgClock *clock;
    WgFdStream *stream;
    GTask *opening;
    GCancellable *asking;
    GSource *io, *cancelled;
    int fd;             /* while it connects; -1: none */
    gboolean has_asked; /* for the channel, and was told */
    guint deadline_id, again_id;
    int last_error; /* of a try; 0: none */
};

G_DEFINE_FINAL_TYPE(WgRfcommLink, wg_rfcomm_link, WG_TYPE_LINK)

char *
wg_rfcomm_explain(const char *device, int error_number)
{
    switch (error_number) {
    case EAFNOSUPPORT:
    case EPROTONOSUPPORT:
        return g_strdup(
            _("this computer has no Bluetooth: plug an adapter in, or connect by cable"));
    case ENETDOWN:
    case ENETUNREACH:
    case ENODEV:
    case EHOSTUNREACH: {
        char *trouble = wg_hci_dup_trouble();
        return trouble ? trouble
                       : g_strdup_printf(_("%s is out of reach: bring it nearer, and switch it on"),
                                         device);
    }
    case EHOSTDOWN:
    case ETIMEDOUT:
        return g_strdup_printf(
            _("%s is out of reach: bring it nearer, switch it on, and disconnect "
              "it from other programs"),
            device);
    case EBUSY:
    case EADDRINUSE:
        return g_strdup_printf(
            _("%s is in use by another program on this computer: close that one"), device);
    case ECONNREFUSED:
        /* also what the kernel answers where the two cannot agree on a key */
        return g_strdup_printf(
            _("%s refuses the connection: pair it anew in the system's Bluetooth "
              "settings, or with “bluetoothctl pair %s”, and disconnect it from "
              "other programs"),
            device, device);
    case EACCES:
    case EPERM:
    case EKEYREJECTED:
    case EBADE:
        return g_strdup_printf(_("%s wants to be paired first: pair it in the system's Bluetooth "
                                 "settings, or with “bluetoothctl pair %s”"),
                               device, device);
    default:
        return g_strdup_printf(_("%s cannot be connected: %s"), device, g_strerror(error_number));
    }
}

static void
stop_source(GSource **source)
{
    if (*source)
        g_source_destroy(*source);
    g_clear_pointer(source, g_source_unref);
}

static void
close_socket(WgRfcommLink *self)
{
    stop_source(&self->io);
    if (self->fd >= 0)
        close(self->fd);
    self->fd = -1;
}

static void
stop_opening(WgRfcommLink *self)
{
    stop_source(&self->cancelled);
    wg_clock_clear(self->clock, &self->deadline_id);
    wg_clock_clear(self->clock, &self->again_id);
    if (self->asking)
        g_cancellable_cancel(self->asking);
    g_clear_object(&self->asking);
    close_socket(self);
}

/* Takes the error. */
static void
fail(WgRfcommLink *self, GError *error)
{
    g_autoptr(GTask) opening = g_steal_pointer(&self->opening);
    stop_opening(self);
    g_task_return_error(opening, error);
}

static void
fail_errno(WgRfcommLink *self, int error_number)
{
    g_autofree char *text = wg_rfcomm_explain(self->device, error_number);
    g_debug("%s: %s", self->device, g_strerror(error_number));
    fail(self, g_error_new_literal(WG_ERROR, WG_ERROR_CONNECTION, text));
}

static gboolean
on_deadline(gpointer user_data)
{
    WgRfcommLink *self = user_data;
    self->deadline_id = 0;
    fail_errno(self, self->last_error ? self->last_error : ETIMEDOUT);
    return G_SOURCE_REMOVE;
}

static void begin(WgRfcommLink *self);

static gboolean
on_again(gpointer user_data)
{
    WgRfcommLink *self = user_data;
    self->again_id = 0;
    begin(self);
    return G_SOURCE_REMOVE;
}

/* What may work the next time, as often it does over the air. */
static void
try_later(WgRfcommLink *self, int error_number)
{
    /* the channel that was just told is refused while the port is being opened anew */
    const gboolean is_passing = error_number == ECONNRESET || error_number == ECONNABORTED ||
                                error_number == EHOSTDOWN ||
                                (error_number == ECONNREFUSED && !self->channel);
    close_socket(self);
    if (!is_passing) {
        fail_errno(self, error_number);
        return;
    }
    g_debug("connecting anew after: %s", g_strerror(error_number));
    self->last_error = error_number;
    self->again_id = wg_clock_add(self->clock, AGAIN_MS, on_again, self);
}

static void
set_deadline(WgRfcommLink *self)
{
    wg_clock_clear(self->clock, &self->deadline_id);
    self->deadline_id = wg_clock_add(self->clock, STAGE_MS, on_deadline, self);
}

static gboolean
on_cancelled(GCancellable *cancellable, gpointer user_data)
{
    fail(user_data, g_error_new_literal(G_IO_ERROR, G_IO_ERROR_CANCELLED, _("stopped")));
    return G_SOURCE_REMOVE;
}

static void
on_received(gpointer user_data, gconstpointer data, gsize n)
{
    wg_link_emit_received(user_data, data, n);
}

static void
on_drained(gpointer user_data)
{
    wg_link_emit_drained(user_data);
}

static void
on_closed(gpointer user_data, int number)
{
    WgRfcommLink *self = user_data;
    g_autoptr(GError) error = NULL;
    g_clear_pointer(&self->stream, wg_fd_stream_free);
    if (number)
        g_debug("the serial port of %s failed: %s", self->device, g_strerror(number));
    g_set_error(&error, WG_ERROR, WG_ERROR_CONNECTION,
                _("the connection to %s broke: it is out of reach, switched off or restarted"),
                self->device);
    wg_link_emit_closed(WG_LINK(self), error);
}

static const WgFdStreamEvents stream_events = {on_received, on_drained, on_closed};

static gboolean
on_connected(int fd, GIOCondition condition, gpointer user_data)
{
    WgRfcommLink *self = user_data;
    int number = 0;
    socklen_t length = sizeof number;
    if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &number, &length) != 0)
        number = errno;
    if (number) {
        try_later(self, number);
        return G_SOURCE_REMOVE;
    }
    g_autoptr(GTask) opening = g_steal_pointer(&self->opening);
    self->fd = -1; /* the stream takes it */
    stop_opening(self);
    self->stream = wg_fd_stream_new(fd, &stream_events, self);
    g_task_return_boolean(opening, TRUE);
    return G_SOURCE_REMOVE;
}

static void
connect_channel(WgRfcommLink *self, int channel)
{
    struct sockaddr_rc there = {.rc_family = AF_BLUETOOTH, .rc_channel = (uint8_t)channel};
    str2ba(self->device, &there.rc_bdaddr);
    self->fd = socket(AF_BLUETOOTH, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, BTPROTO_RFCOMM);
    if (self->fd < 0 || (connect(self->fd, (const struct sockaddr *)&there, sizeof there) != 0 &&
                         errno != EINPROGRESS && errno != EAGAIN)) {
        try_later(self, errno);
        return;
    }
    self->io = g_unix_fd_source_new(self->fd, G_IO_OUT | G_IO_HUP | G_IO_ERR);
    g_source_set_callback(self->io, G_SOURCE_FUNC(on_connected), self, NULL);
    g_source_attach(self->io, g_main_context_get_thread_default());
}

static void
on_channel(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(WgRfcommLink) self = user_data;
    int number = 0;
    const int channel = wg_sdp_ask_finish(result, &number);
    if (number == ECANCELED || !self->opening)
        return;
    g_clear_object(&self->asking);
    if (channel > 0) {
        if (!self->has_asked) /* not anew at each try: the port may be refused for good */
            set_deadline(self);
        self->has_asked = TRUE;
        connect_channel(self, channel);
    } else if (channel < 0) {
        try_later(self, number);
    } else {
        fail(self, g_error_new(WG_ERROR, WG_ERROR_CONNECTION,
                               _("%s offers no serial port over Bluetooth (SPP): a Bangle.js is "
                                 "reached by ble:, not rfcomm:"),
                               self->device));
    }
}

static void
begin(WgRfcommLink *self)
{
    bdaddr_t there;
    if (self->channel) {
        connect_channel(self, self->channel);
        return;
    }
    str2ba(self->device, &there);
    self->asking = g_cancellable_new();
    wg_sdp_ask_async(&there, self->asking, on_channel, g_object_ref(self));
}

static void
open_async(WgLink *link, GCancellable *cancellable, GAsyncReadyCallback callback,
           gpointer user_data)
{
    WgRfcommLink *self = WG_RFCOMM_LINK(link);
    g_autoptr(GTask) task = g_task_new(self, cancellable, callback, user_data);
    if (self->opening) {
        g_task_return_new_error(task, WG_ERROR, WG_ERROR_BUSY, _("%s is being connected already"),
                                self->device);
        return;
    }
    g_task_set_check_cancellable(task, FALSE);
    self->opening = g_steal_pointer(&task);
    self->cancelled = g_cancellable_source_new(cancellable);
    g_source_set_callback(self->cancelled, G_SOURCE_FUNC(on_cancelled), self, NULL);
    g_source_attach(self->cancelled, g_main_context_get_thread_default());
    self->last_error = 0;
    self->has_asked = FALSE;
    set_deadline(self);
    begin(self);
}

static gboolean
open_finish(WgLink *link, GAsyncResult *result, GError **error)
{
    return g_task_propagate_boolean(G_TASK(result), error);
}

static void
send_bytes(WgLink *link, GBytes *bytes)
{
    if (WG_RFCOMM_LINK(link)->stream)
        wg_fd_stream_send(WG_RFCOMM_LINK(link)->stream, bytes);
}

static void
close_link(WgLink *link)
{
    g_clear_pointer(&WG_RFCOMM_LINK(link)->stream, wg_fd_stream_free);
}

static gsize
get_queued(WgLink *link)
{
    WgRfcommLink *self = WG_RFCOMM_LINK(link);
    return self->stream ? wg_fd_stream_get_queued(self->stream) : 0;
}

static void
finalize(GObject *object)
{
    WgRfcommLink *self = WG_RFCOMM_LINK(object);
    stop_opening(self);
    g_clear_pointer(&self->stream, wg_fd_stream_free);
    g_free(self->device);
    G_OBJECT_CLASS(wg_rfcomm_link_parent_class)->finalize(object);
}

static void
wg_rfcomm_link_class_init(WgRfcommLinkClass *class)
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
wg_rfcomm_link_init(WgRfcommLink *self)
{
    self->clock = wg_clock_get_system();
    self->fd = -1;
}

void
wg_rfcomm_link_set_clock(WgRfcommLink *self, const WgClock *clock)
{
    self->clock = clock;
}

WgLink *
wg_rfcomm_link_new(const char *address, const char *device, int channel)
{
    WgRfcommLink *self = g_object_new(WG_TYPE_RFCOMM_LINK, "address", address, NULL);
    self->device = g_ascii_strup(device, -1);
    self->channel = channel;
    return WG_LINK(self);
}
