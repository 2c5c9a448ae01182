/* What keeps a project file of somebody else from doing more than garble itself. */
#include "dataset/database-safety.h"

#include "base/error.h"
#include "base/shown.h"
#include "dataset/database.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME_CHARS_SHOWN 40

extern const char *const wg_project_migrations[];

/* TRUE: the journal ends with the name of another one, which a transaction over several files has;
 * ours never are. */
static gboolean
names_another_journal(const char *path)
{
    static const guint8 magic[] = {0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7};
    guint8 end[sizeof magic];
    FILE *file = g_fopen(path, "rbe");
    gboolean is_read;

    if (!file)
        return FALSE;
    is_read = fseek(file, -(long)sizeof end, SEEK_END) == 0 &&
              fread(end, 1, sizeof end, file) == sizeof end;
    fclose(file);
    return is_read && memcmp(end, magic, sizeof magic) == 0;
}

gboolean
wg_database_check_beside(const char *path, GError **error)
{
    static const char *const endings[] = {"-journal", "-wal", "-shm"};
    g_autofree char *real = realpath(path, NULL); /* of a link, as SQLite names what is beside */

    for (gsize i = 0; i < G_N_ELEMENTS(endings); i++) {
        g_autofree char *beside = g_strconcat(real ? real : path, endings[i], NULL);
        GStatBuf facts;

        if (g_lstat(beside, &facts) != 0)
            continue;
        if (S_ISREG(facts.st_mode) && (i > 0 || !names_another_journal(beside)))
            continue;
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    _("%s was not made by Waggle and could change other files: move it away to "
                      "open the project"),
                    beside);
        return FALSE;
    }
    return TRUE;
}

void
wg_database_distrust(sqlite3 *db)
{
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_exec(db, "PRAGMA cell_size_check = ON", NULL, NULL, NULL);
}

static gboolean
is_ours(const char *sql)
{
    for (int i = 0; wg_project_migrations[i]; i++) {
        if (strstr(wg_project_migrations[i], sql))
            return TRUE;
    }
    return FALSE;
}

gboolean
wg_database_check_schema(sqlite3 *db, const char *path, GError **error)
{
    g_autoptr(sqlite3_stmt) select = wg_database_prepare(
        db,
        "SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view') OR "
        "(type = 'index' AND sql IS NOT NULL) OR (type = 'table' AND "
        "(rootpage = 0 OR EXISTS (SELECT 1 FROM pragma_table_xinfo(sqlite_master.name) "
        "WHERE hidden <> 0)))",
        error);
    int code = select ? SQLITE_ROW : SQLITE_ERROR;

    while (select && (code = sqlite3_step(select)) == SQLITE_ROW) {
        const char *sql = (const char *)sqlite3_column_text(select, 1);
        g_autofree char *name = NULL;

        if (sql && is_ours(sql))
            continue;
        name = wg_dup_shown((const char *)sqlite3_column_text(select, 0), NAME_CHARS_SHOWN);
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    _("%s holds a program, “%s”, that no Waggle wrote: it is not opened"), path,
                    name);
        return FALSE;
    }
    return code == SQLITE_DONE || (select && wg_database_fail(db, path, error));
}
