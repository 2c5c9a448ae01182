/* What can be read of a project file is saved, whichever part of it is lost. */
#include "base/error.h"
#include "damaged-project.h"

#include <glib/gstdio.h>
#include <string.h>

/* Each page in its turn, once of zeros and once of what no page holds, also that of the tables'
 * names and those that lead to others: the others' rows are saved. */
static void
test_each_page(WgDamagedProject *fixture, gconstpointer unused)
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

            wg_damaged_project_make(fixture, page * PAGE_BYTES, PAGE_BYTES, fill);
            n_tried++;
            found = wg_project_verify(fixture->damaged, FALSE, NULL, NULL, NULL);
            n_noticed += !found || !wg_verification_is_whole(found);
            salvage = wg_damaged_project_save(fixture);
            /* what is lost is known by what is said of it, unless that is lost with it */
            g_assert_cmpint(salvage.n_recordings + salvage.n_lost, ==, N_TAKES);
            n_whole += salvage.n_recordings == N_TAKES && salvage.n_nameless == 0;
            n_least = MIN(n_least, salvage.n_recordings);
            wg_damaged_project_assert_saved(fixture, &salvage);
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
test_cut_short(WgDamagedProject *fixture, gconstpointer unused)
{
    g_autofree char *content = NULL;
    gsize size = 0;
    int n_before = 0;

    g_assert_true(g_file_get_contents(fixture->path, &content, &size, NULL));
    for (gsize at = PAGE_BYTES; at < size; at += PAGE_BYTES) {
        g_autoptr(WgProject) project = NULL;
        g_autoptr(GError) error = NULL;
        WgSalvage salvage;

        wg_damaged_project_make(fixture, at, 0, -1);
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
        wg_damaged_project_assert_saved(fixture, &salvage);
        g_assert_cmpint(salvage.n_recordings, >=, n_before);
        n_before = MAX(n_before, salvage.n_recordings - 20);
    }
    g_assert_cmpint(n_before, >, N_TAKES / 2);
}

/* One bit of what says which form it is, and one of what lists the tables: all rows are there. */
static void
test_hit_head(WgDamagedProject *fixture, gconstpointer unused)
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

        wg_damaged_project_change(fixture, changes[i]);
        g_assert_true(g_file_get_contents(fixture->damaged, &before, &n_before, NULL));
        project = wg_project_open(fixture->damaged, NULL);
        if (project)
            wg_project_close(project);
        g_clear_object(&project);
        g_assert_true(g_file_get_contents(fixture->damaged, &after, &n_after, NULL));
        g_assert_cmpmem(before, n_before, after, n_after);
        salvage = wg_damaged_project_save(fixture);
        g_assert_cmpint(salvage.n_recordings, ==, N_TAKES);
        g_assert_cmpint(salvage.n_nameless + salvage.n_changed, ==, 0);
        wg_damaged_project_assert_saved(fixture, &salvage);
    }
}

/* Of a form before this one, as the fixture of the migrations has it. */
static void
test_older_form(WgDamagedProject *fixture, gconstpointer unused)
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
    salvage = wg_damaged_project_save(fixture);
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

#define ADD(name, func)                                                                            \
    g_test_add("/dataset/salvage-pages/" name, WgDamagedProject, NULL, wg_damaged_project_set_up,  \
               func, wg_damaged_project_tear_down)

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("each-page", test_each_page);
    ADD("cut-short", test_cut_short);
    ADD("hit-head", test_hit_head);
    ADD("older-form", test_older_form);
    return g_test_run();
}
