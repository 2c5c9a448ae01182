/* Prints which file "export" wrote. */
#include "cli/printer.h"

static void
print(JsonObject *result)
{
    wg_print_text(json_object_get_string_member(result, "file"));
    g_print(" is written: %.1f kB\n", (double)json_object_get_int_member(result, "bytes") / 1000);
}

const WgPrinter wg_printer_export = {"export", print, NULL};
