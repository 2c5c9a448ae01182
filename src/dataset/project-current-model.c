/* The stored model that counts: the newest one, unless an earlier one was chosen since. */
#include "dataset/project-current-model.h"

#include "base/error.h"
#include "dataset/project-edit-log.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <stdio.h>

#define FACT "current-model"

/* A choice counts as long as nothing newer was made than there was when it was made, so that what
 * is trained next counts with no further write. */
typedef struct {
    gint64 model, newest;     /* float */
    gint64 int8, newest_int8; /* of that float one; 0: the newest of it */
} Choice;

/* The value of a query with at most one parameter, 0 where there is none. */
static gboolean
query(sqlite3 *db, const char *sql, gint64 parameter, gint64 *value, GError **error)
{
    g_autoptr(sqlite3_stmt) row = wg_database_prepare(db, sql, error);

    *value = 0;
    if (!row)
        return FALSE;
    if (sqlite3_bind_parameter_count(row) > 0)
        sqlite3_bind_int64(row, 1, parameter);
    if (sqlite3_step(row) == SQLITE_ROW)
        *value = sqlite3_column_int64(row, 0);
    return TRUE;
}

#define NEWEST_FLOAT "SELECT max(id) FROM models WHERE kind = 'float'"
#define NEWEST_INT8 "SELECT max(id) FROM models WHERE kind = 'int8'"
#define NEWEST_INT8_OF NEWEST_INT8 " AND parent = ?1"
#define FIND_FLOAT "SELECT id FROM models WHERE id = ?1 AND kind = 'float'"

static gboolean
load_choice(sqlite3 *db, Choice *choice, GError **error)
{
    g_autoptr(sqlite3_stmt) row =
        wg_database_prepare(db, "SELECT value FROM facts WHERE name = '" FACT "'", error);
    g_autofree char *text = NULL;
    gint64 newest, found;

    *choice = (Choice){0};
    if (!row || !query(db, NEWEST_FLOAT, 0, &newest, error))
        return FALSE;
    if (sqlite3_step(row) == SQLITE_ROW)
        text = wg_database_dup_text(row, 0);
    if (text &&
        (sscanf(text,
                "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
                &choice->model, &choice->newest, &choice->int8, &choice->newest_int8) != 4 ||
         choice->newest != newest))
        *choice = (Choice){0};
    if (!query(db, FIND_FLOAT, choice->model, &found, error))
        return FALSE;
    if (!found)
        *choice = (Choice){.model = newest};
    return TRUE;
}

gboolean
wg_current_model_find(sqlite3 *db, const char *kind, gint64 *id, GError **error)
{
    Choice choice;

    if (!load_choice(db, &choice, error))
        return FALSE;
    *id = choice.model;
    if (g_str_equal(kind, "float"))
        return TRUE;
    if (!query(db, NEWEST_INT8_OF, choice.model, id, error))
        return FALSE;
    if (choice.int8 > 0 && choice.newest_int8 == *id)
        *id = choice.int8;
    return *id > 0 || query(db, NEWEST_INT8, 0, id, error);
}

gboolean
wg_edit_log_choose_model(WgEditLog *log, gint64 id, GError **error)
{
    sqlite3 *db = wg_edit_log_get_db(log);
    Choice choice = {.model = id};
    g_autofree char *value = NULL;
    gint64 found;

    if (!query(db, "SELECT parent FROM models WHERE id = ?1 AND kind = 'int8'", id, &found, error))
        return FALSE;
    if (found > 0) {
        choice.model = found;
        choice.int8 = id;
    }
    if (!query(db, FIND_FLOAT, choice.model, &found, error) ||
        !query(db, NEWEST_FLOAT, 0, &choice.newest, error) ||
        !query(db, NEWEST_INT8_OF, choice.model, &choice.newest_int8, error))
        return FALSE;
    if (!found) {
        g_set_error(
            error, WG_ERROR, WG_ERROR_INPUT,
            _("there is no trained model %" PRId64 " to go back to: choose one that is there"), id);
        return FALSE;
    }
    if (choice.int8 == choice.newest_int8)
        choice.int8 = 0;
    if (choice.model != choice.newest || choice.int8 > 0)
        value = g_strdup_printf("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
                                " %" G_GINT64_FORMAT,
                                choice.model, choice.newest, choice.int8, choice.newest_int8);
    return wg_edit_log_set_fact(log, FACT, value, error);
}
