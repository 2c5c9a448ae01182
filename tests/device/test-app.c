/* The app on the virtual watch: what it shows, sends and leaves alone at a gesture. */
#include "app-fixture.h"

#include "base/error.h"
#include "base/random.h"
#include "dataset/debounce.h"
#include "device/deploy-record.h"
#include "device/program.h"
#include "device/watch-actions.h"

#include <math.h>
#include <string.h>

static void
test_shows_the_name_and_buzzes(AppFixture *f, gconstpointer unused)
{
    g_free(f->deployment->names[f->label]);
    f->deployment->names[f->label] = g_strdup("circle");
    app_deploy(f, "none");
    app_start(f);
    app_perform(f);
    app_assert(f, APP_SCREEN, "[\"circle\"]");
    app_assert(f, APP_SENT, "\"buzz 100\"");
}

static void
test_sends_a_media_key(AppFixture *f, gconstpointer unused)
{
    app_deploy(f, "media:play");
    app_start(f);
    app_perform(f);
    app_await(f, APP_SENT, "\"buzz 100;hid 1,16;hid 1,0\"");
}

static void
test_sends_a_key_of_a_keyboard(AppFixture *f, gconstpointer unused)
{
    app_deploy(f, "key:ctrl+shift+right");
    app_start(f);
    app_perform(f);
    app_await(f, APP_SENT, "\"buzz 100;hid 2,3,0,79,0,0,0,0,0;hid 2,0,0,0,0,0,0,0,0\"");
}

/* The setting says that there are no reports, or others: nothing is sent, and the screen says why.
 */
static void
test_keys_follow_the_watch_s_setting(AppFixture *f, gconstpointer unused)
{
    app_deploy(f, "key:b");
    app_start(f);
    app_run(f, "require(\"Storage\").write(\"setting.json\",'{HID:\"kb\"}')");
    app_perform(f);
    app_await(f, APP_SENT, "\"buzz 100;hid 0,0,5,0,0,0,0,0;hid 0,0,0,0,0,0,0,0\"");
    app_run(f,
            "require(\"Storage\").write(\"setting.json\",'{HID:false}');WaggleVirtual.sent(true)");
    app_perform(f);
    app_assert(f, APP_SENT, "\"buzz 100\"");
    app_assert(f, APP_SCREEN "[1]", "\"Error: choose HID in Settings\"");
}

static void
test_runs_a_script(AppFixture *f, gconstpointer unused)
{
    app_deploy(f, "script:heard=(global.heard||0)+1;var q=\"it's\\n\"");
    app_start(f);
    app_perform(f);
    app_perform(f);
    app_assert(f, "heard", "2");
    app_assert(f, "typeof q", "\"undefined\"");
}

static void
test_a_broken_script_is_shown_and_stops_nothing(AppFixture *f, gconstpointer unused)
{
    app_deploy(f, "script:heard=(global.heard||0)+1;nothing.at.all()");
    app_start(f);
    app_perform(f);
    app_perform(f);
    app_assert(f, "heard", "2");
    app_assert(f, APP_SCREEN ".length", "2");
}

static void
test_tells_other_programs(AppFixture *f, gconstpointer unused)
{
    g_autofree char *expected = NULL;
    g_free(f->deployment->names[f->label]);
    f->deployment->names[f->label] = g_strdup("circle");
    app_deploy(f, "event");
    app_start(f);
    app_run(f, "Bangle.on(\"waggle\",function(e){heard=e;})");
    app_perform(f);
    app_await(f, "typeof global.heard", "\"object\"");
    /* that model's outputs are floats, and told as they are */
    expected = g_strdup_printf(
        "heard.gesture===\"circle\"&&Math.abs(heard.p-(%.9g))<1e-4",
        (double)f->deployment->test_outputs[f->take * f->deployment->n_outputs + f->label]);
    app_assert(f, expected, "true");
}

static void
test_what_means_nothing_does_nothing(AppFixture *f, gconstpointer unused)
{
    f->deployment->other = g_strdup(f->deployment->names[f->label]);
    app_deploy(f, "media:next");
    app_start(f);
    app_perform(f);
    app_assert(f, APP_SCREEN, "[]");
    app_assert(f, APP_SENT, "\"\"");
}

/* The golden model's outputs are no probabilities: the threshold is one between two of them. */
static void
test_holds_its_threshold(AppFixture *f, gconstpointer unused)
{
    const float output = f->deployment->test_outputs[f->take * f->deployment->n_outputs + f->label];
    app_deploy(f, "media:next");
    for (int above = 0; above < 2; above++) {
        g_autofree char *code = g_strdup_printf(
            "var s=require(\"Storage\"),r=s.readJSON(\"waggle.json\");r.threshold=%.9g;"
            "if(global.Waggle)Waggle.stop();global.Waggle=eval(s.read(r.code)).start(r,false)",
            (double)output + (above ? 0.01 : -0.01));
        app_run(f, code);
        app_run(f, "WaggleVirtual.sent(true)");
        app_perform(f);
        app_await(f, APP_SENT, above ? "\"\"" : "\"buzz 100;hid 1,1;hid 1,0\"");
    }
}

