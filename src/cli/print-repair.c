/* Prints what "repair" has saved. */
#include "cli/printer.h"

static void
say(JsonObject *result, const char *member, const char *one, const char *many)
{
    const int n = (int)json_object_get_int_member(result, member);

    if (n > 0) {
        wg_print_count(n, one, many);
        g_print("\n");
    }
}

static void
print(JsonObject *result)
{
    const int n_models = (int)json_object_get_int_member(result, "models");
    const int n = (int)json_object_get_int_member(result, "recordings");

    wg_print_text(json_object_get_string_member(result, "project"));
    g_print(": ");
    wg_print_count(n, "recording and ", "recordings and ");
    wg_print_count(n_models, "model saved\n", "models saved\n");
    say(result, "lost", "recording is lost", "recordings are lost, or more that nothing tells of");
    say(result, "changed", "recording has other values than were stored, and is disabled",
        "recordings have other values than were stored, and are disabled");
    say(result, "models_lost", "model is damaged and was left out: train again",
        "models are damaged and were left out: train again");
    say(result, "nameless", "recording has lost its label, and is disabled as “recovered”",
        "recordings have lost their labels, and are disabled as “recovered”");
}

const WgPrinter wg_printer_repair = {"repair", print, NULL};
