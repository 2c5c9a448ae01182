/* Deploying the golden model to the virtual watch, and what the watch then answers. */
#include "device-fixture.h"
#include "base/file.h"

#include "base/error.h"
#include "device/crc32.h"
#include "device/espruino-protocol.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DENSE_WEIGHT_OFFSET                                                                        \
    440 /* in seed-v11-int8.tflite, whose dense weights are bytes 428..463 */

typedef struct {
    char *folder, *address;
    WgWatch *watch;
} Fixture;

static void
set_up(Fixture *f, gconstpointer options)
{
    g_autoptr(GError) error = NULL;
    f->folder = g_dir_make_tmp("waggle-deploy-XXXXXX", &error);
    g_assert_no_error(error);
    f->address = fixture_virtual_address(f->folder, options ? options : "");
    f->watch = fixture_watch_new(f->address);
    fixture_connect(f->watch, &error);
    g_assert_no_error(error);
}

static void
tear_down(Fixture *f, gconstpointer options)
{
    wg_watch_disconnect(f->watch);
    g_object_unref(f->watch);
    wg_file_remove_folder(f->folder);
    g_free(f->folder);
    g_free(f->address);
}

static void
test_says_what_it_is(Fixture *f, gconstpointer options)
{
    g_autoptr(GError) error = NULL;
    g_assert_cmpstr(wg_watch_get_kind(f->watch), ==, "bangle2");
    g_assert_true(wg_watch_has_tensorflow(f->watch));
    g_assert_cmpint(wg_watch_get_state(f->watch), ==, WG_WATCH_READY);
    g_autofree char *value = fixture_eval(f->watch, "[1,\"a\\n\\u00e9\",{b:true}]", &error);
    g_assert_no_error(error);
    g_assert_cmpstr(value, ==, "[1,\"a\\n\xc3\xa9\",{\"b\":true}]");
    g_assert_null(fixture_eval(f->watch, "(function(){throw new Error(\"no\");})()", &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_INPUT);
    g_assert_nonnull(strstr(error->message, "no"));
    g_clear_error(&error);
    g_free(fixture_eval(f->watch, "1", &error)); /* and goes on */
    g_assert_no_error(error);
}

static void
test_files_come_back_as_written(Fixture *f, gconstpointer options)
{
    const gsize sizes[] = {1, 100, 1024, 1025, 8191, 20000};
    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
        g_autoptr(GError) error = NULL;
        guint8 *content = g_malloc(sizes[i]);
        guint32 crc = 0;
        for (gsize k = 0; k < sizes[i]; k++)
            content[k] = (guint8)(k * 7 + k / 256);
        g_autoptr(GBytes) bytes = g_bytes_new_take(content, sizes[i]);
        fixture_write(f->watch, "waggle.try", bytes, &crc, &error);
        g_assert_no_error(error);
        g_assert_cmpuint(crc, !=, 0);
        g_autoptr(GBytes) back = fixture_read(f->watch, "waggle.try", &error);
        g_assert_no_error(error);
        g_assert_true(g_bytes_equal(bytes, back));
    }
}

static void
deploy(Fixture *f, WgDeployMode mode)
{
    g_autoptr(GError) error = NULL;
    WgDeployment *deployment = fixture_golden_deployment(mode, 20);
    WgDeployReport report = {0};
    fixture_deploy(f->watch, deployment, &report, &error);
    g_assert_no_error(error);
    g_assert_cmpint(report.n_tests, ==, 20);
    g_assert_cmpint(report.n_equal, ==, 20);
    wg_deployment_free(deployment);
}

static void
test_app_answers_as_the_firmware_did(Fixture *f, gconstpointer options)
{
    deploy(f, WG_DEPLOY_APP);
}

static void
test_builtin_answers_as_the_firmware_did(Fixture *f, gconstpointer options)
{
    deploy(f, WG_DEPLOY_BUILTIN);
}

