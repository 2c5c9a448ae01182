/* Prints how many takes "record" added. */
#include "cli/printer.h"

static void
print(JsonObject *result)
{
    g_print("%d recorded\n", (int)json_object_get_int_member(result, "recordings"));
}

const WgPrinter wg_printer_record = {"record", print, NULL};
