/* The first bytes of a project file, as they say what it is. */
#include "dataset/database-header.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#define HEADER_BYTES 100
#define MAGIC "SQLite format 3"
#define AT_PAGE_BYTES 16
#define AT_N_PAGES 28
#define AT_FORM 60
#define AT_APPLICATION 68

static guint32
get_be32(const guint8 *bytes)
{
    return (guint32)bytes[0] << 24 | (guint32)bytes[1] << 16 | (guint32)bytes[2] << 8 | bytes[3];
}

gboolean
wg_database_read_header(const char *path, WgDatabaseHeader *header)
{
    guint8 bytes[HEADER_BYTES];
    FILE *file = g_fopen(path, "rbe");
    gboolean is_read;
    int page_bytes;

    if (!file)
        return FALSE;
    is_read = fread(bytes, 1, sizeof bytes, file) == sizeof bytes;
    fclose(file);
    if (!is_read || memcmp(bytes, MAGIC, sizeof MAGIC) != 0)
        return FALSE;
    page_bytes = bytes[AT_PAGE_BYTES] << 8 | bytes[AT_PAGE_BYTES + 1];
    header->n_bytes = (gint64)get_be32(bytes + AT_N_PAGES) * (page_bytes == 1 ? 65536 : page_bytes);
    header->form = (int)get_be32(bytes + AT_FORM);
    header->application = (int)get_be32(bytes + AT_APPLICATION);
    return TRUE;
}
