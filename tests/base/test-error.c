/* Errors that workers left: one is told, none is lost or leaks. */
#include "base/error.h"

static void
test_tells_first(void)
{
    g_autoptr(GError) error = NULL;
    GError *errors[4] = {NULL};

    errors[1] = g_error_new_literal(WG_ERROR, WG_ERROR_INPUT, "the second");
    errors[3] = g_error_new_literal(WG_ERROR, WG_ERROR_MISSING, "the last");
    g_assert_false(wg_error_propagate_first(errors, 4, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_INPUT);
    g_assert_cmpstr(error->message, ==, "the second");
    for (int i = 0; i < 4; i++)
        g_assert_null(errors[i]);
}

static void
test_is_good_without(void)
{
    g_autoptr(GError) error = NULL;
    GError *errors[3] = {NULL};

    g_assert_true(wg_error_propagate_first(errors, 3, &error));
    g_assert_true(wg_error_propagate_first(NULL, 0, &error));
    g_assert_no_error(error);
}

static void
test_frees_untold(void)
{
    GError *errors[2] = {NULL};

    errors[0] = g_error_new_literal(WG_ERROR, WG_ERROR_INPUT, "the first");
    errors[1] = g_error_new_literal(WG_ERROR, WG_ERROR_INPUT, "the second");
    g_assert_false(wg_error_propagate_first(errors, 2, NULL));
    g_assert_null(errors[0]);
    g_assert_null(errors[1]);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/base/error/tells-first-of-many", test_tells_first);
    g_test_add_func("/base/error/is-good-without-any", test_is_good_without);
    g_test_add_func("/base/error/frees-what-nobody-asks-for", test_frees_untold);
    return g_test_run();
}
