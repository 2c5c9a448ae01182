/* Prints which files "export" wrote. */
#include "cli/printer.h"

static void
print(JsonObject *result)
{
    JsonArray *files = json_object_get_array_member(result, "files");
    const guint n = json_array_get_length(files);

    wg_print_text(json_object_get_string_member(result, "file"));
    g_print(" is written: %.1f kB\n", (double)json_object_get_int_member(result, "bytes") / 1000);
    for (guint i = 0; n > 1 && i < n; i++) {
        JsonObject *file = json_array_get_object_element(files, i);

        g_print("%8.1f kB  ", (double)json_object_get_int_member(file, "bytes") / 1000);
        wg_print_text(json_object_get_string_member(file, "path"));
        g_print("\n");
    }
}

const WgPrinter wg_printer_export = {"export", print, NULL};
