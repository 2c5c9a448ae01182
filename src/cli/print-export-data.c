/* Prints what "export-data" wrote and what the format has no place for. */
#include "cli/printer.h"

static void
print(JsonObject *result)
{
    const int n_takes = (int)json_object_get_int_member(result, "takes");
    const int n_files = (int)json_object_get_int_member(result, "files");

    wg_print_lines(result, "messages", "");
    wg_print_text(json_object_get_string_member(result, "file"));
    g_print(": ");
    wg_print_count(n_takes, "take in ", "takes in ");
    wg_print_count(n_files, "file", "files");
    g_print(", %.1f kB\n", (double)json_object_get_int_member(result, "bytes") / 1000);
}

const WgPrinter wg_printer_export_data = {"export-data", print, NULL};
