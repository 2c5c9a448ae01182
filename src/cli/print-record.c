/* Prints how many takes "record" added. */
#include "cli/printer.h"

static void
print(JsonObject *result)
{
    const int n_known = (int)json_object_get_int_member(result, "known");

    g_print("%d recorded", (int)json_object_get_int_member(result, "recordings"));
    if (n_known > 0)
        g_print(", %d known already and not added again", n_known);
    g_print("\n");
}

const WgPrinter wg_printer_record = {"record", print, NULL};
