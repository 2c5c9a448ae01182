/* Starts waggle-watch on a socket pair and speaks with it. */
#include "device/virtual-link.h"

#include "base/error.h"
#include "base/sentences.h"
#include "device/fd-stream.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PROGRAM "waggle-watch"
#define COMPLAINT_BYTES 2000 /* of the program's standard error that are kept */

struct _WgVirtualLink {
    WgLink parent;
    char **arguments;
    GSubprocess *process;
    WgFdStream *stream;
    GString *complaint;
    GCancellable *cancellable; /* of the reading of standard error */
};

G_DEFINE_TYPE(WgVirtualLink, wg_virtual_link, WG_TYPE_LINK)

static char *
try_path(char *path)
{
    if (g_file_test(path, G_FILE_TEST_IS_EXECUTABLE))
        return path;
    g_free(path);
    return NULL;
}

char *
wg_virtual_find_program(GError **error)
{
    const char *given = g_getenv("WAGGLE_WATCH");
    g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *folder = self ? g_path_get_dirname(self) : g_strdup(".");
    char *path = given ? try_path(g_strdup(given)) : NULL;
    if (given && !path) {
        g_set_error(error, WG_ERROR, WG_ERROR_MISSING,
                    _("WAGGLE_WATCH names “%s”, which is no program"), given);
        return NULL;
    }
    if (!path) /* installed: beside the others */
        path = try_path(g_build_filename(folder, PROGRAM, NULL));
    if (!path) /* the build tree: src/cli/waggle-cli beside src/virtual-watch/waggle-watch */
        path = try_path(g_build_filename(folder, "..", "virtual-watch", PROGRAM, NULL));
    if (!path)
        g_set_error(error, WG_ERROR, WG_ERROR_MISSING,
                    _("the virtual watch's program %s is not installed: name it in WAGGLE_WATCH"),
                    PROGRAM);
    return path;
}

static void
stop(WgVirtualLink *self)
{
    g_cancellable_cancel(self->cancellable);
    g_clear_object(&self->cancellable);
    g_clear_pointer(&self->stream, wg_fd_stream_free); /* which tells the program to end */
    g_clear_object(&self->process);
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

/* The last line of what it said, made fit to be shown. */
static char *
dup_complaint(WgVirtualLink *self)
{
    g_autofree char *text = g_utf8_make_valid(self->complaint->str, (gssize)self->complaint->len);
    g_strstrip(text);
    const char *line = strrchr(text, '\n');
    line = line ? line + 1 : text;
    if (g_str_has_prefix(line, PROGRAM ": "))
        line += strlen(PROGRAM ": ");
    return g_strdup(line);
}

static void
tell_closed(WgVirtualLink *self)
{
    g_autofree char *complaint = dup_complaint(self);
    g_autoptr(GError) error = NULL;
    stop(self);
    if (*complaint)
        g_set_error(&error, WG_ERROR, WG_ERROR_CONNECTION, _("the virtual watch ended: %s"),
                    complaint);
    else
        g_set_error_literal(&error, WG_ERROR, WG_ERROR_CONNECTION,
                            _("the virtual watch closed the connection"));
    wg_link_emit_closed(WG_LINK(self), error);
}

static void read_complaint(WgVirtualLink *self);

static void
on_complaint(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(WgVirtualLink) self = user_data;
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes =
        g_input_stream_read_bytes_finish(G_INPUT_STREAM(source), result, &error);
    if (!bytes) {
        if (!g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
            g_debug("its standard error cannot be read: %s", error->message);
        return;
    }
    gsize n = 0;
    const char *data = g_bytes_get_data(bytes, &n);
    if (n == 0) { /* the program has ended */
        if (!self->stream && self->process)
            tell_closed(self);
        return;
    }
    g_string_append_len(self->complaint, data, (gssize)n);
    if (self->complaint->len > COMPLAINT_BYTES)
        g_string_erase(self->complaint, 0, (gssize)(self->complaint->len - COMPLAINT_BYTES));
    read_complaint(self);
}

static void
read_complaint(WgVirtualLink *self)
{
    g_input_stream_read_bytes_async(g_subprocess_get_stderr_pipe(self->process), COMPLAINT_BYTES,
                                    G_PRIORITY_DEFAULT, self->cancellable, on_complaint,
                                    g_object_ref(self));
}

/* Waits for the end of its standard error, which says why. */
static void
on_closed(gpointer user_data, int number)
{
    WgVirtualLink *self = user_data;
    g_clear_pointer(&self->stream, wg_fd_stream_free);
    if (number)
        g_debug("the socket to the virtual watch failed: %s", g_strerror(number));
    if (g_input_stream_is_closed(g_subprocess_get_stderr_pipe(self->process)) ||
        !g_input_stream_has_pending(g_subprocess_get_stderr_pipe(self->process)))
        tell_closed(self);
}

static const WgFdStreamEvents stream_events = {on_received, on_drained, on_closed};

static gboolean
start(WgVirtualLink *self, GError **error)
{
    g_autofree char *program = wg_virtual_find_program(error);
    int pair[2];
    if (!program)
        return FALSE;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) {
        g_set_error(error, WG_ERROR, WG_ERROR_CONNECTION, _("no socket for the virtual watch: %s"),
                    g_strerror(errno));
        return FALSE;
    }
    g_autoptr(GSubprocessLauncher) launcher =
        g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_STDERR_PIPE);
    g_autoptr(GPtrArray) command = g_ptr_array_new();
    g_ptr_array_add(command, program);
    for (int i = 0; self->arguments[i]; i++)
        g_ptr_array_add(command, self->arguments[i]);
    g_ptr_array_add(command, NULL);
    g_subprocess_launcher_take_stdin_fd(launcher, dup(pair[1]));
    g_subprocess_launcher_take_stdout_fd(launcher, pair[1]);
    self->process =
        g_subprocess_launcher_spawnv(launcher, (const char *const *)command->pdata, error);
    if (!self->process) {
        close(pair[0]);
        wg_error_prefix(error, _("the virtual watch cannot be started"));
        return FALSE;
    }
    self->stream = wg_fd_stream_new(pair[0], &stream_events, self);
    g_string_truncate(self->complaint, 0);
    self->cancellable = g_cancellable_new();
    read_complaint(self);
    return TRUE;
}