static void
test_holds_each_gesture_to_its_own_threshold(AppFixture *f, gconstpointer unused)
{
    const float *outputs = f->deployment->test_outputs + f->take * f->deployment->n_outputs;

    for (int above = 0; above < 2; above++) {
        g_autoptr(GString) thresholds = g_string_new("[");
        g_autofree char *code = NULL;

        /* of all others the contrary */
        for (int i = 0; i < f->deployment->n_outputs; i++)
            g_string_append_printf(thresholds, "%s%.9g", i ? "," : "",
                                   (double)outputs[f->label] +
                                       ((i == f->label) == (above == 1) ? 0.01 : -0.01));
        if (!above)
            app_deploy(f, "media:next");
        code = g_strdup_printf(
            "var s=require(\"Storage\"),r=s.readJSON(\"waggle.json\");r.thresholds=%s];"
            "if(global.Waggle)Waggle.stop();global.Waggle=eval(s.read(r.code)).start(r,false)",
            thresholds->str);
        app_run(f, code);
        app_run(f, "WaggleVirtual.sent(true)");
        app_perform(f);
        app_await(f, APP_SENT, above ? "\"\"" : "\"buzz 100;hid 1,1;hid 1,0\"");
    }
}

static void
test_stores_a_threshold_a_gesture(AppFixture *f, gconstpointer unused)
{
    const int n = f->deployment->n_outputs;
    g_autoptr(GError) error = NULL;

    f->deployment->thresholds = g_new(double, n);
    for (int i = 0; i < n; i++)
        f->deployment->thresholds[i] = i == 0 ? 2 : 0.5 + i / 256.0;
    app_deploy(f, "media:next");
    app_assert(f,
               "require(\"Storage\").readJSON(\"waggle.json\").thresholds.length===JSON.parse("
               "require(\"Storage\").read(\"waggle.json\")).names.length",
               "true");
    app_assert(f, "require(\"Storage\").readJSON(\"waggle.json\").thresholds.slice(0,2)",
               "[2,0.50390625]");
    f->deployment->thresholds[1] = NAN;
    g_assert_false(wg_deployment_check(f->deployment, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_USAGE);
}

static void
test_answers_once_of_several(AppFixture *f, gconstpointer unused)
{
    f->deployment->n_debounce = 2;
    f->deployment->debounce_ms = 60000;
    app_deploy(f, "script:heard=(global.heard||0)+1");
    app_start(f);
    app_perform(f);
    app_assert(f, "global.heard||0", "0");
    for (int i = 0; i < 4; i++)
        app_perform(f);
    app_assert(f, "heard", "1"); /* no silence of a minute came */
}

static void
test_does_nothing_after_stop(AppFixture *f, gconstpointer unused)
{
    app_deploy(f, "media:next");
    app_start(f);
    app_perform(f);
    app_await(f, APP_SENT, "\"buzz 100;hid 1,1;hid 1,0\"");
    app_run(f, "Waggle.stop();g.clear();WaggleVirtual.sent(true);");
    app_perform(f);
    app_assert(f, APP_SCREEN, "[]");
    app_assert(f, APP_SENT, "\"\"");
    app_assert(f, "(Bangle[\"#ongesture\"]||[]).length+(Bangle[\"#onaccel\"]||[]).length", "0");
}

/* Blocks of memory: what starting took comes back, and gestures keep none. */
static void
test_gives_its_memory_back(AppFixture *f, gconstpointer unused)
{
    g_autoptr(GError) error = NULL;
    app_deploy(f, "event");
    app_start(f); /* what the first one makes for good: globals, names, lists of listeners */
    app_perform(f);
    app_run(f, "Waggle.stop();Waggle=undefined;");
    g_autofree char *before = fixture_eval(f->watch, "process.memory().usage", &error);
    g_assert_no_error(error);
    for (int i = 0; i < 5; i++) {
        app_start(f);
        for (int k = 0; k < 5; k++)
            app_perform(f);
        app_run(f, "Waggle.stop();Waggle=undefined;WaggleVirtual.sent(true);");
    }
    g_autofree char *after = fixture_eval(f->watch, "process.memory().usage", &error);
    g_assert_no_error(error);
    /* the heap's own caches: up to 1 kB of the 64-bit heap, 37 blocks of 14 bytes */
    g_assert_cmpint(atoi(after), <=, atoi(before) + 37);
}

static void
test_only_what_is_used_is_uploaded(AppFixture *f, gconstpointer unused)
{
    WgDeployment *d = f->deployment;
    g_autofree char *plain = wg_watch_actions_build_app(d);
    g_assert_null(strstr(plain, "HID"));
    g_assert_null(strstr(plain, "waggleDebounce"));
    g_free(d->actions[0]);
    d->actions[0] = g_strdup("event");
    g_autofree char *event = wg_watch_actions_build_app(d);
    g_assert_nonnull(strstr(event, "waggleEvent"));
    g_assert_null(strstr(event, "HID"));
    g_test_message("code: %zu bytes, with an event %zu", strlen(plain), strlen(event));
}

static void
test_launcher_finds_app_and_icon(AppFixture *f, gconstpointer unused)
{
    app_deploy(f, "none");
    app_assert(f,
               "(function(){var s=require(\"Storage\"),i=s.readJSON(\"waggle.info\"),p=s.read("
               "i.icon);return [i.name,s.read(i.src)!==undefined,p.length,p.charCodeAt(0),"
               "p.charCodeAt(1),p.charCodeAt(2)];})()",
               "[\"Waggle\",true,292,48,48,129]");
}

/* -- the same rule on both sides -------------------------------------------------------------- */

static void
test_debounces_as_the_desktop(AppFixture *f, gconstpointer unused)
{
    g_autofree char *program = wg_program_build("waggleDebounce", WG_PROGRAM_DEBOUNCE, -1);
    g_autofree char *keep = g_strconcat("D=", program, NULL);
    WgRandom random;
    app_run(f, keep);
    wg_random_init(&random, 20260821, 0);
    for (int round = 0; round < 20; round++) {
        const int n = 1 + (int)wg_random_below(&random, 5);
        const double span = 100 + wg_random_below(&random, 900);
        g_autoptr(WgDebounce) debounce = wg_debounce_new(n, span);
        g_autoptr(GString) code = g_string_new(NULL);
        g_autoptr(GString) expected = g_string_new("[");
        double time = 0;
        g_string_printf(code, "(function(){var f=D(%d,%g),o=[];", n, span);
        for (int i = 0; i < 60; i++) {
            double first;
            const int label = (int)wg_random_below(&random, 4) - 1;
            time += wg_random_below(&random, wg_random_below(&random, 8) ? 120 : 1200);
            g_string_append_printf(code, "o.push(f(%g,%d));", time, label);
            g_string_append_printf(expected, "%s%d", i ? "," : "",
                                   wg_debounce_feed(debounce, time, label, &first));
        }
        g_string_append(code, "return o;})()");
        g_string_append_c(expected, ']');
        app_assert(f, code->str, expected->str);
    }
}

static void
test_actions_are_checked(void)
{
    static const char *const good[] = {
        "none",  "event", "media:next", "MEDIA:next",          "media:Louder",
        "key:a", "key:9", "key:f12",    "key:ctrl+alt+delete", "script:1"};
    static const char *const bad[] = {
        "",        "media:",      "media:eject now", "key:", "key:ctrl",
        "key:f13", "key:ctrl++a", "script:",         "beep"};
    for (gsize i = 0; i < G_N_ELEMENTS(good); i++) {
        const gboolean is_upper = g_str_has_prefix(good[i], "MEDIA");
        g_assert_cmpint(wg_watch_action_check(good[i], NULL), ==, !is_upper);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_false(wg_watch_action_check(bad[i], &error));
        g_assert_nonnull(error);
    }
    for (int i = 0; wg_watch_action_media[i]; i++) {
        g_autofree char *text = g_strconcat("media:", wg_watch_action_media[i], NULL);
        g_assert_true(wg_watch_action_check(text, NULL));
    }
    for (int i = 0; wg_watch_action_keys[i]; i++) {
        g_autofree char *text = g_strconcat("key:", wg_watch_action_keys[i], NULL);
        g_assert_true(wg_watch_action_check(text, NULL));
    }
}

int
main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*func)(AppFixture *f, gconstpointer unused);
    } tests[] = {
        {"shows-the-name-and-buzzes", test_shows_the_name_and_buzzes},
        {"sends-a-media-key", test_sends_a_media_key},
        {"sends-a-key-of-a-keyboard", test_sends_a_key_of_a_keyboard},
        {"keys-follow-the-watch-s-setting", test_keys_follow_the_watch_s_setting},
        {"runs-a-script", test_runs_a_script},
        {"a-broken-script-is-shown-and-stops-nothing",
         test_a_broken_script_is_shown_and_stops_nothing},
        {"tells-other-programs", test_tells_other_programs},
        {"what-means-nothing-does-nothing", test_what_means_nothing_does_nothing},
        {"holds-its-threshold", test_holds_its_threshold},
        {"holds-each-gesture-to-its-own-threshold", test_holds_each_gesture_to_its_own_threshold},
        {"stores-a-threshold-a-gesture", test_stores_a_threshold_a_gesture},
        {"answers-once-of-several", test_answers_once_of_several},
        {"does-nothing-after-stop", test_does_nothing_after_stop},
        {"gives-its-memory-back", test_gives_its_memory_back},
        {"only-what-is-used-is-uploaded", test_only_what_is_used_is_uploaded},
        {"launcher-finds-app-and-icon", test_launcher_finds_app_and_icon},
        {"debounces-as-the-desktop", test_debounces_as_the_desktop},
    };
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(tests); i++) {
        g_autofree char *path = g_strdup_printf("/device/app/%s", tests[i].name);
        g_test_add(path, AppFixture, NULL, app_set_up, tests[i].func, app_tear_down);
    }
    g_test_add_func("/device/app/actions-are-checked", test_actions_are_checked);
    return g_test_run();
}
