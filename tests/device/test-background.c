/* The app behind the clock: there when it is asked for, and out of every other app's way. */
#include "app-fixture.h"

/* What the app loader's boot code is made of, and a clock. */
static void
start_clock(AppFixture *f)
{
    app_run(f, "var s=require(\"Storage\");s.write(\".boot0\",\"" APP_KEYS_ON ";\"+"
               "s.read(\"waggle.boot.js\")+\";\");s.write(\".bootcde\",\"Bangle.setUI('clock')\");"
               "s.write(\"other.app.js\",\"isApp=1\");setTimeout(load,0);");
    app_await(f, "Bangle.CLOCK", "1");
}

static void
test_recognises_behind_the_clock(AppFixture *f, gconstpointer unused)
{
    f->deployment->in_background = TRUE;
    app_deploy(f, "media:next");
    start_clock(f);
    app_await(f, "typeof global.WaggleApp", "\"object\"");
    app_perform(f);
    app_await(f, APP_SENT, "\"buzz 100;hid 1,1;hid 1,0\"");
    app_assert(f, APP_SCREEN, "[]");
    app_assert(f, "(Bangle[\"#onaccel\"]||[]).length", "0"); /* the sensor may slow down */
    app_run(f, "WaggleVirtual.sent(true);Bangle.setUI();");
    app_perform(f); /* an app came without a restart */
    app_assert(f, APP_SENT, "\"\"");
}

static void
test_gives_way_to_an_app(AppFixture *f, gconstpointer unused)
{
    f->deployment->in_background = TRUE;
    app_deploy(f, "media:next");
    start_clock(f);
    app_await(f, "typeof global.WaggleApp", "\"object\"");
    app_run(f, "setTimeout(load,0,\"other.app.js\");");
    app_await(f, "typeof isApp", "\"number\"");
    app_run(f, "setTimeout(function(){waited=1;},4000);");
    app_await(f, "typeof waited", "\"number\"");
    app_assert(f, "typeof global.WaggleApp", "\"undefined\"");
}

static void
test_background_can_be_switched_off(AppFixture *f, gconstpointer unused)
{
    f->deployment->in_background = TRUE;
    app_deploy(f, "media:next");
    app_run(f, "setTimeout(load,0,\"waggle.app.js\");");
    app_await(f, "typeof global.WaggleApp", "\"object\"");
    app_run(f, "Bangle.emit(\"touch\");");
    app_assert(f, "require(\"Storage\").read(\"waggle.off\")", "\"1\"");
    start_clock(f);
    app_run(f, "setTimeout(function(){waited=1;},4000);");
    app_await(f, "typeof waited", "\"number\"");
    app_assert(f, "typeof global.WaggleApp", "\"undefined\"");
}

static void
test_button_leaves_the_app(AppFixture *f, gconstpointer unused)
{
    app_deploy(f, "none");
    app_run(f, "setTimeout(load,0,\"waggle.app.js\");");
    app_await(f, "typeof global.WaggleApp", "\"object\"");
    app_run(f, "WaggleVirtual.press();");
    app_await(f, "typeof global.WaggleApp", "\"undefined\"");
}

int
main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*func)(AppFixture *f, gconstpointer unused);
    } tests[] = {
        {"recognises-behind-the-clock", test_recognises_behind_the_clock},
        {"gives-way-to-an-app", test_gives_way_to_an_app},
        {"can-be-switched-off", test_background_can_be_switched_off},
        {"button-leaves-the-app", test_button_leaves_the_app},
    };
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(tests); i++) {
        g_autofree char *path = g_strdup_printf("/device/background/%s", tests[i].name);
        g_test_add(path, AppFixture, NULL, app_set_up, tests[i].func, app_tear_down);
    }
    return g_test_run();
}
