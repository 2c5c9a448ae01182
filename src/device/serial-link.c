/* A link over any tty or pseudo-terminal, at any rate. */
#include "device/serial-link.h"

#include "base/error.h"
#include "device/fd-stream.h"
#include "device/port-trouble.h"
#include "device/uevents.h"

#include <errno.h>
#include <asm/termbits.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define FAREWELL_MS 40
#define FAREWELL_STEP_MS 2

struct _WgSerialLink {
    WgLink parent;
    char *path;
    int baud;
    WgFdStream *stream;
    WgUevents *uevents; /* while it is lost */
};

G_DEFINE_TYPE(WgSerialLink, wg_serial_link, WG_TYPE_LINK)

static void
set_error(GError **error, const char *path, int number)
{
    g_autoptr(GPtrArray) boards = wg_usb_boards_scan("/sys");
    g_autofree char *text = wg_port_describe(path, wg_usb_boards_find_tty(boards, path), number);
    const int code = number == ENOTTY                           ? WG_ERROR_INPUT
                     : number == EBUSY || number == EWOULDBLOCK ? WG_ERROR_BUSY
                                                                : WG_ERROR_CONNECTION;
    g_set_error_literal(error, WG_ERROR, code, text);
}

/* Any rate, by the kernel's own call: termios knows only some. Pseudo-terminals take any. */
static gboolean
make_raw(int fd, int baud)
{
    struct termios2 mode;
    if (ioctl(fd, TCGETS2, &mode) != 0)
        return FALSE;
    /* as cfmakeraw() does it */
    mode.c_iflag &= ~(tcflag_t)(IGNBRK | BRKINT | PARMRK | ISTRIP | INLCR | IGNCR | ICRNL | IXON |
                                IXOFF | IXANY);
    mode.c_oflag &= ~(tcflag_t)OPOST;
    mode.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | ISIG | IEXTEN);
    /* closing must not drop DTR, which resets many boards */
    mode.c_cflag &=
        ~(tcflag_t)(CSIZE | PARENB | HUPCL | CRTSCTS | CSTOPB | CBAUD | CBAUD << IBSHIFT);
    mode.c_cflag |= CS8 | CLOCAL | CREAD | BOTHER | BOTHER << IBSHIFT;
    mode.c_cc[VMIN] = 1;
    mode.c_cc[VTIME] = 0;
    mode.c_ispeed = mode.c_ospeed = (speed_t)baud;
    return ioctl(fd, TCSETS2, &mode) == 0;
}

/* -1 with errno set. */
static int
open_device(const char *path, int baud)
{
    const int fd = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return -1;
    int number = 0;
    if (!isatty(fd))
        number = ENOTTY;
    else if (flock(fd, LOCK_EX | LOCK_NB) != 0 || !make_raw(fd, baud))
        number = errno;
    if (number == 0)
        return fd;
    close(fd);
    errno = number;
    return -1;
}

/* TRUE: the board has taken what was sent. It gets a moment for it, less than a stall of the main
 * loop that would be noticed. */
static gboolean
say_farewell(int fd)
{
    int n_left = 0;
    for (int i = 0; i < FAREWELL_MS / FAREWELL_STEP_MS; i++) {
        if (ioctl(fd, TIOCOUTQ, &n_left) != 0 || n_left == 0)
            return TRUE;
        (void)g_poll(NULL, 0, FAREWELL_STEP_MS);
    }
    return FALSE;
}

static void
close_in_thread(GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
    close(GPOINTER_TO_INT(data));
}

/* The kernel waits up to 30 s in close() for a board that takes nothing. */
static void
close_stuck(WgSerialLink *self)
{
    const int fd = fcntl(wg_fd_stream_get_fd(self->stream), F_DUPFD_CLOEXEC, 0);
    g_autoptr(GTask) task = g_task_new(NULL, NULL, NULL, NULL);
    if (fd < 0)
        return;
    (void)flock(fd, LOCK_UN);
    g_task_set_task_data(task, GINT_TO_POINTER(fd), NULL);
    g_task_run_in_thread(task, close_in_thread);
}

