/* Storage files in a folder: one file each, blank bytes 0xFF, a byte written only once. */
#include "virtual-watch/flash.h"

#include "base/error.h"

#include <glib/gstdio.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define HEADER_BYTES 32 /* sizeof(JsfFileHeader): 4 of size, 28 of name */
#define ALIGN_BYTES 4   /* JSF_ALIGNMENT on the watch's serial flash */
#define BLANK 0xff

/* Beside the files, under a name that none of them can have: bytes and number of the erased ones.
 */
#define TRASH_FILE ".trash"
#define PAGE_BYTES 4096 /* erased together */

struct _WgFlash {
    char *folder;
    gsize capacity;
    gsize trash_bytes;
    int n_trash;
    WgFlashCompactCallback callback;
    gpointer user_data;
};

static gsize
room_of(gsize size)
{
    return (size + ALIGN_BYTES - 1) / ALIGN_BYTES * ALIGN_BYTES + HEADER_BYTES;
}

/* Letters, digits and "_-." stand for themselves (no dot in front), all else is %XX. */
static char *
encode_name(const char *name)
{
    GString *out = g_string_new(NULL);
    for (int i = 0; i < WG_FLASH_NAME_MAX && name[i]; i++) {
        const char c = name[i];
        if (g_ascii_isalnum(c) || c == '_' || c == '-' || (c == '.' && i > 0))
            g_string_append_c(out, c);
        else
            g_string_append_printf(out, "%%%02X", (guchar)c);
    }
    return g_string_free(out, FALSE);
}

/* NULL when no Storage file has this name in the folder. */
static char *
decode_name(const char *encoded)
{
    GString *out = g_string_new(NULL);
    for (const char *p = encoded; *p; p++) {
        if (*p != '%') {
            g_string_append_c(out, *p);
            continue;
        }
        if (!g_ascii_isxdigit(p[1]) || !g_ascii_isxdigit(p[2]))
            break;
        g_string_append_c(out,
                          (char)(g_ascii_xdigit_value(p[1]) * 16 + g_ascii_xdigit_value(p[2])));
        p += 2;
    }
    g_autofree char *again = encode_name(out->str);
    const gboolean ours = out->len > 0 && strcmp(again, encoded) == 0;
    char *name = g_string_free(out, !ours);
    return ours ? name : NULL;
}

static char *
path_of(WgFlash *self, const char *name)
{
    g_autofree char *encoded = encode_name(name);
    return g_build_filename(self->folder, encoded, NULL);
}

static gboolean
is_blank(const guint8 *data, gsize length)
{
    for (gsize i = 0; i < length; i++)
        if (data[i] != BLANK)
            return FALSE;
    return TRUE;
}

static void
keep_trash(WgFlash *self, gsize bytes, int n)
{
    g_autofree char *path = g_build_filename(self->folder, TRASH_FILE, NULL);
    g_autofree char *text = g_strdup_printf("%zu %d\n", bytes, n);
    g_autoptr(GError) error = NULL;
    self->trash_bytes = bytes;
    self->n_trash = n;
    if (n == 0)
        g_unlink(path);
    else if (!g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, &error))
        g_debug("the trash is not kept: %s", error->message);
}

static void
read_trash(WgFlash *self)
{
    g_autofree char *path = g_build_filename(self->folder, TRASH_FILE, NULL);
    g_autofree char *text = NULL;
    char *end;
    if (!g_file_get_contents(path, &text, NULL, NULL))
        return; /* nothing was erased since the last time */
    self->trash_bytes = MIN((gsize)g_ascii_strtoull(text, &end, 10), self->capacity);
    self->n_trash = (int)MIN(g_ascii_strtoull(end, NULL, 10), G_MAXINT);
}

WgFlash *
wg_flash_new(const char *folder, gsize capacity_bytes, GError **error)
{
    if (g_mkdir_with_parents(folder, 0700) != 0) {
        g_set_error(error, WG_ERROR, WG_ERROR_STORAGE, "cannot make the watch's folder %s: %s",
                    folder, g_strerror(errno));
        return NULL;
    }
    if (g_access(folder, R_OK | W_OK | X_OK) != 0) {
        g_set_error(error, WG_ERROR, WG_ERROR_STORAGE, "cannot write the watch's folder %s: %s",
                    folder, g_strerror(errno));
        return NULL;
    }
    WgFlash *self = g_new0(WgFlash, 1);
    self->folder = g_strdup(folder);
    self->capacity = capacity_bytes;
    read_trash(self);
    return self;
}

GBytes *
wg_flash_read(WgFlash *self, const char *name)
{
    if (!*name)
        return NULL;
    g_autofree char *path = path_of(self, name);
    char *content;
    gsize length;
    if (!g_file_get_contents(path, &content, &length, NULL))
        return NULL; /* not there: the firmware's undefined */
    return g_bytes_new_take(content, length);
}