/* A clock that goes on by 16, 17, ... ms whenever it is looked at: the median over 20 takes. */
static void
test_time_is_the_median_by_the_watchs_clock(Fixture *f, gconstpointer options)
{
    g_autoptr(GError) error = NULL;
    WgDeployment *deployment = fixture_golden_deployment(WG_DEPLOY_APP, 20);
    WgDeployReport report = {0};

    g_free(fixture_eval(f->watch,
                        "(function(){var t=0,n=0;global.getTime=function(){t+=(n++ & 1)?"
                        "(15.5+(n>>1))/1000:1;return t;};return 1;})()",
                        &error));
    g_assert_no_error(error);
    fixture_deploy(f->watch, deployment, &report, &error);
    g_assert_no_error(error);
    g_assert_cmpint(report.n_equal, ==, 20);
    g_assert_true(wg_watch_is_virtual(f->watch));
    /* 16.5 to 35.5: (25.5 + 26.5) / 2; seconds added up and multiplied lose a few last places */
    g_assert_cmpfloat_with_epsilon(report.inference_ms, 26, 1e-6);
    wg_deployment_free(deployment);
}

/* What is no time is left out, and where nothing is left there is none. */
static void
test_time_that_makes_no_sense_is_none(Fixture *f, gconstpointer options)
{
    static const char *const clocks[] = {"NaN", "(t-=1)", "(t+=100)", "\"now\""};

    for (gsize i = 0; i < G_N_ELEMENTS(clocks); i++) {
        g_autoptr(GError) error = NULL;
        WgDeployment *deployment = fixture_golden_deployment(WG_DEPLOY_APP, 3);
        WgDeployReport report = {0};
        g_autofree char *code = g_strdup_printf(
            "(function(){var t=0;global.getTime=function(){return %s;};return 1;})()", clocks[i]);

        g_free(fixture_eval(f->watch, code, &error));
        g_assert_no_error(error);
        fixture_deploy(f->watch, deployment, &report, &error);
        g_assert_no_error(error);
        g_assert_cmpint(report.n_equal, ==, 3);
        g_assert_true(isnan(report.inference_ms));
        wg_deployment_free(deployment);
    }
}

/* The model that the watch keeps: deploys, changes one byte of a weight there, asks again. */
static void
test_a_changed_weight_is_seen(Fixture *f, gconstpointer options)
{
    g_autoptr(GError) error = NULL;
    WgDeployment *deployment = fixture_golden_deployment(WG_DEPLOY_APP, 20);
    int n_equal = -1;
    deploy(f, WG_DEPLOY_APP);
    g_autofree char *name =
        fixture_eval(f->watch, "require(\"Storage\").readJSON(\"waggle.json\",1).model", &error);
    g_assert_no_error(error);
    g_autofree char *plain = wg_espruino_unquote(name, strlen(name));
    g_autoptr(GBytes) model = fixture_read(f->watch, plain, &error);
    g_assert_no_error(error);
    gsize n;
    g_autofree guint8 *content = g_memdup2(g_bytes_get_data(model, &n), g_bytes_get_size(model));
    const guint8 *sent = g_bytes_get_data(deployment->tflite, &n);
    g_assert_cmpmem(content, n, sent, n);
    content[DENSE_WEIGHT_OFFSET] ^= 0x40;
    g_autoptr(GBytes) changed = g_bytes_new(content, n);
    fixture_write(f->watch, plain, changed, NULL, &error);
    g_assert_no_error(error);
    fixture_self_test(f->watch, deployment, &n_equal, &error);
    g_assert_no_error(error);
    g_assert_cmpint(n_equal, >=, 0);
    g_assert_cmpint(n_equal, <, 20);
    wg_deployment_free(deployment);
}

