/* Prints what "pack" put into the file. */
#include "cli/printer.h"

static void
print(JsonObject *result)
{
    const int n = (int)json_object_get_int_member(result, "takes");

    wg_print_text(json_object_get_string_member(result, "file"));
    g_print(": ");
    wg_print_count(n, "take", "takes");
    g_print(", %d bytes\n", (int)json_object_get_int_member(result, "bytes"));
    wg_print_lines(result, "persons", "by ");
}

const WgPrinter wg_printer_pack = {"pack", print, NULL};
