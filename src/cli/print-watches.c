/* Prints the watches that are near, one a line. */
#include "cli/printer.h"

static void
print(JsonObject *result)
{
    JsonArray *watches = json_object_get_array_member(result, "watches");

    for (guint i = 0; i < json_array_get_length(watches); i++) {
        JsonObject *watch = json_array_get_object_element(watches, i);
        const char *name = json_object_get_string_member_with_default(watch, "name", NULL);
        const char *trouble = json_object_get_string_member_with_default(watch, "trouble", NULL);

        wg_print_text(json_object_get_string_member(watch, "address"));
        g_print("  ");
        wg_print_text(name ? name : "");
        if (trouble) {
            g_print("  - ");
            wg_print_text(trouble);
        }
        g_print("\n");
    }
}

const WgPrinter wg_printer_watches = {"watches", print, NULL};
