/* The calls by which a program changes files, between it and the C library. */
#undef _FILE_OFFSET_BITS /* or the two names of a call become one */
#include "shim.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))find(#name))

static void *
find(const char *name)
{
    void *found = dlsym(RTLD_NEXT, name);

    if (!found)
        shim_die();
    return found;
}

ssize_t
shim_real_pwrite(int fd, const void *data, size_t n, off_t offset)
{
    return REAL(pwrite)(fd, data, n, offset);
}

/* The real path of an open file of ours; FALSE: it is none. */
static bool
get_name(int fd, char name[PATH_MAX])
{
    char link[64];
    ssize_t n;
    struct stat facts;

    if (fd < 0 || fstat(fd, &facts) != 0 || !(S_ISREG(facts.st_mode) || S_ISDIR(facts.st_mode)))
        return false;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    n = readlink(link, name, PATH_MAX - 1);
    if (n <= 0)
        return false;
    name[n] = '\0';
    return shim_is_ours(name);
}

/* A path that need not be there yet, made absolute. */
static bool
get_path(const char *path, char name[PATH_MAX])
{
    char folder[PATH_MAX], real[PATH_MAX];
    const char *slash = strrchr(path, '/');

    snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) : 1, slash ? path : ".");
    if (!realpath(*folder ? folder : "/", real) ||
        snprintf(name, PATH_MAX, "%s/%s", real, slash ? slash + 1 : path) >= PATH_MAX)
        return false;
    return shim_is_ours(name);
}

static ssize_t
write_at(int fd, const void *data, size_t n, off_t offset, bool is_positioned)
{
    char name[PATH_MAX];
    struct stat facts;
    off_t at;
    int fault;

    if (!get_name(fd, name))
        return is_positioned ? REAL(pwrite)(fd, data, n, offset) : REAL(write)(fd, data, n);
    at = is_positioned ? offset : lseek(fd, 0, SEEK_CUR);
    if (fstat(fd, &facts) != 0)
        facts.st_size = 0;
    fault = shim_meet(at + (off_t)n > facts.st_size ? SHIM_GROW : SHIM_WRITE);
    if (fault < 0) { /* it dies with a part written, as much of it as there is room for */
        const ssize_t n_written = REAL(pwrite)(fd, data, n / 2, at);

        (void)n_written;
        shim_die();
    }
    if (fault > 0) {
        errno = fault;
        return -1;
    }
    shim_keep_write(name, data, n, at);
    return is_positioned ? REAL(pwrite)(fd, data, n, offset) : REAL(write)(fd, data, n);
}

ssize_t
write(int fd, const void *data, size_t n)
{
    return write_at(fd, data, n, 0, false);
}

ssize_t
pwrite(int fd, const void *data, size_t n, off_t offset)
{
    return write_at(fd, data, n, offset, true);
}

ssize_t
pwrite64(int fd, const void *data, size_t n, off64_t offset)
{
    return write_at(fd, data, n, offset, true);
}

ssize_t
writev(int fd, const struct iovec *parts, int n_parts)
{
    char name[PATH_MAX];
    ssize_t n_all = 0;

    if (!get_name(fd, name))
        return REAL(writev)(fd, parts, n_parts);
    for (int i = 0; i < n_parts; i++) {
        const ssize_t n = write(fd, parts[i].iov_base, parts[i].iov_len);

        if (n < 0)
            return n_all > 0 ? n_all : n;
        n_all += n;
    }
    return n_all;
}

/* TRUE: it fails, with errno set. */
static bool
fails(ShimWhat what)
{
    const int fault = shim_meet(what);

    if (fault < 0)
        shim_die();
    errno = fault > 0 ? fault : errno;
    return fault > 0;
}

static int
set_size(int fd, off_t size)
{
    char name[PATH_MAX];
    struct stat facts;

    if (get_name(fd, name)) {
        if (fstat(fd, &facts) != 0)
            facts.st_size = 0;
        if (fails(size > facts.st_size ? SHIM_GROW : SHIM_WRITE))
            return -1;
        shim_keep_size(name, size);
    }
    return REAL(ftruncate)(fd, size);
}

