/* Prints the groups and the mean of "cross-validate". */
#include "cli/printer.h"

#include <math.h>

#define N_PAIRS_SHOWN 5

static double
spread(JsonArray *values, double *mean)
{
    const guint n = json_array_get_length(values);
    double sum = 0, squares = 0;

    for (guint i = 0; i < n; i++)
        sum += json_array_get_double_element(values, i);
    *mean = sum / n;
    for (guint i = 0; i < n; i++) {
        const double d = json_array_get_double_element(values, i) - *mean;

        squares += d * d;
    }
    return n > 1 ? sqrt(squares / (n - 1)) : 0;
}

static void
print(JsonObject *result)
{
    JsonArray *groups = json_object_get_array_member(result, "groups");
    JsonObject *worst = json_object_get_object_member(result, "worst");
    double mean = 0;
    const double deviation = spread(json_object_get_array_member(result, "seeds"), &mean);

    for (guint i = 0; i < json_array_get_length(groups); i++) {
        JsonObject *group = json_array_get_object_element(groups, i);

        g_print("%6.1f %%  of %d  ", 100 * json_object_get_double_member(group, "accuracy"),
                (int)json_object_get_int_member(group, "n"));
        wg_print_text(json_object_get_string_member(group, "name"));
        g_print("\n");
    }
    wg_print_matrix(result);
    wg_print_pairs(result, N_PAIRS_SHOWN);
    g_print("%s: %.1f %% right, %d of %d wrong; spread over seeds %.2f points; worst %.1f %%: ",
            json_object_get_string_member(result, "model"), 100 * mean,
            (int)json_object_get_int_member(result, "errors"),
            (int)json_object_get_int_member(result, "n"), 100 * deviation,
            100 * json_object_get_double_member(worst, "accuracy"));
    wg_print_text(json_object_get_string_member(worst, "name"));
    g_print(" (%.1f s)\n", json_object_get_double_member(result, "seconds"));
    if (json_object_has_member(result, "note")) {
        wg_print_text(json_object_get_string_member(result, "note"));
        g_print("\n");
    }
}

const WgPrinter wg_printer_cross_validate = {"cross-validate", print, NULL};
