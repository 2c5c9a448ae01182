/* Hears the kernel's and udev's device events on a netlink socket. */
#include "device/uevents.h"

#include <errno.h>
#include <glib-unix.h>
#include <linux/netlink.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* libusb's own hot-plug hears only what udevd has passed on, and a tty not at all. The kernel's
 * group tells at once and without udevd; that of udev (libudev's monitor, systemd) tells when the
 * rules, and with them the permissions, have been applied. */
#define KERNEL_GROUP 1
#define UDEV_GROUP 2
#define SETTLE_MS 30      /* a plug gives about ten events */
#define EVENT_BYTES 16384 /* longer than any: the kernel's are at most 2 kB, udev's 8 kB */

struct _WgUevents {
    int fd;
    GSource *source, *settling;
    WgUeventsFunc func;
    gpointer user_data;
};

static void
stop_source(GSource **source)
{
    if (!*source)
        return;
    g_source_destroy(*source);
    g_clear_pointer(source, g_source_unref);
}

static gboolean
on_settled(gpointer user_data)
{
    WgUevents *self = user_data;
    stop_source(&self->settling);
    self->func(self->user_data); /* which may free this */
    return G_SOURCE_REMOVE;
}

static gboolean
concerns_us(const char *event, gsize n)
{
    static const char *const subsystems[] = {"SUBSYSTEM=usb", "SUBSYSTEM=tty"};
    for (gsize i = 0; i < G_N_ELEMENTS(subsystems); i++)
        if (memmem(event, n, subsystems[i], strlen(subsystems[i]) + 1)) /* with its '\0' */
            return TRUE;
    return FALSE;
}

static gboolean
on_event(int fd, GIOCondition condition, gpointer user_data)
{
    WgUevents *self = user_data;
    char event[EVENT_BYTES];
    const ssize_t n = recv(fd, event, sizeof event, MSG_DONTWAIT);
    if (n < 0 && errno != ENOBUFS) /* some were lost: look in any case */
        return errno == EAGAIN || errno == EINTR ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
    if (n >= 0 && !concerns_us(event, (gsize)n))
        return G_SOURCE_CONTINUE;
    if (!self->settling) {
        self->settling = g_timeout_source_new(SETTLE_MS);
        g_source_set_callback(self->settling, on_settled, self, NULL);
        g_source_attach(self->settling, g_main_context_get_thread_default());
    }
    return G_SOURCE_CONTINUE;
}

static int
open_socket(void)
{
    const struct sockaddr_nl address = {.nl_family = AF_NETLINK,
                                        .nl_groups = KERNEL_GROUP | UDEV_GROUP};
    const int fd =
        socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_KOBJECT_UEVENT);
    if (fd >= 0 && bind(fd, (const struct sockaddr *)&address, sizeof address) == 0)
        return fd;
    g_debug("what is plugged in later is not seen: %s", g_strerror(errno));
    if (fd >= 0)
        close(fd);
    return -1;
}

WgUevents *
wg_uevents_new(WgUeventsFunc func, gpointer user_data)
{
    WgUevents *self = g_new0(WgUevents, 1);
    self->func = func;
    self->user_data = user_data;
    self->fd = open_socket();
    if (self->fd < 0)
        return self;
    self->source = g_unix_fd_source_new(self->fd, G_IO_IN);
    g_source_set_callback(self->source, G_SOURCE_FUNC(on_event), self, NULL);
    g_source_attach(self->source, g_main_context_get_thread_default());
    return self;
}

void
wg_uevents_free(WgUevents *self)
{
    stop_source(&self->settling);
    stop_source(&self->source);
    if (self->fd >= 0)
        close(self->fd);
    g_free(self);
}
