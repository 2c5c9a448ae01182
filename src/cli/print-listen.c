/* Prints each answer of the watch beside this machine's, and how often they agreed. */
#include "cli/printer.h"

static void
print_label(JsonObject *row, const char *who)
{
    JsonObject *answer = json_object_get_object_member(row, who);
    const char *label = json_object_get_string_member_with_default(answer, "label", NULL);

    g_print("%s ", who);
    wg_print_text(label ? label : "(unsure)");
    g_print("   ");
}

static void
print_row(JsonObject *row)
{
    print_label(row, "watch");
    print_label(row, "desktop");
    g_print("%s\n", json_object_get_boolean_member(row, "equal") ? "equal" : "DIFFERENT");
}

static void
print(JsonObject *result)
{
    const int n_gestures = (int)json_object_get_int_member(result, "gestures");

    wg_print_count(n_gestures, "gesture, ", "gestures, ");
    g_print("equal on watch and desktop: %d; cut exactly as recorded: %d (test takes: %d)\n",
            (int)json_object_get_int_member(result, "equal"),
            (int)json_object_get_int_member(result, "exact"),
            (int)json_object_get_int_member(result, "takes"));
}

const WgPrinter wg_printer_listen = {"listen", print, print_row};
