/* For a developer, not run by tests: deploys the golden model to any address, tests it there and
 * prints figures. usage: deploy-by-hand ADDRESS [app|builtin] [text | EXPRESSION...] */
#include "device-fixture.h"

#include "device/watch-private.h"

#include <json-glib/json-glib.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#define N_RECOGNITIONS 500

static void
on_console(WgWatch *watch, const char *text, gpointer user_data)
{
    g_autofree char *safe = g_strescape(text, NULL);
    g_print("  console: %s\n", safe);
}

static int
get_free(WgWatch *watch)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *value = fixture_eval(watch, "process.memory().free", &error);
    g_assert_no_error(error);
    return atoi(value);
}

static void
write_and_read(WgWatch *watch)
{
    g_autoptr(GError) error = NULL;
    guint8 content[5000];
    guint32 crc = 0;
    for (gsize i = 0; i < sizeof content; i++)
        content[i] = (guint8)(i * 7 + i / 256);
    g_autoptr(GBytes) bytes = g_bytes_new_static(content, sizeof content);
    fixture_write(watch, "waggle.try", bytes, &crc, &error);
    g_assert_no_error(error);
    g_autoptr(GBytes) back = fixture_read(watch, "waggle.try", &error);
    g_assert_no_error(error);
    g_assert_true(g_bytes_equal(bytes, back));
    g_free(fixture_eval(watch, "require(\"Storage\").erase(\"waggle.try\")", &error));
    g_assert_no_error(error);
    g_print("wrote and read back 5000 bytes, CRC-32 %08x\n", crc);
}

/* On the watch, without answers between: its own memory and nothing of this side. */
static void
recognise_often(WgWatch *watch, const WgDeployment *deployment)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *base64 =
        g_base64_encode((const guchar *)deployment->test_inputs, (gsize)deployment->n_inputs);
    g_autofree char *prepare = g_strdup_printf(
        "(function(){var s=require(\"Storage\"),r=s.readJSON(\"waggle.json\",1);"
        "global.WaggleTry={r:r,f:eval(s.read(r.code)).recognise,d:new Int8Array(%d)};"
        "var b=atob(\"%s\"),i;for(i=0;i<b.length;i++)WaggleTry.d[i]=b.charCodeAt(i);return 1;})()",
        deployment->n_inputs, base64);
    g_free(fixture_eval(watch, prepare, &error));
    g_assert_no_error(error);
    g_free(fixture_eval(watch, "(WaggleTry.f(WaggleTry.r,WaggleTry.d),1)", &error));
    g_assert_no_error(error);
    const int before = get_free(watch);
    const gint64 start_us = g_get_monotonic_time();
    for (int i = 0; i < N_RECOGNITIONS; i++) {
        g_free(fixture_eval(watch, "(WaggleTry.f(WaggleTry.r,WaggleTry.d),1)", &error));
        g_assert_no_error(error);
    }
    const double seconds = (double)(g_get_monotonic_time() - start_us) / G_USEC_PER_SEC;
    const int after = get_free(watch);
    g_print("%d recognitions: free blocks %d before, %d after; %.2f ms each with the round trip\n",
            N_RECOGNITIONS, before, after, seconds * 1000 / N_RECOGNITIONS);
    g_free(fixture_eval(watch, "(delete global.WaggleTry,1)", &error));
    g_assert_no_error(error);
}

typedef struct {
    const WgDeployment *deployment;
    int i, n_equal;
    gboolean has_answer;
} Hearing;

