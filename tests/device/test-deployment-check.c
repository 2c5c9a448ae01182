/* What no watch can take is refused before anything is sent, by both numbers. */
#include "base/error.h"
#include "device/deploy-record.h"

#include <string.h>

static char *names[] = {(char *)"up", (char *)"down", NULL};
static double thresholds[] = {0.5, 0.5};

static WgDeployment
make(WgDeployMode mode, gsize n_bytes)
{
    return (WgDeployment){.mode = mode,
                          .tflite = g_bytes_new_take(g_malloc0(MAX(n_bytes, 1)), n_bytes),
                          .names = names,
                          .threshold = 0.5,
                          .n_tests = 1,
                          .n_inputs = 150,
                          .n_outputs = 2};
}

/* Takes the deployment's model. */
static void
assert_refused(const WgDeployment *d, int code, const char *says)
{
    g_autoptr(GBytes) model = d->tflite;
    g_autoptr(GError) error = NULL;

    g_assert_false(wg_deployment_check(d, &error));
    g_assert_error(error, WG_ERROR, code);
    g_assert_null(strchr(error->message, '\n'));
    if (!strstr(error->message, says))
        g_error("“%s” does not say “%s”", error->message, says);
}

static void
test_takes_what_fits(void)
{
    for (int mode = WG_DEPLOY_APP; mode <= WG_DEPLOY_BUILTIN; mode++) {
        WgDeployment d = make((WgDeployMode)mode, 500000);
        g_autoptr(GBytes) model = d.tflite;
        g_autoptr(GError) error = NULL;

        d.thresholds = thresholds;
        g_assert_true(wg_deployment_check(&d, &error));
        g_assert_no_error(error);
    }
}

static void
test_size(void)
{
    WgDeployment empty = make(WG_DEPLOY_APP, 0), large = make(WG_DEPLOY_APP, 500001);

    assert_refused(&empty, WG_ERROR_INPUT, "has 0 bytes, a watch takes 1 to 500000");
    assert_refused(&large, WG_ERROR_INPUT, "has 500001 bytes, a watch takes 1 to 500000");
}

static void
test_thresholds(void)
{
    static const double wrong[] = {-0.01, 1.01, G_MAXDOUBLE};

    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        WgDeployment d = make(WG_DEPLOY_APP, 100);

        d.threshold = wrong[i];
        assert_refused(&d, WG_ERROR_USAGE, "not from 0 to 1");
    }
    for (int i = 0; i < 2; i++) {
        WgDeployment d = make(WG_DEPLOY_APP, 100);
        double each[] = {0.5, 0.5};
        g_autofree char *says = g_strdup_printf("the threshold of “%s” is -1", names[i]);

        each[i] = -1;
        d.thresholds = each;
        assert_refused(&d, WG_ERROR_USAGE, says);
    }
}

static void
test_names(void)
{
    static char *three[] = {(char *)"a", (char *)"b", (char *)"c", NULL}, *none[] = {NULL};
    g_autofree char *endless = g_strnfill(2000, 'x');
    char *most[] = {endless, (char *)"b", NULL}, *comma[] = {(char *)"a,b", (char *)"c", NULL};
    WgDeployment more = make(WG_DEPLOY_APP, 100), fewer = make(WG_DEPLOY_APP, 100);
    WgDeployment longer = make(WG_DEPLOY_APP, 100), parted = make(WG_DEPLOY_BUILTIN, 100);

    more.names = three;
    assert_refused(&more, WG_ERROR_INPUT, "has 2 outputs, there are 3 names");
    fewer.names = none;
    assert_refused(&fewer, WG_ERROR_INPUT, "has 2 outputs, there are 0 names");
    longer.names = most;
    assert_refused(&longer, WG_ERROR_INPUT, "take 2003 bytes, a watch takes 2000");
    parted.names = comma;
    assert_refused(&parted, WG_ERROR_INPUT, "“a,b” has a comma");
}

static void
test_self_test(void)
{
    WgDeployment d = make(WG_DEPLOY_APP, 100);

    d.n_inputs = 0;
    assert_refused(&d, WG_ERROR_INPUT, "a self-test of 0 inputs and 2 outputs");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/device/deployment-check/takes-what-fits", test_takes_what_fits);
    g_test_add_func("/device/deployment-check/refuses-a-size-that-is-none", test_size);
    g_test_add_func("/device/deployment-check/refuses-thresholds-out-of-range", test_thresholds);
    g_test_add_func("/device/deployment-check/refuses-names-that-do-not-fit", test_names);
    g_test_add_func("/device/deployment-check/refuses-a-self-test-of-nothing", test_self_test);
    return g_test_run();
}