static void
open_async(WgLink *link, GCancellable *cancellable, GAsyncReadyCallback callback,
           gpointer user_data)
{
    WgVirtualLink *self = WG_VIRTUAL_LINK(link);
    g_autoptr(GTask) task = g_task_new(self, cancellable, callback, user_data);
    GError *error = NULL;
    stop(self);
    if (start(self, &error))
        g_task_return_boolean(task, TRUE);
    else
        g_task_return_error(task, error);
}

static gboolean
open_finish(WgLink *link, GAsyncResult *result, GError **error)
{
    return g_task_propagate_boolean(G_TASK(result), error);
}

static void
send_bytes(WgLink *link, GBytes *bytes)
{
    if (WG_VIRTUAL_LINK(link)->stream)
        wg_fd_stream_send(WG_VIRTUAL_LINK(link)->stream, bytes);
}

static void
close_link(WgLink *link)
{
    stop(WG_VIRTUAL_LINK(link));
}

static gsize
get_queued(WgLink *link)
{
    WgVirtualLink *self = WG_VIRTUAL_LINK(link);
    return self->stream ? wg_fd_stream_get_queued(self->stream) : 0;
}

static void
finalize(GObject *object)
{
    WgVirtualLink *self = WG_VIRTUAL_LINK(object);
    stop(self);
    g_strfreev(self->arguments);
    g_string_free(self->complaint, TRUE);
    G_OBJECT_CLASS(wg_virtual_link_parent_class)->finalize(object);
}

static void
wg_virtual_link_class_init(WgVirtualLinkClass *class)
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
wg_virtual_link_init(WgVirtualLink *self)
{
    self->complaint = g_string_new(NULL);
}

WgLink *
wg_virtual_link_new(const char *address, const char *const *arguments)
{
    WgVirtualLink *self = g_object_new(WG_TYPE_VIRTUAL_LINK, "address", address, NULL);
    self->arguments = g_strdupv((char **)arguments);
    return WG_LINK(self);
}
