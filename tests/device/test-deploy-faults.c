/* Deployments whose connection breaks at every byte, or that are sent a damaged byte: the watch
 * runs the model it had or the new one, whole, and nothing wrong is ever called verified. The
 * virtual watch runs in this process, and time stands still unless nothing else is to be done. */
#include "fault-link.h"
#include "manual-clock.h"
#include "small-model.h"

#include "base/error.h"
#include "base/random.h"
#include "device-fixture.h"
#include "device/crc32.h"
#include "virtual-watch/connection.h"
#include "virtual-watch/console.h"
#include "virtual-watch/machine.h"

#include <json-glib/json-glib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define STEP_MS 250
#define PACKET_MS 5000      /* then the watch gives an unfinished packet up */
#define PATIENCE_MS 3600000 /* of virtual time, then the test fails: something hangs */
#define RUN_EVERY 32        /* cuts after which the watch is asked to recognise as well */
#define STAY_EVERY 32       /* cuts that the deployment itself lives through */
#define N_FLIPS 1000

typedef struct {
    char *folder;
    int fds[2];
    WgMachine *machine;
    ManualClock *clock;
    FaultLink *link;
    WgWatch *watch;
    int packet_ms;
    WgDeployment *old; /* what the watch has in use; NULL: nothing */
    guint seed;
} Bench;

typedef struct {
    GAsyncResult *result;
} Answer;

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
    while (!answer->result) {
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

static void
reconnect(Bench *b)
{
    g_autoptr(GError) error = NULL;
    connect_watch(b, &error);
    g_assert_no_error(error);
}

static gboolean
deploy(Bench *b, const WgDeployment *d, WgDeployReport *report, GError **error)
{
    Answer answer = {0};
    wg_deploy_async(b->watch, d, NULL, NULL, on_answer, &answer);
    g_autoptr(GAsyncResult) result = wait_for(b, &answer);
    return wg_deploy_finish(b->watch, result, report, error);
}

static int
self_test(Bench *b, const WgDeployment *d)
{
    g_autoptr(GError) error = NULL;
    Answer answer = {0};
    int n_equal = -1;
    wg_self_test_async(b->watch, d, NULL, NULL, on_answer, &answer);
    g_autoptr(GAsyncResult) result = wait_for(b, &answer);
    wg_self_test_finish(b->watch, result, &n_equal, &error);
    g_assert_no_error(error);
    return n_equal;
}

static gboolean
holds(Bench *b, const char *name, GBytes *content)
{
    g_autoptr(GBytes) stored = wg_flash_read(b->machine->flash, name);
    return stored && g_bytes_equal(stored, content);
}

/* What the watch's Storage holds as the one in use, read past the protocol: `a` or `b`, either
 * whole; NULL: none of both. */
static const WgDeployment *
find_running(Bench *bench, const WgDeployment *a, const WgDeployment *b)
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
        if (!d || !holds(bench, json_object_get_string_member(record, "model"), d->tflite) ||
            strcmp(json_object_get_string_member(record, "project"), d->project_name) != 0)
            continue;
        if (d->mode == WG_DEPLOY_BUILTIN)
            return holds(bench, ".tfmodel", d->tflite) ? d : NULL;
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

static void
bench_wipe(Bench *b)
{
    wg_flash_erase_all(b->machine->flash);
    g_clear_pointer(&b->old, wg_deployment_free);
}

static Bench *
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

static void
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
    fixture_remove_folder(b->folder);
    g_clear_pointer(&b->old, wg_deployment_free);
    g_free(b->folder);
    g_free(b);
}

static void
deploy_well(Bench *b, const WgDeployment *d)
{
    g_autoptr(GError) error = NULL;
    WgDeployReport report = {0};
    deploy(b, d, &report, &error);
    g_assert_no_error(error);
    g_assert_true(report.verified);
    g_assert_cmpint(report.n_equal, ==, d->n_tests);
    g_assert_true(find_running(b, d, NULL) == d);
}

static void
take_over(Bench *b, WgDeployment *d)
{
    g_clear_pointer(&b->old, wg_deployment_free);
    b->old = d;
}

typedef struct {
    const char *name;
    WgDeployment *(*make)(WgDeployMode mode, guint seed);
    gboolean has_packets, is_first;
    WgDeployMode mode;
    int first, step; /* places of the cuts */
} Series;

/* One deployment that is cut after n bytes. FALSE: it was done before. The watch's own tests take
 * most of the time, so only each RUN_EVERY-th deployment has them. */
static gboolean
cut_once(Bench *b, const Series *series, gint64 n, gboolean stays, int *n_new)
{
    g_autoptr(GError) error = NULL;
    WgDeployment *d = series->make(series->mode, ++b->seed);
    const gboolean is_run = n % RUN_EVERY < 2; /* of even and of odd places */
    const int n_tests = d->n_tests;
    WgDeployReport report = {0};
    d->n_tests = is_run ? n_tests : 0;
    wg_watch_set_keeping(b->watch, stays);
    fault_link_cut_after(b->link, n);
    const gboolean is_done = deploy(b, d, &report, &error);
    const gboolean was_cut = fault_link_get_sent(b->link) >= n;
    wg_watch_set_keeping(b->watch, FALSE);
    fault_link_cut_after(b->link, -1);
    if (!was_cut || stays || is_done) { /* done: what was cut off was only the tidying up */
        g_assert_no_error(error);
        g_assert_true(is_done && report.verified);
        g_assert_cmpint(report.n_equal, ==, d->n_tests);
        g_assert_true(find_running(b, d, NULL) == d);
    } else {
        g_assert_error(error, WG_ERROR, WG_ERROR_CONNECTION);
        reconnect(b);
        const WgDeployment *running = find_running(b, b->old, d);
        g_assert_true(running || !b->old);
        *n_new += running == d;
        if (running && is_run)
            g_assert_cmpint(self_test(b, running), ==, n_tests);
        deploy_well(b, d);
    }
    d->n_tests = n_tests;
    take_over(b, d);
    return was_cut;
}

