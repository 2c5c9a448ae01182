/* Tests of what a comparison of forms comes to, on answers made by hand. */
#include "workbench/compare-forms.h"

#include <math.h>

/* 20 answers of two seeds to three gestures. */
#define N 20

typedef struct {
    WgForms forms;
    WgForm form[2];
    int truth[N], seeds[N], right[N], wrong[N];
    char *labels[4];
} Made;

/* The second form has those wrong that are told. */
static void
made_init(Made *made, const int *wrong, int n_wrong)
{
    *made = (Made){.labels = {(char *)"circle", (char *)"punch", (char *)"wave", NULL}};
    for (int i = 0; i < N; i++) {
        made->truth[i] = made->right[i] = made->wrong[i] = i % 2;
        made->seeds[i] = 1 + i / 10;
    }
    for (int k = 0; k < n_wrong; k++)
        made->wrong[wrong[k]] = 2;
    made->form[0] = (WgForm){.as_float = made->right, .as_int8 = made->right};
    made->form[1] = (WgForm){.as_int8 = made->wrong, .bytes = 7, .n_weights = 5, .n_nonzero = 4};
    made->forms = (WgForms){.forms = made->form,
                            .n_forms = 2,
                            .n = N,
                            .n_seeds = 2,
                            .truth = made->truth,
                            .seeds = made->seeds,
                            .labels = made->labels};
}

static void
test_measure(void)
{
    const int wrong[] = {1, 3, 11};
    double accuracies[2];
    Made made;

    made_init(&made, wrong, 3);
    g_assert_cmpfloat(wg_forms_measure(&made.forms, made.wrong, accuracies), ==, 1 - 3.0 / N);
    g_assert_cmpfloat_with_epsilon(accuracies[0], 0.8, 1e-12);
    g_assert_cmpfloat_with_epsilon(accuracies[1], 0.9, 1e-12);
}

static void
test_chance(void)
{
    const int few[] = {1, 3}, evenly[] = {1, 3, 11, 13};
    Made made;

    /* nothing is apart: no chance at all */
    made_init(&made, few, 0);
    g_assert_cmpfloat(wg_forms_get_chance(&made.forms, made.right, made.wrong), ==, 0);
    made_init(&made, evenly, 4);
    g_assert_cmpfloat_with_epsilon(wg_forms_get_chance(&made.forms, made.right, made.wrong),
                                   2 * sqrt(4) / N, 1e-12);
    /* against itself only the spread over seeds is left: 0.8 and 1 */
    made_init(&made, few, 2);
    g_assert_cmpfloat_with_epsilon(wg_forms_get_chance(&made.forms, made.wrong, made.wrong),
                                   sqrt(0.02), 1e-12);
}

static void
test_row(void)
{
    const int wrong[] = {1, 3, 11};
    g_autoptr(JsonObject) row = NULL;
    JsonObject *worst;
    Made made;

    made_init(&made, wrong, 3);
    row = wg_forms_describe_row(&made.forms, 1);
    worst = json_object_get_object_member(row, "worst");
    g_assert_cmpint(json_object_get_int_member(row, "errors"), ==, 3);
    g_assert_cmpstr(json_object_get_string_member(worst, "label"), ==, "punch");
    g_assert_cmpfloat_with_epsilon(json_object_get_double_member(worst, "recall"), 0.7, 1e-12);
    g_assert_cmpfloat_with_epsilon(json_object_get_double_member(row, "difference"), -0.15, 1e-12);
    /* of -0.2 and -0.1 */
    g_assert_cmpfloat_with_epsilon(json_object_get_double_member(row, "difference_spread"),
                                   sqrt(0.005), 1e-12);
    g_assert_cmpint(json_object_get_int_member(row, "bytes"), ==, 7);
    g_assert_cmpint(json_object_get_int_member(row, "nonzero"), ==, 4);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/workbench/forms/accuracy-is-told-of-each-seed", test_measure);
    g_test_add_func("/workbench/forms/chance-is-what-is-apart-or-varies", test_chance);
    g_test_add_func("/workbench/forms/row-tells-worst-gesture-and-difference", test_row);
    return g_test_run();
}
