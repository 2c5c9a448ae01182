/* Deployments whose connection breaks at every byte, or that are sent a damaged byte: the watch
 * runs the model it had or the new one, whole, and nothing wrong is ever called verified. */
#include "fault-bench.h"
#include "small-model.h"

#include "base/error.h"
#include "base/random.h"

#define RUN_EVERY 32  /* cuts after which the watch is asked to recognise as well */
#define STAY_EVERY 32 /* cuts that the deployment itself lives through */
#define N_FLIPS 1000

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
    const gboolean is_done = bench_deploy(b, d, &report, &error);
    const gboolean was_cut = fault_link_get_sent(b->link) >= n;
    wg_watch_set_keeping(b->watch, FALSE);
    fault_link_cut_after(b->link, -1);
    if (!was_cut || stays || is_done) { /* done: what was cut off was only the tidying up */
        g_assert_no_error(error);
        g_assert_true(is_done && report.verified);
        g_assert_cmpint(report.n_equal, ==, d->n_tests);
        g_assert_true(bench_find_running(b, d, NULL) == d);
    } else {
        g_assert_error(error, WG_ERROR, WG_ERROR_CONNECTION);
        bench_reconnect(b);
        const WgDeployment *running = bench_find_running(b, b->old, d);
        g_assert_true(running || !b->old);
        *n_new += running == d;
        if (running && is_run)
            g_assert_cmpint(bench_self_test(b, running), ==, n_tests);
        bench_deploy_well(b, d);
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
    bench_reconnect(b);
    if (!series->is_first) {
        WgDeployment *first = series->make(series->mode, ++b->seed);
        bench_deploy_well(b, first);
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
    bench_deploy_well(b, d);
    take_over(b, d);
    return fault_link_get_sent(b->link);
}

/* A program that was damaged may have spoilt what others live on ("E = 1"): then somebody starts
 * the watch anew. TRUE: it took that. */
static gboolean
deploy_again(Bench *b, const WgDeployment *d)
{
    g_autoptr(GError) error = NULL;
    WgDeployReport report = {0};
    if (bench_deploy(b, d, &report, &error) && report.n_equal == d->n_tests)
        return FALSE;
    bench_restart(b);
    bench_reconnect(b);
    bench_deploy_well(b, d);
    return TRUE;
}

static void
test_flip(gconstpointer data)
{
    Bench *b = bench_new(TRUE);
    WgRandom random;
    int n_verified = 0, n_refused = 0, n_told = 0, n_restarted = 0;
    bench_reconnect(b);
    (void)measure(b);
    const guint n_bytes = (guint)measure(b);
    wg_random_init(&random, 4, 0);
    for (int i = 0; i < N_FLIPS; i++) {
        g_autoptr(GError) error = NULL;
        WgDeployment *d = small_deployment_new(WG_DEPLOY_APP, ++b->seed);
        WgDeployReport report = {0};
        const gint64 at = wg_random_below(&random, n_bytes);
        fault_link_flip_at(b->link, at, (guint8)(1 + wg_random_below(&random, 255)));
        const gboolean is_done = bench_deploy(b, d, &report, &error);
        fault_link_cut_after(b->link, -1);
        if (is_done && report.verified) {
            g_assert_true(bench_find_running(b, d, NULL) == d);
            n_verified++;
            n_told += report.n_equal != d->n_tests;
        } else {
            g_assert_nonnull(error);
            n_refused++;
        }
        bench_reconnect(b);
        const WgDeployment *running = bench_find_running(b, b->old, d);
        g_assert_nonnull(running);
        if (running != d || report.n_equal != d->n_tests)
            n_restarted += deploy_again(b, d);
        take_over(b, d);
    }
    g_assert_cmpint(n_verified + n_refused, ==, N_FLIPS);
    g_print("# one byte of %u changed, %d times: %d deployments were mended and verified, of which "
            "%d told of a self-test that differed; %d were refused; none was wrong; %d times the "
            "watch had to be started anew\n",
            n_bytes, N_FLIPS, n_verified, n_told, n_refused, n_restarted);
    g_assert_cmpint(n_restarted, <, N_FLIPS / 100);
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
