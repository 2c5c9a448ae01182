/* What of a project is damaged is noticed, and the rest is saved. */
#include "base/error.h"
#include "damaged-project.h"

static void
test_whole(WgDamagedProject *fixture, gconstpointer unused)
{
    g_autoptr(WgVerification) found = wg_project_verify(fixture->path, FALSE, NULL, NULL, NULL);
    WgSalvage salvage;

    g_assert_true(wg_verification_is_whole(found));
    g_assert_cmpint(found->n_recordings, ==, N_TAKES);
    g_assert_true(wg_project_salvage(fixture->path, fixture->saved, &salvage, NULL, NULL, NULL));
    g_assert_cmpint(salvage.n_recordings, ==, N_TAKES);
    g_assert_cmpint(salvage.n_lost + salvage.n_changed + salvage.n_nameless, ==, 0);
    g_assert_cmpint(salvage.n_models, ==, 1);
    wg_damaged_project_assert_saved(fixture, &salvage);
    {
        g_autoptr(WgProject) project = wg_project_open(fixture->saved, NULL);
        g_autofree char *split = wg_project_dup_fact(project, "split");

        g_assert_cmpstr(split, ==, "kept");
        wg_project_close(project);
    }
}

/* One bit of the values, which no structure tells. */
static void
test_changed_value(WgDamagedProject *fixture, gconstpointer unused)
{
    g_autoptr(WgVerification) found = NULL;
    g_autoptr(WgProject) project = NULL;
    g_autoptr(WgRecording) take = NULL;
    WgSalvage salvage;

    wg_damaged_project_change(fixture,
                              "UPDATE recordings SET original = substr(original, 1, 9) || x'2a' || "
                              "substr(original, 11) WHERE id = 7");
    found = wg_project_verify(fixture->damaged, FALSE, NULL, NULL, NULL);
    g_assert_null(found->fault);
    g_assert_cmpuint(found->unreadable->len, ==, 0);
    g_assert_cmpuint(found->changed->len, ==, 1);
    g_assert_cmpint(g_array_index(found->changed, gint64, 0), ==, 7);
    salvage = wg_damaged_project_save(fixture);
    g_assert_cmpint(salvage.n_recordings, ==, N_TAKES);
    g_assert_cmpint(salvage.n_changed, ==, 1);
    wg_damaged_project_assert_saved(fixture, &salvage);
    project = wg_project_open(fixture->saved, NULL);
    take = wg_project_load_recording(project, 7, NULL);
    g_assert_true(wg_recording_get(take)->disabled);
    wg_project_close(project);
}

/* One bit of a model, which no structure tells: it is not used, and not saved. */
static void
test_changed_model(WgDamagedProject *fixture, gconstpointer unused)
{
    static const char *const changes[] = {
        "UPDATE models SET data = x'6d6f64656d'",
        "UPDATE models SET meta = '{ }'",
        "UPDATE models SET digest = x'00'",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(changes); i++) {
        g_autoptr(WgVerification) found = NULL;
        g_autoptr(WgProject) project = NULL;
        g_autoptr(GError) error = NULL;
        WgSalvage salvage;

        wg_damaged_project_change(fixture, changes[i]);
        found = wg_project_verify(fixture->damaged, FALSE, NULL, NULL, NULL);
        g_assert_false(wg_verification_is_whole(found));
        g_assert_cmpuint(found->models->len, ==, 1);
        g_assert_cmpint(g_array_index(found->models, gint64, 0), ==, 1);
        project = wg_project_open(fixture->damaged, NULL);
        g_assert_null(wg_project_load_model(project, "float", &error));
        g_assert_error(error, WG_ERROR, WG_ERROR_INPUT);
        wg_project_close(project);
        salvage = wg_damaged_project_save(fixture);
        g_assert_cmpint(salvage.n_recordings, ==, N_TAKES);
        g_assert_cmpint(salvage.n_models, ==, 0);
        g_assert_cmpint(salvage.n_models_lost, ==, 1);
        wg_damaged_project_assert_saved(fixture, &salvage);
    }
}

