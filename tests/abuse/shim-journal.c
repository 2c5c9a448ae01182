/* What a power cut takes back: writes since a file was synchronised, and names since its folder
 * was. Any part of them may have reached the disk, in sectors and in any order. */
#include "shim.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SECTOR_BYTES 512

typedef enum { WROTE, SIZED, MADE, REMOVED, RENAMED } Kind;

typedef struct Entry {
    struct Entry *next; /* the one before */
    Kind kind;
    char *name, *other; /* other: where what was there is kept, of RENAMED also `from` */
    char *from;
    off_t offset, size_before;
    size_t n, n_before;
    char *data, *before;
} Entry;

static Entry *newest;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int n_kept;

static Entry *
add(Kind kind, const char *name)
{
    Entry *entry = calloc(1, sizeof *entry);

    entry->kind = kind;
    entry->name = strdup(name);
    pthread_mutex_lock(&mutex);
    entry->next = newest;
    newest = entry;
    pthread_mutex_unlock(&mutex);
    return entry;
}

static bool
is_wanted(void)
{
    return shim_get_fault() == FAULT_POWER;
}

/* Another name for the file, under which it outlives its removal; NULL: there is none. */
static char *
keep_file(const char *name)
{
    char *kept = NULL;

    if (asprintf(&kept, "%s.kept-by-shim-%d-%d", name, (int)getpid(), n_kept++) < 0 ||
        link(name, kept) != 0) {
        free(kept);
        return NULL;
    }
    return kept;
}

void
shim_keep_write(const char *name, const void *data, size_t n, off_t offset)
{
    struct stat facts;
    Entry *entry;
    ssize_t n_before;
    const int reading = is_wanted() ? open(name, O_RDONLY | O_CLOEXEC) : -1;

    if (reading < 0)
        return;
    entry = add(WROTE, name);
    entry->size_before = fstat(reading, &facts) == 0 ? facts.st_size : 0;
    entry->data = malloc(n + 1);
    memcpy(entry->data, data, n);
    entry->n = n;
    entry->offset = offset;
    entry->before = malloc(n + 1);
    n_before = pread(reading, entry->before, n, offset);
    entry->n_before = n_before > 0 ? (size_t)n_before : 0;
    close(reading);
}

/* Cut or grown: what is cut off is kept. */
void
shim_keep_size(const char *name, off_t size)
{
    struct stat facts;
    Entry *entry;
    const int reading = is_wanted() ? open(name, O_RDONLY | O_CLOEXEC) : -1;

    if (reading < 0)
        return;
    entry = add(SIZED, name);
    entry->size_before = fstat(reading, &facts) == 0 ? facts.st_size : 0;
    entry->offset = size;
    if (entry->size_before > size) {
        ssize_t n;

        entry->before = malloc((size_t)(entry->size_before - size));
        n = pread(reading, entry->before, (size_t)(entry->size_before - size), size);
        entry->n_before = n > 0 ? (size_t)n : 0;
    }
    close(reading);
}

void
shim_keep_made(const char *name)
{
    if (is_wanted())
        add(MADE, name);
}

void
shim_keep_removed(const char *name)
{
    if (is_wanted())
        add(REMOVED, name)->other = keep_file(name);
}

void
shim_keep_renamed(const char *from, const char *to)
{
    Entry *entry;

    if (!is_wanted())
        return;
    entry = add(RENAMED, to);
    entry->from = strdup(from);
    entry->other = keep_file(to);
}

static void
drop(bool (*is_meant)(const Entry *entry, const char *name), const char *name)
{
    pthread_mutex_lock(&mutex);
    for (Entry **at = &newest; *at;) {
        Entry *entry = *at;

        if (!is_meant(entry, name)) {
            at = &entry->next;
            continue;
        }
        *at = entry->next;
        if (entry->other)
            unlink(entry->other);
        free(entry->name);
        free(entry->other);
        free(entry->from);
        free(entry->data);
        free(entry->before);
        free(entry);
    }
    pthread_mutex_unlock(&mutex);
}

/* Its content is on the disk, and with it, on the file systems of Linux, its new name. */
static bool
is_of_file(const Entry *entry, const char *name)
{
    return (entry->kind == WROTE || entry->kind == SIZED || entry->kind == MADE) &&
           strcmp(entry->name, name) == 0;
}

static bool
is_in_folder(const Entry *entry, const char *folder)
{
    const char *slash = strrchr(entry->name, '/');

    return (entry->kind == MADE || entry->kind == REMOVED || entry->kind == RENAMED) && slash &&
           strlen(folder) == (size_t)(slash - entry->name) &&
           strncmp(folder, entry->name, (size_t)(slash - entry->name)) == 0;
}

void
shim_forget_file(const char *name)
{
    if (is_wanted())
        drop(is_of_file, name);
}

void
shim_forget_folder(const char *name)
{
    if (is_wanted())
        drop(is_in_folder, name);
}

static void
put(const char *name, const char *data, size_t n, off_t offset)
{
    const int fd = open(name, O_WRONLY | O_CLOEXEC);

    if (fd >= 0 && n > 0 && shim_real_pwrite(fd, data, n, offset) != (ssize_t)n)
        fprintf(stderr, "shim: %s: cannot be taken back\n", name);
    if (fd >= 0)
        close(fd);
}

static void
take_back(Entry *entry)
{
    switch (entry->kind) {
    case WROTE:
    case SIZED:
        put(entry->name, entry->before, entry->n_before, entry->offset);
        if (truncate(entry->name, entry->size_before) != 0 && errno != ENOENT)
            fprintf(stderr, "shim: %s: cannot be cut\n", entry->name);
        break;
    case MADE:
        unlink(entry->name);
        break;
    case REMOVED:
        if (entry->other)
            rename(entry->other, entry->name);
        break;
    case RENAMED:
        rename(entry->name, entry->from);
        if (entry->other)
            rename(entry->other, entry->name);
        break;
    }
}

/* Each sector of a write reached the disk or not. */
static void
put_some(const Entry *entry)
{
    for (size_t at = 0; at < entry->n;) {
        const size_t room = SECTOR_BYTES - (size_t)(entry->offset + (off_t)at) % SECTOR_BYTES;
        const size_t n = entry->n - at < room ? entry->n - at : room;

        if (shim_random() % 2)
            put(entry->name, entry->data + at, n, entry->offset + (off_t)at);
        at += n;
    }
}

/* Oldest first, of the same files as before. */
static void
put_again(const Entry *entry)
{
    if (!entry)
        return;
    put_again(entry->next);
    if (entry->kind == WROTE)
        put_some(entry);
    else if (entry->kind == SIZED && shim_random() % 2 && truncate(entry->name, entry->offset) != 0)
        fprintf(stderr, "shim: %s: cannot be cut\n", entry->name);
}

/* One time in four nothing was written, one time in four all names were but not all data. */
void
shim_cut_power(void)
{
    const uint64_t how = shim_random() % 4;

    pthread_mutex_lock(&mutex);
    for (Entry *entry = newest; entry; entry = entry->next) {
        const bool is_name =
            entry->kind == MADE || entry->kind == REMOVED || entry->kind == RENAMED;

        if (!is_name || how == 0 || (how > 1 && shim_random() % 2))
            take_back(entry);
    }
    if (how != 0)
        put_again(newest);
    pthread_mutex_unlock(&mutex);
}
