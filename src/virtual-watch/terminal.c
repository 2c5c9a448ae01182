/* Opens, links and restores terminals. */
#include "virtual-watch/terminal.h"

#include "base/error.h"

#include <glib/gstdio.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

struct _WgTerminal {
    int fd;
    int slave_fd; /* kept open, so that the watch stays when a reader leaves; -1: taken over */
    char *path;   /* as asked */
    char *link;
    struct termios before;
    gboolean is_restored_at_end;
};

static void
make_raw(int fd)
{
    struct termios mode;
    if (tcgetattr(fd, &mode) != 0)
        return; /* not a terminal: nothing to change */
    cfmakeraw(&mode);
    tcsetattr(fd, TCSANOW, &mode);
}

static gboolean
make_link(WgTerminal *self, const char *target, const char *path, GError **error)
{
    if (g_file_test(path, G_FILE_TEST_IS_SYMLINK))
        g_unlink(path);
    if (symlink(target, path) != 0) {
        g_set_error(error, WG_ERROR, WG_ERROR_CONNECTION, "cannot make the link %s: %s", path,
                    g_strerror(errno));
        return FALSE;
    }
    self->link = g_strdup(path);
    return TRUE;
}

gboolean
wg_terminal_reopen(WgTerminal *self, GError **error)
{
    self->fd = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    const char *name = NULL;
    if (self->fd >= 0 && grantpt(self->fd) == 0 && unlockpt(self->fd) == 0)
        name = ptsname(self->fd);
    if (name)
        self->slave_fd = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (self->slave_fd < 0) {
        g_set_error(error, WG_ERROR, WG_ERROR_CONNECTION, "cannot open a pseudo-terminal: %s",
                    g_strerror(errno));
        return FALSE;
    }
    make_raw(self->slave_fd);
    if (strcmp(self->path, "new") != 0 && !make_link(self, name, self->path, error))
        return FALSE;
    g_printerr("%s\n", self->link ? self->link : name);
    return TRUE;
}

void
wg_terminal_hang_up(WgTerminal *self)
{
    if (self->link)
        g_unlink(self->link);
    g_clear_pointer(&self->link, g_free);
    if (self->slave_fd >= 0)
        close(self->slave_fd);
    if (self->fd >= 0)
        close(self->fd);
    self->fd = self->slave_fd = -1;
}

WgTerminal *
wg_terminal_open(const char *path, GError **error)
{
    g_autoptr(WgTerminal) self = g_new0(WgTerminal, 1);
    self->fd = self->slave_fd = -1;
    self->path = g_strdup(path);
    return wg_terminal_reopen(self, error) ? g_steal_pointer(&self) : NULL;
}

WgTerminal *
wg_terminal_take_over(int fd)
{
    WgTerminal *self = g_new0(WgTerminal, 1);
    self->fd = fd;
    self->slave_fd = -1;
    self->is_restored_at_end = tcgetattr(fd, &self->before) == 0;
    make_raw(fd);
    return self;
}

int
wg_terminal_get_fd(const WgTerminal *self)
{
    return self->fd;
}

void
wg_terminal_free(WgTerminal *self)
{
    if (self->is_restored_at_end)
        tcsetattr(self->fd, TCSANOW, &self->before);
    else
        wg_terminal_hang_up(self);
    g_free(self->path);
    g_free(self);
}