static void
on_event(WgWatch *watch, const char *name, JsonNode *value, gpointer user_data)
{
    Hearing *h = user_data;
    const WgDeployment *d = h->deployment;
    g_autofree char *text = json_to_string(value, FALSE);
    if (strcmp(name, "answer") != 0)
        return;
    JsonObject *answer = json_node_get_object(value);
    JsonArray *outputs = json_object_get_array_member(answer, "outputs");
    int best = 0;
    gboolean is_equal = (int)json_array_get_length(outputs) == d->n_outputs;
    for (int k = 0; is_equal && k < d->n_outputs; k++) {
        const float *expected = d->test_outputs + h->i * d->n_outputs;
        best = expected[k] > expected[best] ? k : best;
        is_equal = (float)json_array_get_double_element(outputs, (guint)k) == expected[k];
    }
    const char *label = json_object_get_string_member_with_default(answer, "label", NULL);
    is_equal = is_equal && g_strcmp0(label, d->names[best]) == 0;
    if (!is_equal)
        g_print("take %d differs: %s\n", h->i, text);
    h->n_equal += is_equal;
    h->has_answer = TRUE;
}

/* Fires the watch's own event with the golden takes. */
static void
listen_to(WgWatch *watch, const WgDeployment *d)
{
    g_autoptr(GError) error = NULL;
    Hearing hearing = {.deployment = d};
    const gulong id = g_signal_connect(watch, "event", G_CALLBACK(on_event), &hearing);
    fixture_listen(watch, &error);
    g_assert_no_error(error);
    for (hearing.i = 0; hearing.i < d->n_tests; hearing.i++) {
        g_autofree char *base64 = g_base64_encode(
            (const guchar *)d->test_inputs + hearing.i * d->n_inputs, (gsize)d->n_inputs);
        g_autofree char *emit = g_strdup_printf(
            "(Bangle.emit(\"gesture\",new Int8Array(E.toArrayBuffer(atob(\"%s\")))),1)", base64);
        hearing.has_answer = FALSE;
        g_free(fixture_eval(watch, emit, &error));
        g_assert_no_error(error);
        fixture_wait(&hearing.has_answer);
    }
    g_signal_handler_disconnect(watch, id);
    g_print("listening: %d of %d answers as the golden ones\n", hearing.n_equal, d->n_tests);
}

int
main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    setlocale(LC_ALL, "");
    if (argc < 2) {
        g_printerr("usage: deploy-by-hand ADDRESS [app|builtin]\n");
        return 2;
    }
    const gboolean is_builtin = argc > 2 && strcmp(argv[2], "builtin") == 0;
    g_autoptr(WgWatch) watch = fixture_watch_new(argv[1]);
    WgDeployment *deployment =
        fixture_golden_deployment(is_builtin ? WG_DEPLOY_BUILTIN : WG_DEPLOY_APP, 20);
    WgDeployReport report = {0};
    g_signal_connect(watch, "console", G_CALLBACK(on_console), NULL);
    if (!fixture_connect(watch, &error)) {
        g_printerr("%s\n", error->message);
        return 1;
    }
    g_print("connected: %s, kind %s, version %s, packets %d, tensorflow %d\n",
            wg_watch_get_name(watch), wg_watch_get_kind(watch), wg_watch_get_version(watch),
            wg_watch_has_packets(watch), wg_watch_has_tensorflow(watch));
    for (int i = 3; i < argc; i++) {
        if (strcmp(argv[i], "text") == 0) {
            watch->has_packets = FALSE; /* as a firmware before 2v25 */
            continue;
        }
        g_autofree char *value = fixture_eval(watch, argv[i], &error);
        g_print("%s: %s\n", argv[i], value ? value : error->message);
        g_clear_error(&error);
    }
    write_and_read(watch);
    const int free_before = get_free(watch);
    if (!fixture_deploy(watch, deployment, &report, &error)) {
        g_printerr("%s\n", error->message);
        return 1;
    }
    g_print("deployed %zu bytes, CRC-32 %08x, %.2f s; self-test %d of %d equal; free blocks %d "
            "before, %d after\n",
            report.bytes, report.crc32, report.seconds, report.n_equal, report.n_tests, free_before,
            get_free(watch));
    if (!is_builtin) {
        recognise_often(watch, deployment);
        listen_to(watch, deployment);
    }
    wg_watch_disconnect(watch);
    wg_deployment_free(deployment);
    return report.n_equal == report.n_tests ? 0 : 1;
}
