/* The models and small facts of the project file. */
#include "dataset/project-private.h"

void
wg_model_record_free(WgModelRecord *record)
{
    g_free(record->kind);
    g_free(record->preset);
    g_free(record->created);
    g_free(record->meta);
    g_clear_pointer(&record->data, g_bytes_unref);
    g_free(record);
}

static gboolean
store(sqlite3 *db, gpointer data, GError **error)
{
    WgModelRecord *record = data;
    g_autoptr(sqlite3_stmt) insert = wg_database_prepare(
        db,
        "INSERT INTO models (parent, kind, preset, meta, data) VALUES (?1, ?2, ?3, ?4, ?5) "
        "RETURNING id, created",
        error);
    gsize length = 0;
    gconstpointer bytes = g_bytes_get_data(record->data, &length);

    if (!insert)
        return FALSE;
    if (record->parent > 0)
        sqlite3_bind_int64(insert, 1, record->parent);
    wg_database_bind_text(insert, 2, record->kind);
    wg_database_bind_text(insert, 3, record->preset);
    wg_database_bind_text(insert, 4, record->meta);
    sqlite3_bind_blob64(insert, 5, bytes, length, SQLITE_STATIC);
    if (sqlite3_step(insert) != SQLITE_ROW)
        return wg_database_fail(db, "the model", error);
    record->id = sqlite3_column_int64(insert, 0);
    g_free(record->created);
    record->created = g_strdup((const char *)sqlite3_column_text(insert, 1));
    return sqlite3_step(insert) == SQLITE_DONE || wg_database_fail(db, "the model", error);
}

gboolean
wg_project_store_model(WgProject *self, WgModelRecord *record, GError **error)
{
    return wg_project_work(self, TRUE, store, record, error);
}

static WgModelRecord *
read_record(sqlite3_stmt *row, gboolean with_data)
{
    WgModelRecord *record = g_new0(WgModelRecord, 1);

    record->id = sqlite3_column_int64(row, 0);
    record->parent = sqlite3_column_int64(row, 1);
    record->kind = g_strdup((const char *)sqlite3_column_text(row, 2));
    record->preset = g_strdup((const char *)sqlite3_column_text(row, 3));
    record->created = g_strdup((const char *)sqlite3_column_text(row, 4));
    record->meta = g_strdup((const char *)sqlite3_column_text(row, 5));
    if (with_data)
        record->data =
            g_bytes_new(sqlite3_column_blob(row, 6), (gsize)sqlite3_column_bytes(row, 6));
    return record;
}

typedef struct {
    const char *kind;
    WgModelRecord *record;
} Loading;

static gboolean
load(sqlite3 *db, gpointer data, GError **error)
{
    Loading *loading = data;
    g_autoptr(sqlite3_stmt) row = wg_database_prepare(
        db,
        "SELECT id, parent, kind, preset, created, meta, data FROM models WHERE kind = ?1 "
        "ORDER BY id DESC LIMIT 1",
        error);
    int code;

    if (!row)
        return FALSE;
    wg_database_bind_text(row, 1, loading->kind);
    code = sqlite3_step(row);
    if (code == SQLITE_ROW)
        loading->record = read_record(row, TRUE);
    return code == SQLITE_ROW || code == SQLITE_DONE || wg_database_fail(db, "the models", error);
}

WgModelRecord *
wg_project_load_model(WgProject *self, const char *kind, GError **error)
{
    Loading loading = {kind, NULL};

    if (!wg_project_work(self, FALSE, load, &loading, error))
        return NULL;
    return loading.record;
}

static gboolean
list(sqlite3 *db, gpointer data, GError **error)
{
    g_autoptr(sqlite3_stmt) row = wg_database_prepare(
        db, "SELECT id, parent, kind, preset, created, meta FROM models ORDER BY id DESC", error);
    int code;

    if (!row)
        return FALSE;
    while ((code = sqlite3_step(row)) == SQLITE_ROW)
        g_ptr_array_add(data, read_record(row, FALSE));
    return code == SQLITE_DONE || wg_database_fail(db, "the models", error);
}

GPtrArray *
wg_project_list_models(WgProject *self, GError **error)
{
    g_autoptr(GPtrArray) models =
        g_ptr_array_new_with_free_func((GDestroyNotify)wg_model_record_free);

    if (!wg_project_work(self, FALSE, list, models, error))
        return NULL;
    return g_steal_pointer(&models);
}

typedef struct {
    const char *name, *value;
    char *found;
} Fact;

static gboolean
set_fact(sqlite3 *db, gpointer data, GError **error)
{
    Fact *fact = data;
    g_autoptr(sqlite3_stmt) statement =
        wg_database_prepare(db,
                            fact->value ? "INSERT INTO facts (name, value) VALUES (?1, ?2) "
                                          "ON CONFLICT (name) DO UPDATE SET value = ?2"
                                        : "DELETE FROM facts WHERE name = ?1",
                            error);

    if (!statement)
        return FALSE;
    wg_database_bind_text(statement, 1, fact->name);
    if (fact->value)
        wg_database_bind_text(statement, 2, fact->value);
    return wg_database_step(db, statement, error);
}

gboolean
wg_project_set_fact(WgProject *self, const char *name, const char *value, GError **error)
{
    Fact fact = {name, value, NULL};

    return wg_project_work(self, TRUE, set_fact, &fact, error);
}

static gboolean
get_fact(sqlite3 *db, gpointer data, GError **error)
{
    Fact *fact = data;
    g_autoptr(sqlite3_stmt) row =
        wg_database_prepare(db, "SELECT value FROM facts WHERE name = ?1", error);

    if (!row)
        return FALSE;
    wg_database_bind_text(row, 1, fact->name);
    if (sqlite3_step(row) == SQLITE_ROW)
        fact->found = g_strdup((const char *)sqlite3_column_text(row, 0));
    return TRUE;
}

char *
wg_project_dup_fact(WgProject *self, const char *name)
{
    Fact fact = {name, NULL, NULL};
    g_autoptr(GError) error = NULL;

    if (!wg_project_work(self, FALSE, get_fact, &fact, &error))
        g_debug("the fact “%s” could not be read: %s", name, error->message);
    return fact.found;
}
