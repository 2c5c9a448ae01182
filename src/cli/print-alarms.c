/* Prints what "alarms" found. */
#include "cli/printer.h"

static void
print(JsonObject *result)
{
    JsonArray *answers = json_object_get_array_member(result, "answers");

    for (guint i = 0; i < json_array_get_length(answers); i++) {
        JsonObject *answer = json_array_get_object_element(answers, i);

        g_print("%3u %7.1f s  %3.0f %%  ", i + 1, json_object_get_double_member(answer, "start_s"),
                100 * json_object_get_double_member(answer, "confidence"));
        wg_print_text(json_object_get_string_member(answer, "label"));
        g_print("\n");
    }
    wg_print_text(json_object_get_string_member(result, "verdict"));
    g_print("\n");
    if (json_object_has_member(result, "added"))
        g_print("%d added\n", (int)json_object_get_int_member(result, "added"));
}

const WgPrinter wg_printer_alarms = {"alarms", print, NULL};
