/* The presets that a project keeps. */
#include "dataset/project-presets.h"

#include "base/error.h"

#include <sqlite3.h>
#include <string.h>

static char *
new_path(void)
{
    g_autofree char *folder = g_dir_make_tmp("waggle-XXXXXX", NULL);

    return g_build_filename(folder, "p.waggle", NULL);
}

static void
change_behind(const char *path, const char *sql)
{
    sqlite3 *db = NULL;

    g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
    g_assert_cmpint(sqlite3_exec(db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
    g_assert_cmpint(sqlite3_close(db), ==, SQLITE_OK);
}

static void
test_kept(void)
{
    g_autofree char *path = new_path();
    g_autoptr(GError) error = NULL;
    g_autoptr(WgProject) project = wg_project_create(path, &error);
    g_autoptr(WgPresetRecord) found = NULL;
    g_autoptr(GPtrArray) all = NULL;

    g_assert_no_error(error);
    g_assert_true(wg_project_add_preset(project, "b", "it's / \"text\"", "a note", &error));
    g_assert_true(wg_project_add_preset(project, "a", "second", "", &error));
    g_assert_no_error(error);
    wg_project_close(project);
    g_clear_object(&project);
    project = wg_project_open(path, &error);
    g_assert_no_error(error);
    all = wg_project_list_presets(project, &error);
    g_assert_cmpuint(all->len, ==, 2);
    g_assert_cmpstr(((WgPresetRecord *)g_ptr_array_index(all, 0))->name, ==, "b");
    found = wg_project_load_preset(project, "b", &error);
    g_assert_cmpstr(found->text, ==, "it's / \"text\"");
    g_assert_cmpstr(found->note, ==, "a note");
    g_assert_cmpuint(strlen(found->created), ==, strlen("2000-01-01T00:00:00Z"));
    g_assert_null(wg_project_load_preset(project, "c", &error));
    g_assert_no_error(error);
}

static void
test_never_replaced(void)
{
    g_autofree char *path = new_path();
    g_autoptr(WgProject) project = wg_project_create(path, NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(WgPresetRecord) found = NULL;

    g_assert_true(wg_project_add_preset(project, "a", "first", "", NULL));
    g_assert_false(wg_project_add_preset(project, "a", "second", "", &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_USAGE);
    found = wg_project_load_preset(project, "a", NULL);
    g_assert_cmpstr(found->text, ==, "first");
}

static void
test_newer_form(void)
{
    g_autofree char *path = new_path();
    g_autoptr(WgProject) project = wg_project_create(path, NULL);
    g_autoptr(GError) error = NULL;

    g_clear_object(&project);
    change_behind(path, "PRAGMA user_version = 99");
    g_assert_null(wg_project_open(path, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_INPUT);
    g_assert_nonnull(strstr(error->message, "newer Waggle"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dataset/presets/survive-reopening", test_kept);
    g_test_add_func("/dataset/presets/are-never-replaced", test_never_replaced);
    g_test_add_func("/dataset/presets/a-project-of-a-newer-form-is-refused", test_newer_form);
    return g_test_run();
}
