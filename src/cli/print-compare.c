/* Prints the methods of "compare", one a line, and what follows. */
#include "cli/printer.h"

static void
print(JsonObject *result)
{
    JsonArray *methods = json_object_get_array_member(result, "methods");
    const gboolean has_spread = json_object_get_int_member(result, "seeds") > 1;

    for (guint i = 0; i < json_array_get_length(methods); i++) {
        JsonObject *row = json_array_get_object_element(methods, i);

        g_print("%6.1f %%", 100 * json_object_get_double_member(row, "accuracy"));
        if (has_spread)
            g_print(" ± %.1f", 100 * json_object_get_double_member(row, "spread"));
        g_print("  %s (%.1f s)\n", json_object_get_string_member(row, "name"),
                json_object_get_double_member(row, "seconds"));
    }
    wg_print_text(json_object_get_string_member(result, "advice"));
    g_print("\n");
}

const WgPrinter wg_printer_compare = {"compare", print, NULL};
