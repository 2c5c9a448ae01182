/* A watch and the program in one process, with a line between them that can be cut at any byte. */
#include "fault-bench.h"
#include "base/file.h"

#include "device-fixture.h"
#include "device/crc32.h"
#include "virtual-watch/connection.h"
#include "virtual-watch/console.h"
#include "virtual-watch/engine.h"

#include <json-glib/json-glib.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define STEP_MS 250
#define PACKET_MS 5000      /* then the watch gives an unfinished packet up */
#define PATIENCE_MS 3600000 /* of virtual time, then the test fails: something hangs */

#define ENDLESS_S 5 /* of real time in one turn: a program that a damaged byte made endless */

typedef struct {
    GAsyncResult *result;
} Answer;

static int endless_fd; /* of the bench at work */

/* Both ends are in this thread: what stands for the person who presses Ctrl-C comes as a signal. */
static void
on_endless(G_GNUC_UNUSED int number)
{
    if (write(endless_fd, "\x03", 1) != 1)
        abort();
    alarm(ENDLESS_S);
}

static void
on_answer(GObject *source, GAsyncResult *result, gpointer user_data)
{
    ((Answer *)user_data)->result = g_object_ref(result);
}

/* Runs both ends until the answer is there; where nothing moves, time goes on. */
static GAsyncResult *
wait_for(Bench *b, Answer *answer)
{
    int waited_ms = 0;
    endless_fd = b->fds[0];
    signal(SIGALRM, on_endless);
    while (!answer->result) {
        alarm(ENDLESS_S);
        if (g_main_context_iteration(NULL, FALSE))
            continue;
        b->packet_ms = wg_console_is_in_packet(b->machine->console) ? b->packet_ms + STEP_MS : 0;
        if (b->packet_ms >= PACKET_MS) {
            wg_console_expire_packet(b->machine->console);
            wg_machine_take_turn(b->machine);
        }
        manual_clock_wind(b->clock, STEP_MS);
        waited_ms += STEP_MS;
        g_assert_cmpint(waited_ms, <, PATIENCE_MS);
    }
    alarm(0);
    return g_steal_pointer(&answer->result);
}

static gboolean
connect_watch(Bench *b, GError **error)
{
    Answer answer = {0};
    if (wg_watch_get_state(b->watch) == WG_WATCH_READY)
        return TRUE;
    wg_watch_connect_async(b->watch, NULL, on_answer, &answer);
    g_autoptr(GAsyncResult) result = wait_for(b, &answer);
    return wg_watch_connect_finish(b->watch, result, error);
}

void
bench_restart(Bench *b)
{
    wg_watch_disconnect(b->watch);
    b->machine->engine->todo = WG_TODO_LOAD;
    wg_machine_take_turn(b->machine);
}

void
bench_reconnect(Bench *b)
{
    g_autoptr(GError) error = NULL;
    connect_watch(b, &error);
    g_assert_no_error(error);
}

gboolean
bench_deploy(Bench *b, const WgDeployment *d, WgDeployReport *report, GError **error)
{
    Answer answer = {0};
    wg_deploy_async(b->watch, d, NULL, NULL, on_answer, &answer);
    g_autoptr(GAsyncResult) result = wait_for(b, &answer);
    return wg_deploy_finish(b->watch, result, report, error);
}

gboolean
bench_restore(Bench *b, GError **error)
{
    Answer answer = {0};
    wg_restore_async(b->watch, NULL, on_answer, &answer);
    g_autoptr(GAsyncResult) result = wait_for(b, &answer);
    return wg_restore_finish(b->watch, result, error);
}

WgSurvey *
bench_survey(Bench *b)
{
    g_autoptr(GError) error = NULL;
    Answer answer = {0};
    wg_survey_async(b->watch, FALSE, NULL, on_answer, &answer);
    g_autoptr(GAsyncResult) result = wait_for(b, &answer);
    WgSurvey *survey = wg_survey_finish(b->watch, result, &error);
    g_assert_no_error(error);
    return survey;
}

int
bench_self_test(Bench *b, const WgDeployment *d)
{
    g_autoptr(GError) error = NULL;
    Answer answer = {0};
    int n_equal = -1;
    wg_self_test_async(b->watch, d, NULL, NULL, on_answer, &answer);
    g_autoptr(GAsyncResult) result = wait_for(b, &answer);
    wg_self_test_finish(b->watch, result, &n_equal, NULL, &error);
    g_assert_no_error(error);
    return n_equal;
}

