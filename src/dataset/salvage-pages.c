/* The rows of pages of a damaged file that no tree leads to any more. */
#include "dataset/salvage-pages.h"

#include "base/error.h"
#include "dataset/database.h"
#include "dataset/project-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* SQLite's format of a file, in its documentation: 1.3 and 1.6. Projects have pages of one size. */
#define PAGE_BYTES 4096
#define AT_CHANGES 24
#define AT_N_PAGES 28
#define AT_FREE 32
#define AT_CHANGES_OF_N_PAGES 92
#define LEAF_OF_TABLE 0x0d

/* Columns of a row as it is stored: no table of ours has more. */
#define N_COLUMNS 15
#define ROWS                                                                                       \
    "SELECT rowid, c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14 FROM rows"

/* A table by what its rows look like: a letter a column, t text, i integer, r real or integer, b
 * blob, n NULL, and in capitals that or NULL. */
typedef struct {
    const char *like;
    const char *insert;   /* the row's number is the first parameter */
    gboolean is_numbered; /* that is its first column, which is stored as NULL */
} Shape;

/* Those that have fewer columns come last: what is not stored reads as NULL. */
static const Shape shapes[] = {
    {"nbTTiriirITTibB",
     "INSERT OR IGNORE INTO recordings (id, digest, device, file, line, rate_hz, n_samples, "
     "n_channels, units_per_g, n_clipped, held_back, added, rule, original, samples) "
     "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
     TRUE},
    {"ntTTiiIInnnnnnn",
     "INSERT OR IGNORE INTO takes (recording, label, person, wrist, disabled, deleted, "
     "trim_first, trim_n) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
     TRUE},
    {"nIttttbBnnnnnnn",
     "INSERT OR IGNORE INTO models (id, parent, kind, preset, created, meta, data, digest) "
     "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
     TRUE},
    {"ttttnnnnnnnnnnn",
     "INSERT OR IGNORE INTO presets (name, text, note, created) VALUES (?1, ?2, ?3, ?4)", FALSE},
    {"ttnnnnnnnnnnnnn", "INSERT OR IGNORE INTO facts (name, value) VALUES (?1, ?2)", FALSE},
    {"iibinnnnnnnnnnn",
     "INSERT OR IGNORE INTO blocks (recording, first, original, added) VALUES (?1, ?2, ?3, ?4)",
     FALSE},
};

typedef struct {
    sqlite3 *db; /* the copy, whose only table is made to begin where we want */
    sqlite3_stmt *inserts[G_N_ELEMENTS(shapes)];
} Pages;

static gboolean
is_like(char letter, int type)
{
    if (type == SQLITE_NULL)
        return letter == 'n' || g_ascii_isupper(letter);
    switch (g_ascii_tolower(letter)) {
    case 't':
        return type == SQLITE_TEXT;
    case 'i':
        return type == SQLITE_INTEGER;
    case 'r':
        return type == SQLITE_FLOAT || type == SQLITE_INTEGER;
    case 'b':
        return type == SQLITE_BLOB;
    default:
        return FALSE;
    }
}

/* -1: no row of ours. */
static int
find_shape(sqlite3_stmt *row)
{
    for (gsize i = 0; i < G_N_ELEMENTS(shapes); i++) {
        int column = 0;

        while (column < N_COLUMNS &&
               is_like(shapes[i].like[column], sqlite3_column_type(row, column + 1)))
            column++;
        if (column == N_COLUMNS)
            return (int)i;
    }
    return -1;
}

static gboolean
add_row(const Pages *self, sqlite3_stmt *row, GError **error)
{
    const int shape = find_shape(row);
    sqlite3_stmt *insert = shape >= 0 ? self->inserts[shape] : NULL;
    int code;

    if (!insert)
        return TRUE;
    for (int i = 0; i < sqlite3_bind_parameter_count(insert); i++) {
        const int column = i == 0 && shapes[shape].is_numbered ? 0 : i + 1;

        if (sqlite3_bind_value(insert, i + 1, sqlite3_column_value(row, column)) != SQLITE_OK)
            return wg_database_fail(sqlite3_db_handle(insert), "the new project", error);
    }
    code = sqlite3_step(insert);
    if (code != SQLITE_DONE && (code & 0xff) != SQLITE_CONSTRAINT) {
        wg_database_fail(sqlite3_db_handle(insert), "the new project", error);
        sqlite3_reset(insert);
        return FALSE;
    }
    sqlite3_reset(insert);
    return TRUE;
}

