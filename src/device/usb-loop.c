/* libusb's events as a source of the main loop. */
#include "device/usb-loop.h"

#include "base/error.h"

#include <glib/gi18n.h>
#include <poll.h>

typedef struct {
    GSource source;
    WgUsbLoop *loop;
} UsbSource;

struct _WgUsbLoop {
    libusb_context *context;
    GSource *source;
    GHashTable *tags; /* descriptor -> its tag in the source */
    void (*turned)(gpointer user_data);
    gpointer user_data;
};

/* libusb's deadlines are a timerfd among its descriptors on Linux, so none is to be asked for. */
static gboolean
dispatch(GSource *source, GSourceFunc callback, gpointer user_data)
{
    WgUsbLoop *self = ((UsbSource *)source)->loop;
    struct timeval none = {0, 0};
    const int code = libusb_handle_events_timeout_completed(self->context, &none, NULL);
    if (code != 0)
        g_debug("libusb: %s", libusb_error_name(code));
    self->turned(self->user_data); /* which may free this */
    return G_SOURCE_CONTINUE;
}

static GIOCondition
to_condition(short events)
{
    /* usbfs says POLLOUT when a transfer is done, POLLERR when the device is gone */
    GIOCondition condition = G_IO_ERR | G_IO_HUP;
    if (events & POLLIN)
        condition |= G_IO_IN;
    if (events & POLLOUT)
        condition |= G_IO_OUT;
    return condition;
}

static void LIBUSB_CALL
on_fd_added(int fd, short events, void *user_data)
{
    WgUsbLoop *self = user_data;
    gpointer tag = g_source_add_unix_fd(self->source, fd, to_condition(events));
    g_hash_table_insert(self->tags, GINT_TO_POINTER(fd), tag);
}

static void LIBUSB_CALL
on_fd_removed(int fd, void *user_data)
{
    WgUsbLoop *self = user_data;
    gpointer tag = NULL;
    if (g_hash_table_steal_extended(self->tags, GINT_TO_POINTER(fd), NULL, &tag))
        g_source_remove_unix_fd(self->source, tag);
}

static gboolean
check(GSource *source)
{
    WgUsbLoop *self = ((UsbSource *)source)->loop;
    GHashTableIter iter;
    gpointer tag;
    g_hash_table_iter_init(&iter, self->tags);
    while (g_hash_table_iter_next(&iter, NULL, &tag))
        if (g_source_query_unix_fd(source, tag))
            return TRUE;
    return FALSE;
}

WgUsbLoop *
wg_usb_loop_new(void (*turned)(gpointer user_data), gpointer user_data, GError **error)
{
    static const GSourceFuncs funcs = {.check = check, .dispatch = dispatch};
    libusb_context *context = NULL;
    /* the devices come as descriptors: libusb needs no list of them, and no thread to keep it */
    (void)libusb_set_option(NULL, LIBUSB_OPTION_NO_DEVICE_DISCOVERY);
    const int code = libusb_init(&context);
    if (code != 0) {
        g_set_error(error, WG_ERROR, WG_ERROR_CONNECTION, _("USB cannot be used here: %s"),
                    libusb_strerror(code));
        return NULL;
    }
    WgUsbLoop *self = g_new0(WgUsbLoop, 1);
    self->context = context;
    self->turned = turned;
    self->user_data = user_data;
    self->tags = g_hash_table_new(NULL, NULL);
    self->source = g_source_new((GSourceFuncs *)&funcs, sizeof(UsbSource));
    ((UsbSource *)self->source)->loop = self;
    libusb_set_pollfd_notifiers(context, on_fd_added, on_fd_removed, self);
    const struct libusb_pollfd **fds = libusb_get_pollfds(context);
    for (int i = 0; fds && fds[i]; i++)
        on_fd_added(fds[i]->fd, fds[i]->events, self);
    libusb_free_pollfds(fds);
    g_source_attach(self->source, g_main_context_get_thread_default());
    return self;
}

libusb_context *
wg_usb_loop_get_context(WgUsbLoop *self)
{
    return self->context;
}

void
wg_usb_loop_run_while(WgUsbLoop *self, gboolean (*is_waiting)(gpointer user_data), int limit_ms)
{
    const gint64 end_us = g_get_monotonic_time() + limit_ms * G_TIME_SPAN_MILLISECOND;
    gint64 left_us;
    while (is_waiting(self->user_data) && (left_us = end_us - g_get_monotonic_time()) > 0) {
        struct timeval left = {0, (suseconds_t)left_us};
        if (libusb_handle_events_timeout_completed(self->context, &left, NULL) != 0)
            return;
    }
}

void
wg_usb_loop_free(WgUsbLoop *self)
{
    g_source_destroy(self->source);
    libusb_set_pollfd_notifiers(self->context, NULL, NULL, NULL);
    libusb_exit(self->context);
    g_source_unref(self->source);
    g_hash_table_unref(self->tags);
    g_free(self);
}
