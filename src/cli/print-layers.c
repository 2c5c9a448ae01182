/* Prints the layers of "layers", one a line, and what its filters look for. */
#include "cli/printer.h"

static void
print_row(JsonObject *row)
{
    JsonArray *shape = json_object_get_array_member(row, "shape");

    g_print("%3d  %-18s %3d x %-3d", (int)json_object_get_int_member(row, "layer"),
            json_object_get_string_member(row, "op"), (int)json_array_get_int_element(shape, 0),
            (int)json_array_get_int_element(shape, 1));
    if (json_object_has_member(row, "float"))
        g_print("  largest difference %6.2f steps, mean %5.2f, %d saturated",
                json_object_get_double_member(row, "largest_steps"),
                json_object_get_double_member(row, "mean_steps"),
                (int)json_object_get_int_member(row, "saturated"));
    g_print("\n");
    if (json_object_has_member(row, "weights")) {
        JsonObject *weights = json_object_get_object_member(row, "weights");
        JsonArray *histogram = json_object_get_array_member(weights, "histogram");

        g_print("     %d weights, from -127 to 127:",
                (int)json_object_get_int_member(weights, "n"));
        for (guint i = 0; i < json_array_get_length(histogram); i++)
            g_print(" %d", (int)json_array_get_int_element(histogram, i));
        g_print("\n");
    }
}

static void
print_answer(JsonObject *result, const char *name)
{
    JsonObject *answer = json_object_get_object_member(result, name);

    g_print("%s: ", name);
    wg_print_text(json_object_get_string_member(answer, "label"));
    g_print(" %.3f\n", json_object_get_double_member(answer, "p"));
}

static void
print(JsonObject *result)
{
    JsonArray *filters = json_object_has_member(result, "filters")
                             ? json_object_get_array_member(result, "filters")
                             : NULL;

    g_print("take %d, ", (int)json_object_get_int_member(result, "take"));
    wg_print_text(json_object_get_string_member(result, "label"));
    g_print("\n");
    print_answer(result, "float");
    print_answer(result, "int8");
    wg_print_text(json_object_get_string_member(result, "words"));
    g_print("\n");
    for (guint i = 0; filters && i < json_array_get_length(filters); i++) {
        JsonObject *filter = json_array_get_object_element(filters, i);

        g_print("filter %u responds most (%.2f) to ", i,
                json_object_get_double_member(filter, "value"));
        wg_print_text(json_object_get_string_member(filter, "label"));
        g_print(", take %d from sample %d on\n", (int)json_object_get_int_member(filter, "take"),
                (int)json_object_get_int_member(filter, "at"));
    }
}

const WgPrinter wg_printer_layers = {"layers", print, print_row};
