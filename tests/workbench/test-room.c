/* The room: what was handed in is judged beside the others, and left as it is. */
#include "workbench/room.h"

#include "gestures.h"
#include "pack-fixture.h"

#include <glib/gstdio.h>

/* The row of that file. */
static JsonObject *
get_row(JsonObject *room, const char *file)
{
    JsonArray *rows = json_object_get_array_member(room, "rows");

    for (guint i = 0; i < json_array_get_length(rows); i++) {
        JsonObject *row = json_array_get_object_element(rows, i);

        if (g_str_equal(json_object_get_string_member(row, "file"), file))
            return row;
    }
    return NULL;
}

static const char *
get_state(JsonObject *room, const char *file)
{
    JsonObject *row = get_row(room, file);

    g_assert_nonnull(row);
    return json_object_get_string_member(row, "state");
}

static void
hand_in(PackFixture *f, const char *name, const char *person, int n_labels, int n_each,
        guint64 seed)
{
    g_autofree char *own = g_strconcat(name, ".waggle", NULL), *path = pack_fixture_at(f, own);
    g_autofree char *file = g_strconcat(name, ".wagglepack", NULL), *to = pack_fixture_at(f, file);
    g_autoptr(GPtrArray) takes = test_gestures(n_labels, n_each, 0.1, person, seed);
    g_autoptr(WgProject) project = wg_project_create(path, NULL);
    g_autoptr(WgPack) pack = NULL;

    g_assert_true(wg_project_add_recordings(project, takes, NULL, NULL, NULL));
    pack = wg_pack_new_from_project(project, NULL);
    g_assert_true(wg_pack_write(pack, to, NULL, NULL));
    wg_project_close(project);
    g_unlink(path);
}

static void
test_room(PackFixture *f, gconstpointer data)
{
    const char *const arguments[] = {f->folder, NULL};
    g_autofree char *broken = pack_fixture_at(f, "broken.wagglepack"),
                    *copy = pack_fixture_at(f, "copy.wagglepack");
    g_autofree char *ada = pack_fixture_at(f, "ada.wagglepack"), *content = NULL;
    g_autoptr(JsonObject) room = NULL;
    gsize length;

    hand_in(f, "ada", "ada", 3, 12, 1);
    hand_in(f, "ben", "ben", 3, 12, 2);
    hand_in(f, "cleo", NULL, 3, 6, 3);
    hand_in(f, "dora", "dora", 2, 12, 4);
    g_assert_true(g_file_get_contents(ada, &content, &length, NULL));
    g_assert_true(g_file_set_contents(copy, content, (gssize)length, NULL));
    g_assert_true(g_file_set_contents(broken, content, (gssize)length / 2, NULL));
    room = pack_fixture_run(NULL, "room", arguments, NULL);
    g_assert_cmpint(json_array_get_length(json_object_get_array_member(room, "rows")), ==, 6);
    g_assert_cmpstr(get_state(room, "ada.wagglepack"), ==, "good");
    g_assert_cmpstr(get_state(room, "ben.wagglepack"), ==, "good");
    g_assert_cmpstr(get_state(room, "broken.wagglepack"), ==, "damaged");
    g_assert_cmpstr(get_state(room, "cleo.wagglepack"), ==, "few");
    g_assert_cmpstr(get_state(room, "copy.wagglepack"), ==, "same");
    g_assert_cmpstr(get_state(room, "dora.wagglepack"), ==, "differs");
    g_assert_cmpstr(json_object_get_string_member(get_row(room, "cleo.wagglepack"), "words"), ==,
                    "“a” needs 4 more takes.");
    g_assert_cmpstr(json_object_get_string_member(get_row(room, "dora.wagglepack"), "words"), ==,
                    "“c” is missing, which most others have.");
    g_assert_cmpint(json_object_get_int_member(room, "takes"), ==, 36 + 36 + 18 + 24);
}

static void
test_projects_untouched(PackFixture *f, gconstpointer data)
{
    g_autofree char *path = pack_fixture_at(f, "one.waggle"), *before = NULL, *after = NULL;
    const char *const arguments[] = {f->folder, NULL};
    g_autoptr(WgProject) project = wg_project_create(path, NULL);
    g_autoptr(JsonObject) room = NULL;
    g_autoptr(GDir) dir = NULL;
    g_autoptr(GPtrArray) takes = test_gestures(2, 3, 0.1, "ada", 1);
    gsize n_before, n_after;
    int n_files = 0;

    g_assert_true(wg_project_add_recordings(project, takes, NULL, NULL, NULL));
    wg_project_close(project);
    g_assert_true(g_file_get_contents(path, &before, &n_before, NULL));
    room = pack_fixture_run(NULL, "room", arguments, NULL);
    g_assert_cmpstr(json_object_get_string_member(get_row(room, "one.waggle"), "project"), ==,
                    "one");
    g_assert_true(g_file_get_contents(path, &after, &n_after, NULL));
    g_assert_cmpmem(before, n_before, after, n_after);
    for (dir = g_dir_open(f->folder, 0, NULL); g_dir_read_name(dir);)
        n_files++;
    g_assert_cmpint(n_files, ==, 1);
}

#define ADD(path, function)                                                                        \
    g_test_add(path, PackFixture, NULL, pack_fixture_set_up, function, pack_fixture_tear_down)

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("/workbench/room/judges-each-beside-the-others", test_room);
    ADD("/workbench/room/leaves-projects-as-they-are", test_projects_untouched);
    return g_test_run();
}
