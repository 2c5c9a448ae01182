/* Who may write a project: one program at a time, whatever computer it runs on. */
#include "dataset/project-lock.h"

#include "base/error.h"
#include "base/shown.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Of what another program says of itself. */
#define HOLDER_CHARS_MAX 80
/* It went away between being made and being taken. */
#define TRIES 10
/* How long who opens a project is waited for, and how often it is looked. */
#define OPENING_S 60
#define OPENING_LOOK_MS 20

struct _WgProjectLock {
    char *path;
    int file; /* -1: there are no locks here */
};

/* Beside the file itself where the path is a link to it. */
static char *
dup_lock_path(const char *project, const char *ending)
{
    g_autofree char *real = realpath(project, NULL);
    g_autofree char *folder = g_path_get_dirname(real ? real : project);
    g_autofree char *base = g_path_get_basename(real ? real : project);
    g_autofree char *name = g_strdup_printf(".%s.%s", base, ending);

    return g_build_filename(folder, name, NULL);
}

static char *
dup_holder(int file)
{
    char text[4 * HOLDER_CHARS_MAX] = "";
    const ssize_t n = pread(file, text, sizeof text - 1, 0);

    text[MAX(n, 0)] = '\0';
    return n > 0 ? wg_dup_shown(text, HOLDER_CHARS_MAX) : g_strdup(_("another program"));
}

static void
write_holder(int file)
{
    g_autofree char *text =
        g_strdup_printf("%s, %d, %s", g_get_prgname() ? g_get_prgname() : "waggle", (int)getpid(),
                        g_get_host_name());

    if (ftruncate(file, 0) != 0 || pwrite(file, text, strlen(text), 0) < 0)
        g_debug("who has the project cannot be told: %s", g_strerror(errno));
}

/* An open file description's lock, which ends with the program and knows of other computers. */
static gboolean
take(int file)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};

    return fcntl(file, F_OFD_SETLK, &lock) == 0;
}

/* Its name may have been given to another file, by who had it before. */
static gboolean
is_still_named(const char *path, int file)
{
    struct stat named, opened;

    return stat(path, &named) == 0 && fstat(file, &opened) == 0 && named.st_ino == opened.st_ino &&
           named.st_dev == opened.st_dev;
}

typedef enum { TAKEN, HELD, GONE, UNKNOWN } Outcome;

static Outcome
try(WgProjectLock *self)
{
    self->file = open(self->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (self->file < 0)
        return UNKNOWN;
    if (take(self->file))
        return is_still_named(self->path, self->file) ? TAKEN : GONE;
    return errno == EAGAIN || errno == EACCES ? HELD : UNKNOWN;
}

static void
leave(WgProjectLock *self)
{
    if (self->file >= 0)
        close(self->file);
    self->file = -1;
}

static Outcome
try_often(WgProjectLock *self)
{
    Outcome outcome = GONE;

    for (int i = 0; i < TRIES && outcome == GONE; i++) {
        outcome = try(self);
        if (outcome == GONE)
            leave(self);
    }
    return outcome;
}

WgProjectLock *
wg_project_lock_wait_to_open(const char *path)
{
    WgProjectLock *self = g_new0(WgProjectLock, 1);
    const gint64 end = g_get_monotonic_time() + OPENING_S * G_USEC_PER_SEC;
    Outcome outcome;

    self->path = dup_lock_path(path, "opening");
    while ((outcome = try_often(self)) != TAKEN && outcome != UNKNOWN &&
           g_get_monotonic_time() < end) {
        leave(self);
        g_usleep(OPENING_LOOK_MS * 1000);
    }
    if (outcome != TAKEN)
        leave(self);
    return self;
}

WgProjectLock *
wg_project_lock_new(const char *path, GError **error)
{
    WgProjectLock *self = g_new0(WgProjectLock, 1);
    g_autofree char *holder = NULL;
    Outcome outcome;

    self->path = dup_lock_path(path, "lock");
    outcome = try_often(self);
    if (outcome == TAKEN) {
        write_holder(self->file);
        return self;
    }
    if (outcome == UNKNOWN) {
        g_debug("%s: no locks here: %s", self->path, g_strerror(errno));
        leave(self);
        return self;
    }
    holder = outcome == HELD ? dup_holder(self->file) : g_strdup(_("another program"));
    leave(self);
    wg_project_lock_free(self);
    g_set_error(error, WG_ERROR, WG_ERROR_BUSY,
                _("%s is open in another program (%s): close it there to change it here"), path,
                holder);
    return NULL;
}

void
wg_project_lock_free(WgProjectLock *self)
{
    if (self->file >= 0) {
        g_unlink(self->path);
        close(self->file);
    }
    g_free(self->path);
    g_free(self);
}
