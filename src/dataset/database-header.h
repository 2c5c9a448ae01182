/* The first bytes of a project file, as they say what it is. Inside dataset/ only. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
    gint64 n_bytes; /* that the file should have */
    int form;       /* user_version */
    int application;
} WgDatabaseHeader;

/* FALSE: it is no SQLite file, or cannot be read. Source: SQLite's description of its file format,
 * 1.3. */
gboolean wg_database_read_header(const char *path, WgDatabaseHeader *header);

G_END_DECLS