gboolean
bench_holds(Bench *b, const char *name, GBytes *content)
{
    g_autoptr(GBytes) stored = wg_flash_read(b->machine->flash, name);
    return content ? stored && g_bytes_equal(stored, content) : !stored;
}

const WgDeployment *
bench_find_running(Bench *bench, const WgDeployment *a, const WgDeployment *b)
{
    g_autoptr(GBytes) text = wg_flash_read(bench->machine->flash, "waggle.json");
    g_autoptr(JsonParser) parser = json_parser_new();
    gsize n = 0;
    const char *data = text ? g_bytes_get_data(text, &n) : NULL;
    if (!text || !json_parser_load_from_data(parser, data, (gssize)n, NULL))
        return NULL;
    JsonObject *record = json_node_get_object(json_parser_get_root(parser));
    const WgDeployment *both[] = {a, b};
    for (gsize i = 0; i < G_N_ELEMENTS(both); i++) {
        const WgDeployment *d = both[i];
        if (!d || !bench_holds(bench, json_object_get_string_member(record, "model"), d->tflite) ||
            strcmp(json_object_get_string_member(record, "project"), d->project_name) != 0)
            continue;
        if (d->mode == WG_DEPLOY_BUILTIN)
            return bench_holds(bench, ".tfmodel", d->tflite) ? d : NULL;
        g_autoptr(GBytes) code =
            wg_flash_read(bench->machine->flash, json_object_get_string_member(record, "code"));
        g_autoptr(GBytes) app = wg_flash_read(bench->machine->flash, "waggle.app.js");
        return code && app &&
                       wg_crc32_bytes(code) ==
                           (guint32)json_object_get_int_member(record, "code_crc")
                   ? d
                   : NULL;
    }
    return NULL;
}

void
bench_wipe(Bench *b)
{
    wg_flash_erase_all(b->machine->flash);
    g_clear_pointer(&b->old, wg_deployment_free);
}

Bench *
bench_new(gboolean has_packets)
{
    g_autoptr(GError) error = NULL;
    Bench *b = g_new0(Bench, 1);
    const gboolean has_memory = g_file_test("/dev/shm", G_FILE_TEST_IS_DIR);
    g_autofree char *pattern =
        g_build_filename(has_memory ? "/dev/shm" : g_get_tmp_dir(), "waggle-faults-XXXXXX", NULL);
    b->folder = g_strdup(g_mkdtemp(pattern));
    g_assert_nonnull(b->folder);
    g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM, 0, b->fds), ==, 0);
    const WgMachineOptions options = {.folder = b->folder,
                                      .storage_bytes = 1 << 20,
                                      .speed = 1,
                                      .firmware = has_packets ? WG_MACHINE_VERSION : "2v10",
                                      .has_packets = has_packets,
                                      .battery_percent = 100,
                                      .line.loss = {-1, -1, -1, -1, FALSE}};
    b->machine = wg_machine_new(&options, b->fds[1], b->fds[1], &error);
    g_assert_no_error(error);
    wg_connection_start(b->machine->connection);
    wg_machine_take_turn(b->machine);
    b->clock = manual_clock_new();
    b->link = fault_link_new(b->fds[0]);
    b->watch = wg_watch_new(WG_LINK(b->link));
    wg_watch_set_clock(b->watch, &b->clock->clock);
    return b;
}

void
bench_free(Bench *b)
{
    wg_watch_disconnect(b->watch);
    g_object_unref(b->watch);
    while (g_main_context_iteration(NULL, FALSE))
        ;
    g_object_unref(b->link);
    manual_clock_free(b->clock);
    wg_machine_free(b->machine);
    close(b->fds[0]);
    close(b->fds[1]);
    wg_file_remove_folder(b->folder);
    g_clear_pointer(&b->old, wg_deployment_free);
    g_free(b->folder);
    g_free(b);
}

void
bench_deploy_well(Bench *b, const WgDeployment *d)
{
    g_autoptr(GError) error = NULL;
    WgDeployReport report = {0};
    bench_deploy(b, d, &report, &error);
    g_assert_no_error(error);
    g_assert_true(report.verified);
    g_assert_cmpint(report.n_equal, ==, d->n_tests);
    g_assert_true(bench_find_running(b, d, NULL) == d);
}
