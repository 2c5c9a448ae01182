/* The rows of a damaged table, as many as can still be read. */
#include "dataset/salvage-rows.h"

#include "dataset/database.h"

/* Where no number is known to be the last, so many are tried behind the last that was read. */
#define TRIED_BEHIND 10000
/* A number that is larger was never given, and would be counted to for ever. */
#define NUMBER_MAX 10000000
#define LOOKED_EVERY 256

typedef struct {
    sqlite3 *from, *to;
    const char *table;
    const char *columns; /* of the new table, with commas between */
    sqlite3_stmt *insert;
    int n_columns;
    GArray *lost;
    gboolean is_whole;
    GCancellable *cancellable;
    gint64 n_steps;
} Salvage;

static char *
dup_columns(sqlite3 *db, const char *table, int *n, GError **error)
{
    g_autoptr(sqlite3_stmt) select =
        wg_database_prepare(db, "SELECT name FROM pragma_table_info(?1)", error);
    GString *names;

    if (!select)
        return NULL;
    names = g_string_new(NULL);
    wg_database_bind_text(select, 1, table);
    for (*n = 0; sqlite3_step(select) == SQLITE_ROW; (*n)++)
        g_string_append_printf(names, "%s[%s]", *n ? ", " : "", sqlite3_column_text(select, 0));
    return g_string_free(names, FALSE);
}

static sqlite3_stmt *
prepare_insert(Salvage *self, GError **error)
{
    g_autoptr(GString) sql = g_string_new("INSERT OR ");

    /* what people say of a take, which older forms make with it */
    g_string_append(sql, g_str_equal(self->table, "takes") ? "REPLACE" : "IGNORE");
    g_string_append_printf(sql, " INTO %s (%s) VALUES (", self->table, self->columns);
    for (int i = 1; i <= self->n_columns; i++)
        g_string_append_printf(sql, "%s?%d", i > 1 ? ", " : "", i);
    g_string_append_c(sql, ')');
    return wg_database_prepare(self->to, sql->str, error);
}

/* NULL: there is no such table, or it has no such columns. */
static sqlite3_stmt *
prepare_select(sqlite3 *db, const char *columns, const char *table, const char *more)
{
    g_autofree char *sql = g_strdup_printf("SELECT %s FROM %s %s", columns, table, more);
    sqlite3_stmt *select = NULL;

    sqlite3_prepare_v2(db, sql, -1, &select, NULL);
    return select;
}

static gboolean
copy_row(Salvage *self, sqlite3_stmt *row, gboolean *is_new, GError **error)
{
    int code;

    for (int i = 0; i < self->n_columns; i++) {
        if (sqlite3_bind_value(self->insert, i + 1, sqlite3_column_value(row, i)) != SQLITE_OK)
            return wg_database_fail(self->to, "the new project", error);
    }
    code = sqlite3_step(self->insert);
    *is_new = code == SQLITE_DONE && sqlite3_changes(self->to) > 0;
    if (code != SQLITE_DONE && (code & 0xff) != SQLITE_CONSTRAINT && code != SQLITE_MISMATCH) {
        wg_database_fail(self->to, "the new project", error);
        sqlite3_reset(self->insert);
        return FALSE;
    }
    sqlite3_reset(self->insert);
    return ++self->n_steps % LOOKED_EVERY ||
           !g_cancellable_set_error_if_cancelled(self->cancellable, error);
}

/* Rows come in the order of their numbers: of one that is followed by a smaller number the own one
 * was hit, and nobody knows which row it is. */
static gboolean
drop_misnumbered(Salvage *self, gint64 number, GError **error)
{
    g_autofree char *sql =
        g_strdup_printf("DELETE FROM %s WHERE rowid = %" G_GINT64_FORMAT, self->table, number);

    g_array_append_val(self->lost, number);
    return wg_database_exec(self->to, sql, error);
}

/* As far as rows come; `at` gets the last one's number. Up to the first that is known where that is
 * wanted. */
