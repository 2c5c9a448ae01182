/* Prints what stands between a model and a watch, check by check. */
#include "cli/printer.h"

#include <glib/gi18n.h>

static const char *
get_sign(const char *verdict)
{
    return g_str_equal(verdict, "good")       ? "✓"
           : g_str_equal(verdict, "doubtful") ? "!"
           : g_str_equal(verdict, "bad")      ? "✕"
                                              : "?";
}

static void
print(JsonObject *result)
{
    JsonArray *checks = json_object_get_array_member(result, "checks");

    for (guint i = 0; i < json_array_get_length(checks); i++) {
        JsonObject *check = json_array_get_object_element(checks, i);

        g_print("%s %s: ", get_sign(json_object_get_string_member(check, "verdict")),
                json_object_get_string_member(check, "title"));
        wg_print_text(json_object_get_string_member(check, "text"));
        g_print(" %s\n", json_object_get_string_member(check, "todo"));
    }
    g_print("%s\n", json_object_get_boolean_member(result, "ready")
                        ? _("The model can be deployed.")
                        : _("The model cannot be deployed."));
}

const WgPrinter wg_printer_ready = {"ready", print, NULL};