/* A label that is no text, and a name: neither can be shown. */
static void
test_no_text(WgDamagedProject *fixture, gconstpointer unused)
{
    g_autoptr(WgVerification) found = NULL;
    g_autoptr(WgProject) project = NULL;
    g_autoptr(GPtrArray) takes = NULL;
    g_autoptr(WgRecording) take = NULL;
    WgSalvage salvage;

    wg_damaged_project_change(
        fixture, "UPDATE takes SET label = CAST(x'61e162' AS TEXT) WHERE recording = 4;"
                 "UPDATE takes SET person = CAST(x'ff' AS TEXT) WHERE recording = 6");
    found = wg_project_verify(fixture->damaged, FALSE, NULL, NULL, NULL);
    g_assert_cmpuint(found->unreadable->len, ==, 1);
    project = wg_project_open(fixture->damaged, NULL);
    takes = wg_project_load_recordings(project, NULL);
    g_assert_cmpuint(takes->len, ==, N_TAKES - 1);
    g_assert_cmpint(wg_project_count_damaged(project), ==, 1);
    wg_project_close(project);
    g_clear_object(&project);
    salvage = wg_damaged_project_save(fixture);
    g_assert_cmpint(salvage.n_recordings, ==, N_TAKES);
    g_assert_cmpint(salvage.n_nameless, ==, 1);
    project = wg_project_open(fixture->saved, NULL);
    take = wg_project_load_recording(project, 4, NULL);
    g_assert_cmpstr(wg_recording_get(take)->label, ==, WG_LABEL_RECOVERED);
    g_assert_true(wg_recording_get(take)->disabled);
    wg_project_close(project);
}

static void
test_lost_parts(WgDamagedProject *fixture, gconstpointer unused)
{
    g_autoptr(WgVerification) found = NULL;
    g_autoptr(WgProject) project = NULL;
    g_autoptr(WgRecording) take = NULL;
    WgSalvage salvage;

    wg_damaged_project_change(fixture, "DELETE FROM takes WHERE recording = 5;"
                                       "DELETE FROM recordings WHERE id IN (8, 9);"
                                       "UPDATE recordings SET original = x'01' WHERE id = 12;"
                                       "INSERT INTO spans VALUES (900, 0, 5, 'shake')");
    found = wg_project_verify(fixture->damaged, FALSE, NULL, NULL, NULL);
    g_assert_cmpuint(found->unreadable->len, ==, 4);
    g_assert_cmpint(g_array_index(found->unreadable, gint64, 3), ==, 12);
    salvage = wg_damaged_project_save(fixture);
    g_assert_cmpint(salvage.n_recordings, ==, N_TAKES - 3);
    g_assert_cmpint(salvage.n_lost, ==, 3);
    g_assert_cmpint(salvage.n_nameless, ==, 1);
    wg_damaged_project_assert_saved(fixture, &salvage);
    project = wg_project_open(fixture->saved, NULL);
    take = wg_project_load_recording(project, 5, NULL);
    g_assert_cmpstr(wg_recording_get(take)->label, ==, WG_LABEL_RECOVERED);
    wg_project_close(project);
}

static void
test_refusals(WgDamagedProject *fixture, gconstpointer unused)
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
    /* a database of somebody else's */
    wg_damaged_project_change(fixture, "PRAGMA application_id = 7; PRAGMA user_version = 1;"
                                       "ALTER TABLE recordings RENAME TO others");
    g_assert_false(
        wg_project_salvage(fixture->damaged, fixture->saved, &salvage, NULL, NULL, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_INPUT);
    g_clear_error(&error);
    g_assert_false(g_file_test(fixture->saved, G_FILE_TEST_EXISTS));
}

#define ADD(name, func)                                                                            \
    g_test_add("/dataset/salvage/" name, WgDamagedProject, NULL, wg_damaged_project_set_up, func,  \
               wg_damaged_project_tear_down)

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("whole", test_whole);
    ADD("changed-value", test_changed_value);
    ADD("changed-model", test_changed_model);
    ADD("no-text", test_no_text);
    ADD("lost-parts", test_lost_parts);
    ADD("refusals", test_refusals);
    return g_test_run();
}
