/* Asks a Bluetooth device on which channel its serial port is, by libbluetooth's SDP client. */
#include "device/rfcomm-sdp.h"

#include "device/sdp-record.h"

#include <bluetooth/sdp.h>
#include <bluetooth/sdp_lib.h>
#include <errno.h>
#include <glib-unix.h>
#include <sys/socket.h>

typedef struct {
    GTask *task;
    sdp_session_t *session;
    GSource *io, *cancelled;
    gboolean is_answered;
    int channel; /* so far */
} Asking;

static void
stop_source(GSource **source)
{
    if (*source)
        g_source_destroy(*source);
    g_clear_pointer(source, g_source_unref);
}

/* `error_number` 0: the channel is the answer. */
static void
end(Asking *self, int error_number)
{
    g_autoptr(GTask) task = self->task;
    const int channel = self->channel;
    stop_source(&self->io);
    stop_source(&self->cancelled);
    if (self->session)
        sdp_close(self->session);
    g_free(self);
    g_task_return_int(task, error_number ? -error_number : channel);
}

static void
on_answer(uint8_t type, uint16_t status, uint8_t *data, size_t n, void *user_data)
{
    Asking *self = user_data;
    self->is_answered = TRUE;
    if (status == 0 && type == SDP_SVC_SEARCH_ATTR_RSP)
        self->channel = wg_sdp_find_channel(data, n);
    else
        g_debug("the device's list of services cannot be read: %u", status);
}

static gboolean
on_readable(int fd, GIOCondition condition, gpointer user_data)
{
    Asking *self = user_data;
    if ((condition & (G_IO_ERR | G_IO_HUP)) && !(condition & G_IO_IN)) {
        end(self, ECONNRESET);
        return G_SOURCE_REMOVE;
    }
    /* 0: more is to come; else the answer was told, or it failed */
    if (sdp_process(self->session) == 0 && !self->is_answered)
        return G_SOURCE_CONTINUE;
    end(self, self->is_answered ? 0 : EPROTO);
    return G_SOURCE_REMOVE;
}

static GSource *
listen_for(Asking *self, GIOCondition condition, GUnixFDSourceFunc func)
{
    GSource *source = g_unix_fd_source_new(sdp_get_socket(self->session), condition);
    g_source_set_callback(source, G_SOURCE_FUNC(func), self, NULL);
    g_source_attach(source, g_main_context_get_thread_default());
    return source;
}

static gboolean
send_question(Asking *self)
{
    uuid_t serial_port;
    uint16_t protocols = SDP_ATTR_PROTO_DESC_LIST;
    sdp_uuid16_create(&serial_port, SERIAL_PORT_SVCLASS_ID);
    sdp_list_t *services = sdp_list_append(NULL, &serial_port);
    sdp_list_t *attributes = sdp_list_append(NULL, &protocols);
    const gboolean done = sdp_set_notify(self->session, on_answer, self) == 0 &&
                          sdp_service_search_attr_async(self->session, services,
                                                        SDP_ATTR_REQ_INDIVIDUAL, attributes) == 0;
    sdp_list_free(services, NULL);
    sdp_list_free(attributes, NULL);
    return done;
}

static gboolean
on_connected(int fd, GIOCondition condition, gpointer user_data)
{
    Asking *self = user_data;
    int number = 0;
    socklen_t length = sizeof number;
    if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &number, &length) != 0)
        number = errno;
    if (number == 0 && !send_question(self))
        number = EPROTO;
    if (number) {
        end(self, number);
        return G_SOURCE_REMOVE;
    }
    stop_source(&self->io);
    self->io = listen_for(self, G_IO_IN | G_IO_HUP | G_IO_ERR, on_readable);
    return G_SOURCE_REMOVE;
}

static gboolean
on_cancelled(GCancellable *cancellable, gpointer user_data)
{
    end(user_data, ECANCELED);
    return G_SOURCE_REMOVE;
}

void
wg_sdp_ask_async(const bdaddr_t *device, GCancellable *cancellable, GAsyncReadyCallback callback,
                 gpointer user_data)
{
    const bdaddr_t any = {{0}};
    Asking *self = g_new0(Asking, 1);
    self->task = g_task_new(NULL, cancellable, callback, user_data);
    g_task_set_check_cancellable(self->task, FALSE);
    self->session = sdp_connect(&any, device, SDP_NON_BLOCKING);
    if (!self->session) {
        end(self, errno ? errno : EIO);
        return;
    }
    self->io = listen_for(self, G_IO_OUT | G_IO_HUP | G_IO_ERR, on_connected);
    self->cancelled = g_cancellable_source_new(cancellable);
    g_source_set_callback(self->cancelled, G_SOURCE_FUNC(on_cancelled), self, NULL);
    g_source_attach(self->cancelled, g_main_context_get_thread_default());
}

int
wg_sdp_ask_finish(GAsyncResult *result, int *error_number)
{
    const gssize answer = g_task_propagate_int(G_TASK(result), NULL);
    *error_number = answer < 0 ? (int)-answer : 0;
    return answer < 0 ? -1 : (int)answer;
}
