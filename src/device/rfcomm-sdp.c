/* Asks a Bluetooth device on which channel its serial port is, by libbluetooth's SDP client. */
#include "device/rfcomm-sdp.h"

#include <bluetooth/sdp.h>
#include <bluetooth/sdp_lib.h>
#include <errno.h>
#include <glib-unix.h>
#include <sys/socket.h>

#define ELEMENT_DEPTH_MAX 8 /* a list of protocols has three */
#define SDP_TYPE_SEQUENCE 6
#define SDP_TYPE_ALTERNATIVE 7

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

/* The channel of a record's protocol list; 0: it has none. */
static int
read_channel(const sdp_record_t *record)
{
    sdp_list_t *protocols = NULL;
    if (sdp_get_access_protos(record, &protocols) != 0)
        return 0;
    const int channel = sdp_get_proto_port(protocols, RFCOMM_UUID);
    for (sdp_list_t *node = protocols; node; node = node->next)
        sdp_list_free(node->data, NULL);
    sdp_list_free(protocols, NULL);
    return MAX(channel, 0);
}

/* The bytes of the data element at the start (Bluetooth Core, volume 3 part B section 3); 0: it is
 * cut short, of no known size, or nested too deep. */
static gsize
measure_element(const uint8_t *data, gsize n, int depth)
{
    const guint type = n > 0 ? data[0] >> 3 : 0, size = n > 0 ? data[0] & 7 : 0;
    const gboolean is_list = type == SDP_TYPE_SEQUENCE || type == SDP_TYPE_ALTERNATIVE;
    const gsize n_length = size < 5 ? 0 : (gsize)1 << (size - 5);
    gsize length = type == 0 ? 0 : (gsize)1 << size;
    if (n < 1 + n_length || depth > ELEMENT_DEPTH_MAX || (is_list && n_length == 0))
        return 0;
    for (gsize i = 0; i < n_length; i++)
        length = (i == 0 ? 0 : length << 8) | data[1 + i];
    if (length > n - 1 - n_length)
        return 0;
    for (gsize at = 0; is_list && at < length;) {
        const gsize inner = measure_element(data + 1 + n_length + at, length - at, depth + 1);
        if (inner == 0)
            return 0;
        at += inner;
    }
    return 1 + n_length + length;
}

/* libbluetooth's reader never ends where an element is cut short or an attribute has no number:
 * what it is given is whole. The bytes of the sequence of records, each one of numbers and values;
 * 0: it is none. */
static gsize
measure_sound(const uint8_t *data, gsize n)
{
    if (n < 2 || data[0] >> 3 != SDP_TYPE_SEQUENCE || measure_element(data, n, 0) == 0)
        return 0;
    const gsize head = 1 + ((gsize)1 << ((data[0] & 7) - 5));
    const gsize end = measure_element(data, n, 0);
    for (gsize at = head; at < end; at += measure_element(data + at, end - at, 0)) {
        const gsize record_end = at + measure_element(data + at, end - at, 0);
        if (data[at] >> 3 != SDP_TYPE_SEQUENCE)
            return 0;
        for (gsize i = at + 1 + ((gsize)1 << ((data[at] & 7) - 5)); i < record_end;) {
            if (data[i] != SDP_UINT16 || record_end - i < 4)
                return 0;
            i += 3;
            i += measure_element(data + i, record_end - i, 0);
        }
    }
    return end;
}

/* A sequence of records: the first channel that is in them. */
static int
read_answer(uint8_t *data, int n)
{
    uint8_t type = 0;
    int length = 0, channel = 0;
    n = (int)measure_sound(data, (gsize)n); /* what is behind it is no record */
    int used = n > 0 ? sdp_extract_seqtype(data, n, &type, &length) : 0;
    if (used <= 0)
        return 0;
    while (channel == 0 && used < n) {
        int record_bytes = 0;
        sdp_record_t *record = sdp_extract_pdu(data + used, n - used, &record_bytes);
        if (!record)
            return 0;
        channel = read_channel(record);
        sdp_record_free(record);
        if (record_bytes <= 0)
            return channel;
        used += record_bytes;
    }
    return channel;
}

static void
on_answer(uint8_t type, uint16_t status, uint8_t *data, size_t n, void *user_data)
{
    Asking *self = user_data;
    self->is_answered = TRUE;
    if (status == 0 && type == SDP_SVC_SEARCH_ATTR_RSP)
        self->channel = read_answer(data, (int)MIN(n, (size_t)G_MAXINT));
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
