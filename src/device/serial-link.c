/* A link over any tty or pseudo-terminal, through termios. */
#include "device/serial-link.h"

#include "base/error.h"
#include "device/fd-stream.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

struct _WgSerialLink {
    WgLink parent;
    char *path;
    int baud;
    WgFdStream *stream;
};

G_DEFINE_TYPE(WgSerialLink, wg_serial_link, WG_TYPE_LINK)

static const struct {
    int baud;
    speed_t speed;
} speeds[] = {
    {1200, B1200},     {2400, B2400},     {4800, B4800},       {9600, B9600},     {19200, B19200},
    {38400, B38400},   {57600, B57600},   {115200, B115200},   {230400, B230400}, {460800, B460800},
    {500000, B500000}, {921600, B921600}, {1000000, B1000000},
};

static speed_t
find_speed(int baud)
{
    for (gsize i = 0; i < G_N_ELEMENTS(speeds); i++)
        if (speeds[i].baud == baud)
            return speeds[i].speed;
    return B0;
}

gboolean
wg_serial_is_baud(int baud)
{
    return find_speed(baud) != B0;
}

static char *
describe_permission(const char *path)
{
    struct stat info;
    const struct group *group = stat(path, &info) == 0 ? getgrgid(info.st_gid) : NULL;
    if (!group || info.st_gid == 0 || !(info.st_mode & S_IRGRP))
        return g_strdup_printf("you may not use %s: ask who looks after this machine", path);
    return g_strdup_printf(
        "you may not use %s: run “sudo usermod -a -G %s %s”, then log out and in", path,
        group->gr_name, g_get_user_name());
}

static char *
describe(const char *path, int number)
{
    switch (number) {
    case ENOENT:
    case ENXIO:
    case ENODEV:
        return g_strdup_printf("there is no device %s: plug the watch in; “watches” lists what is "
                               "there",
                               path);
    case EACCES:
    case EPERM:
        return describe_permission(path);
    case EBUSY:
    case EWOULDBLOCK:
        return g_strdup_printf("%s is in use: close the other program that is connected to it",
                               path);
    case ENOTTY:
        return g_strdup_printf("%s is no serial device", path);
    default:
        return g_strdup_printf("%s cannot be opened: %s", path, g_strerror(number));
    }
}

static void
set_error(GError **error, const char *path, int number)
{
    g_autofree char *text = describe(path, number);
    g_set_error_literal(error, WG_ERROR, number == ENOTTY ? WG_ERROR_INPUT : WG_ERROR_CONNECTION,
                        text);
}

char *
wg_serial_dup_trouble(const char *path)
{
    return access(path, R_OK | W_OK) == 0 ? NULL : describe(path, errno);
}

static gboolean
make_raw(int fd, speed_t speed)
{
    struct termios mode;
    if (tcgetattr(fd, &mode) != 0)
        return FALSE;
    cfmakeraw(&mode);
    mode.c_cflag |= CLOCAL | CREAD;
    /* closing must not drop DTR, which resets many boards */
    mode.c_cflag &= ~(tcflag_t)(HUPCL | CRTSCTS | CSTOPB);
    mode.c_cc[VMIN] = 1;
    mode.c_cc[VTIME] = 0;
    cfsetispeed(&mode, speed);
    cfsetospeed(&mode, speed);
    return tcsetattr(fd, TCSANOW, &mode) == 0;
}

/* -1 with errno set. */
static int
open_device(const char *path, speed_t speed)
{
    const int fd = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return -1;
    int number = 0;
    if (!isatty(fd))
        number = ENOTTY;
    else if (flock(fd, LOCK_EX | LOCK_NB) != 0)
        number = errno;
    else if (!make_raw(fd, speed))
        number = errno;
    if (number == 0)
        return fd;
    close(fd);
    errno = number;
    return -1;
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
    WgSerialLink *self = user_data;
    g_autoptr(GError) error = NULL;
    g_clear_pointer(&self->stream, wg_fd_stream_free);
    if (number == 0)
        g_set_error(&error, WG_ERROR, WG_ERROR_CONNECTION,
                    "%s was closed at the other end: is the watch still plugged in?", self->path);
    else
        g_set_error(&error, WG_ERROR, WG_ERROR_CONNECTION, "%s failed: %s", self->path,
                    g_strerror(number));
    wg_link_emit_closed(WG_LINK(self), error);
}

static const WgFdStreamEvents stream_events = {on_received, on_drained, on_closed};

static void
open_async(WgLink *link, GCancellable *cancellable, GAsyncReadyCallback callback,
           gpointer user_data)
{
    WgSerialLink *self = WG_SERIAL_LINK(link);
    g_autoptr(GTask) task = g_task_new(self, cancellable, callback, user_data);
    g_clear_pointer(&self->stream, wg_fd_stream_free);
    const int fd = open_device(self->path, find_speed(self->baud));
    if (fd < 0) {
        GError *error = NULL;
        set_error(&error, self->path, errno);
        g_task_return_error(task, error);
        return;
    }
    self->stream = wg_fd_stream_new(fd, &stream_events, self);
    g_task_return_boolean(task, TRUE);
}

static gboolean
open_finish(WgLink *link, GAsyncResult *result, GError **error)
{
    return g_task_propagate_boolean(G_TASK(result), error);
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
    g_clear_pointer(&WG_SERIAL_LINK(link)->stream, wg_fd_stream_free);
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
    g_clear_pointer(&self->stream, wg_fd_stream_free);
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
