/* Principal components of rows whose directions are known. */
#include "dataset/principal.h"

#include "base/random.h"

#include <math.h>
#include <string.h>

#define N 400

/* Along (3, 4) / 5 with spread 5, across with spread 1, a third column that never changes. */
static float *
make_ellipse(void)
{
    float *rows = g_new(float, N * 3);

    for (int i = 0; i < N; i++) {
        const double turn = 2 * G_PI * i / N;
        const double along = 5 * sin(turn), across = cos(turn);

        rows[3 * i] = (float)(7 + 0.6 * along - 0.8 * across);
        rows[3 * i + 1] = (float)(-2 + 0.8 * along + 0.6 * across);
        rows[3 * i + 2] = 11;
    }
    return rows;
}

static void
test_an_ellipse_has_its_axes(void)
{
    g_autofree float *rows = make_ellipse();
    g_autoptr(WgPrincipal) principal = wg_principal_new(rows, N, 3, 3, NULL, NULL);

    g_assert_cmpint(principal->n_components, ==, 2);
    g_assert_cmpfloat_with_epsilon(principal->shares[0], 25 / 26.0, 1e-6);
    g_assert_cmpfloat_with_epsilon(principal->shares[1], 1 / 26.0, 1e-6);
    for (int i = 0; i < N; i++) {
        const double turn = 2 * G_PI * i / N;

        /* floats of 10 have 6 decimals; a direction's sign is that of its largest value */
        g_assert_cmpfloat_with_epsilon(principal->scores[2 * i], 5 * sin(turn), 1e-4);
        g_assert_cmpfloat_with_epsilon(principal->scores[2 * i + 1], -cos(turn), 1e-4);
    }
}

static void
test_same_rows_same_bits(void)
{
    g_autofree float *rows = g_new(float, N * 20);
    g_autoptr(WgPrincipal) a = NULL;
    g_autoptr(WgPrincipal) b = NULL;
    WgRandom random;

    wg_random_init(&random, 3, 0);
    for (int i = 0; i < N * 20; i++)
        rows[i] = wg_random_normal(&random) * (float)(1 + i % 20);
    a = wg_principal_new(rows, N, 20, 6, NULL, NULL);
    b = wg_principal_new(rows, N, 20, 6, NULL, NULL);
    g_assert_cmpint(a->n_components, ==, 6);
    g_assert_cmpint(memcmp(a->scores, b->scores, sizeof(float) * N * 6), ==, 0);
    for (int v = 1; v < 6; v++)
        g_assert_cmpfloat(a->shares[v], <=, a->shares[v - 1]);
}

static void
test_rows_all_the_same_have_no_direction(void)
{
    const float rows[] = {1, 2, 1, 2, 1, 2};
    g_autoptr(WgPrincipal) same = wg_principal_new(rows, 3, 2, 2, NULL, NULL);
    g_autoptr(WgPrincipal) one = wg_principal_new(rows, 1, 2, 2, NULL, NULL);
    g_autoptr(WgPrincipal) none = wg_principal_new(rows, 0, 2, 2, NULL, NULL);

    g_assert_cmpint(same->n_components, ==, 0);
    g_assert_cmpint(one->n_components, ==, 0);
    g_assert_cmpint(none->n_components, ==, 0);
}

static void
test_standardised_columns_have_spread_one(void)
{
    g_autofree float *rows = make_ellipse();
    double sums[3] = {0}, squares[3] = {0};

    wg_principal_standardise(rows, N, 3);
    for (int i = 0; i < 3 * N; i++) {
        sums[i % 3] += rows[i];
        squares[i % 3] += rows[i] * rows[i];
    }
    for (int c = 0; c < 3; c++) {
        g_assert_cmpfloat_with_epsilon(sums[c] / N, 0, 1e-5);
        g_assert_cmpfloat_with_epsilon(squares[c] / N, c == 2 ? 0 : 1, 1e-5);
    }
}

static void
test_can_be_stopped(void)
{
    g_autofree float *rows = make_ellipse();
    g_autoptr(GCancellable) cancellable = g_cancellable_new();
    g_autoptr(GError) error = NULL;

    g_cancellable_cancel(cancellable);
    g_assert_null(wg_principal_new(rows, N, 3, 2, cancellable, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main(int argc, char *argv[])
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dataset/principal/an-ellipse-has-its-axes", test_an_ellipse_has_its_axes);
    g_test_add_func("/dataset/principal/same-rows-same-bits", test_same_rows_same_bits);
    g_test_add_func("/dataset/principal/rows-all-the-same-have-no-direction",
                    test_rows_all_the_same_have_no_direction);
    g_test_add_func("/dataset/principal/standardised-columns-have-spread-one",
                    test_standardised_columns_have_spread_one);
    g_test_add_func("/dataset/principal/can-be-stopped", test_can_be_stopped);
    return g_test_run();
}
