/* Prints how many takes "record" added. */
#include "cli/printer.h"

static void
print(JsonObject *result)
{
    const int n_known = (int)json_object_get_int_member(result, "known");

    g_print("%d recorded", (int)json_object_get_int_member(result, "recordings"));
    if (n_known > 0)
        g_print(", %d known already and not added again", n_known);
    if (json_object_get_int_member(result, "held_back") > 0)
        g_print(", %d held back", (int)json_object_get_int_member(result, "held_back"));
    if (json_object_has_member(result, "samples")) {
        g_print(": ");
        wg_print_count(json_object_get_int_member(result, "samples"), "sample", "samples");
        g_print(", %d missing in ", (int)json_object_get_int_member(result, "missing"));
        wg_print_count(json_object_get_int_member(result, "gaps"), "gap", "gaps");
    }
    g_print("\n");
}

const WgPrinter wg_printer_record = {"record", print, NULL};
