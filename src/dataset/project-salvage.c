/* Saves what can be read of a damaged project into a new one. */
#include "dataset/project-salvage.h"

#include "base/error.h"
#include "base/file.h"
#include "dataset/database-log.h"
#include "dataset/database-migration.h"
#include "dataset/database-safety.h"
#include "dataset/database.h"
#include "dataset/project-file.h"
#include "dataset/project.h"
#include "dataset/salvage-joining.h"
#include "dataset/salvage-pages.h"
#include "dataset/salvage-rows.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>

/* Where each part of the work ends. */
#define SHARE_COPIED 0.6
#define SHARE_MIGRATED 0.7

typedef struct {
    const char *path, *to;
    char *partial;
    WgSalvage *salvage;
    WgProgress *progress;
    GCancellable *cancellable;
    GArray *lost;       /* numbers of recordings that could not be looked up */
    gboolean *is_whole; /* gets whether every table could be read to its end */
    gboolean is_log_foreign;
} Salvaging;

gboolean
wg_project_may_be_salvaged(const char *path)
{
    WgProjectHeader header;

    return wg_project_read_header(path, &header) &&
           (header.application == WG_PROJECT_APPLICATION_ID
                ? header.form >= 0 && header.form <= wg_database_get_form()
                : header.form == wg_database_get_form());
}

/* Nothing that is read is believed, so that damage is no reason to stop. NULL: what tables there
 * are cannot be read, or is not as Waggle writes it; then the pages tell. */
static sqlite3 *
open_damaged(const Salvaging *self)
{
    sqlite3 *db = self->is_log_foreign ? wg_database_open_without_log(self->path)
                                       : wg_database_open_to_read(self->path, TRUE, NULL);

    if (!db)
        return NULL;
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL); /* it is only read */
    sqlite3_exec(db, "PRAGMA writable_schema = ON; PRAGMA cell_size_check = OFF", NULL, NULL, NULL);
    if (wg_database_check_schema(db, self->path, NULL)) {
        wg_database_stop_when(db, self->cancellable);
        return db;
    }
    sqlite3_close(db);
    return NULL;
}

/* The tables are of the newest form, whatever the first bytes say. */
static gboolean
has_newest_tables(const Salvaging *self)
{
    sqlite3 *db = open_damaged(self);
    const gboolean is_newest = db && wg_database_has_newest_tables(db);

    sqlite3_close(db);
    return is_newest;
}

/* What a log holds beside a file that is not damaged, and cannot be read where the file lies, must
 * not be left out. */
static gboolean
check_log(const Salvaging *self, GError **error)
{
    sqlite3 *db = self->is_log_foreign ? NULL : wg_database_open_to_read(self->path, TRUE, error);

    sqlite3_close(db);
    return db || self->is_log_foreign;
}

/* The form of what can be saved, by its tables where they tell it; 0: that of the newest, as the
 * first bytes are lost. */
static gboolean
read_form(const Salvaging *self, int *form, GError **error)
{
    WgProjectHeader header;
    GStatBuf facts;

    *form = 0;
    if (!wg_file_check_reachable(self->path, error))
        return FALSE;
    if (g_stat(self->path, &facts) != 0 || !S_ISREG(facts.st_mode)) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("there is no file %s"), self->path);
        return FALSE;
    }
    if (!wg_project_read_header(self->path, &header))
        return TRUE;
    if (has_newest_tables(self))
        *form = wg_database_get_form();
    else if (wg_project_may_be_salvaged(self->path))
        *form = CLAMP(header.form, 1, wg_database_get_form());
    if (*form > 0 || header.application == 0)
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                _("%s is no Waggle project of a form that this version knows: nothing can be saved "
                  "of it"),
                self->path);
    return FALSE;
}

static GPtrArray *
list_tables(sqlite3 *db, GError **error)
{
    g_autoptr(sqlite3_stmt) select = wg_database_prepare(
        db,
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND "
        "name <> 'edits' ORDER BY rowid",
        error);
    GPtrArray *names;

    if (!select)
        return NULL;
    names = g_ptr_array_new_with_free_func(g_free);
    while (sqlite3_step(select) == SQLITE_ROW)
        g_ptr_array_add(names, g_strdup((const char *)sqlite3_column_text(select, 0)));
    return names;
}

/* The largest number that was given, as the file itself has noted; 0: it cannot be read. */
static gint64
find_last(sqlite3 *db, const char *table)
{
    g_autofree char *sql =
        g_strdup_printf("SELECT seq FROM sqlite_sequence WHERE name = '%s'", table);
    gint64 last = 0;

    wg_database_read_number(db, sql, &last, NULL);
    return MAX(last, 0);
}

