/* Tests of the choice between a network from a base and one from nothing. */
#include "workbench/personalise.h"

#include "base/error.h"
#include "gestures.h"

#include <string.h>

#define N_LABELS 4

/* Trained on many takes of the very gestures: the best base there can be. */
static WgNetwork *
make_base(void)
{
    g_autoptr(GPtrArray) takes = test_gestures(N_LABELS, 40, 0.3, NULL, 1);
    g_autoptr(WgDataset) dataset = test_dataset(takes);
    g_autoptr(WgWindows) windows = wg_windows_new(dataset, NULL, 0);
    WgTrainOptions options = wg_transfer_plain_options();

    options.epochs = 40;
    options.n_threads = 2;
    return wg_transfer_train_plain(windows, &options, NULL, NULL);
}

/* One whose features are always the same: no head can tell anything by them. */
static WgNetwork *
make_dead_base(void)
{
    WgNetwork *network = make_base();

    memset(wg_network_get_parameters(network), 0,
           sizeof(float) * (gsize)wg_network_get_n_parameters(network));
    return network;
}

static WgPersonal *
personalise(const WgNetwork *base, double noise, int n_threads)
{
    g_autoptr(GPtrArray) takes = test_gestures(N_LABELS, 4, noise, NULL, 9);
    g_autoptr(WgDataset) dataset = test_dataset(takes);
    WgPersonalOptions options = wg_personal_options();
    g_autoptr(GError) error = NULL;
    WgPersonal *personal;

    options.n_repeats = 2;
    options.n_threads = n_threads;
    options.plain.epochs = 60;
    options.personal.epochs = 30;
    personal = wg_personal_new(base, dataset, &options, NULL, NULL, &error);
    g_assert_no_error(error);
    return personal;
}

static void
test_helps(void)
{
    g_autoptr(WgNetwork) base = make_base();
    g_autoptr(WgPersonal) personal = personalise(base, 0.5, 2);
    g_autofree char *advice = wg_personal_dup_advice(personal);

    g_test_message("personal %.3f, plain %.3f", personal->personal.accuracy,
                   personal->plain.accuracy);
    g_assert_true(personal->is_personal);
    g_assert_cmpfloat(personal->personal.accuracy, >, personal->plain.accuracy + 0.1);
    g_assert_cmpfloat(personal->gain, >, 0.1);
    g_assert_cmpint(personal->n_takes, ==, 4 * N_LABELS);
    g_assert_nonnull(strstr(advice, "Beginning from the base helps"));
}

static void
test_does_not_help(void)
{
    g_autoptr(WgNetwork) base = make_dead_base();
    g_autoptr(WgPersonal) personal = personalise(base, 0.1, 2);
    g_autofree char *advice = wg_personal_dup_advice(personal);

    g_test_message("personal %.3f, plain %.3f", personal->personal.accuracy,
                   personal->plain.accuracy);
    g_assert_false(personal->is_personal);
    g_assert_cmpfloat(personal->plain.accuracy, >, personal->personal.accuracy + 0.2);
    g_assert_nonnull(strstr(advice, "The base does not help"));
}

static void
test_threads(void)
{
    g_autoptr(WgNetwork) base = make_base();
    g_autoptr(WgPersonal) one = personalise(base, 0.5, 1);
    g_autoptr(GBytes) bytes = wg_network_serialize(one->network);
    const int n_threads[] = {2, 5};

    for (guint i = 0; i < G_N_ELEMENTS(n_threads); i++) {
        g_autoptr(WgPersonal) more = personalise(base, 0.5, n_threads[i]);
        g_autoptr(GBytes) same = wg_network_serialize(more->network);

        g_assert_true(g_bytes_equal(bytes, same));
        g_assert_cmpfloat(one->gain, ==, more->gain);
        g_assert_cmpfloat(one->personal.spread, ==, more->personal.spread);
        g_assert_cmpfloat(one->plain.accuracy, ==, more->plain.accuracy);
    }
}

static void
refuse(int n_labels, int n_each, int code, const char *words)
{
    g_autoptr(WgNetwork) base = make_dead_base();
    g_autoptr(GPtrArray) takes = test_gestures(n_labels, n_each, 0.1, NULL, 1);
    g_autoptr(WgDataset) dataset = test_dataset(takes);
    const WgPersonalOptions options = wg_personal_options();
    g_autoptr(GError) error = NULL;

    g_assert_null(wg_personal_new(base, dataset, &options, NULL, NULL, &error));
    g_assert_error(error, WG_ERROR, code);
    g_assert_nonnull(strstr(error->message, words));
}

static void
test_refusals(void)
{
    refuse(3, 2, WG_ERROR_TOO_SHORT, "“a” has 2 of the 3 takes");
    refuse(1, 5, WG_ERROR_MISSING, "takes of 2 gestures at least");
}

static void
test_cancel(void)
{
    g_autoptr(WgNetwork) base = make_dead_base();
    g_autoptr(GPtrArray) takes = test_gestures(2, 3, 0.1, NULL, 1);
    g_autoptr(WgDataset) dataset = test_dataset(takes);
    const WgPersonalOptions options = wg_personal_options();
    g_autoptr(GCancellable) cancellable = g_cancellable_new();
    g_autoptr(GError) error = NULL;

    g_cancellable_cancel(cancellable);
    g_assert_null(wg_personal_new(base, dataset, &options, NULL, cancellable, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/workbench/personalise/chooses-the-base-where-it-helps", test_helps);
    g_test_add_func("/workbench/personalise/chooses-none-where-it-does-not", test_does_not_help);
    g_test_add_func("/workbench/personalise/equal-bits-at-1-2-and-5-threads", test_threads);
    g_test_add_func("/workbench/personalise/refuses-too-few-takes", test_refusals);
    g_test_add_func("/workbench/personalise/cancel-ends-it", test_cancel);
    return g_test_run();
}
