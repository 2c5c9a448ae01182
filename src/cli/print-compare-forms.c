/* Prints the forms of "compare-forms", one a line, and what follows. */
#include "cli/form-rows.h"
#include "cli/printer.h"

static void
print(JsonObject *result)
{
    JsonArray *rows = json_object_get_array_member(result, "rows");

    wg_print_form_head();
    for (guint i = 0; i < json_array_get_length(rows); i++) {
        JsonObject *row = json_array_get_object_element(rows, i);

        wg_print_form(json_object_get_string_member(row, "name"), row, row);
    }
    wg_print_text(json_object_get_string_member(result, "verdict"));
    g_print("\n");
}

const WgPrinter wg_printer_compare_forms = {"compare-forms", print, NULL};
