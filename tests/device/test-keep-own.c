/* A model that somebody else put on a watch is kept when ours takes its place, and comes back byte
 * for byte. */
#include "fault-bench.h"
#include "small-model.h"

#include "base/error.h"

#include <string.h>

#define MODEL ".tfmodel"
#define NAMES ".tfnames"
#define CUT_STEP 311    /* bytes from one cut to the next */
#define FOUND_SEED 5000 /* of the model that is not ours */

typedef struct {
    Bench *bench;
    WgDeployment *found; /* the model that somebody else put there */
    GBytes *names;       /* beside it; NULL: there are none */
} Fixture;

static void
store(Fixture *f, const char *name, GBytes *content)
{
    g_autoptr(GError) error = NULL;
    gsize n = 0;
    const void *data = g_bytes_get_data(content, &n);
    wg_flash_erase(f->bench->machine->flash, name);
    wg_flash_write(f->bench->machine->flash, name, data, n, 0, 0, &error);
    g_assert_no_error(error);
}

static void
put_found(Fixture *f)
{
    store(f, MODEL, f->found->tflite);
    wg_flash_erase(f->bench->machine->flash, NAMES);
    if (f->names)
        store(f, NAMES, f->names);
}

static void
set_up(Fixture *f, gconstpointer data)
{
    /* what is no UTF-8, an end of a line and quotes come back as they were */
    static const char names[] = "up,d\xffwn,'\"\\,\xc3\xa4\n";
    f->bench = bench_new(!data);
    f->found = small_deployment_new(WG_DEPLOY_BUILTIN, FOUND_SEED);
    f->names = g_bytes_new_static(names, sizeof names - 1);
    bench_reconnect(f->bench);
}

static void
tear_down(Fixture *f, gconstpointer data)
{
    bench_free(f->bench);
    wg_deployment_free(f->found);
    g_clear_pointer(&f->names, g_bytes_unref);
}

static WgDeployment *
deploy(Fixture *f, WgDeployMode mode)
{
    WgDeployment *d = small_deployment_new(mode, ++f->bench->seed);
    bench_deploy_well(f->bench, d);
    return d;
}

static void
restore(Fixture *f)
{
    g_autoptr(GError) error = NULL;
    bench_restore(f->bench, &error);
    g_assert_no_error(error);
}

static gboolean
has_found(Fixture *f)
{
    return bench_holds(f->bench, MODEL, f->found->tflite) && bench_holds(f->bench, NAMES, f->names);
}

static gboolean
has_ours(Fixture *f, const WgDeployment *d)
{
    g_autofree char *text = g_strjoinv(",", d->names);
    g_autoptr(GBytes) names = g_bytes_new(text, strlen(text));
    return bench_holds(f->bench, MODEL, d->tflite) && bench_holds(f->bench, NAMES, names);
}

static void
test_it_comes_back(Fixture *f, gconstpointer data)
{
    put_found(f);
    WgDeployment *ours = deploy(f, WG_DEPLOY_BUILTIN);
    g_assert_true(has_ours(f, ours));
    g_autoptr(WgSurvey) survey = bench_survey(f->bench);
    g_assert_true(survey->former && survey->former->is_own && survey->former->is_whole);
    g_assert_cmpstr(survey->former->project, ==, "found on the watch");
    g_assert_cmpint(g_strv_length(survey->former->names), ==, 4);
    g_assert_cmpstr(survey->former->names[0], ==, "up");
    for (int i = 0; i < 2; i++) {
        restore(f);
        g_assert_true(has_found(f));
        restore(f);
        g_assert_true(has_ours(f, ours));
        g_assert_cmpint(bench_self_test(f->bench, ours), ==, ours->n_tests);
    }
    wg_deployment_free(ours);
}

static void
test_names_that_were_not_there_are_not_there(Fixture *f, gconstpointer data)
{
    g_clear_pointer(&f->names, g_bytes_unref);
    put_found(f);
    WgDeployment *ours = deploy(f, WG_DEPLOY_BUILTIN);
    g_assert_true(has_ours(f, ours));
    restore(f);
    g_assert_true(has_found(f));
    restore(f);
    g_assert_true(has_ours(f, ours));
    wg_deployment_free(ours);
}

