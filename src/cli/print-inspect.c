/* Prints what "inspect" says of a model and a watch; "quantize" begins with it. */
#include "cli/printer.h"

void
wg_print_inspection(JsonObject *result)
{
    JsonArray *ops = json_object_get_array_member(result, "ops");
    const double limit_bytes = (double)json_object_get_int_member(result, "arena_limit_bytes");

    g_print("%.1f kB, of that %.1f kB weights\n",
            (double)json_object_get_int_member(result, "bytes") / 1000,
            (double)json_object_get_int_member(result, "weights_bytes") / 1000);
    g_print("ops:");
    for (guint i = 0; i < json_array_get_length(ops); i++)
        g_print(" %s", json_array_get_string_element(ops, i));
    g_print("\narena: %.1f", (double)json_object_get_int_member(result, "arena_bytes") / 1000);
    if (limit_bytes > 0)
        g_print(" of %.1f", limit_bytes / 1000);
    g_print(" kB\noperations an inference: %.1f thousand\n",
            (double)json_object_get_int_member(result, "operations") / 1000);
    wg_print_lines(result, "reasons", "- ");
    g_print("%s %s\n", json_object_get_string_member(result, "for"),
            json_object_get_boolean_member(result, "fits") ? "can run it" : "cannot run it");
}

const WgPrinter wg_printer_inspect = {"inspect", wg_print_inspection, NULL};