/* The first test take of which the model is sure, and its label. */
static int
find_sure(const WgDeployment *d, int *label)
{
    for (int i = 0; i < d->n_tests; i++) {
        for (int k = 0; k < d->n_outputs; k++) {
            *label = k;
            if (d->test_outputs[i * d->n_outputs + k] > 64)
                return i;
        }
    }
    g_assert_not_reached();
}

/* What the app shows when that take is done, as a list. */
static char *
show(Fixture *f, const WgDeployment *d, int take)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *bytes =
        g_base64_encode((const guchar *)d->test_inputs + take * d->n_inputs, (gsize)d->n_inputs);
    g_autofree char *perform =
        g_strdup_printf("(function(){var b=atob(\"%s\"),a=new Int8Array(150),i;for(i=0;i<150;i++)"
                        "a[i]=b.charCodeAt(i);g.clear();Bangle.emit(\"gesture\",a);return 1;})()",
                        bytes);

    fixture_listen(f->watch, &error);
    g_assert_no_error(error);
    g_free(fixture_eval(f->watch, perform, &error));
    g_assert_no_error(error);
    return fixture_eval(f->watch, "WaggleVirtual.getScreen().length", &error);
}

static void
test_what_means_nothing_is_not_shown(Fixture *f, gconstpointer options)
{
    g_autoptr(GError) error = NULL;
    WgDeployment *deployment = fixture_golden_deployment(WG_DEPLOY_APP, 20);
    g_autofree char *shown = NULL, *other_shown = NULL;
    WgDeployReport report = {0};
    int label = 0;
    const int take = find_sure(deployment, &label);

    fixture_deploy(f->watch, deployment, &report, &error);
    g_assert_no_error(error);
    shown = show(f, deployment, take);
    g_assert_cmpstr(shown, ==, "1");
    deployment->other = g_strdup(deployment->names[label]);
    fixture_deploy(f->watch, deployment, &report, &error);
    g_assert_no_error(error);
    g_assert_cmpint(report.n_equal, ==, 20);
    other_shown = show(f, deployment, take);
    g_assert_cmpstr(other_shown, ==, "0");
    wg_deployment_free(deployment);
}

/* A second deployment while the first one's app is there, as after each training. */
static void
test_deploys_again_and_again(Fixture *f, gconstpointer options)
{
    g_autoptr(GError) error = NULL;
    for (int i = 0; i < 4; i++) /* its own tables have grown as far as they must */
        deploy(f, i % 2 ? WG_DEPLOY_BUILTIN : WG_DEPLOY_APP);
    g_autofree char *before = fixture_eval(f->watch, "process.memory().usage", &error);
    g_assert_no_error(error);
    for (int i = 0; i < 4; i++)
        deploy(f, i % 2 ? WG_DEPLOY_BUILTIN : WG_DEPLOY_APP);
    g_autofree char *after = fixture_eval(f->watch, "process.memory().usage", &error);
    g_assert_no_error(error);
    /* its tables still grow by a few blocks; one program of ours left there is more than a hundred
     */
    g_assert_cmpint(atoi(after), <, atoi(before) + 50);
}

