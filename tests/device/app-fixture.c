/* Deploys, starts and performs for the tests of the watch's app. */
#include "app-fixture.h"
#include "base/file.h"

#define TRIES 20000 /* of asking again until something has happened */

static void
store(AppFixture *f, const char *file, const char *text)
{
    g_autofree char *path = g_build_filename(f->folder, file, NULL);
    g_autoptr(GError) error = NULL;
    g_file_set_contents(path, text, -1, &error);
    g_assert_no_error(error);
}

static void
find_sure(AppFixture *f)
{
    const WgDeployment *d = f->deployment;
    for (f->take = 0; f->take < d->n_tests; f->take++)
        for (f->label = 0; f->label < d->n_outputs; f->label++)
            if (d->test_outputs[f->take * d->n_outputs + f->label] > 64)
                return;
    g_assert_not_reached();
}

void
app_set_up(AppFixture *f, gconstpointer unused)
{
    g_autoptr(GError) error = NULL;
    f->folder = g_dir_make_tmp("waggle-app-XXXXXX", &error);
    g_assert_no_error(error);
    store(f, "setting.json", "{\"HID\":\"kbmedia\"}");
    store(f, "%2Eboot0", APP_KEYS_ON);
    f->address = fixture_virtual_address(f->folder, "");
    f->watch = fixture_watch_new(f->address);
    f->deployment = fixture_golden_deployment(WG_DEPLOY_APP, 20);
    f->deployment->actions = g_new0(char *, f->deployment->n_outputs + 1);
    for (int i = 0; i < f->deployment->n_outputs; i++)
        f->deployment->actions[i] = g_strdup("none");
    find_sure(f);
    fixture_connect(f->watch, &error);
    g_assert_no_error(error);
}

void
app_tear_down(AppFixture *f, gconstpointer unused)
{
    wg_watch_disconnect(f->watch);
    g_object_unref(f->watch);
    wg_deployment_free(f->deployment);
    wg_file_remove_folder(f->folder);
    g_free(f->folder);
    g_free(f->address);
}

void
app_run(AppFixture *f, const char *code)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *expression = g_strdup_printf("(function(){%s;return 1;})()", code);
    g_free(fixture_eval(f->watch, expression, &error));
    g_assert_no_error(error);
}

void
app_assert(AppFixture *f, const char *expression, const char *expected)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *value = fixture_eval(f->watch, expression, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(value, ==, expected);
}

void
app_await(AppFixture *f, const char *expression, const char *expected)
{
    for (int i = 0; i < TRIES; i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *value = fixture_eval(f->watch, expression, &error);
        g_assert_no_error(error);
        if (g_strcmp0(value, expected) == 0)
            return;
    }
    app_assert(f, expression, expected);
}

void
app_deploy(AppFixture *f, const char *action)
{
    g_autoptr(GError) error = NULL;
    WgDeployReport report = {0};
    g_free(f->deployment->actions[f->label]);
    f->deployment->actions[f->label] = g_strdup(action);
    fixture_deploy(f->watch, f->deployment, &report, &error);
    g_assert_no_error(error);
    g_assert_cmpint(report.n_equal, ==, 20);
}

void
app_start(AppFixture *f)
{
    app_run(f, "var s=require(\"Storage\"),r=s.readJSON(\"waggle.json\");"
               "global.Waggle=eval(s.read(r.code)).start(r,false)");
}

void
app_perform(AppFixture *f)
{
    const gint8 *samples = f->deployment->test_inputs + f->take * f->deployment->n_inputs;
    g_autofree char *bytes =
        g_base64_encode((const guchar *)samples, (gsize)f->deployment->n_inputs);
    g_autofree char *code =
        g_strdup_printf("var b=atob(\"%s\"),a=new Int8Array(150),i;for(i=0;i<150;i++)"
                        "a[i]=b.charCodeAt(i);Bangle.emit(\"gesture\",a)",
                        bytes);
    app_run(f, code);
}