static gboolean
copy_run(Salvage *self, sqlite3_stmt *select, gboolean until_known, gboolean is_rising, gint64 *at,
         GError **error)
{
    gboolean is_new;
    int code;

    while ((code = sqlite3_step(select)) == SQLITE_ROW) {
        const gint64 number = at ? sqlite3_column_int64(select, self->n_columns) : 0;

        if ((at && is_rising && number <= *at && !drop_misnumbered(self, *at, error)) ||
            !copy_row(self, select, &is_new, error)) {
            sqlite3_reset(select);
            return FALSE;
        }
        if (at)
            *at = number;
        if (until_known && !is_new)
            break;
    }
    self->is_whole = code == SQLITE_DONE;
    sqlite3_reset(select);
    return TRUE;
}

/* Tables whose key is all there is to find a row by: what lies between two damaged places is lost.
 */
static gboolean
copy_keyed(Salvage *self, GError **error)
{
    g_autoptr(sqlite3_stmt) up =
        prepare_select(self->from, self->columns, self->table, "ORDER BY 1, 2");
    g_autoptr(sqlite3_stmt) down =
        prepare_select(self->from, self->columns, self->table, "ORDER BY 1 DESC, 2 DESC");

    if (!up || !down)
        return TRUE;
    if (!copy_run(self, up, FALSE, TRUE, NULL, error))
        return FALSE;
    if (self->is_whole)
        return TRUE;
    if (!copy_run(self, down, TRUE, FALSE, NULL, error))
        return FALSE;
    self->is_whole = FALSE;
    return TRUE;
}

/* Between two that could be read. */
static gboolean
copy_one_by_one(Salvage *self, sqlite3_stmt *one, gint64 above, gint64 below, GError **error)
{
    gboolean is_new;

    for (gint64 number = above + 1; number < below; number++) {
        int code;

        sqlite3_bind_int64(one, 1, number);
        code = sqlite3_step(one);
        if (code == SQLITE_ROW && !copy_row(self, one, &is_new, error)) {
            sqlite3_reset(one);
            return FALSE;
        }
        if (code != SQLITE_ROW && code != SQLITE_DONE)
            g_array_append_val(self->lost, number);
        sqlite3_reset(one);
        if (++self->n_steps % LOOKED_EVERY == 0 &&
            g_cancellable_set_error_if_cancelled(self->cancellable, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
copy_numbered(Salvage *self, gint64 last, GError **error)
{
    g_autofree char *columns = g_strconcat(self->columns, ", rowid", NULL);
    g_autoptr(sqlite3_stmt) up = prepare_select(self->from, columns, self->table,
                                                "NOT INDEXED WHERE rowid > ?1 ORDER BY rowid");
    g_autoptr(sqlite3_stmt) down = prepare_select(
        self->from, columns, self->table, "NOT INDEXED WHERE rowid > ?1 ORDER BY rowid DESC");
    g_autoptr(sqlite3_stmt) one =
        prepare_select(self->from, columns, self->table, "NOT INDEXED WHERE rowid = ?1");
    gint64 above = 0, below = 0;

    if (!up || !down || !one)
        return TRUE;
    sqlite3_bind_int64(up, 1, 0);
    if (!copy_run(self, up, FALSE, TRUE, &above, error))
        return FALSE;
    if (self->is_whole)
        return TRUE;
    sqlite3_bind_int64(down, 1, above);
    if (!copy_run(self, down, FALSE, FALSE, &below, error))
        return FALSE;
    self->is_whole = FALSE;
    if (below == 0)
        below = last > 0 ? last + 1 : above + TRIED_BEHIND;
    return copy_one_by_one(self, one, above, MIN(below, NUMBER_MAX), error);
}

gboolean
wg_salvage_rows(sqlite3 *from, sqlite3 *to, const char *table, gint64 last, GArray *lost,
                gboolean *is_whole, GCancellable *cancellable, GError **error)
{
    Salvage self = {from, to, .table = table, .lost = lost, .cancellable = cancellable};
    g_autofree char *columns = dup_columns(to, table, &self.n_columns, error);
    g_autoptr(sqlite3_stmt) insert = NULL, numbered = NULL;
    gboolean is_done;

    if (!columns)
        return FALSE;
    self.columns = columns;
    self.insert = insert = prepare_insert(&self, error);
    if (!insert)
        return FALSE;
    numbered = prepare_select(to, "rowid", table, "");
    is_done = numbered ? copy_numbered(&self, last, error) : copy_keyed(&self, error);
    *is_whole = self.is_whole;
    return is_done;
}