static void
test_full_storage_keeps_what_was_there(Fixture *f, gconstpointer options)
{
    g_autoptr(GError) error = NULL;
    g_autofree guint8 *zeros = g_malloc0(30000);
    g_autoptr(GBytes) small = g_bytes_new_static("mine", 4);
    g_autoptr(GBytes) big = g_bytes_new(zeros, 30000);
    fixture_write(f->watch, "own.txt", small, NULL, &error);
    g_assert_no_error(error);
    g_assert_false(fixture_write(f->watch, "big.bin", big, NULL, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_STORAGE);
    g_clear_error(&error);
    g_autoptr(GBytes) back = fixture_read(f->watch, "own.txt", &error);
    g_assert_no_error(error);
    g_assert_true(g_bytes_equal(small, back));
}

/* What the firmware's own recogniser would do with the model that stands there. */
#define TRY_BUILTIN                                                                                \
    "(function(){var m=require(\"Storage\").read(\".tfmodel\");if(m===undefined)return \"none\";"  \
    "try{require(\"tensorflow\").create(4000,E.toFlatString(m));return E.CRC32(m);}"               \
    "catch(e){return e.toString();}})()"

/* Power that fails before each write of the last step, which JavaScript carries out. */
static void
test_a_power_cut_leaves_no_model_that_crashes(Fixture *f, gconstpointer options)
{
    g_autoptr(GError) error = NULL;
    WgDeployment *golden = fixture_golden_deployment(WG_DEPLOY_BUILTIN, 1);
    g_autofree char *golden_crc = g_strdup_printf("%u", wg_crc32_bytes(golden->tflite));
    WgDeployReport report = {0};
    int n_none = 0, n_refused = 0, n_old = 0, n_cuts = 0;
    for (gboolean is_done = FALSE; !is_done; n_cuts++) {
        g_autofree char *cut = g_strdup_printf(
            "(function(n){var s=require(\"Storage\"),w=s.write;s.write=function(a,b,c,d){"
            "if(n--<=0)throw new Error(\"power\");return w.call(s,a,b,c,d);};"
            "global.mend=function(){s.write=w;delete global.mend;};return 1;})(%d)",
            n_cuts);
        g_free(fixture_eval(f->watch, "require(\"Storage\").erase(\"waggle.json\")", &error));
        g_free(fixture_eval(f->watch, cut, &error));
        g_assert_no_error(error);
        is_done = fixture_deploy(f->watch, golden, &report, &error);
        g_assert_true(is_done || strstr(error->message, "power"));
        g_clear_error(&error);
        g_free(fixture_eval(f->watch, "(mend(),1)", &error));
        g_assert_no_error(error);
        g_autofree char *state = fixture_eval(f->watch, TRY_BUILTIN, &error);
        g_assert_no_error(error);
        n_none += strcmp(state, "\"none\"") == 0;
        n_refused += strstr(state, "not equal to supported version 3") != NULL;
        n_old += strcmp(state, golden_crc) == 0;
        g_test_message("power failed at write %d: %s", n_cuts, state);
    }
    g_assert_cmpint(n_none + n_refused + n_old, ==, n_cuts);
    g_assert_cmpint(n_refused, >=, 2);
    wg_deployment_free(golden);
}

int
main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*func)(Fixture *f, gconstpointer options);
    } tests[] = {
        {"says-what-it-is", test_says_what_it_is},
        {"files-come-back-as-written", test_files_come_back_as_written},
        {"app-answers-as-the-firmware-did", test_app_answers_as_the_firmware_did},
        {"builtin-answers-as-the-firmware-did", test_builtin_answers_as_the_firmware_did},
        {"time-is-the-median-by-the-watchs-clock", test_time_is_the_median_by_the_watchs_clock},
        {"time-that-makes-no-sense-is-none", test_time_that_makes_no_sense_is_none},
        {"a-changed-weight-is-seen", test_a_changed_weight_is_seen},
        {"what-means-nothing-is-not-shown", test_what_means_nothing_is_not_shown},
        {"deploys-again-and-again", test_deploys_again_and_again},
        {"a-power-cut-leaves-no-model-that-crashes", test_a_power_cut_leaves_no_model_that_crashes},
    };
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(tests); i++) {
        g_autofree char *path = g_strdup_printf("/device/deploy/%s", tests[i].name);
        g_autofree char *text_path =
            g_strdup_printf("/device/deploy-without-packets/%s", tests[i].name);
        g_test_add(path, Fixture, NULL, set_up, tests[i].func, tear_down);
        g_test_add(text_path, Fixture, "&no-packets", set_up, tests[i].func, tear_down);
    }
    g_test_add("/device/deploy/full-storage-keeps-what-was-there", Fixture, "&storage-bytes=20000",
               set_up, test_full_storage_keeps_what_was_there, tear_down);
    return g_test_run();
}