/* What was there before the deployment: the app, and beside it the found one. */
static void
test_beside_the_app_it_comes_back_with_the_app(Fixture *f, gconstpointer data)
{
    WgDeployment *app = deploy(f, WG_DEPLOY_APP);
    put_found(f);
    WgDeployment *ours = deploy(f, WG_DEPLOY_BUILTIN);
    restore(f);
    g_assert_true(has_found(f));
    g_assert_true(bench_find_running(f->bench, app, ours) == app);
    g_assert_cmpint(bench_self_test(f->bench, app), ==, app->n_tests);
    restore(f);
    g_assert_true(has_ours(f, ours));
    restore(f);
    WgDeployment *app_2 = deploy(f, WG_DEPLOY_APP);
    g_assert_true(has_found(f));
    WgDeployment *ours_2 = deploy(f, WG_DEPLOY_BUILTIN);
    restore(f);
    g_assert_true(has_found(f));
    g_assert_true(bench_find_running(f->bench, app_2, ours_2) == app_2);
    wg_deployment_free(app);
    wg_deployment_free(ours);
    wg_deployment_free(app_2);
    wg_deployment_free(ours_2);
}

/* It went to the app's place in the row of two, and is kept all the same. */
static void
test_it_survives_an_app_in_between(Fixture *f, gconstpointer data)
{
    put_found(f);
    wg_deployment_free(deploy(f, WG_DEPLOY_BUILTIN));
    restore(f);
    WgDeployment *app = deploy(f, WG_DEPLOY_APP);
    WgDeployment *ours = deploy(f, WG_DEPLOY_BUILTIN);
    g_assert_true(has_ours(f, ours));
    restore(f);
    g_assert_true(has_found(f));
    g_assert_true(bench_find_running(f->bench, app, ours) == app);
    wg_deployment_free(app);
    wg_deployment_free(ours);
}

static void
test_over_ours_it_is_the_former_one(Fixture *f, gconstpointer data)
{
    wg_deployment_free(deploy(f, WG_DEPLOY_BUILTIN));
    put_found(f);
    WgDeployment *ours = deploy(f, WG_DEPLOY_BUILTIN);
    g_assert_true(has_ours(f, ours));
    restore(f);
    g_assert_true(has_found(f));
    wg_deployment_free(ours);
}

static void
test_restoring_keeps_it_too(Fixture *f, gconstpointer data)
{
    wg_deployment_free(deploy(f, WG_DEPLOY_BUILTIN));
    WgDeployment *ours = deploy(f, WG_DEPLOY_BUILTIN);
    put_found(f);
    restore(f);
    g_assert_true(has_ours(f, ours));
    restore(f);
    g_assert_true(has_found(f));
    wg_deployment_free(ours);
}

static void
test_what_is_no_model_is_not_kept(Fixture *f, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) spoilt = g_bytes_new_static("TFL3 no model", 13);
    store(f, MODEL, spoilt);
    wg_deployment_free(deploy(f, WG_DEPLOY_BUILTIN));
    g_assert_false(bench_restore(f->bench, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_MISSING);
}

/* With ever more room: until there is enough all stays as it is. */
static void
test_without_room_nothing_is_changed(Fixture *f, gconstpointer data)
{
    WgFlash *flash = f->bench->machine->flash;
    WgDeployment *ours = small_deployment_new(WG_DEPLOY_BUILTIN, 1);
    gboolean is_done = FALSE;
    int n_refused = 0;
    put_found(f);
    wg_flash_compact(flash);
    const gsize n_free = wg_flash_get_stats(flash).free;
    g_autofree char *zeros = g_malloc0(n_free);
    for (gsize room = 500; !is_done; room += 500) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GBytes) filler = g_bytes_new(zeros, n_free - room);
        wg_flash_erase(flash, "filler");
        wg_flash_compact(flash);
        store(f, "filler", filler);
        g_auto(GStrv) before = wg_flash_list(flash);
        is_done = bench_deploy(f->bench, ours, NULL, &error);
        g_auto(GStrv) after = wg_flash_list(flash);
        if (is_done)
            break;
        n_refused++;
        g_assert_error(error, WG_ERROR, WG_ERROR_STORAGE);
        g_assert_true(has_found(f));
        g_assert_true(g_strv_equal((const char *const *)before, (const char *const *)after));
    }
    g_assert_cmpint(n_refused, >, 3);
    restore(f);
    g_assert_true(has_found(f));
    wg_deployment_free(ours);
}

