/* Prints teacher and student of "distill", each as float and int8, and what follows. */
#include "cli/form-rows.h"
#include "cli/printer.h"

static void
print(JsonObject *result)
{
    JsonArray *rows = json_object_get_array_member(result, "rows");
    g_autoptr(JsonObject) none = json_object_new();

    wg_print_form_head();
    for (guint i = 0; i < json_array_get_length(rows); i++) {
        JsonObject *row = json_array_get_object_element(rows, i);
        const char *key = json_object_get_string_member(row, "key");
        g_autofree char *as_float = g_strdup_printf("%s, float", key);
        g_autofree char *as_int8 = g_strdup_printf("%s, int8", key);

        wg_print_form(as_float, row, none);
        wg_print_form(as_int8, json_object_get_object_member(row, "int8"), row);
    }
    wg_print_text(json_object_get_string_member(result, "verdict"));
    g_print("\n");
    if (json_object_get_boolean_member(result, "kept"))
        g_print("the distilled network is the model now: quantize it\n");
}

const WgPrinter wg_printer_distill = {"distill", print, NULL};
