/* The presets that a project keeps: names, and texts that others write and read. */
#include "dataset/project-presets.h"

#include "base/error.h"
#include "dataset/project-private.h"

#include <glib/gi18n.h>

void
wg_preset_record_free(WgPresetRecord *record)
{
    g_free(record->name);
    g_free(record->text);
    g_free(record->note);
    g_free(record->created);
    g_free(record);
}

static gboolean
add(sqlite3 *db, gpointer data, GError **error)
{
    const WgPresetRecord *record = data;
    g_autoptr(sqlite3_stmt) insert = wg_database_prepare(
        db, "INSERT INTO presets (name, text, note) VALUES (?1, ?2, ?3)", error);

    if (!insert)
        return FALSE;
    wg_database_bind_text(insert, 1, record->name);
    wg_database_bind_text(insert, 2, record->text);
    wg_database_bind_text(insert, 3, record->note);
    if (sqlite3_step(insert) == SQLITE_DONE)
        return TRUE;
    if ((sqlite3_errcode(db) & 0xff) != SQLITE_CONSTRAINT)
        return wg_database_fail(db, "the preset", error);
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                _("the project has a preset “%s” already: choose another name"), record->name);
    return FALSE;
}

gboolean
wg_project_add_preset(WgProject *self, const char *name, const char *text, const char *note,
                      GError **error)
{
    WgPresetRecord record = {(char *)name, (char *)text, (char *)note, NULL};

    return wg_project_work(self, TRUE, add, &record, error);
}

typedef struct {
    const char *name; /* NULL: all */
    GPtrArray *presets;
} Listing;

static gboolean
list(sqlite3 *db, gpointer data, GError **error)
{
    Listing *listing = data;
    g_autoptr(sqlite3_stmt) row =
        wg_database_prepare(db,
                            "SELECT name, text, note, created FROM presets "
                            "WHERE ?1 IS NULL OR name = ?1 ORDER BY rowid",
                            error);
    int code;

    if (!row)
        return FALSE;
    wg_database_bind_text(row, 1, listing->name);
    while ((code = sqlite3_step(row)) == SQLITE_ROW) {
        WgPresetRecord *record = g_new0(WgPresetRecord, 1);

        record->name = wg_database_dup_text(row, 0);
        record->text = wg_database_dup_text(row, 1);
        record->note = wg_database_dup_text(row, 2);
        record->created = wg_database_dup_text(row, 3);
        g_ptr_array_add(listing->presets, record);
    }
    return code == SQLITE_DONE || wg_database_fail(db, "the presets", error);
}

static GPtrArray *
load(WgProject *self, const char *name, GError **error)
{
    g_autoptr(GPtrArray) presets =
        g_ptr_array_new_with_free_func((GDestroyNotify)wg_preset_record_free);
    Listing listing = {name, presets};

    return wg_project_work(self, FALSE, list, &listing, error) ? g_steal_pointer(&presets) : NULL;
}

GPtrArray *
wg_project_list_presets(WgProject *self, GError **error)
{
    return load(self, NULL, error);
}

WgPresetRecord *
wg_project_load_preset(WgProject *self, const char *name, GError **error)
{
    g_autoptr(GPtrArray) presets = load(self, name, error);

    if (!presets || presets->len == 0)
        return NULL;
    return g_ptr_array_steal_index(presets, 0);
}
