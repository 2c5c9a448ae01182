/* Whether a project file is whole: its structure, and each recording and model by its digest. */
#include "dataset/project-verify.h"

#include "base/error.h"
#include "dataset/database-migration.h"
#include "dataset/database-safety.h"
#include "dataset/ids.h"
#include "dataset/project-models.h"
#include "dataset/project-reload.h"
#include "dataset/recording-private.h"
#include "dataset/verification.h"

#include <glib/gi18n.h>
#include <malloc.h>

#define BLOCK 500
#define SHARE_STRUCTURE 0.3

WgVerification *
wg_verification_new(void)
{
    WgVerification *self = g_new0(WgVerification, 1);

    self->unreadable = g_array_new(FALSE, FALSE, sizeof(gint64));
    self->changed = g_array_new(FALSE, FALSE, sizeof(gint64));
    self->models = g_array_new(FALSE, FALSE, sizeof(gint64));
    return self;
}

void
wg_verification_free(WgVerification *self)
{
    g_array_unref(self->unreadable);
    g_array_unref(self->changed);
    g_array_unref(self->models);
    g_free(self->fault);
    g_free(self);
}

gboolean
wg_verification_is_whole(const WgVerification *self)
{
    return self->unreadable->len == 0 && self->changed->len == 0 && self->models->len == 0 &&
           !self->fault;
}

/* The first thing that is wrong. */
static gboolean
check_structure(sqlite3 *db, WgVerification *self, GCancellable *cancellable, GError **error)
{
    g_autoptr(sqlite3_stmt) check = wg_database_prepare(db, "PRAGMA quick_check(1)", NULL);
    int code = check ? sqlite3_step(check) : SQLITE_ERROR;

    if (g_cancellable_set_error_if_cancelled(cancellable, error))
        return FALSE;
    if (code != SQLITE_ROW)
        self->fault = g_strdup(sqlite3_errmsg(db));
    else if (g_strcmp0((const char *)sqlite3_column_text(check, 0), "ok") != 0)
        self->fault = g_strdelimit(wg_database_dup_text(check, 0), "\n", ' ');
    return TRUE;
}

static void
compare_digests(WgVerification *self, GPtrArray *recordings)
{
    for (guint i = 0; i < recordings->len; i++) {
        WgRecording *recording = g_ptr_array_index(recordings, i);
        g_autofree char *digest = wg_recording_compute_digest(recording);

        if (!g_str_equal(digest, wg_recording_get_digest(recording)))
            g_array_append_val(self->changed, wg_recording_get_facts(recording)->id);
    }
    self->n_recordings += (int)recordings->len;
}

static void
take_damaged(WgVerification *self, GHashTable *damaged)
{
    GHashTableIter iter;
    gpointer id;

    g_hash_table_iter_init(&iter, damaged);
    while (g_hash_table_iter_next(&iter, &id, NULL))
        g_array_append_val(self->unreadable, *(gint64 *)id);
    wg_ids_sort(self->unreadable);
    self->n_recordings += (int)g_hash_table_size(damaged);
}

/* Of takes whose recording is not there. */
static void
add_lost(sqlite3 *db, GHashTable *damaged)
{
    g_autoptr(sqlite3_stmt) select = wg_database_prepare(
        db,
        "SELECT recording FROM takes WHERE NOT deleted AND NOT EXISTS (SELECT 1 FROM recordings "
        "WHERE id = recording) UNION ALL SELECT id FROM recordings WHERE NOT EXISTS (SELECT 1 FROM "
        "takes WHERE recording = id)",
        NULL);

    while (select && sqlite3_step(select) == SQLITE_ROW) {
        const gint64 id = sqlite3_column_int64(select, 0);

        g_hash_table_add(damaged, g_memdup2(&id, sizeof id));
    }
}

static gboolean
read_recordings(sqlite3 *db, WgVerification *self, WgProgress *progress, GCancellable *cancellable,
                GError **error)
{
    g_autoptr(GHashTable) damaged =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    g_autoptr(GPtrArray) recordings =
        g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    gint64 n_all = 1;

    wg_database_read_number(db, "SELECT count(*) FROM takes", &n_all, NULL);
    for (gint64 end = -1; end < G_MAXINT64;) {
        WgReading what = {
            .from = end + 1, .of = WG_TAKES_ALL, .is_whole = TRUE, .damaged = damaged};
        g_autoptr(GError) why = NULL;

        if (g_cancellable_set_error_if_cancelled(cancellable, error))
            return FALSE;
        what.to = end = wg_recordings_find_end(db, what.from, BLOCK);
        if (!wg_recordings_read(db, &what, recordings, &why) &&
            !g_error_matches(why, WG_ERROR, WG_ERROR_INPUT) &&
            !g_error_matches(why, WG_ERROR, WG_ERROR_DAMAGED)) {
            if (!g_cancellable_set_error_if_cancelled(cancellable, error))
                g_propagate_error(error, g_steal_pointer(&why));
            return FALSE;
        }
        if (why && !self->fault)
            self->fault = g_strdup(why->message);
        compare_digests(self, recordings);
        g_ptr_array_set_size(recordings, 0);
        wg_progress_tell(progress, CLAMP((double)self->n_recordings / (double)MAX(n_all, 1), 0, 1),
                         NULL);
    }
    add_lost(db, damaged);
    take_damaged(self, damaged);
    return TRUE;
}

gboolean
wg_verification_read(sqlite3 *db, WgVerification *self, WgProgress *progress,
                     GCancellable *cancellable, GError **error)
{
    g_autoptr(GError) why = NULL;

    if (!read_recordings(db, self, progress, cancellable, error))
        return FALSE;
    if (!wg_models_find_damaged(db, self->models, &why) && !self->fault)
        self->fault = g_strdup(why->message);
    return !g_cancellable_set_error_if_cancelled(cancellable, error);
}

static gboolean
waits_for_readers(sqlite3 *db)
{
    g_autoptr(sqlite3_stmt) mode = wg_database_prepare(db, "PRAGMA journal_mode", NULL);

    return mode && sqlite3_step(mode) == SQLITE_ROW &&
           g_strcmp0((const char *)sqlite3_column_text(mode, 0), "wal") != 0;
}

static gboolean
verify(sqlite3 *db, const char *path, gboolean beside_writer, WgVerification *self,
       WgProgress *progress, GCancellable *cancellable, GError **error)
{
    g_autoptr(WgProgress) recordings = wg_progress_split(progress, SHARE_STRUCTURE, 1);
    gint64 form = 0;

    if (!wg_database_read_number(db, "PRAGMA user_version", &form, error) ||
        !wg_database_check_schema(db, path, error))
        return FALSE;
    if (!(beside_writer && waits_for_readers(db)) && !check_structure(db, self, cancellable, error))
        return FALSE;
    /* that of an older form on a medium that can only be read */
    return form != wg_database_get_form() ||
           wg_verification_read(db, self, recordings, cancellable, error);
}

WgVerification *
wg_project_verify(const char *path, gboolean beside_writer, WgProgress *progress,
                  GCancellable *cancellable, GError **error)
{
    g_autoptr(WgVerification) self = wg_verification_new();
    sqlite3 *db = wg_database_open_to_read(path, !beside_writer, error);
    gboolean is_done;

    if (!db)
        return NULL;
    wg_database_stop_when(db, cancellable);
    wg_progress_tell(progress, 0, _("looking whether the file is whole"));
    is_done = verify(db, path, beside_writer, self, progress, cancellable, error);
    sqlite3_close(db);
    malloc_trim(0); /* what it took to read all of it */
    return is_done ? g_steal_pointer(&self) : NULL;
}
