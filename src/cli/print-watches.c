/* Prints the watches that are near, one a line. */
#include "cli/printer.h"

/* What is so, and the command that helps; nothing where there is no trouble. */
static void
print_trouble(JsonObject *row, const char *before)
{
    const char *trouble = json_object_get_string_member_with_default(row, "trouble", NULL);
    const char *command = json_object_get_string_member_with_default(row, "command", NULL);

    if (!trouble)
        return;
    g_print("%s", before);
    wg_print_text(trouble);
    if (command) {
        g_print(": ");
        wg_print_text(command);
    }
}

static void
print(JsonObject *result)
{
    JsonArray *watches = json_object_get_array_member(result, "watches");
    JsonArray *troubles = json_object_get_array_member(result, "troubles");

    for (guint i = 0; i < json_array_get_length(watches); i++) {
        JsonObject *watch = json_array_get_object_element(watches, i);
        const char *name = json_object_get_string_member_with_default(watch, "name", NULL);

        wg_print_text(json_object_get_string_member(watch, "address"));
        g_print("  ");
        wg_print_text(name ? name : "");
        if (!json_object_get_null_member(watch, "signal_dbm"))
            g_print("  %d dBm", (int)json_object_get_int_member(watch, "signal_dbm"));
        print_trouble(watch, "  - ");
        g_print("\n");
    }
    for (guint i = 0; i < json_array_get_length(troubles); i++) {
        print_trouble(json_array_get_object_element(troubles, i), "");
        g_print("\n");
    }
}

const WgPrinter wg_printer_watches = {"watches", print, NULL};
