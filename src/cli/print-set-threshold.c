/* Prints the threshold that "set-threshold" keeps. */
#include "cli/printer.h"

static void
print(JsonObject *result)
{
    const char *other = json_object_get_string_member_with_default(result, "other", NULL);

    g_print("the watch answers from %.1f %% on",
            100 * json_object_get_double_member(result, "threshold"));
    if (other) {
        g_print(", and never “");
        wg_print_text(other);
        g_print("”");
    }
    g_print(", from the next deployment on\n");
}

const WgPrinter wg_printer_set_threshold = {"set-threshold", print, NULL};