static gboolean
copy_tables(const Salvaging *self, sqlite3 *from, sqlite3 *to, GError **error)
{
    g_autoptr(GPtrArray) tables = list_tables(to, error);

    if (!tables)
        return FALSE;
    *self->is_whole = TRUE;
    for (guint i = 0; i < tables->len; i++) {
        const char *table = g_ptr_array_index(tables, i);
        /* what is said of recordings has their numbers */
        const gint64 last = find_last(from, g_str_equal(table, "models") ? "models" : "recordings");
        g_autoptr(GArray) others = g_array_new(FALSE, FALSE, sizeof(gint64));
        gboolean is_table_whole = FALSE;

        if (!wg_salvage_rows(from, to, table, last,
                             g_str_equal(table, "recordings") ? self->lost : others,
                             &is_table_whole, self->cancellable, error))
            return FALSE;
        *self->is_whole = *self->is_whole && is_table_whole;
        wg_progress_tell(self->progress, SHARE_COPIED * (i + 1) / tables->len, NULL);
    }
    return TRUE;
}

/* What the trees give, and where they are damaged what the pages give by themselves. */
static gboolean
copy_all(const Salvaging *self, sqlite3 *to, int form, GError **error)
{
    g_autofree char *scratch = g_strconcat(self->partial, "-pages", NULL);
    sqlite3 *from = form > 0 ? open_damaged(self) : NULL;
    gboolean is_done;

    is_done = wg_database_exec(to, "BEGIN", error) && (!from || copy_tables(self, from, to, error));
    sqlite3_close(from);
    if (is_done && !*self->is_whole && (form == 0 || form == wg_database_get_form()))
        is_done = wg_salvage_pages(self->path, scratch, to, self->cancellable, error);
    return is_done && wg_database_commit(to, error);
}

/* A new file of the damaged one's form with all its rows that can be read. */
static gboolean
copy_rows(const Salvaging *self, GError **error)
{
    sqlite3 *to = NULL;
    int form = 0;
    gboolean is_done = FALSE;

    if (!read_form(self, &form, error) || !check_log(self, error))
        return FALSE;
    if (sqlite3_open_v2(self->partial, &to,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                        NULL) != SQLITE_OK)
        wg_database_fail(to, self->to, error);
    else
        is_done = wg_database_make(to, form > 0 ? form : wg_database_get_form(), error) &&
                  copy_all(self, to, form, error);
    return sqlite3_close(to) == SQLITE_OK && is_done;
}

static gboolean
make_newest(const Salvaging *self, GError **error)
{
    g_autoptr(WgProgress) progress = wg_progress_split(self->progress, SHARE_MIGRATED, 1);
    g_auto(WgDatabaseOpening) opening = {FALSE, NULL, NULL};
    sqlite3 *db = wg_database_open(self->partial, FALSE, &opening, error);
    gboolean is_done;

    if (opening.former) /* of the older form: a copy of the copy */
        g_unlink(opening.former);
    if (!db)
        return FALSE;
    wg_progress_tell(self->progress, SHARE_MIGRATED, NULL);
    is_done = wg_salvage_join(db, self->lost, self->salvage, progress, self->cancellable, error);
    return sqlite3_close(db) == SQLITE_OK && is_done;
}

/* Of a project there is something, or it is whole and empty. */
static gboolean
is_anything(const Salvaging *self, GError **error)
{
    const WgSalvage *salvage = self->salvage;

    if (salvage->n_recordings + salvage->n_models + salvage->n_lost > 0 || *self->is_whole)
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                _("nothing of a Waggle project was found in %s: nothing can be saved of it"),
                self->path);
    return FALSE;
}

static gboolean
give_name(const Salvaging *self, GError **error)
{
    if (!g_file_test(self->to, G_FILE_TEST_EXISTS) && g_rename(self->partial, self->to) == 0)
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_STORAGE, _("%s cannot be made: %s"), self->to,
                g_strerror(g_file_test(self->to, G_FILE_TEST_EXISTS) ? EEXIST : errno));
    return FALSE;
}

static void
remove_partial(const Salvaging *self)
{
    static const char *const endings[] = {"", "-wal", "-shm", "-journal"};

    for (gsize i = 0; i < G_N_ELEMENTS(endings); i++) {
        g_autofree char *name = g_strconcat(self->partial, endings[i], NULL);

        g_unlink(name);
    }
}

gboolean
wg_project_salvage(const char *path, const char *to, WgSalvage *salvage, WgProgress *progress,
                   GCancellable *cancellable, GError **error)
{
    g_autofree char *partial = g_strconcat(to, ".partial", NULL);
    g_autoptr(GArray) lost = g_array_new(FALSE, FALSE, sizeof(gint64));
    gboolean is_whole = FALSE, is_done;
    const Salvaging self = {path,    to,        partial,
                            salvage, progress,  cancellable,
                            lost,    &is_whole, wg_database_log_is_foreign(path)};

    *salvage = (WgSalvage){0};
    if (g_file_test(to, G_FILE_TEST_EXISTS)) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    _("%s exists already: choose another name for what is saved"), to);
        return FALSE;
    }
    remove_partial(&self); /* of a program that was killed */
    wg_progress_tell(progress, 0, _("saving what can be read"));
    is_done = copy_rows(&self, error) && make_newest(&self, error) && is_anything(&self, error) &&
              give_name(&self, error);
    if (!is_done) {
        if (g_cancellable_is_cancelled(cancellable)) {
            g_clear_error(error);
            g_cancellable_set_error_if_cancelled(cancellable, error);
        }
        remove_partial(&self);
    }
    return is_done;
}
