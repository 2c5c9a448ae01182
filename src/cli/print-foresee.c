/* Prints what "foresee" sees. */
#include "cli/printer.h"

static void
print(JsonObject *result)
{
    JsonArray *reasons = json_object_get_array_member(result, "reasons");
    const double arena = json_object_get_int_member(result, "arena_bytes") / 1000.0;
    const double limit = json_object_get_int_member(result, "arena_limit_bytes") / 1000.0;
    const gboolean fits = json_object_get_boolean_member(result, "fits");

    g_print("preset %s for ", json_object_get_string_member(result, "preset"));
    wg_print_count(json_object_get_int_member(result, "gestures"), "gesture", "gestures");
    g_print(": %d parameters, file %d bytes\n",
            (int)json_object_get_int_member(result, "parameters"),
            (int)json_object_get_int_member(result, "bytes"));
    if (limit > 0)
        g_print("%s %s: %.1f of %.1f kB to work in\n", fits ? "fits" : "does not fit",
                json_object_get_string_member(result, "for"), arena, limit);
    else
        g_print("%s %s: %.1f kB to work in\n", fits ? "fits" : "does not fit",
                json_object_get_string_member(result, "for"), arena);
    for (guint i = 0; i < json_array_get_length(reasons); i++)
        g_print("%s\n", json_array_get_string_element(reasons, i));
}

const WgPrinter wg_printer_foresee = {"foresee", print, NULL};
