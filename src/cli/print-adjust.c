/* Prints when the app on the watch answers from now on. */
#include "cli/printer.h"

static void
print(JsonObject *result)
{
    const int n_debounce = (int)json_object_get_int_member(result, "debounce_n");

    g_print("the watch answers from %.0f %% on",
            100 * json_object_get_double_member(result, "threshold"));
    if (n_debounce > 0)
        g_print(", once for %d gestures within %g ms%s", n_debounce,
                json_object_get_double_member(result, "debounce_ms"),
                json_object_get_boolean_member(result, "debounce_now")
                    ? ""
                    : " (that from the next deployment on)");
    g_print("\n");
}

const WgPrinter wg_printer_adjust = {"adjust", print, NULL};
