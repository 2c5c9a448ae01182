/* Prints what training the last layer on has brought. */
#include "cli/printer.h"

#include <glib/gi18n.h>

static void
print(JsonObject *result)
{
    g_print("%s\n", json_object_get_string_member(result, "advice"));
    g_print("%s\n", json_object_get_boolean_member(result, "kept")
                        ? _("The model is kept; quantize makes its int8 form.")
                        : _("Nothing was changed."));
}

const WgPrinter wg_printer_adapt = {"adapt", print, NULL};