/* As far as its rows can be read. */
static gboolean
read_page(const Pages *self, guint32 page, GError **error)
{
    g_autofree char *begin = g_strdup_printf("PRAGMA writable_schema = ON; UPDATE sqlite_master "
                                             "SET rootpage = %u; PRAGMA writable_schema = RESET",
                                             page);
    sqlite3_stmt *row = NULL;
    gboolean is_done = TRUE;

    if (sqlite3_exec(self->db, begin, NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(self->db, ROWS, -1, &row, NULL) != SQLITE_OK)
        return TRUE;
    while (is_done && sqlite3_step(row) == SQLITE_ROW)
        is_done = add_row(self, row, error);
    sqlite3_finalize(row);
    return is_done;
}

static gboolean
read_pages(const Pages *self, const char *copy, guint32 n_pages, GCancellable *cancellable,
           GError **error)
{
    FILE *file = g_fopen(copy, "rbe");
    gboolean is_done = file != NULL;

    for (guint32 page = 2; is_done && page <= n_pages; page++) {
        is_done = !g_cancellable_set_error_if_cancelled(cancellable, error);
        if (is_done && fseek(file, (long)(page - 1) * PAGE_BYTES, SEEK_SET) == 0 &&
            fgetc(file) == LEAF_OF_TABLE)
            is_done = read_page(self, page, error);
    }
    if (file)
        fclose(file);
    return is_done;
}

static void
put_be32(guint8 *bytes, guint32 value)
{
    const guint32 stored = GUINT32_TO_BE(value);

    memcpy(bytes, &stored, sizeof stored);
}

/* The first page of a database with one table of as many columns as any of ours. */
static gboolean
make_first_page(const char *copy, guint32 n_pages, guint8 *page)
{
    g_autofree char *path = g_strconcat(copy, ".first", NULL);
    g_autofree char *content = NULL;
    sqlite3 *db = NULL;
    gsize length = 0;
    gboolean is_made;

    g_unlink(path);
    is_made = sqlite3_open(path, &db) == SQLITE_OK &&
              sqlite3_exec(db,
                           "PRAGMA page_size = " G_STRINGIFY(
                               PAGE_BYTES) "; CREATE TABLE rows (c0, c1, c2, c3, c4, c5, c6, c7, "
                                           "c8, c9, c10, c11, c12, c13, c14)",
                           NULL, NULL, NULL) == SQLITE_OK;
    is_made = sqlite3_close(db) == SQLITE_OK && is_made &&
              g_file_get_contents(path, &content, &length, NULL) && length >= PAGE_BYTES;
    g_unlink(path);
    if (!is_made)
        return FALSE;
    memcpy(page, content, PAGE_BYTES);
    put_be32(page + AT_N_PAGES, n_pages);
    memset(page + AT_FREE, 0, 8);
    memcpy(page + AT_CHANGES_OF_N_PAGES, page + AT_CHANGES, 4);
    return TRUE;
}

/* The copy with that first page, and of whole pages. */
static gboolean
make_copy(const char *path, const char *copy, guint32 *n_pages, GCancellable *cancellable,
          GError **error)
{
    guint8 page[PAGE_BYTES];
    GStatBuf facts;
    int file;
    gboolean is_made;

    if (!wg_project_copy_file(path, copy, cancellable, error))
        return FALSE;
    *n_pages = g_stat(copy, &facts) == 0 ? (guint32)(facts.st_size / PAGE_BYTES) : 0;
    file = g_open(copy, O_WRONLY | O_CLOEXEC, 0);
    is_made = file >= 0 && ftruncate(file, (off_t)*n_pages * PAGE_BYTES) == 0 &&
              make_first_page(copy, *n_pages, page) &&
              (*n_pages == 0 || pwrite(file, page, sizeof page, 0) == (ssize_t)sizeof page);
    if (file >= 0)
        close(file);
    if (!is_made)
        g_set_error(error, WG_ERROR, WG_ERROR_STORAGE, _("%s cannot be made: %s"), copy,
                    g_strerror(errno));
    return is_made;
}

static gboolean
prepare(Pages *self, sqlite3 *to, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(shapes); i++) {
        self->inserts[i] = wg_database_prepare(to, shapes[i].insert, error);
        if (!self->inserts[i])
            return FALSE;
    }
    return TRUE;
}

gboolean
wg_salvage_pages(const char *path, const char *scratch, sqlite3 *to, GCancellable *cancellable,
                 GError **error)
{
    Pages self = {NULL};
    guint32 n_pages = 0;
    gboolean is_done = make_copy(path, scratch, &n_pages, cancellable, error);

    /* a journal in memory: the copy need not outlive us */
    if (is_done && n_pages > 0 && sqlite3_open(scratch, &self.db) == SQLITE_OK)
        is_done =
            sqlite3_exec(self.db, "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF", NULL,
                         NULL, NULL) != SQLITE_OK ||
            (prepare(&self, to, error) && read_pages(&self, scratch, n_pages, cancellable, error));
    for (gsize i = 0; i < G_N_ELEMENTS(shapes); i++)
        sqlite3_finalize(self.inserts[i]);
    sqlite3_close(self.db);
    g_unlink(scratch);
    return is_done;
}
