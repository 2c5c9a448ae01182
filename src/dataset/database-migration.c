/* Brings a project of an older form to this program's, and keeps a copy of how it was. */
#include "dataset/database-migration.h"

#include "base/error.h"
#include "dataset/database-functions.h"
#include "dataset/database.h"
#include "dataset/project.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>

extern const char *const wg_project_migrations[];

/* More copies of one form than this are no accident. */
#define COPIES_MAX 100

/* The whole of one database into another. */
static int
copy_pages(sqlite3 *to, sqlite3 *from)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");

    if (!backup)
        return sqlite3_errcode(to);
    sqlite3_backup_step(backup, -1);
    return sqlite3_backup_finish(backup);
}

/* A copy with what a write-ahead log still holds, on the disk when it returns. */
static gboolean
write_copy(sqlite3 *db, const char *path, GError **error)
{
    sqlite3 *copy = NULL;
    int code = sqlite3_open_v2(path, &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);

    if (code == SQLITE_OK)
        code = copy_pages(copy, db);
    if (sqlite3_close(copy) == SQLITE_OK && code == SQLITE_OK)
        return TRUE;
    g_unlink(path);
    g_set_error(error, WG_ERROR, WG_ERROR_STORAGE,
                _("the project has to be brought to a newer form, and no copy of how it is can be "
                  "kept as %s (%s): make room there, or copy the project to where there is"),
                path, sqlite3_errstr(code));
    return FALSE;
}

/* PROJECT.form6.waggle, made under another name first; NULL where that fails. */
static char *
keep_copy(sqlite3 *db, const char *path, int form, GError **error)
{
    const gsize stem = strlen(path) - (g_str_has_suffix(path, ".waggle") ? strlen(".waggle") : 0);
    g_autofree char *partial = g_strdup_printf("%.*s.form%d.partial", (int)stem, path, form);

    g_unlink(partial); /* of a program that was killed */
    if (!write_copy(db, partial, error))
        return NULL;
    for (int i = 1; i <= COPIES_MAX; i++) {
        g_autofree char *number = i > 1 ? g_strdup_printf("-%d", i) : g_strdup("");
        g_autofree char *name =
            g_strdup_printf("%.*s.form%d%s.waggle", (int)stem, path, form, number);

        if (g_file_test(name, G_FILE_TEST_EXISTS))
            continue;
        if (g_rename(partial, name) == 0)
            return g_steal_pointer(&name);
        break;
    }
    g_set_error(error, WG_ERROR, WG_ERROR_STORAGE,
                _("the copy of how the project was, %s, cannot get its name: %s"), partial,
                g_strerror(errno));
    return NULL;
}

/* In memory or where temporary files are, and gone when it is closed. */
static gboolean
replace_by_temporary(sqlite3 **db, GError **error)
{
    sqlite3 *copy = NULL;

    if (sqlite3_open_v2("", &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) != SQLITE_OK ||
        copy_pages(copy, *db) != SQLITE_OK) {
        wg_database_fail(copy, "a copy of the project", error);
        sqlite3_close(copy);
        return FALSE;
    }
    sqlite3_close(*db);
    *db = copy;
    return TRUE;
}

/* One migration, unless another program was faster. */
static gboolean
run(sqlite3 *db, int number, GError **error)
{
    gint64 form = 0;
    g_autofree char *finish =
        g_strdup_printf("PRAGMA application_id = %d; PRAGMA user_version = %d; COMMIT",
                        WG_PROJECT_APPLICATION_ID, number + 1);

    if (!wg_database_exec(db, "BEGIN IMMEDIATE", error))
        return FALSE;
    if (wg_database_read_number(db, "PRAGMA user_version", &form, error) &&
        (form > number || wg_database_exec(db, wg_project_migrations[number], error)) &&
        wg_database_exec(db, form > number ? "COMMIT" : finish, error))
        return TRUE;
    sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    return FALSE;
}

/* A file of which most is empty by now becomes small. Without room for that it stays as it is. */
static gboolean
give_back_room(sqlite3 *db, GError **error)
{
    gint64 n_free = 0, n_pages = 0;

    if (!wg_database_read_number(db, "PRAGMA freelist_count", &n_free, error) ||
        !wg_database_read_number(db, "PRAGMA page_count", &n_pages, error))
        return FALSE;
    if (2 * n_free > n_pages && sqlite3_exec(db, "VACUUM", NULL, NULL, NULL) != SQLITE_OK)
        g_debug("the migrated project keeps its empty pages: %s", sqlite3_errmsg(db));
    return TRUE;
}

static gboolean
check_form(const char *path, gint64 form, gint64 application, int n_known, GError **error)
{
    if (form > 0 && application != WG_PROJECT_APPLICATION_ID) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("%s is a database, but no Waggle project"),
                    path);
        return FALSE;
    }
    if (form < 0) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    _("%s says that its form is %d, which no Waggle wrote: it is damaged"), path,
                    (int)form);
        return FALSE;
    }
    if (form <= n_known)
        return TRUE;
    g_set_error(
        error, WG_ERROR, WG_ERROR_INPUT,
        _("%s was made by a newer Waggle (its form is %d, this one knows %d): open it there"), path,
        (int)form, n_known);
    return FALSE;
}

gboolean
wg_database_has_newest_tables(sqlite3 *db)
{
    gint64 n = 0;

    wg_database_read_number(
        db, "SELECT count(*) FROM pragma_table_info('models') WHERE name = 'digest'", &n, NULL);
    return n == 1;
}

/* A file whose number was hit must not be migrated by what it is not. */
static gboolean
check_tables(sqlite3 *db, const char *path, int form, GError **error)
{
    gint64 n_tables = 0;

    if (!wg_database_read_number(db, "SELECT count(*) FROM sqlite_master WHERE type = 'table'",
                                 &n_tables, error))
        return FALSE;
    if (!wg_database_has_newest_tables(db) && (form > 0) == (n_tables > 0))
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_DAMAGED,
                _("%s is damaged: its tables are not those of its form, %d; nothing was changed in "
                  "it: save what can be read of it"),
                path, form);
    return FALSE;
}

int
wg_database_get_form(void)
{
    int n = 0;

    while (wg_project_migrations[n])
        n++;
    return n;
}

static gboolean
run_from(sqlite3 *db, int form, int wanted, GError **error)
{
    if (!wg_database_add_functions(db, error))
        return FALSE;
    for (int i = form; i < wanted; i++) {
        if (!run(db, i, error))
            return FALSE;
    }
    return TRUE;
}

gboolean
wg_database_make(sqlite3 *db, int form, GError **error)
{
    return run_from(db, 0, form, error);
}

gboolean
wg_database_migrate(sqlite3 **db, const char *path, gboolean is_read_only, char **former,
                    GError **error)
{
    const int n_known = wg_database_get_form();
    gint64 form = 0, application = 0;

    *former = NULL;
    if (!wg_database_read_number(*db, "PRAGMA user_version", &form, error) ||
        !wg_database_read_number(*db, "PRAGMA application_id", &application, error) ||
        !check_form(path, form, application, n_known, error))
        return FALSE;
    if (form == n_known)
        return TRUE;
    if (!check_tables(*db, path, (int)form, error))
        return FALSE;
    if (form > 0 && is_read_only && !replace_by_temporary(db, error))
        return FALSE;
    if (form > 0 && !is_read_only) {
        *former = keep_copy(*db, path, (int)form, error);
        if (!*former)
            return FALSE;
    }
    return run_from(*db, (int)form, n_known, error) && (form == 0 || give_back_room(*db, error));
}
