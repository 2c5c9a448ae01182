/* Prints the findings of "check", the most suspect first. */
#include "cli/printer.h"

static void
print_file(JsonObject *file)
{
    const guint n_unreadable =
        json_array_get_length(json_object_get_array_member(file, "unreadable"));
    const guint n_changed = json_array_get_length(json_object_get_array_member(file, "changed"));
    const char *fault = json_object_get_string_member_with_default(file, "fault", NULL);

    if (json_object_get_boolean_member(file, "whole"))
        return;
    if (fault) {
        g_print("the file is damaged: ");
        wg_print_text(fault);
        g_print("\n");
    }
    if (n_unreadable > 0)
        g_print(n_unreadable == 1 ? "%u recording cannot be read and is left out\n"
                                  : "%u recordings cannot be read and are left out\n",
                n_unreadable);
    if (n_changed > 0)
        g_print(n_changed == 1 ? "%u recording has other values than were stored\n"
                               : "%u recordings have other values than were stored\n",
                n_changed);
    g_print("“repair” saves what can be read into a new project\n");
}

static void
print(JsonObject *result)
{
    JsonArray *findings = json_object_get_array_member(result, "findings");

    print_file(json_object_get_object_member(result, "file"));
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