static void
test_cut(gconstpointer data)
{
    const Series *series = data;
    Bench *b = bench_new(series->has_packets);
    int n_cuts = 0, n_new = 0, n_stayed = 0;
    reconnect(b);
    if (!series->is_first) {
        WgDeployment *first = series->make(series->mode, ++b->seed);
        deploy_well(b, first);
        take_over(b, first);
    }
    for (gint64 n = series->first;; n += series->step) {
        if (series->is_first)
            bench_wipe(b);
        if (!cut_once(b, series, n, FALSE, &n_new))
            break;
        n_cuts++;
        if (n_cuts % STAY_EVERY == 0) {
            if (series->is_first)
                bench_wipe(b);
            n_stayed += cut_once(b, series, n, TRUE, &n_new);
        }
    }
    g_assert_cmpint(n_cuts, >, 2000 / series->step);
    g_assert_cmpint(n_new, >, 0);
    g_print("# %s: cut at %d places (each %d bytes from %d on): the watch had the model before at "
            "%d, the "
            "new one at %d, and took the next each time; %d deployments went on by themselves\n",
            series->name, n_cuts, series->step, series->first, n_cuts - n_new, n_new, n_stayed);
    bench_free(b);
}

/* Bytes that a whole deployment sends. */
static gint64
measure(Bench *b)
{
    WgDeployment *d = small_deployment_new(WG_DEPLOY_APP, ++b->seed);
    fault_link_cut_after(b->link, -1);
    deploy_well(b, d);
    take_over(b, d);
    return fault_link_get_sent(b->link);
}

static void
test_flip(gconstpointer data)
{
    Bench *b = bench_new(TRUE);
    WgRandom random;
    int n_verified = 0, n_refused = 0, n_told = 0;
    reconnect(b);
    (void)measure(b);
    const guint n_bytes = (guint)measure(b);
    wg_random_init(&random, 4, 0);
    for (int i = 0; i < N_FLIPS; i++) {
        g_autoptr(GError) error = NULL;
        WgDeployment *d = small_deployment_new(WG_DEPLOY_APP, ++b->seed);
        WgDeployReport report = {0};
        const gint64 at = wg_random_below(&random, n_bytes);
        fault_link_flip_at(b->link, at, (guint8)(1 + wg_random_below(&random, 255)));
        const gboolean is_done = deploy(b, d, &report, &error);
        fault_link_cut_after(b->link, -1);
        if (is_done && report.verified) {
            g_assert_true(find_running(b, d, NULL) == d);
            n_verified++;
            n_told += report.n_equal != d->n_tests;
        } else {
            g_assert_nonnull(error);
            n_refused++;
        }
        reconnect(b);
        const WgDeployment *running = find_running(b, b->old, d);
        g_assert_nonnull(running);
        if (running != d || report.n_equal != d->n_tests)
            deploy_well(b, d);
        take_over(b, d);
    }
    g_assert_cmpint(n_verified + n_refused, ==, N_FLIPS);
    g_print("# one byte of %u changed, %d times: %d deployments were mended and verified, of which "
            "%d told of a self-test that differed; %d were refused; none was wrong\n",
            n_bytes, N_FLIPS, n_verified, n_told, n_refused);
    bench_free(b);
}

int
main(int argc, char **argv)
{
    /* the first two together: every byte; apart, so that they can go on side by side */
    static const Series all[] = {
        {"even/app", small_deployment_new, TRUE, FALSE, WG_DEPLOY_APP, 0, 2},
        {"odd/app", small_deployment_new, TRUE, FALSE, WG_DEPLOY_APP, 1, 2},
        {"other/builtin", small_deployment_new, TRUE, FALSE, WG_DEPLOY_BUILTIN, 0, 29},
        {"other/first-on-a-watch", small_deployment_new, TRUE, TRUE, WG_DEPLOY_APP, 0, 41},
        {"large/app", large_deployment_new, TRUE, FALSE, WG_DEPLOY_APP, 0, 1},
        {"large/builtin", large_deployment_new, TRUE, FALSE, WG_DEPLOY_BUILTIN, 0, 1},
        {"other/without-packets", small_deployment_new, FALSE, FALSE, WG_DEPLOY_APP, 0, 41},
    };
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(all); i++) {
        g_autofree char *path = g_strdup_printf("/device/deploy-faults/%s", all[i].name);
        g_test_add_data_func(path, &all[i], test_cut);
    }
    g_test_add_data_func("/device/deploy-faults/other/a-damaged-byte-is-noticed", NULL, test_flip);
    return g_test_run();
}
