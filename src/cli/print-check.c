/* Prints the findings of "check", the most suspect first. */
#include "cli/printer.h"

static void
print(JsonObject *result)
{
    JsonArray *findings = json_object_get_array_member(result, "findings");

    for (guint i = 0; i < json_array_get_length(findings); i++) {
        JsonObject *finding = json_array_get_object_element(findings, i);
        const char *file = json_object_get_string_member_with_default(finding, "file", NULL);

        g_print("%6d  %-8s ", (int)json_object_get_int_member(finding, "id"),
                json_object_get_string_member(finding, "kind"));
        if (file) {
            wg_print_text(file);
            g_print(":%d: ", (int)json_object_get_int_member(finding, "line"));
        }
        wg_print_text(json_object_get_string_member(finding, "message"));
        g_print("\n");
    }
    g_print(json_array_get_length(findings) == 1 ? "%u finding\n" : "%u findings\n",
            json_array_get_length(findings));
    if (json_object_has_member(result, "note")) {
        wg_print_text(json_object_get_string_member(result, "note"));
        g_print("\n");
    }
}

const WgPrinter wg_printer_check = {"check", print, NULL};
