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
        wg_print_count(n_unreadable, "recording cannot be read and is left out\n",
                       "recordings cannot be read and are left out\n");
    if (n_changed > 0)
        wg_print_count(n_changed, "recording has other values than were stored\n",
                       "recordings have other values than were stored\n");
    g_print("“repair” saves what can be read into a new project\n");
}

static void
print(JsonObject *result)
{
    JsonArray *findings = json_object_get_array_member(result, "findings");

    print_file(json_object_get_object_member(result, "file"));
    for (guint i = 0; i < json_array_get_length(findings); i++) {
        JsonObject *finding = json_array_get_object_element(findings, i);

        g_print("%6d  %-8s ", (int)json_object_get_int_member(finding, "id"),
                json_object_get_string_member(finding, "kind"));
        wg_print_place(finding);
        wg_print_text(json_object_get_string_member(finding, "message"));
        g_print("\n");
    }
    wg_print_count(json_array_get_length(findings), "finding\n", "findings\n");
    if (json_object_has_member(result, "note")) {
        wg_print_text(json_object_get_string_member(result, "note"));
        g_print("\n");
    }
}

const WgPrinter wg_printer_check = {"check", print, NULL};
