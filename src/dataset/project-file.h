/* The bytes of a project file, read without a harm to who has it open. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* As the first bytes say what it is. */
typedef struct {
    gint64 n_bytes; /* that the file should have */
    int form;       /* user_version */
    int application;
} WgProjectHeader;

/* FALSE: it is no SQLite file, or cannot be read. Any thread. Source: SQLite's description of its
 * file format, 1.3. */
gboolean wg_project_read_header(const char *path, WgProjectHeader *header);

/* Nobody else has the project open, and nobody can open it until this is freed. */
typedef struct _WgProjectHold WgProjectHold;
/* NULL: somebody has it, in this program or another, or it cannot be written. */
WgProjectHold *wg_project_hold_new(const char *path);
/* NULL is nothing. */
void wg_project_hold_free(WgProjectHold *self);

/* Copies the file as it lies there, without its log. Never by another way: where any descriptor of
 * a file is closed, Linux takes all locks away that the process has on it, and another program then
 * removes the log that this one still writes. SQLite knows that, and reads it here. Any thread.
 * WG_ERROR_MISSING: it cannot be read; WG_ERROR_STORAGE: the copy cannot be written;
 * G_IO_ERROR_CANCELLED. */
gboolean wg_project_copy_file(const char *path, const char *to, GCancellable *cancellable,
                              GError **error);

G_END_DECLS
