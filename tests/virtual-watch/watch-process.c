/* Starts, feeds and reads the virtual watch for its tests. */
#include "watch-process.h"
#include "base/file.h"

#include <gio/gio.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PATIENCE_MS 60000 /* then the test fails: the program hangs */

struct _WatchProcess {
    GSubprocess *process;
    int fd;
    GByteArray *received;
    char *folder;
    gboolean owns_folder, may_fail;
};

char *
watch_process_data_path(const char *name)
{
    const char *source = g_getenv("WAGGLE_SOURCE");
    g_assert_nonnull(source);
    return g_build_filename(source, "tests", "data", name, NULL);
}

WatchProcess *
watch_process_new_reaching(const char *folder, const char *const *options)
{
    g_autoptr(GError) error = NULL;
    const char *build = g_getenv("WAGGLE_BUILD");
    g_assert_nonnull(build);
    g_autofree char *program =
        g_build_filename(build, "src", "virtual-watch", "waggle-watch", NULL);
    WatchProcess *self = g_new0(WatchProcess, 1);
    self->received = g_byte_array_new();
    self->owns_folder = folder == NULL;
    self->folder = folder ? g_strdup(folder) : g_dir_make_tmp("waggle-watch-XXXXXX", &error);
    g_assert_no_error(error);
    g_autoptr(GPtrArray) arguments = g_ptr_array_new();
    g_ptr_array_add(arguments, program);
    g_ptr_array_add(arguments, self->folder);
    for (int i = 0; options && options[i]; i++)
        g_ptr_array_add(arguments, (gpointer)options[i]);
    g_ptr_array_add(arguments, NULL);
    int pair[2];
    g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), ==, 0);
    g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_NONE);
    g_subprocess_launcher_take_stdin_fd(launcher, dup(pair[1]));
    g_subprocess_launcher_take_stdout_fd(launcher, pair[1]);
    self->process =
        g_subprocess_launcher_spawnv(launcher, (const char *const *)arguments->pdata, &error);
    g_assert_no_error(error);
    self->fd = pair[0];
    return self;
}

WatchProcess *
watch_process_new(const char *folder, const char *const *options)
{
    WatchProcess *self = watch_process_new_reaching(folder, options);
    g_free(watch_process_read_until(self, ">"));
    return self;
}

void
watch_process_stop(WatchProcess *self)
{
    g_subprocess_send_signal(self->process, SIGTERM);
}

gboolean
watch_process_has_failed(WatchProcess *self)
{
    g_autoptr(GError) error = NULL;
    self->may_fail = TRUE;
    return !g_subprocess_wait_check(self->process, NULL, &error);
}

void
watch_process_free(WatchProcess *self)
{
    g_autoptr(GError) error = NULL;
    watch_process_close(self);
    /* a crash or an error of the sanitizers is an exit status other than 0 */
    g_subprocess_wait_check(self->process, NULL, &error);
    if (!self->may_fail)
        g_assert_no_error(error);
    g_object_unref(self->process);
    g_byte_array_unref(self->received);
    if (self->owns_folder)
        wg_file_remove_folder(self->folder);
    g_free(self->folder);
    g_free(self);
}

const char *
watch_process_get_folder(WatchProcess *self)
{
    return self->folder;
}

void
watch_process_send(WatchProcess *self, const void *bytes, gssize length)
{
    const guint8 *data = bytes;
    gsize left = length < 0 ? strlen(bytes) : (gsize)length;
    while (left) {
        const ssize_t n = send(self->fd, data, left, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR)
            continue;
        g_assert_cmpint(n, >, 0);
        data += n;
        left -= (gsize)n;
    }
}

/* FALSE when the other end has closed. */
static gboolean
receive(WatchProcess *self)
{
    struct pollfd wait = {self->fd, POLLIN, 0};
    guint8 bytes[65536];
    g_assert_cmpint(poll(&wait, 1, PATIENCE_MS), ==, 1);
    const ssize_t n = recv(self->fd, bytes, sizeof bytes, 0);
    if (n <= 0)
        return FALSE;
    g_byte_array_append(self->received, bytes, (guint)n);
    return TRUE;
}

char *
watch_process_read_until(WatchProcess *self, const char *end)
{
    const gsize n = strlen(end);
    for (guint i = 0;; i++) {
        while (i + n > self->received->len)
            if (!receive(self))
                g_error("the watch closed before it said \"%s\" (it said \"%.*s\")", end,
                        (int)self->received->len, (const char *)self->received->data);
        if (memcmp(self->received->data + i, end, n) == 0) {
            char *text = g_strndup((const char *)self->received->data, i + n);
            g_byte_array_remove_range(self->received, 0, i + (guint)n);
            return text;
        }
    }
}

GBytes *
watch_process_read(WatchProcess *self, gsize n)
{
    while (self->received->len < n)
        g_assert_true(receive(self));
    GBytes *bytes = g_bytes_new(self->received->data, n);
    g_byte_array_remove_range(self->received, 0, (guint)n);
    return bytes;
}

gboolean
watch_process_wait_closed(WatchProcess *self)
{
    while (receive(self))
        ;
    return TRUE;
}

char *
watch_process_take_rest(WatchProcess *self)
{
    char *text = g_strndup((const char *)self->received->data, self->received->len);
    g_byte_array_set_size(self->received, 0);
    return text;
}

void
watch_process_close(WatchProcess *self)
{
    if (self->fd >= 0)
        close(self->fd);
    self->fd = -1;
}

char *
watch_process_run(WatchProcess *self, const char *line)
{
    g_autofree char *all = g_strdup_printf("\x10print('<'+'start>')\n\x10%s\n"
                                           "\x10print('<'+'end>')\n",
                                           line);
    watch_process_send(self, all, -1);
    g_free(watch_process_read_until(self, "<start>\r\n>"));
    g_autofree char *text = watch_process_read_until(self, "<end>\r\n>");
    g_autoptr(GString) clean = g_string_new(text);
    g_string_truncate(clean, clean->len - strlen("<end>\r\n>"));
    g_string_replace(clean, "\r\x1b[J", "", 0); /* the prompt, taken away before each print */
    g_string_replace(clean, "\r\n", "\n", 0);
    g_string_replace(clean, "\n>", "\n", 0);
    return g_strchomp(g_strdup(clean->str));
}

char *
watch_process_eval(WatchProcess *self, const char *expression)
{
    g_autofree char *line = g_strdup_printf("print(%s)", expression);
    return watch_process_run(self, line);
}

void
watch_process_send_packet(WatchProcess *self, guint16 type, const void *data, gsize length)
{
    const guint16 header = (guint16)(type | length);
    const guint8 start[] = {0x10, 0x01, (guint8)(header >> 8), (guint8)header};
    watch_process_send(self, start, sizeof start);
    if (length)
        watch_process_send(self, data, (gssize)length);
}

GBytes *
watch_process_read_packet(WatchProcess *self, guint16 *type)
{
    g_autoptr(GBytes) start = watch_process_read(self, 4);
    const guint8 *bytes = g_bytes_get_data(start, NULL);
    g_assert_cmphex(bytes[0], ==, 0x10);
    g_assert_cmphex(bytes[1], ==, 0x01);
    const guint16 header = (guint16)(bytes[2] << 8 | bytes[3]);
    *type = header & 0xe000;
    return watch_process_read(self, header & 0x1fff);
}
