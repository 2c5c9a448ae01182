/* A project whose file is damaged by the test, and what was saved of it. */
#include "damaged-project.h"

#include "takes.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

void
wg_damaged_project_set_up(WgDamagedProject *fixture, gconstpointer unused)
{
    g_autoptr(GPtrArray) made = wg_test_takes(N_LABELS, N_PERSONS, N_EACH);
    g_autoptr(GBytes) data = g_bytes_new_static("model", 5);
    WgModelRecord model = {.kind = "float", .preset = "waggle", .meta = "{}", .data = data};
    g_autoptr(WgProject) project = NULL;

    fixture->folder = g_dir_make_tmp("waggle-salvage-XXXXXX", NULL);
    fixture->path = g_build_filename(fixture->folder, "whole.waggle", NULL);
    fixture->damaged = g_build_filename(fixture->folder, "damaged.waggle", NULL);
    fixture->saved = g_build_filename(fixture->folder, "saved.waggle", NULL);
    project = wg_project_create(fixture->path, NULL);
    g_assert_true(wg_project_add_recordings(project, made, NULL, NULL, NULL));
    g_assert_true(wg_project_store_model(project, &model, NULL));
    g_free(model.created);
    g_assert_true(wg_project_set_fact(project, "split", "kept", NULL));
    fixture->takes = wg_project_load_recordings(project, NULL);
    g_assert_cmpuint(fixture->takes->len, ==, N_TAKES);
    wg_project_close(project);
}

void
wg_damaged_project_tear_down(WgDamagedProject *fixture, gconstpointer unused)
{
    g_unlink(fixture->path);
    g_unlink(fixture->damaged);
    g_unlink(fixture->saved);
    g_assert_cmpint(g_rmdir(fixture->folder), ==, 0); /* nothing else was left */
    g_free(fixture->folder);
    g_free(fixture->path);
    g_free(fixture->damaged);
    g_free(fixture->saved);
    g_ptr_array_unref(fixture->takes);
}

void
wg_damaged_project_make(const WgDamagedProject *fixture, gsize at, gsize length, int fill)
{
    g_autofree char *content = NULL;
    gsize size = 0;

    g_assert_true(g_file_get_contents(fixture->path, &content, &size, NULL));
    g_assert_cmpuint(at + (fill < 0 ? 0 : length), <=, size);
    if (fill < 0)
        size = at;
    else
        memset(content + at, fill, length);
    g_assert_true(g_file_set_contents(fixture->damaged, content, (gssize)size, NULL));
    g_unlink(fixture->saved);
}

void
wg_damaged_project_change(const WgDamagedProject *fixture, const char *sql)
{
    sqlite3 *db = NULL;

    wg_damaged_project_make(fixture, 0, 0, 0);
    g_assert_cmpint(sqlite3_open(fixture->damaged, &db), ==, SQLITE_OK);
    g_assert_cmpint(sqlite3_exec(db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
    g_assert_cmpint(sqlite3_close(db), ==, SQLITE_OK);
}

WgSalvage
wg_damaged_project_save(const WgDamagedProject *fixture)
{
    g_autoptr(GError) error = NULL;
    WgSalvage salvage;

    if (!wg_project_salvage(fixture->damaged, fixture->saved, &salvage, NULL, NULL, &error))
        g_error("nothing is saved: %s", error->message);
    return salvage;
}

/* The one of that digest, of any label; NULL: it is not there. */
static WgRecording *
find(GPtrArray *takes, WgRecording *wanted)
{
    for (guint i = 0; i < takes->len; i++) {
        WgRecording *take = g_ptr_array_index(takes, i);

        if (g_str_equal(wg_recording_get_digest(take), wg_recording_get_digest(wanted)))
            return take;
    }
    return NULL;
}

void
wg_damaged_project_assert_saved(const WgDamagedProject *fixture, const WgSalvage *salvage)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WgVerification) found = wg_project_verify(fixture->saved, FALSE, NULL, NULL, &error);
    g_autoptr(WgProject) project = wg_project_open(fixture->saved, NULL);
    g_autoptr(GPtrArray) takes = wg_project_load_recordings(project, NULL);
    int n_aside = 0;

    g_assert_no_error(error);
    g_assert_true(wg_verification_is_whole(found));
    g_assert_cmpint((int)takes->len, ==, salvage->n_recordings);
    g_assert_null(wg_project_get_former(project));
    for (guint i = 0; i < takes->len; i++) {
        WgRecording *take = g_ptr_array_index(takes, i), *was = find(fixture->takes, take);
        const WgRecordingSpec *spec = wg_recording_get(take);

        if (spec->disabled) {
            g_assert_cmpstr(spec->held_back, ==, WG_HELD_BACK_DAMAGED);
            n_aside++;
            continue;
        }
        g_assert_nonnull(was);
        g_assert_cmpstr(spec->label, ==, wg_recording_get(was)->label);
        g_assert_cmpstr(spec->person, ==, wg_recording_get(was)->person);
        g_assert_cmpmem(spec->samples, (gsize)spec->n_samples * 12, wg_recording_get(was)->samples,
                        (gsize)wg_recording_get(was)->n_samples * 12);
    }
    g_assert_cmpint(n_aside, ==, salvage->n_changed + salvage->n_nameless);
    wg_project_close(project);
}
