/* Prints what "merge" added of each pack. */
#include "cli/printer.h"

static void
print(JsonObject *result)
{
    JsonArray *files = json_object_get_array_member(result, "files");

    for (guint i = 0; i < json_array_get_length(files); i++) {
        JsonObject *file = json_array_get_object_element(files, i);

        g_print("%6d added, %d known  ", (int)json_object_get_int_member(file, "added"),
                (int)json_object_get_int_member(file, "known"));
        wg_print_text(json_object_get_string_member(file, "file"));
        g_print("\n");
    }
    g_print("%d added, ", (int)json_object_get_int_member(result, "added"));
    wg_print_count(json_object_get_int_member(result, "known"), "was already there\n",
                   "were already there\n");
}

const WgPrinter wg_printer_merge = {"merge", print, NULL};
