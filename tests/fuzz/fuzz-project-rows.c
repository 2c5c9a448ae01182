/* A sound project file whose rows say anything: each line of the input is a table, a column, a row
 * and the value that somebody put there. */
#include "fuzz-folder.h"
#include "fuzz.h"
#include "read-project.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

static const char *const columns[][2] = {
    {"recordings", "label"},
    {"recordings", "samples"},
    {"recordings", "original"},
    {"recordings", "n_samples"},
    {"recordings", "rate_hz"},
    {"recordings", "n_channels"},
    {"recordings", "units_per_g"},
    {"recordings", "digest"},
    {"recordings", "file"},
    {"takes", "label"},
    {"takes", "person"},
    {"takes", "wrist"},
    {"takes", "trim_first"},
    {"takes", "trim_n"},
    {"takes", "deleted"},
    {"models", "meta"},
    {"models", "data"},
    {"models", "kind"},
    {"models", "parent"},
    {"presets", "text"},
    {"presets", "name"},
    {"facts", "value"},
    {"facts", "name"},
    {"spans", "first"},
    {"spans", "n_samples"},
    {"spans", "label"},
    {"gaps", "first"},
    {"gaps", "n_missing"},
    {"edits", "changes"},
    {"edits", "kind"},
    {"edits", "detail"},
    {"edits", "n"},
    {"blocks", "original"},
    {"blocks", "first"},
    {"recordings", "held_back"},
    {"models", "preset"},
};

/* The number where the text is one, so that columns get both. */
static void
bind(sqlite3_stmt *update, const char *value, gsize n)
{
    char *end;
    g_autofree char *text = g_strndup(value, n);
    const double number = g_ascii_strtod(text, &end);

    if (n > 0 && *end == '\0' && number > -9e15 && number < 9e15)
        sqlite3_bind_int64(update, 1, (gint64)number);
    else if (n > 0 && value[0] == '#')
        sqlite3_bind_blob(update, 1, value + 1, (int)n - 1, SQLITE_TRANSIENT);
    else
        sqlite3_bind_text(update, 1, value, (int)n, SQLITE_TRANSIENT);
}

/* Its first byte chooses the column, the second the row, the rest is the value. */
static void
change(sqlite3 *db, const guint8 *line, gsize n)
{
    const char *const *column = columns[line[0] % G_N_ELEMENTS(columns)];
    g_autofree char *sql = g_strdup_printf(
        "UPDATE OR IGNORE %s SET %s = ?1 WHERE rowid = 1 + %d %% (SELECT max(rowid) FROM %s)",
        column[0], column[1], line[1] % 16, column[0]);
    sqlite3_stmt *update = NULL;

    if (strcmp(column[0], "spans") == 0 || strcmp(column[0], "gaps") == 0) {
        g_free(sql); /* without row ids */
        sql = g_strdup_printf("UPDATE OR IGNORE %s SET %s = ?1", column[0], column[1]);
    }
    if (sqlite3_prepare_v2(db, sql, -1, &update, NULL) == SQLITE_OK) {
        bind(update, (const char *)line + 2, n - 2);
        sqlite3_step(update);
    }
    sqlite3_finalize(update);
}

/* The project that a test kept of the form before, brought to today's once. */
static const char *
get_template(gsize *length)
{
    static char *content;
    static gsize n;

    if (!content) {
        g_autofree char *stored = fuzz_source("data/projects/form-5.waggle");
        g_autofree char *path = NULL;
        g_autoptr(WgProject) project = NULL;

        if (!g_file_get_contents(stored, &content, &n, NULL))
            g_error("%s cannot be read", stored);
        path = fuzz_file("template.waggle", content, n);
        project = wg_project_open(path, NULL);
        wg_project_close(project);
        g_free(content);
        if (!g_file_get_contents(path, &content, &n, NULL))
            g_error("%s cannot be read", path);
    }
    *length = n;
    return content;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    gsize length = 0;
    const char *template = get_template(&length);
    g_autofree char *path = fuzz_file("rows.waggle", template, length);
    g_autofree char *log = g_strconcat(path, "-wal", NULL);
    g_autoptr(WgProject) project = NULL;
    sqlite3 *db = NULL;

    if (sqlite3_open(path, &db) != SQLITE_OK)
        g_error("%s cannot be opened", path);
    sqlite3_exec(db, "PRAGMA ignore_check_constraints = ON; PRAGMA synchronous = OFF; BEGIN", NULL,
                 NULL, NULL);
    for (const guint8 *line = data, *end = data + size; line < end;) {
        const guint8 *stop = memchr(line, '\n', (gsize)(end - line));
        const gsize n = (gsize)((stop ? stop : end) - line);

        if (n > 2)
            change(db, line, n);
        line += n + 1;
    }
    sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
    sqlite3_close(db);
    project = wg_project_open(path, NULL);
    if (project) {
        read_project(project);
        wg_project_close(project);
    }
    g_unlink(log);
    return 0;
}
