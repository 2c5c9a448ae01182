/* Prints what "perturb" found. */
#include "cli/printer.h"

static void
print(JsonObject *result)
{
    g_print("noise %g %% (%.2f g), turned by %g degrees, %g times as fast\n",
            json_object_get_double_member(result, "noise"),
            json_object_get_double_member(result, "noise_g"),
            json_object_get_double_member(result, "rotation"),
            json_object_get_double_member(result, "speed"));
    g_print("%s on %s: %.1f %% of ", json_object_get_string_member(result, "model"),
            json_object_get_string_member(result, "on"),
            100 * json_object_get_double_member(result, "accuracy"));
    wg_print_count(json_object_get_int_member(result, "n"), "take is right", "takes are right");
    g_print(", and %.1f %% as %s\n", 100 * json_object_get_double_member(result, "accuracy_before"),
            json_object_get_int_member(result, "n") == 1 ? "it is" : "they are");
}

const WgPrinter wg_printer_perturb = {"perturb", print, NULL};
