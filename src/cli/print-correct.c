/* Prints as which take "correct" keeps the gesture. */
#include "cli/printer.h"

static void
print(JsonObject *result)
{
    g_print("take %d is “", (int)json_object_get_int_member(result, "id"));
    wg_print_text(json_object_get_string_member(result, "label"));
    g_print("”%s\n", json_object_get_boolean_member(result, "known")
                         ? ": it was here before, and nothing was added"
                         : "; “adapt” has the model learn from it");
}

const WgPrinter wg_printer_correct = {"correct", print, NULL};
