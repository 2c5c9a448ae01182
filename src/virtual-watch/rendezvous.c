/* Hands a connection over to the process that still is the watch, by SCM_RIGHTS (unix(7)). */
#include "virtual-watch/rendezvous.h"

#include <glib-unix.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define TAKEN '+'
#define REFUSED '-'
#define NAME_LENGTH 32 /* digits of the folder's hash */

struct _WgRendezvous {
    int listen_fd;
    int peer_fd; /* of the program whose connection was taken; -1: none */
    guint source_id;
    WgRendezvousCallback callback;
    gpointer user_data;
};

/* Abstract, so nothing is left behind; by the folder's real path and the user. */
static socklen_t
make_address(const char *folder, struct sockaddr_un *address)
{
    char *real = realpath(folder, NULL);
    g_autofree char *hash =
        g_compute_checksum_for_string(G_CHECKSUM_SHA256, real ? real : folder, -1);
    g_autofree char *name =
        g_strdup_printf("waggle-watch/%u/%.*s", (guint)getuid(), NAME_LENGTH, hash);
    free(real);
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    memcpy(address->sun_path + 1, name, strlen(name));
    return (socklen_t)(G_STRUCT_OFFSET(struct sockaddr_un, sun_path) + 1 + strlen(name));
}

static gboolean
is_own(int fd)
{
    struct ucred peer;
    socklen_t length = sizeof peer;
    return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0 && peer.uid == getuid();
}

static gboolean
send_descriptors(int fd, int input_fd, int output_fd)
{
    const int fds[2] = {input_fd, output_fd};
    char byte = TAKEN;
    struct iovec text = {&byte, 1};
    union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(sizeof fds)];
    } control = {0};
    struct msghdr message = {.msg_iov = &text,
                             .msg_iovlen = 1,
                             .msg_control = control.bytes,
                             .msg_controllen = sizeof control.bytes};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof fds);
    memcpy(CMSG_DATA(header), fds, sizeof fds);
    return sendmsg(fd, &message, MSG_NOSIGNAL) == 1;
}

static gboolean
receive_descriptors(int fd, int fds[2])
{
    char byte;
    struct iovec text = {&byte, 1};
    union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(2 * sizeof(int))];
    } control;
    struct msghdr message = {.msg_iov = &text,
                             .msg_iovlen = 1,
                             .msg_control = control.bytes,
                             .msg_controllen = sizeof control.bytes};
    if (recvmsg(fd, &message, MSG_CMSG_CLOEXEC) != 1)
        return FALSE;
    const struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (!header || header->cmsg_type != SCM_RIGHTS || header->cmsg_len != CMSG_LEN(2 * sizeof(int)))
        return FALSE;
    memcpy(fds, CMSG_DATA(header), 2 * sizeof(int));
    return TRUE;
}

static gboolean
on_offer(int listen_fd, GIOCondition condition, gpointer user_data)
{
    WgRendezvous *self = user_data;
    const int fd = accept4(listen_fd, NULL, NULL, SOCK_CLOEXEC);
    int fds[2];
    if (fd < 0)
        return G_SOURCE_CONTINUE;
    /* the program sends at once what it was started to send */
    if (!is_own(fd) || !receive_descriptors(fd, fds)) {
        close(fd);
        return G_SOURCE_CONTINUE;
    }
    const gboolean taken = self->callback(self->user_data, fds[0], fds[1]);
    const char answer = taken ? TAKEN : REFUSED;
    if (send(fd, &answer, 1, MSG_NOSIGNAL) != 1)
        g_debug("the program that came back is gone: %s", g_strerror(errno));
    if (taken) {
        wg_rendezvous_let_go(self);
        self->peer_fd = fd;
    } else {
        close(fds[0]);
        close(fds[1]);
        close(fd);
    }
    return G_SOURCE_CONTINUE;
}

WgRendezvous *
wg_rendezvous_new(const char *folder, WgRendezvousCallback callback, gpointer user_data)
{
    struct sockaddr_un address;
    const socklen_t length = make_address(folder, &address);
    const int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    if (fd < 0 || bind(fd, (const struct sockaddr *)&address, length) != 0 || listen(fd, 4) != 0) {
        g_debug("nobody can come back to this watch: %s", g_strerror(errno));
        if (fd >= 0)
            close(fd);
        return NULL;
    }
    WgRendezvous *self = g_new0(WgRendezvous, 1);
    self->listen_fd = fd;
    self->peer_fd = -1;
    self->callback = callback;
    self->user_data = user_data;
    self->source_id = g_unix_fd_add(fd, G_IO_IN, on_offer, self);
    return self;
}

void
wg_rendezvous_let_go(WgRendezvous *self)
{
    if (self->peer_fd >= 0)
        close(self->peer_fd);
    self->peer_fd = -1;
}

void
wg_rendezvous_free(WgRendezvous *self)
{
    g_source_remove(self->source_id);
    wg_rendezvous_let_go(self);
    close(self->listen_fd);
    g_free(self);
}

static ssize_t
receive(int fd, char *byte)
{
    ssize_t n;
    do {
        n = recv(fd, byte, 1, 0);
    } while (n < 0 && errno == EINTR);
    return n;
}

WgOffer
wg_rendezvous_offer(const char *folder, int input_fd, int output_fd)
{
    struct sockaddr_un address;
    const socklen_t length = make_address(folder, &address);
    const int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    WgOffer result = WG_OFFER_ALONE;
    char answer = 0;
    if (fd >= 0 && connect(fd, (const struct sockaddr *)&address, length) == 0 && is_own(fd) &&
        send_descriptors(fd, input_fd, output_fd) && receive(fd, &answer) == 1) {
        result = answer == TAKEN ? WG_OFFER_TAKEN : WG_OFFER_REFUSED;
        if (result == WG_OFFER_TAKEN) {
            /* the other end must see the watch close it, not this program */
            const int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
            if (nothing >= 0) {
                dup2(nothing, input_fd);
                dup2(nothing, output_fd);
                close(nothing);
            }
            while (receive(fd, &answer) > 0)
                ;
        }
    }
    if (fd >= 0)
        close(fd);
    return result;
}