int
ftruncate(int fd, off_t size)
{
    return set_size(fd, size);
}

int
ftruncate64(int fd, off64_t size)
{
    return set_size(fd, size);
}

static int
allocate(int fd, off_t offset, off_t n)
{
    char name[PATH_MAX];

    if (get_name(fd, name) && fails(SHIM_GROW))
        return errno;
    return REAL(posix_fallocate)(fd, offset, n);
}

int
posix_fallocate(int fd, off_t offset, off_t n)
{
    return allocate(fd, offset, n);
}

int
posix_fallocate64(int fd, off64_t offset, off64_t n)
{
    return allocate(fd, offset, n);
}

static int
synchronise(int fd, bool is_whole)
{
    char name[PATH_MAX];
    struct stat facts;
    int done;

    if (!get_name(fd, name))
        return is_whole ? REAL(fsync)(fd) : REAL(fdatasync)(fd);
    if (fails(SHIM_OTHER))
        return -1;
    /* the disk itself is not tried: the journal says what it would have */
    done = 0;
    if (fstat(fd, &facts) == 0 && S_ISDIR(facts.st_mode))
        shim_forget_folder(name);
    else
        shim_forget_file(name);
    return done;
}

int
fsync(int fd)
{
    return synchronise(fd, true);
}

int
fdatasync(int fd)
{
    return synchronise(fd, false);
}

int
unlink(const char *path)
{
    char name[PATH_MAX];

    if (get_path(path, name) && !strstr(name, ".kept-by-shim-")) {
        if (fails(SHIM_OTHER))
            return -1;
        shim_keep_removed(name);
    }
    return REAL(unlink)(path);
}

int
rename(const char *from, const char *to)
{
    char name[PATH_MAX], from_name[PATH_MAX];

    if (get_path(to, name) && get_path(from, from_name) && !strstr(from_name, ".kept-by-shim-")) {
        if (fails(SHIM_OTHER))
            return -1;
        shim_keep_renamed(from_name, name);
    }
    return REAL(rename)(from, to);
}

static int
open_file(int folder, const char *path, int flags, mode_t mode)
{
    char name[PATH_MAX];
    const bool is_ours = folder == AT_FDCWD && get_path(path, name);
    const bool is_new = is_ours && (flags & O_CREAT) && access(path, F_OK) != 0;
    int fd;

    if (is_ours)
        shim_start();
    if (is_ours && (flags & O_ACCMODE) != O_RDONLY && ((flags & O_TRUNC) || is_new)) {
        if (fails(is_new ? SHIM_GROW : SHIM_WRITE))
            return -1;
        if (!is_new && (fd = REAL(openat)(folder, path, O_WRONLY | O_CLOEXEC)) >= 0) {
            shim_keep_size(name, 0);
            close(fd);
        }
    }
    fd = REAL(openat)(folder, path, flags, mode);
    if (fd >= 0 && is_new)
        shim_keep_made(name);
    return fd;
}

#define OPENING(name)                                                                              \
    int name(const char *path, int flags, ...)                                                     \
    {                                                                                              \
        va_list rest;                                                                              \
        mode_t mode;                                                                               \
                                                                                                   \
        va_start(rest, flags);                                                                     \
        mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;                           \
        va_end(rest);                                                                              \
        return open_file(AT_FDCWD, path, flags, mode);                                             \
    }
#define OPENING_AT(name)                                                                           \
    int name(int folder, const char *path, int flags, ...)                                         \
    {                                                                                              \
        va_list rest;                                                                              \
        mode_t mode;                                                                               \
                                                                                                   \
        va_start(rest, flags);                                                                     \
        mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;                           \
        va_end(rest);                                                                              \
        return open_file(folder, path, flags, mode);                                               \
    }

OPENING(open)
OPENING(open64)
OPENING_AT(openat64)

/* what _FORTIFY_SOURCE makes of open() without a mode */
int __open_2(const char *path, int flags);
int __open64_2(const char *path, int flags);

int
__open_2(const char *path, int flags)
{
    return open_file(AT_FDCWD, path, flags, 0);
}

int
__open64_2(const char *path, int flags)
{
    return open_file(AT_FDCWD, path, flags, 0);
}
