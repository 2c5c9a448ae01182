/* The models and small facts of the project file. */
#include "dataset/project-models.h"

#include "base/error.h"
#include "dataset/model-digest.h"
#include "dataset/project-current-model.h"
#include "dataset/project-fields.h"
#include "dataset/project-private.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#define SELECT_MODELS "SELECT id, parent, kind, preset, created, meta, data, digest FROM models"

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
    g_autoptr(sqlite3_stmt) insert =
        wg_database_prepare(db,
                            "INSERT INTO models (parent, kind, preset, meta, data, digest) "
                            "VALUES (?1, ?2, ?3, ?4, ?5, ?6) RETURNING id, created",
                            error);
    gsize length = 0;
    gconstpointer bytes = g_bytes_get_data(record->data, &length);
    guint8 digest[WG_MODEL_DIGEST_BYTES];

    if (!insert)
        return FALSE;
    if (record->parent > 0)
        sqlite3_bind_int64(insert, 1, record->parent);
    wg_database_bind_text(insert, 2, record->kind);
    wg_database_bind_text(insert, 3, record->preset);
    wg_database_bind_text(insert, 4, record->meta);
    sqlite3_bind_blob64(insert, 5, bytes, length, SQLITE_STATIC);
    wg_model_compute_digest(record->kind, record->preset, record->meta, bytes, length, digest);
    sqlite3_bind_blob(insert, 6, digest, sizeof digest, SQLITE_STATIC);
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
    record->kind = wg_database_dup_text(row, 2);
    record->preset = wg_database_dup_text(row, 3);
    record->created = wg_database_dup_text(row, 4);
    record->meta = wg_database_dup_text(row, 5);
    if (with_data)
        record->data =
            g_bytes_new(sqlite3_column_blob(row, 6), (gsize)sqlite3_column_bytes(row, 6));
    return record;
}

/* Of a row that has the columns of read_record() and then the digest. */
static gboolean
is_as_stored(sqlite3_stmt *row)
{
    guint8 digest[WG_MODEL_DIGEST_BYTES];
    gconstpointer stored = sqlite3_column_blob(row, 7);
    const int n_stored = sqlite3_column_bytes(row, 7);

    if (!stored) /* of another program */
        return TRUE;
    wg_model_compute_digest((const char *)sqlite3_column_text(row, 2),
                            (const char *)sqlite3_column_text(row, 3),
                            (const char *)sqlite3_column_text(row, 5), sqlite3_column_blob(row, 6),
                            (gsize)sqlite3_column_bytes(row, 6), digest);
    return n_stored == sizeof digest && memcmp(stored, digest, sizeof digest) == 0;
}

gboolean
wg_models_find_damaged(sqlite3 *db, GArray *ids, GError **error)
{
    g_autoptr(sqlite3_stmt) row = wg_database_prepare(db, SELECT_MODELS " ORDER BY id", error);
    int code;

    if (!row)
        return FALSE;
    while ((code = sqlite3_step(row)) == SQLITE_ROW) {
        const gint64 id = sqlite3_column_int64(row, 0);

        if (!is_as_stored(row))
            g_array_append_val(ids, id);
    }
    return code == SQLITE_DONE || wg_database_fail(db, "the models", error);
}

typedef struct {
    const char *kind; /* NULL: the one with that id */
    gint64 id;
    WgModelRecord *record;
} Loading;

static gboolean
load(sqlite3 *db, gpointer data, GError **error)
{
    Loading *loading = data;
    gint64 id = loading->id;
    g_autoptr(sqlite3_stmt) row = wg_database_prepare(db, SELECT_MODELS " WHERE id = ?1", error);
    int code;

    if (!row || (loading->kind && !wg_current_model_find(db, loading->kind, &id, error)))
        return FALSE;
    sqlite3_bind_int64(row, 1, id);
    code = sqlite3_step(row);
    if (code == SQLITE_ROW && !is_as_stored(row)) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    _("model %" PRId64 " of the project is damaged and is not used: train again"),
                    id);
        return FALSE;
    }
    if (code == SQLITE_ROW) {
        loading->record = read_record(row, TRUE);
        loading->record->is_current = loading->kind != NULL;
    }
    return code == SQLITE_ROW || code == SQLITE_DONE || wg_database_fail(db, "the models", error);
}

WgModelRecord *
wg_project_load_model(WgProject *self, const char *kind, GError **error)
{
    Loading loading = {kind, 0, NULL};

    if (!wg_project_work(self, FALSE, load, &loading, error))
        return NULL;
    return loading.record;
}

WgModelRecord *
wg_project_load_model_by_id(WgProject *self, gint64 id, GError **error)
{
    Loading loading = {NULL, id, NULL};

    if (!wg_project_work(self, FALSE, load, &loading, error))
        return NULL;
    return loading.record;
}

static gboolean
list(sqlite3 *db, gpointer data, GError **error)
{
    g_autoptr(sqlite3_stmt) row = wg_database_prepare(
        db, "SELECT id, parent, kind, preset, created, meta FROM models ORDER BY id DESC", error);
    gint64 float_id, int8_id;
    int code;

    if (!row || !wg_current_model_find(db, "float", &float_id, error) ||
        !wg_current_model_find(db, "int8", &int8_id, error))
        return FALSE;
    while ((code = sqlite3_step(row)) == SQLITE_ROW) {
        WgModelRecord *record = read_record(row, FALSE);

        record->is_current =
            record->id == float_id ||
            (record->id == int8_id && (record->parent == float_id || float_id == 0));
        g_ptr_array_add(data, record);
    }
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
    const Fact *fact = data;

    return wg_fact_put(db, fact->name, fact->value, error);
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

    return wg_fact_get(db, fact->name, &fact->found, error);
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
