/* Prints what "personalise" found, which model it chose, and why. */
#include "cli/printer.h"

static void
print_score(JsonObject *result, const char *name, const char *words)
{
    JsonObject *score = json_object_get_object_member(result, name);

    g_print("%-18s %5.1f %% right, spread %.1f\n", words,
            100 * json_object_get_double_member(score, "accuracy"),
            100 * json_object_get_double_member(score, "spread"));
}

static void
print(JsonObject *result)
{
    wg_print_count(json_object_get_int_member(result, "takes"), "take, left out:\n",
                   "takes, each left out in turn:\n");
    print_score(result, "plain", "from nothing");
    print_score(result, "personal", "from the base");
    g_print("chosen: %s\n", json_object_get_string_member(result, "chosen"));
    wg_print_text(json_object_get_string_member(result, "advice"));
    g_print(" (%.1f s)\n", json_object_get_double_member(result, "seconds"));
}

const WgPrinter wg_printer_personalise = {"personalise", print, NULL};
