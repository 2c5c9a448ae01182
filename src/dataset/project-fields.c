/* The fields of recordings and the facts that an edit can set, as texts. */
#include "dataset/project-fields.h"

#define SPANS_TEXT                                                                                 \
    "(SELECT json_group_array(json_array(first, n_samples, label)) FROM "                          \
    "(SELECT * FROM spans WHERE recording = ?1 ORDER BY first))"

/* ?1 is the recording, ?2 the value as text; the second of two statements may be missing. */
typedef struct {
    const char *name, *get, *set[2];
} Field;

#define TEXT_OF(table, key, name)                                                                  \
    {                                                                                              \
        name, "SELECT " name " FROM " table " WHERE " key " = ?1",                                 \
        {                                                                                          \
            "UPDATE " table " SET " name " = ?2 WHERE " key " = ?1"                                \
        }                                                                                          \
    }
#define NUMBER_OF(table, key, name)                                                                \
    {                                                                                              \
        name, "SELECT CAST(" name " AS TEXT) FROM " table " WHERE " key " = ?1",                   \
        {                                                                                          \
            "UPDATE " table " SET " name " = CAST(?2 AS INTEGER) WHERE " key " = ?1"               \
        }                                                                                          \
    }

static const Field fields[] = {
    TEXT_OF("takes", "recording", "label"),
    TEXT_OF("takes", "recording", "person"),
    TEXT_OF("takes", "recording", "wrist"),
    NUMBER_OF("takes", "recording", "disabled"),
    NUMBER_OF("takes", "recording", "deleted"),
    TEXT_OF("recordings", "id", "device"),
    TEXT_OF("recordings", "id", "file"),
    TEXT_OF("recordings", "id", "held_back"),
    NUMBER_OF("recordings", "id", "line"),
    {"trim",
     "SELECT trim_first || ' ' || trim_n FROM takes WHERE recording = ?1",
     {"UPDATE takes SET trim_first = CAST(?2 AS INTEGER), "
      "trim_n = CAST(substr(?2, instr(?2, ' ') + 1) AS INTEGER) WHERE recording = ?1"}},
    {"spans",
     "SELECT " SPANS_TEXT " FROM takes WHERE recording = ?1",
     {"DELETE FROM spans WHERE recording = ?1 AND ?2 IS NOT NULL",
      "INSERT INTO spans (recording, first, n_samples, label) SELECT ?1, "
      "json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]') "
      "FROM json_each(?2)"}},
};

struct _WgFields {
    sqlite3 *db;
    sqlite3_stmt *get[G_N_ELEMENTS(fields)], *set[G_N_ELEMENTS(fields)][2];
};

WgFields *
wg_fields_new(sqlite3 *db)
{
    WgFields *self = g_new0(WgFields, 1);

    self->db = db;
    return self;
}

void
wg_fields_free(WgFields *self)
{
    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
        sqlite3_finalize(self->get[i]);
        sqlite3_finalize(self->set[i][0]);
        sqlite3_finalize(self->set[i][1]);
    }
    g_free(self);
}

/* -1: none, which only a damaged file asks for. */
static int
find_field(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
        if (g_str_equal(fields[i].name, name))
            return (int)i;
    }
    return -1;
}

static gboolean
prepare(sqlite3 *db, sqlite3_stmt **statement, const char *sql, GError **error)
{
    if (!*statement)
        *statement = wg_database_prepare(db, sql, error);
    return *statement != NULL;
}

static char *
dup_text(sqlite3_stmt *row)
{
    return sqlite3_column_type(row, 0) == SQLITE_NULL ? NULL : wg_database_dup_text(row, 0);
}

gboolean
wg_fields_get(WgFields *self, const char *field, gint64 id, char **value, gboolean *is_there,
              GError **error)
{
    const int at = find_field(field);
    int code;

    *value = NULL;
    *is_there = FALSE;
    if (at < 0)
        return TRUE;
    if (!prepare(self->db, &self->get[at], fields[at].get, error))
        return FALSE;
    sqlite3_bind_int64(self->get[at], 1, id);
    code = sqlite3_step(self->get[at]);
    *is_there = code == SQLITE_ROW;
    if (*is_there)
        *value = dup_text(self->get[at]);
    sqlite3_reset(self->get[at]);
    return code == SQLITE_ROW || code == SQLITE_DONE ||
           wg_database_fail(self->db, "the recordings", error);
}

gboolean
wg_fields_put(WgFields *self, const char *field, gint64 id, const char *value, GError **error)
{
    const int at = find_field(field);

    for (int i = 0; i < 2 && fields[at].set[i]; i++) {
        sqlite3_stmt **set = &self->set[at][i];

        if (!prepare(self->db, set, fields[at].set[i], error))
            return FALSE;
        sqlite3_bind_int64(*set, 1, id);
        wg_database_bind_text(*set, 2, value);
        if (!wg_database_step(self->db, *set, error))
            return FALSE;
    }
    return TRUE;
}

gboolean
wg_fact_get(sqlite3 *db, const char *name, char **value, GError **error)
{
    g_autoptr(sqlite3_stmt) row =
        wg_database_prepare(db, "SELECT value FROM facts WHERE name = ?1", error);

    *value = NULL;
    if (!row)
        return FALSE;
    wg_database_bind_text(row, 1, name);
    if (sqlite3_step(row) == SQLITE_ROW)
        *value = dup_text(row);
    return TRUE;
}

gboolean
wg_fact_put(sqlite3 *db, const char *name, const char *value, GError **error)
{
    g_autoptr(sqlite3_stmt) put =
        wg_database_prepare(db,
                            value ? "INSERT INTO facts (name, value) VALUES (?1, ?2) "
                                    "ON CONFLICT (name) DO UPDATE SET value = ?2"
                                  : "DELETE FROM facts WHERE name = ?1",
                            error);

    if (!put)
        return FALSE;
    wg_database_bind_text(put, 1, name);
    if (value)
        wg_database_bind_text(put, 2, value);
    return wg_database_step(db, put, error);
}
