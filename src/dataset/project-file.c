/* The bytes of a project file, read without a harm to who has it open. */
#include "dataset/project-file.h"

#include "base/error.h"
#include "base/file.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEADER_BYTES 100
#define MAGIC "SQLite format 3"
#define AT_PAGE_BYTES 16
#define AT_N_PAGES 28
#define AT_FORM 60
#define AT_APPLICATION 68
#define CHUNK_BYTES (256 << 10)

/* A connection that asks nothing of the file, and SQLite's own handle of it. */
typedef struct {
    sqlite3 *db;
    sqlite3_file *file;
} Handle;

struct _WgProjectHold {
    Handle handle;
};

static gboolean
handle_find_file(Handle *self)
{
    return sqlite3_file_control(self->db, "main", SQLITE_FCNTL_FILE_POINTER, &self->file) ==
               SQLITE_OK &&
           self->file && self->file->pMethods;
}

static gboolean
handle_open(Handle *self, const char *path)
{
    g_autofree char *real = g_file_test(path, G_FILE_TEST_IS_REGULAR) ? realpath(path, NULL) : NULL;
    g_autofree char *escaped = real ? g_uri_escape_string(real, "/", FALSE) : NULL;
    g_autofree char *uri = escaped ? g_strdup_printf("file://%s?immutable=1", escaped) : NULL;

    *self = (Handle){NULL, NULL};
    return uri &&
           sqlite3_open_v2(uri, &self->db,
                           SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX,
                           NULL) == SQLITE_OK &&
           handle_find_file(self);
}

static void
handle_close(Handle *self)
{
    sqlite3_close(self->db);
}

static guint32
get_be32(const guint8 *bytes)
{
    return (guint32)bytes[0] << 24 | (guint32)bytes[1] << 16 | (guint32)bytes[2] << 8 | bytes[3];
}

gboolean
wg_project_read_header(const char *path, WgProjectHeader *header)
{
    guint8 bytes[HEADER_BYTES];
    Handle handle;
    const gboolean is_read =
        handle_open(&handle, path) &&
        handle.file->pMethods->xRead(handle.file, bytes, sizeof bytes, 0) == SQLITE_OK;
    int page_bytes;

    handle_close(&handle);
    if (!is_read || memcmp(bytes, MAGIC, sizeof MAGIC) != 0)
        return FALSE;
    page_bytes = bytes[AT_PAGE_BYTES] << 8 | bytes[AT_PAGE_BYTES + 1];
    header->n_bytes = (gint64)get_be32(bytes + AT_N_PAGES) * (page_bytes == 1 ? 65536 : page_bytes);
    header->form = (int)get_be32(bytes + AT_FORM);
    header->application = (int)get_be32(bytes + AT_APPLICATION);
    return TRUE;
}

static gboolean
copy(Handle *handle, const char *path, FILE *out, const char *to, GCancellable *cancellable,
     GError **error)
{
    g_autofree guint8 *chunk = g_malloc(CHUNK_BYTES);
    sqlite3_int64 size = 0;

    if (handle->file->pMethods->xFileSize(handle->file, &size) != SQLITE_OK)
        return wg_file_fail_to_read(path, error);
    for (sqlite3_int64 at = 0; at < size; at += CHUNK_BYTES) {
        const int n = (int)MIN(size - at, CHUNK_BYTES);

        if (g_cancellable_set_error_if_cancelled(cancellable, error))
            return FALSE;
        if (handle->file->pMethods->xRead(handle->file, chunk, n, at) != SQLITE_OK)
            return wg_file_fail_to_read(path, error);
        if (fwrite(chunk, 1, (gsize)n, out) == (gsize)n)
            continue;
        g_set_error(error, WG_ERROR, WG_ERROR_STORAGE, _("%s cannot be written: %s"), to,
                    g_strerror(errno));
        return FALSE;
    }
    return TRUE;
}

gboolean
wg_project_copy_file(const char *path, const char *to, GCancellable *cancellable, GError **error)
{
    Handle handle;
    FILE *out = NULL;
    gboolean is_done;

    if (!handle_open(&handle, path)) {
        handle_close(&handle);
        return wg_file_fail_to_read(path, error);
    }
    out = g_fopen(to, "wbe");
    is_done = out && copy(&handle, path, out, to, cancellable, error);
    handle_close(&handle);
    if ((!out || fclose(out) != 0) && (is_done || !out)) {
        is_done = FALSE;
        g_set_error(error, WG_ERROR, WG_ERROR_STORAGE, _("%s cannot be written: %s"), to,
                    g_strerror(errno));
    }
    if (!is_done)
        g_unlink(to);
    return is_done;
}

WgProjectHold *
wg_project_hold_new(const char *path)
{
    WgProjectHold *self = g_new0(WgProjectHold, 1);
    Handle *handle = &self->handle;
    g_autofree char *real = g_file_test(path, G_FILE_TEST_IS_REGULAR) ? realpath(path, NULL) : NULL;

    /* whoever has it open has a shared lock on it as long as there is a log */
    if (real &&
        sqlite3_open_v2(real, &handle->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) ==
            SQLITE_OK &&
        handle_find_file(handle) &&
        handle->file->pMethods->xLock(handle->file, SQLITE_LOCK_SHARED) == SQLITE_OK &&
        handle->file->pMethods->xLock(handle->file, SQLITE_LOCK_EXCLUSIVE) == SQLITE_OK)
        return self;
    wg_project_hold_free(self);
    return NULL;
}

void
wg_project_hold_free(WgProjectHold *self)
{
    if (!self)
        return;
    if (self->handle.file && self->handle.file->pMethods)
        self->handle.file->pMethods->xUnlock(self->handle.file, SQLITE_LOCK_NONE);
    handle_close(&self->handle);
    g_free(self);
}