static void
drop_stream(WgSerialLink *self)
{
    if (self->stream && !say_farewell(wg_fd_stream_get_fd(self->stream)))
        close_stuck(self);
    g_clear_pointer(&self->stream, wg_fd_stream_free);
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
on_uevent(gpointer user_data)
{
    WgSerialLink *self = user_data;
    if (access(self->path, R_OK | W_OK) == 0)
        wg_link_emit_back(WG_LINK(self));
}

static void
on_closed(gpointer user_data, int number)
{
    WgSerialLink *self = user_data;
    g_autoptr(GError) error = NULL;
    drop_stream(self);
    if (!self->uevents)
        self->uevents = wg_uevents_new(on_uevent, self);
    if (number == 0)
        g_set_error(&error, WG_ERROR, WG_ERROR_CONNECTION,
                    _("%s was closed at the other end: is the watch still plugged in?"),
                    self->path);
    else
        g_set_error(&error, WG_ERROR, WG_ERROR_CONNECTION, _("%s failed: %s"), self->path,
                    g_strerror(number));
    wg_link_emit_closed(WG_LINK(self), error);
}

static const WgFdStreamEvents stream_events = {on_received, on_drained, on_closed};

typedef struct {
    char *path;
    int baud;
} Opening;

static void
opening_free(gpointer data)
{
    Opening *opening = data;
    g_free(opening->path);
    g_free(opening);
}

/* In a thread: a driver may ask the board first, and one that is stuck makes open() wait. */
static void
open_in_thread(GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
    const Opening *opening = data;
    const int fd = open_device(opening->path, opening->baud);
    g_task_return_int(task, fd < 0 ? -errno : fd);
}

static void
open_async(WgLink *link, GCancellable *cancellable, GAsyncReadyCallback callback,
           gpointer user_data)
{
    WgSerialLink *self = WG_SERIAL_LINK(link);
    g_autoptr(GTask) task = g_task_new(self, cancellable, callback, user_data);
    Opening *opening = g_new0(Opening, 1);
    drop_stream(self);
    opening->path = g_strdup(self->path);
    opening->baud = self->baud;
    g_task_set_check_cancellable(task, FALSE); /* or the descriptor would be lost */
    g_task_set_task_data(task, opening, opening_free);
    g_task_run_in_thread(task, open_in_thread);
}

static gboolean
open_finish(WgLink *link, GAsyncResult *result, GError **error)
{
    WgSerialLink *self = WG_SERIAL_LINK(link);
    const gssize fd = g_task_propagate_int(G_TASK(result), NULL);
    if (fd < 0) {
        set_error(error, self->path, (int)-fd);
        return FALSE;
    }
    drop_stream(self);
    g_clear_pointer(&self->uevents, wg_uevents_free);
    self->stream = wg_fd_stream_new((int)fd, &stream_events, self);
    return TRUE;
}

static void
send_bytes(WgLink *link, GBytes *bytes)
{
    if (WG_SERIAL_LINK(link)->stream)
        wg_fd_stream_send(WG_SERIAL_LINK(link)->stream, bytes);
}

static void
close_link(WgLink *link)
{
    drop_stream(WG_SERIAL_LINK(link));
    g_clear_pointer(&WG_SERIAL_LINK(link)->uevents, wg_uevents_free);
}

static gsize
get_queued(WgLink *link)
{
    WgSerialLink *self = WG_SERIAL_LINK(link);
    return self->stream ? wg_fd_stream_get_queued(self->stream) : 0;
}

static void
finalize(GObject *object)
{
    WgSerialLink *self = WG_SERIAL_LINK(object);
    drop_stream(self);
    g_clear_pointer(&self->uevents, wg_uevents_free);
    g_free(self->path);
    G_OBJECT_CLASS(wg_serial_link_parent_class)->finalize(object);
}

static void
wg_serial_link_class_init(WgSerialLinkClass *class)
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
wg_serial_link_init(WgSerialLink *self)
{
}

WgLink *
wg_serial_link_new(const char *address, const char *path, int baud)
{
    WgSerialLink *self = g_object_new(WG_TYPE_SERIAL_LINK, "address", address, NULL);
    self->path = g_strdup(path);
    self->baud = baud;
    return WG_LINK(self);
}
