/* Identify on the virtual watch: what buzzes and what is shown, and that no word is ever run. */
#include "device-fixture.h"
#include "base/file.h"

#include "device/identify.h"

#include "base/error.h"

#include <json-glib/json-glib.h>
#include <string.h>

typedef struct {
    char *folder;
    WgWatch *watch;
    GAsyncResult *result;
    gboolean is_done;
} Fixture;

static void
eval(Fixture *f, const char *expression, const char *expected)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *value = fixture_eval(f->watch, expression, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(value, ==, expected);
}

static void
set_up(Fixture *f, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    f->folder = g_dir_make_tmp("waggle-XXXXXX", &error);
    g_assert_no_error(error);
    g_autofree char *address = fixture_virtual_address(f->folder, "");
    f->watch = fixture_watch_new(address);
    g_assert_true(fixture_connect(f->watch, &error));
    g_assert_no_error(error);
    eval(f,
         "(global.seen=[],Bangle.buzz=function(ms){seen.push(ms);},"
         "E.showMessage=function(m,t){seen.push([m,t]);},1)",
         "1");
}

static void
tear_down(Fixture *f, gconstpointer data)
{
    g_clear_object(&f->result);
    wg_watch_disconnect(f->watch);
    g_object_unref(f->watch);
    wg_file_remove_folder(f->folder);
    g_free(f->folder);
}

static void
on_answer(GObject *source, GAsyncResult *result, gpointer user_data)
{
    Fixture *f = user_data;
    f->result = g_object_ref(result);
    f->is_done = TRUE;
}

static gboolean
identify(Fixture *f, const char *word, GError **error)
{
    f->is_done = FALSE;
    g_clear_object(&f->result);
    wg_identify_async(f->watch, word, NULL, on_answer, f);
    fixture_wait(&f->is_done);
    return wg_identify_finish(f->watch, f->result, NULL, NULL, error);
}

static void
test_it_buzzes_and_shows_the_word(Fixture *f, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_assert_true(identify(f, "Anna", &error));
    g_assert_no_error(error);
    eval(f, "seen.slice(0,2)", "[300,[\"Anna\",\"Waggle\"]]");
}

static void
test_no_word_is_run(Fixture *f, gconstpointer data)
{
    static const char *const words[] = {
        "\");seen.push(666);(\"",   "${seen.push(666)}",          "\\\");seen.push(666)//",
        "\x03\x10seen.push(666)\n", "\xff\xfe\");seen.push(666)",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        g_autoptr(GError) error = NULL;
        eval(f, "(global.seen=[],1)", "1");
        g_assert_true(identify(f, words[i], &error));
        g_assert_no_error(error);
        eval(f, "[seen[0],seen[1].length,typeof seen[1][0],seen.indexOf(666)]",
             "[300,2,\"string\",-1]");
    }
}

static void
test_a_long_word_is_cut(Fixture *f, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *word = g_strnfill(100000, 'w');
    g_assert_true(identify(f, word, &error));
    g_assert_no_error(error);
    eval(f, "seen[1][0].length<=44", "true"); /* 40, the last of them in UTF-8 */
}

static void
test_a_board_that_can_neither_is_told(Fixture *f, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    eval(f, "(delete Bangle.buzz,delete E.showMessage,1)", "1");
    g_assert_false(identify(f, "Anna", &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/device/identify/buzzes-and-shows-the-word", Fixture, NULL, set_up,
               test_it_buzzes_and_shows_the_word, tear_down);
    g_test_add("/device/identify/no-word-is-run", Fixture, NULL, set_up, test_no_word_is_run,
               tear_down);
    g_test_add("/device/identify/a-long-word-is-cut", Fixture, NULL, set_up,
               test_a_long_word_is_cut, tear_down);
    g_test_add("/device/identify/a-board-that-can-neither-is-told", Fixture, NULL, set_up,
               test_a_board_that_can_neither_is_told, tear_down);
    return g_test_run();
}
