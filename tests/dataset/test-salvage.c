/* What is damaged in a project file is noticed, and all that can be read is saved. */
#include "base/error.h"
#include "dataset/project-salvage.h"
#include "dataset/project-verify.h"
#include "dataset/project.h"
#include "takes.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#define N_LABELS 3
#define N_PERSONS 2
#define N_EACH 20
#define N_TAKES (N_LABELS * N_PERSONS * N_EACH)
#define PAGE_BYTES 4096

typedef struct {
    char *folder, *path, *damaged, *saved;
    GPtrArray *takes; /* as the project has them */
} Fixture;

static void
set_up(Fixture *fixture, gconstpointer unused)
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

static void
tear_down(Fixture *fixture, gconstpointer unused)
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

static void
run(const char *path, const char *sql)
{
    sqlite3 *db = NULL;

    g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
    g_assert_cmpint(sqlite3_exec(db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
    g_assert_cmpint(sqlite3_close(db), ==, SQLITE_OK);
}

/* A copy of the project with `length` bytes from `at` overwritten, or cut off there where `fill` is
 * -1. */
static void
damage(const Fixture *fixture, gsize at, gsize length, int fill)
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

/* The new project is whole, and what takes part in it is just as it was. */
static void
assert_saved(const Fixture *fixture, const WgSalvage *salvage)
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

static void
test_whole(Fixture *fixture, gconstpointer unused)
{
    g_autoptr(WgVerification) found = wg_project_verify(fixture->path, FALSE, NULL, NULL, NULL);
    WgSalvage salvage;

    g_assert_true(wg_verification_is_whole(found));
    g_assert_cmpint(found->n_recordings, ==, N_TAKES);
    g_assert_true(wg_project_salvage(fixture->path, fixture->saved, &salvage, NULL, NULL, NULL));
    g_assert_cmpint(salvage.n_recordings, ==, N_TAKES);
    g_assert_cmpint(salvage.n_lost + salvage.n_changed + salvage.n_nameless, ==, 0);
    g_assert_cmpint(salvage.n_models, ==, 1);
    assert_saved(fixture, &salvage);
    {
        g_autoptr(WgProject) project = wg_project_open(fixture->saved, NULL);
        g_autofree char *split = wg_project_dup_fact(project, "split");

        g_assert_cmpstr(split, ==, "kept");
        wg_project_close(project);
    }
}

/* Each page in its turn, once of zeros and once of what no page holds, also that of the tables'
 * names and those that lead to others: the others' rows are saved. */
static void
test_each_page(Fixture *fixture, gconstpointer unused)
{
    g_autofree char *content = NULL;
    gsize size = 0, n_pages;
    int n_least = N_TAKES, n_noticed = 0, n_tried = 0, n_whole = 0;

    g_assert_true(g_file_get_contents(fixture->path, &content, &size, NULL));
    n_pages = size / PAGE_BYTES;
    g_assert_cmpuint(n_pages, >, 20);
    for (gsize page = 0; page < n_pages; page++) {
        for (int fill = 0; fill <= 0xa5; fill += 0xa5) {
            g_autoptr(WgVerification) found = NULL;
            g_autoptr(GError) error = NULL;
            WgSalvage salvage;

            damage(fixture, page * PAGE_BYTES, PAGE_BYTES, fill);
            n_tried++;
            found = wg_project_verify(fixture->damaged, FALSE, NULL, NULL, NULL);
            n_noticed += !found || !wg_verification_is_whole(found);
            if (!wg_project_salvage(fixture->damaged, fixture->saved, &salvage, NULL, NULL, &error))
                g_error("page %d of %d: %s", (int)page, (int)n_pages, error->message);
            /* what is lost is known by what is said of it, unless that is lost with it */
            g_assert_cmpint(salvage.n_recordings + salvage.n_lost, ==, N_TAKES);
            n_whole += salvage.n_recordings == N_TAKES && salvage.n_nameless == 0;
            n_least = MIN(n_least, salvage.n_recordings);
            assert_saved(fixture, &salvage);
        }
    }
    g_test_message("of %d pages %d noticed, at %d nothing is lost, at least %d of %d takes saved",
                   n_tried, n_noticed, n_whole, n_least, N_TAKES);
    g_assert_cmpint(n_noticed, ==, n_tried);
    g_assert_cmpint(n_whole, >, n_tried / 2);
    g_assert_cmpint(n_least, >, N_TAKES / 2);
}

/* Cut short at any page: what came before it is saved. */
static void
test_cut_short(Fixture *fixture, gconstpointer unused)
{
    g_autofree char *content = NULL;
    gsize size = 0;
    int n_before = 0;

    g_assert_true(g_file_get_contents(fixture->path, &content, &size, NULL));
    for (gsize at = PAGE_BYTES; at < size; at += PAGE_BYTES) {
        g_autoptr(WgProject) project = NULL;
        g_autoptr(GError) error = NULL;
        WgSalvage salvage;

        damage(fixture, at, 0, -1);
        project = wg_project_open(fixture->damaged, &error);
        g_assert_null(project);
        g_assert_nonnull(strstr(error->message, "cut short"));
        g_clear_error(&error);
        g_assert_true(wg_project_may_be_salvaged(fixture->damaged));
        if (!wg_project_salvage(fixture->damaged, fixture->saved, &salvage, NULL, NULL, &error)) {
            g_assert_error(error, WG_ERROR, WG_ERROR_INPUT); /* no take was in what is left */
            g_assert_cmpint(n_before, ==, 0);
            continue;
        }
        g_assert_cmpint(salvage.n_recordings, <=, N_TAKES);
        assert_saved(fixture, &salvage);
        g_assert_cmpint(salvage.n_recordings, >=, n_before);
        n_before = MAX(n_before, salvage.n_recordings - 20);
    }
    g_assert_cmpint(n_before, >, N_TAKES / 2);
}

/* One bit of the values, which no structure tells. */
static void
test_changed_value(Fixture *fixture, gconstpointer unused)
{
    g_autoptr(WgVerification) found = NULL;
    g_autoptr(WgProject) project = NULL;
    g_autoptr(WgRecording) take = NULL;
    WgSalvage salvage;

    damage(fixture, 0, 0, 0);
    run(fixture->damaged, "UPDATE recordings SET original = substr(original, 1, 9) || x'2a' || "
                          "substr(original, 11) WHERE id = 7");
    found = wg_project_verify(fixture->damaged, FALSE, NULL, NULL, NULL);
    g_assert_null(found->fault);
    g_assert_cmpuint(found->unreadable->len, ==, 0);
    g_assert_cmpuint(found->changed->len, ==, 1);
    g_assert_cmpint(g_array_index(found->changed, gint64, 0), ==, 7);
    g_assert_true(wg_project_salvage(fixture->damaged, fixture->saved, &salvage, NULL, NULL, NULL));
    g_assert_cmpint(salvage.n_recordings, ==, N_TAKES);
    g_assert_cmpint(salvage.n_changed, ==, 1);
    assert_saved(fixture, &salvage);
    project = wg_project_open(fixture->saved, NULL);
    take = wg_project_load_recording(project, 7, NULL);
    g_assert_true(wg_recording_get(take)->disabled);
    wg_project_close(project);
}

/* One bit of what says which form it is, and one of what lists the tables: all rows are there. */
static void
test_hit_head(Fixture *fixture, gconstpointer unused)
{
    static const char *const changes[] = {
        "PRAGMA user_version = 5",
        "PRAGMA user_version = 4",
        "PRAGMA user_version = 0",
        "PRAGMA user_version = 38",
        "PRAGMA application_id = 7",
        "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, '(id) WHERE', "
        "'(id) WhERE') WHERE name = 'recordings_growing'",
        "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, 'digest BLOB', "
        "'dieest BLOB') WHERE name = 'recordings'",
        "CREATE VIEW more AS SELECT 1",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(changes); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *before = NULL, *after = NULL;
        gsize n_before = 0, n_after = 0;
        WgProject *project;
        WgSalvage salvage;

        damage(fixture, 0, 0, 0);
        run(fixture->damaged, changes[i]);
        g_assert_true(g_file_get_contents(fixture->damaged, &before, &n_before, NULL));
        project = wg_project_open(fixture->damaged, NULL);
        if (project)
            wg_project_close(project);
        g_clear_object(&project);
        g_assert_true(g_file_get_contents(fixture->damaged, &after, &n_after, NULL));
        g_assert_cmpmem(before, n_before, after, n_after);
        if (!wg_project_salvage(fixture->damaged, fixture->saved, &salvage, NULL, NULL, &error))
            g_error("%s: %s", changes[i], error->message);
        g_assert_cmpint(salvage.n_recordings, ==, N_TAKES);
        g_assert_cmpint(salvage.n_nameless + salvage.n_changed, ==, 0);
        assert_saved(fixture, &salvage);
    }
}

/* A label that is no text, and a name: neither can be shown. */
static void
test_no_text(Fixture *fixture, gconstpointer unused)
{
    g_autoptr(WgVerification) found = NULL;
    g_autoptr(WgProject) project = NULL;
    g_autoptr(GPtrArray) takes = NULL;
    g_autoptr(WgRecording) take = NULL;
    WgSalvage salvage;

    damage(fixture, 0, 0, 0);
    run(fixture->damaged, "UPDATE takes SET label = CAST(x'61e162' AS TEXT) WHERE recording = 4;"
                          "UPDATE takes SET person = CAST(x'ff' AS TEXT) WHERE recording = 6");
    found = wg_project_verify(fixture->damaged, FALSE, NULL, NULL, NULL);
    g_assert_cmpuint(found->unreadable->len, ==, 1);
    project = wg_project_open(fixture->damaged, NULL);
    takes = wg_project_load_recordings(project, NULL);
    g_assert_cmpuint(takes->len, ==, N_TAKES - 1);
    g_assert_cmpint(wg_project_count_damaged(project), ==, 1);
    wg_project_close(project);
    g_clear_object(&project);
    g_assert_true(wg_project_salvage(fixture->damaged, fixture->saved, &salvage, NULL, NULL, NULL));
    g_assert_cmpint(salvage.n_recordings, ==, N_TAKES);
    g_assert_cmpint(salvage.n_nameless, ==, 1);
    project = wg_project_open(fixture->saved, NULL);
    take = wg_project_load_recording(project, 4, NULL);
    g_assert_cmpstr(wg_recording_get(take)->label, ==, WG_LABEL_RECOVERED);
    g_assert_true(wg_recording_get(take)->disabled);
    wg_project_close(project);
}

static void
test_lost_parts(Fixture *fixture, gconstpointer unused)
{
    g_autoptr(WgVerification) found = NULL;
    g_autoptr(WgProject) project = NULL;
    g_autoptr(WgRecording) take = NULL;
    WgSalvage salvage;

    damage(fixture, 0, 0, 0);
    run(fixture->damaged, "DELETE FROM takes WHERE recording = 5;"
                          "DELETE FROM recordings WHERE id IN (8, 9);"
                          "UPDATE recordings SET original = x'01' WHERE id = 12;"
                          "INSERT INTO spans VALUES (900, 0, 5, 'shake')");
    found = wg_project_verify(fixture->damaged, FALSE, NULL, NULL, NULL);
    g_assert_cmpuint(found->unreadable->len, ==, 4);
    g_assert_cmpint(g_array_index(found->unreadable, gint64, 3), ==, 12);
    g_assert_true(wg_project_salvage(fixture->damaged, fixture->saved, &salvage, NULL, NULL, NULL));
    g_assert_cmpint(salvage.n_recordings, ==, N_TAKES - 3);
    g_assert_cmpint(salvage.n_lost, ==, 3);
    g_assert_cmpint(salvage.n_nameless, ==, 1);
    assert_saved(fixture, &salvage);
    project = wg_project_open(fixture->saved, NULL);
    take = wg_project_load_recording(project, 5, NULL);
    g_assert_cmpstr(wg_recording_get(take)->label, ==, WG_LABEL_RECOVERED);
    wg_project_close(project);
}

static void
test_refusals(Fixture *fixture, gconstpointer unused)
{
    g_autoptr(GCancellable) cancelled = g_cancellable_new();
    GError *error = NULL;
    WgSalvage salvage;

    g_assert_false(wg_project_salvage(fixture->path, fixture->path, &salvage, NULL, NULL, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_INPUT);
    g_clear_error(&error);
    g_cancellable_cancel(cancelled);
    g_assert_false(
        wg_project_salvage(fixture->path, fixture->saved, &salvage, NULL, cancelled, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_clear_error(&error);
    g_assert_true(g_file_set_contents(fixture->damaged, "no project", -1, NULL));
    g_assert_false(
        wg_project_salvage(fixture->damaged, fixture->saved, &salvage, NULL, NULL, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_INPUT);
    g_clear_error(&error);
    damage(fixture, 0, 0, 0); /* a database of somebody else's */
    run(fixture->damaged, "PRAGMA application_id = 7; PRAGMA user_version = 1;"
                          "ALTER TABLE recordings RENAME TO others");
    g_assert_false(
        wg_project_salvage(fixture->damaged, fixture->saved, &salvage, NULL, NULL, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_INPUT);
    g_clear_error(&error);
    g_assert_false(g_file_test(fixture->saved, G_FILE_TEST_EXISTS));
}

/* Of a form before this one, as the fixture of the migrations has it. */
static void
test_older_form(Fixture *fixture, gconstpointer unused)
{
    g_autofree char *older =
        g_build_filename(g_getenv("WAGGLE_SOURCE"), "tests/data/projects/form-5.waggle", NULL);
    g_autofree char *content = NULL;
    g_autoptr(WgProject) whole = NULL, saved = NULL;
    g_autoptr(GPtrArray) takes = NULL, others = NULL;
    WgSalvage salvage;
    gsize size = 0;

    g_assert_true(g_file_get_contents(older, &content, &size, NULL));
    g_assert_true(g_file_set_contents(fixture->damaged, content, (gssize)size, NULL));
    g_assert_true(wg_project_salvage(fixture->damaged, fixture->saved, &salvage, NULL, NULL, NULL));
    whole = wg_project_open(fixture->damaged, NULL);
    saved = wg_project_open(fixture->saved, NULL);
    takes = wg_project_load_recordings(whole, NULL);
    others = wg_project_load_recordings(saved, NULL);
    g_assert_cmpuint(takes->len, >, 0);
    g_assert_cmpuint(others->len, ==, takes->len);
    g_assert_cmpint(salvage.n_lost + salvage.n_changed + salvage.n_nameless, ==, 0);
    for (guint i = 0; i < takes->len; i++) {
        const WgRecordingSpec *one = wg_recording_get(g_ptr_array_index(takes, i));
        const WgRecordingSpec *other = wg_recording_get(g_ptr_array_index(others, i));

        g_assert_cmpint(one->id, ==, other->id);
        g_assert_cmpstr(one->label, ==, other->label);
        g_assert_cmpint(one->disabled, ==, other->disabled);
    }
    g_unlink(wg_project_get_former(whole));
    wg_project_close(whole);
    wg_project_close(saved);
}

#define ADD(name, func) g_test_add("/dataset/salvage/" name, Fixture, NULL, set_up, func, tear_down)

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("whole", test_whole);
    ADD("each-page", test_each_page);
    ADD("cut-short", test_cut_short);
    ADD("changed-value", test_changed_value);
    ADD("hit-head", test_hit_head);
    ADD("no-text", test_no_text);
    ADD("lost-parts", test_lost_parts);
    ADD("refusals", test_refusals);
    ADD("older-form", test_older_form);
    return g_test_run();
}
