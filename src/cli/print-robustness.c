/* Prints the curves of "robustness" and what the model bears least. */
#include "cli/printer.h"

static void
print(JsonObject *result)
{
    JsonArray *curves = json_object_get_array_member(result, "curves");
    const int n_opened = (int)json_object_get_int_member_with_default(result, "test_opened", 0);

    for (guint k = 0; k < json_array_get_length(curves); k++) {
        JsonObject *curve = json_array_get_object_element(curves, k);
        JsonArray *points = json_object_get_array_member(curve, "points");

        g_print("%s (%s)\n", json_object_get_string_member(curve, "name"),
                json_object_get_string_member(curve, "unit"));
        for (guint i = 0; i < json_array_get_length(points); i++) {
            JsonObject *point = json_array_get_object_element(points, i);

            g_print("%8.2f  %6.1f %%\n", json_object_get_double_member(point, "value"),
                    100 * json_object_get_double_member(point, "accuracy"));
        }
    }
    g_print("\n%s on %s: ", json_object_get_string_member(result, "model"),
            json_object_get_string_member(result, "on"));
    wg_print_count(json_object_get_int_member(result, "n"), "take", "takes");
    g_print("\n%s\n", json_object_get_string_member(result, "advice"));
    if (n_opened > 0) {
        g_print("the test split was opened ");
        wg_print_count(n_opened, "time\n", "times\n");
    }
}

const WgPrinter wg_printer_robustness = {"robustness", print, NULL};
