/* Prints as which take "correct" keeps the gesture. */
#include "cli/printer.h"

static void
print(JsonObject *result)
{
    const int id = (int)json_object_get_int_member(result, "id");
    const char *label = json_object_get_string_member(result, "label");

    g_print("take %d is “", id);
    wg_print_text(label);
    if (!json_object_get_boolean_member(result, "known"))
        g_print("”; “adapt” has the model learn from it\n");
    else if (g_str_equal(label, json_object_get_string_member(result, "wanted")))
        g_print("”: it was here before, and nothing was added\n");
    else
        g_print("”: it was here before, and nothing was changed: “edit PROJECT %d --label L” gives "
                "it another name\n",
                id);
}

const WgPrinter wg_printer_correct = {"correct", print, NULL};