static gboolean
put(const char *path, gconstpointer data, gsize length, gsize offset, gsize create_size,
    GError **error)
{
    const int flags = O_WRONLY | O_CLOEXEC | (create_size ? O_CREAT | O_TRUNC : 0);
    const int fd = open(path, flags, 0600);
    gboolean done = fd >= 0;
    if (done && create_size) {
        g_autofree guint8 *blank = g_malloc(create_size);
        memset(blank, BLANK, create_size);
        done = write(fd, blank, create_size) == (ssize_t)create_size;
    }
    if (done && length)
        done = pwrite(fd, data, length, (off_t)offset) == (ssize_t)length;
    if (fd >= 0 && close(fd) != 0)
        done = FALSE;
    if (!done)
        g_set_error(error, WG_ERROR, WG_ERROR_STORAGE, "Unable to find or create file");
    return done;
}

void
wg_flash_set_compact_callback(WgFlash *self, WgFlashCompactCallback callback, gpointer user_data)
{
    self->callback = callback;
    self->user_data = user_data;
}

gboolean
wg_flash_compact(WgFlash *self)
{
    if (self->n_trash == 0 || (self->callback && !self->callback(self->user_data)))
        return FALSE;
    keep_trash(self, 0, 0);
    return TRUE;
}

/* Room for a new file of this size, by compacting where that can give it (_jsfCreateFile: it counts
 * free pages several times, so only with less than a page free it sees that there is no use). */
static gboolean
make_room(WgFlash *self, gsize size)
{
    const gsize wanted = room_of(size);
    const WgFlashStats stats = wg_flash_get_stats(self);
    if (wanted <= stats.free)
        return TRUE;
    const gsize headers = (gsize)stats.n_trash * HEADER_BYTES;
    const gsize trash = stats.trash_bytes - MIN(headers, stats.trash_bytes);
    if (stats.free < PAGE_BYTES && wanted >= stats.free + trash)
        return FALSE;
    return wg_flash_compact(self) && wanted <= wg_flash_get_stats(self).free;
}

gboolean
wg_flash_write(WgFlash *self, const char *name, gconstpointer data, gsize length, gint64 offset,
               gint64 wanted, GError **error)
{
    if (offset < 0 || wanted < 0)
        return FALSE;
    gsize size = wanted ? (gsize)wanted : length;
    if (size == 0) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT, "Can't create zero length file");
        return FALSE;
    }
    g_autoptr(GBytes) old = wg_flash_read(self, name);
    g_autofree char *path = path_of(self, name);
    gsize old_size = old ? g_bytes_get_size(old) : 0;
    const guint8 *old_data = old ? g_bytes_get_data(old, NULL) : NULL;
    gboolean create = !old && offset == 0;
    if (old && offset == 0 && (size != old_size || !is_blank(old_data, old_size))) {
        if (size == old_size && length == size && memcmp(old_data, data, length) == 0)
            return TRUE;
        /* flash can only be blanked by a new file; the old one is gone even if there is no room */
        wg_flash_erase(self, name);
        create = TRUE;
    }
    if (!*name || (!old && !create) || (create && !make_room(self, size))) {
        g_set_error(error, WG_ERROR, WG_ERROR_STORAGE, "Unable to find or create file");
        return FALSE;
    }
    if (create)
        old_size = size;
    if ((gsize)offset > old_size || length > old_size - (gsize)offset) {
        if (create && !put(path, NULL, 0, 0, size, error))
            return FALSE;
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT, "Too much data for file size");
        return FALSE;
    }
    if (!create && !is_blank(old_data + offset, length)) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT, "File already written with different data");
        return FALSE;
    }
    return put(path, data, length, (gsize)offset, create ? size : 0, error);
}

void
wg_flash_erase(WgFlash *self, const char *name)
{
    if (!*name)
        return;
    g_autofree char *path = path_of(self, name);
    GStatBuf info;
    if (g_stat(path, &info) != 0)
        return;
    if (g_unlink(path) == 0)
        keep_trash(self, self->trash_bytes + room_of((gsize)info.st_size), self->n_trash + 1);
    else
        g_debug("cannot erase %s: %s", path, g_strerror(errno));
}

void
wg_flash_erase_all(WgFlash *self)
{
    g_auto(GStrv) names = wg_flash_list(self);
    for (int i = 0; names[i]; i++)
        wg_flash_erase(self, names[i]);
    keep_trash(self, 0, 0); /* whole pages are erased */
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

char **
wg_flash_list(WgFlash *self)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_autoptr(GDir) dir = g_dir_open(self->folder, 0, NULL);
    const char *entry;
    while (dir && (entry = g_dir_read_name(dir))) {
        char *name = decode_name(entry);
        if (name)
            g_ptr_array_add(names, name);
    }
    g_ptr_array_sort(names, compare_names);
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_steal(names, NULL);
}

WgFlashStats
wg_flash_get_stats(WgFlash *self)
{
    WgFlashStats stats = {.total = self->capacity};
    g_auto(GStrv) names = wg_flash_list(self);
    for (int i = 0; names[i]; i++) {
        g_autofree char *path = path_of(self, names[i]);
        GStatBuf info;
        if (g_stat(path, &info) != 0)
            continue;
        stats.n_files++;
        stats.file_bytes += room_of((gsize)info.st_size);
    }
    stats.trash_bytes = self->trash_bytes;
    stats.n_trash = self->n_trash;
    const gsize used = stats.file_bytes + stats.trash_bytes;
    stats.free = used < stats.total ? stats.total - used : 0;
    return stats;
}

void
wg_flash_free(WgFlash *self)
{
    g_free(self->folder);
    g_free(self);
}
