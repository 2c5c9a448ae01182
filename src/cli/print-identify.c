/* Prints how a watch made itself known. */
#include "cli/printer.h"

static void
print(JsonObject *result)
{
    const gboolean has_buzzed = json_object_get_boolean_member(result, "buzzed");
    const gboolean has_shown = json_object_get_boolean_member(result, "shown");

    wg_print_text(json_object_get_string_member(result, "name"));
    g_print(has_buzzed && has_shown ? " buzzes and shows “" : has_shown ? " shows “" : " buzzes\n");
    if (!has_shown)
        return;
    wg_print_text(json_object_get_string_member(result, "word"));
    g_print("”\n");
}

const WgPrinter wg_printer_identify = {"identify", print, NULL};
