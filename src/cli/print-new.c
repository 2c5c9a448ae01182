/* Prints where "new" made a project. */
#include "cli/printer.h"

static void
print(JsonObject *result)
{
    wg_print_text(json_object_get_string_member(result, "project"));
    g_print(" is made\n");
}

const WgPrinter wg_printer_new = {"new", print, NULL};