static gboolean
is_somewhere(Fixture *f)
{
    g_auto(GStrv) names = wg_flash_list(f->bench->machine->flash);
    for (int i = 0; names[i]; i++)
        if (bench_holds(f->bench, names[i], f->found->tflite))
            return TRUE;
    return FALSE;
}

/* At a cut the firmware has the found model or the new one, with its names, and the found one is
 * somewhere; then all goes on as if nothing had been. */
static gboolean
cut_once(Fixture *f, gint64 n, gboolean has_app, int *n_new)
{
    Bench *b = f->bench;
    g_autoptr(GError) error = NULL;
    bench_wipe(b);
    WgDeployment *app = has_app ? deploy(f, WG_DEPLOY_APP) : NULL;
    put_found(f);
    WgDeployment *ours = small_deployment_new(WG_DEPLOY_BUILTIN, ++b->seed);
    fault_link_cut_after(b->link, n);
    const gboolean is_done = bench_deploy(b, ours, NULL, &error);
    const gboolean was_cut = fault_link_get_sent(b->link) >= n;
    fault_link_cut_after(b->link, -1);
    if (!is_done) {
        g_assert_error(error, WG_ERROR, WG_ERROR_CONNECTION);
        g_assert_true(was_cut);
        bench_reconnect(b);
    }
    g_assert_true(is_somewhere(f));
    g_assert_true(has_found(f) || has_ours(f, ours));
    *n_new += has_ours(f, ours);
    bench_reconnect(b);
    bench_deploy_well(b, ours);
    restore(f);
    g_assert_true(has_found(f));
    if (app)
        g_assert_true(bench_find_running(b, app, NULL) == app);
    g_clear_pointer(&app, wg_deployment_free);
    wg_deployment_free(ours);
    return was_cut;
}

static void
test_a_cut_loses_nothing(Fixture *f, gconstpointer data)
{
    for (int has_app = 0; has_app < 2; has_app++) {
        int n_cuts = 0, n_new = 0;
        for (gint64 n = has_app * CUT_STEP / 2; cut_once(f, n, has_app, &n_new); n += CUT_STEP)
            n_cuts++;
        g_assert_cmpint(n_cuts, >, 20);
        g_print("# %s: cut at %d places, each %d bytes: the found model was in use at %d, the new "
                "one at %d, and the found one came back each time\n",
                has_app ? "beside an app" : "alone", n_cuts, CUT_STEP, n_cuts + 1 - n_new, n_new);
    }
}

int
main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*func)(Fixture *f, gconstpointer data);
    } tests[] = {
        {"it-comes-back", test_it_comes_back},
        {"names-that-were-not-there-are-not-there", test_names_that_were_not_there_are_not_there},
        {"beside-the-app-it-comes-back-with-the-app",
         test_beside_the_app_it_comes_back_with_the_app},
        {"it-survives-an-app-in-between", test_it_survives_an_app_in_between},
        {"over-ours-it-is-the-former-one", test_over_ours_it_is_the_former_one},
        {"restoring-keeps-it-too", test_restoring_keeps_it_too},
        {"what-is-no-model-is-not-kept", test_what_is_no_model_is_not_kept},
        {"without-room-nothing-is-changed", test_without_room_nothing_is_changed},
        {"a-cut-loses-nothing", test_a_cut_loses_nothing},
    };
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(tests); i++) {
        g_autofree char *path = g_strdup_printf("/device/keep-own/%s", tests[i].name);
        g_test_add(path, Fixture, NULL, set_up, tests[i].func, tear_down);
    }
    g_test_add("/device/keep-own/without-packets/it-comes-back", Fixture, "text", set_up,
               test_it_comes_back, tear_down);
    return g_test_run();
}
