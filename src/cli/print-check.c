/* Prints the findings of "check", the most suspect first. */
#include "cli/printer.h"

#define IDS_SHOWN 20

/* How many, and which of them come first. */
static void
say(JsonObject *file, const char *member, const char *one, const char *many)
{
    JsonArray *ids = json_object_get_array_member(file, member);
    const guint n = json_array_get_length(ids);

    if (n == 0)
        return;
    wg_print_count(n, one, many);
    g_print(":");
    for (guint i = 0; i < MIN(n, IDS_SHOWN); i++)
        g_print(" %" G_GINT64_FORMAT, json_array_get_int_element(ids, i));
    g_print(n > IDS_SHOWN ? " and %u more\n" : "\n", n - MIN(n, IDS_SHOWN));
}

static void
print_file(JsonObject *file)
{
    if (json_object_get_boolean_member(file, "whole"))
        return;
    if (!json_object_get_null_member(file, "fault"))
        g_print("the file is damaged: parts of it contradict each other or cannot be read\n");
    say(file, "unreadable", "recording cannot be read and is left out",
        "recordings cannot be read and are left out");
    say(file, "changed", "recording has other values than were stored",
        "recordings have other values than were stored");
    say(file, "models", "model is damaged and is not used", "models are damaged and are not used");
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
