/* Calls that wait, and the golden deployment. */
#include "device-fixture.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define PATIENCE_S 60 /* then the test fails: something hangs */

typedef struct {
    GAsyncResult *result;
    gboolean is_done;
} Answer;

static void
on_answer(GObject *source, GAsyncResult *result, gpointer user_data)
{
    Answer *answer = user_data;
    answer->result = g_object_ref(result);
    answer->is_done = TRUE;
}

static gboolean
on_patience_over(gpointer user_data)
{
    g_error("nothing came for %d s", PATIENCE_S);
    return G_SOURCE_REMOVE;
}

void
fixture_wait(const gboolean *done)
{
    const guint id = g_timeout_add_seconds(PATIENCE_S, on_patience_over, NULL);
    while (!*done)
        g_main_context_iteration(NULL, TRUE);
    g_source_remove(id);
}

static GAsyncResult *
wait_for(Answer *answer)
{
    fixture_wait(&answer->is_done);
    return answer->result;
}

gboolean
fixture_connect(WgWatch *watch, GError **error)
{
    Answer answer = {0};
    wg_watch_connect_async(watch, NULL, on_answer, &answer);
    g_autoptr(GAsyncResult) result = wait_for(&answer);
    return wg_watch_connect_finish(watch, result, error);
}

char *
fixture_eval(WgWatch *watch, const char *expression, GError **error)
{
    Answer answer = {0};
    wg_watch_eval_async(watch, expression, NULL, on_answer, &answer);
    g_autoptr(GAsyncResult) result = wait_for(&answer);
    return wg_watch_eval_finish(watch, result, error);
}

gboolean
fixture_write(WgWatch *watch, const char *name, GBytes *content, guint32 *crc32, GError **error)
{
    Answer answer = {0};
    wg_watch_write_file_async(watch, name, content, NULL, on_answer, &answer);
    g_autoptr(GAsyncResult) result = wait_for(&answer);
    return wg_watch_write_file_finish(watch, result, crc32, error);
}

GBytes *
fixture_read(WgWatch *watch, const char *name, GError **error)
{
    Answer answer = {0};
    wg_watch_read_file_async(watch, name, NULL, on_answer, &answer);
    g_autoptr(GAsyncResult) result = wait_for(&answer);
    return wg_watch_read_file_finish(watch, result, error);
}

gboolean
fixture_deploy(WgWatch *watch, const WgDeployment *deployment, WgDeployReport *report,
               GError **error)
{
    Answer answer = {0};
    wg_deploy_async(watch, deployment, NULL, NULL, on_answer, &answer);
    g_autoptr(GAsyncResult) result = wait_for(&answer);
    return wg_deploy_finish(watch, result, report, error);
}

gboolean
fixture_self_test(WgWatch *watch, const WgDeployment *deployment, int *n_equal, GError **error)
{
    Answer answer = {0};
    wg_self_test_async(watch, deployment, NULL, NULL, on_answer, &answer);
    g_autoptr(GAsyncResult) result = wait_for(&answer);
    return wg_self_test_finish(watch, result, n_equal, NULL, error);
}

gboolean
fixture_listen(WgWatch *watch, GError **error)
{
    Answer answer = {0};
    wg_listen_start_async(watch, NULL, on_answer, &answer);
    g_autoptr(GAsyncResult) result = wait_for(&answer);
    return wg_listen_start_finish(watch, result, NULL, error);
}

gboolean
fixture_start_recorder(WgRecorder *recorder, WgRecordMode mode, GError **error)
{
    Answer answer = {0};
    wg_recorder_start_async(recorder, mode, NULL, on_answer, &answer);
    g_autoptr(GAsyncResult) result = wait_for(&answer);
    return wg_recorder_start_finish(recorder, result, error);
}

gboolean
fixture_stop_recorder(WgRecorder *recorder, GError **error)
{
    Answer answer = {0};
    wg_recorder_stop_async(recorder, NULL, on_answer, &answer);
    g_autoptr(GAsyncResult) result = wait_for(&answer);
    return wg_recorder_stop_finish(recorder, result, error);
}

WgWatch *
fixture_watch_new(const char *address)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WgLink) link = wg_link_new(address, &error);
    g_assert_no_error(error);
    return wg_watch_new(link);
}

char *
fixture_virtual_address(const char *folder, const char *options)
{
    const char *build = g_getenv("WAGGLE_BUILD");
    g_assert_nonnull(build);
    g_autofree char *program =
        g_build_filename(build, "src", "virtual-watch", "waggle-watch", NULL);
    g_assert_true(g_file_test(program, G_FILE_TEST_IS_EXECUTABLE));
    g_setenv("WAGGLE_WATCH", program, TRUE);
    return g_strdup_printf("virtual:%s?speed=20%s", folder, options);
}

static char *
golden_path(const char *name)
{
    const char *source = g_getenv("WAGGLE_SOURCE");
    g_assert_nonnull(source);
    return g_build_filename(source, "tests", "data", "golden", name, NULL);
}

static void
read_hex(const char *hex, float *out, int n)
{
    g_assert_cmpint(strlen(hex), ==, 8 * n);
    for (int i = 0; i < n; i++) {
        guint32 bits = 0;
        for (int k = 0; k < 4; k++)
            bits |= (guint32)(g_ascii_xdigit_value(hex[8 * i + 2 * k]) * 16 +
                              g_ascii_xdigit_value(hex[8 * i + 2 * k + 1]))
                    << (8 * k);
        memcpy(&out[i], &bits, sizeof bits);
    }
}

WgDeployment *
fixture_golden_deployment(WgDeployMode mode, int n_tests)
{
    static const char *const names[] = {"swipe \"left\"", "print(1);//", "wave\nhand",
                                        "caf\xc3\xa9",    "<b>bold</b>", "\\x41', alert(1), '"};
    static const char *const plain_names[] = {"left", "right", "up", "down", "shake", "snap"};
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonParser) parser = json_parser_new();
    g_autofree char *json_path = golden_path("inference-seed-v11-int8.json");
    g_autofree char *model_path = golden_path("seed-v11-int8.tflite");
    WgDeployment *d = g_new0(WgDeployment, 1);
    char *content = NULL;
    gsize length = 0;
    json_parser_load_from_file(parser, json_path, &error);
    g_assert_no_error(error);
    g_file_get_contents(model_path, &content, &length, &error);
    g_assert_no_error(error);
    JsonObject *golden = json_node_get_object(json_parser_get_root(parser));
    JsonArray *windows = json_object_get_array_member(golden, "windows");
    JsonArray *outputs = json_object_get_array_member(golden, "output_hex");
    const int n_golden = (int)json_array_get_length(windows);
    d->mode = mode;
    d->tflite = g_bytes_new_take(content, length);
    d->n_inputs = 150;
    d->n_outputs = (int)strlen(json_array_get_string_element(outputs, 0)) / 8;
    d->n_tests = n_tests;
    d->arena_bytes = 4000;
    d->threshold = 0.5;
    d->project_name = g_strdup("golden.waggle");
    d->names = g_new0(char *, d->n_outputs + 1);
    d->test_inputs = g_new0(gint8, (gsize)n_tests * d->n_inputs);
    d->test_outputs = g_new0(float, (gsize)n_tests * d->n_outputs);
    for (int i = 0; i < d->n_outputs; i++)
        d->names[i] = g_strdup(mode == WG_DEPLOY_APP ? names[i % 6] : plain_names[i % 6]);
    for (int i = 0; i < n_tests; i++) {
        const guint from = (guint)((gint64)i * n_golden / n_tests);
        JsonArray *window = json_array_get_array_element(windows, from);
        for (int k = 0; k < d->n_inputs; k++)
            d->test_inputs[i * d->n_inputs + k] =
                (gint8)json_array_get_int_element(window, (guint)k);
        read_hex(json_array_get_string_element(outputs, from), d->test_outputs + i * d->n_outputs,
                 d->n_outputs);
    }
    return d;
}
