/* Prints the trainings of a project that "runs" lists. */
#include "cli/printer.h"

static void
print_value(JsonObject *change, const char *name)
{
    JsonNode *node = json_object_get_member(change, name);
    g_autofree char *text = json_to_string(node, FALSE);

    if (json_node_get_value_type(node) == G_TYPE_DOUBLE)
        g_print(" %g", json_node_get_double(node));
    else
        g_print(" %s", text);
}

static void
print_changes(JsonArray *changes, const char *indent)
{
    for (guint i = 0; i < json_array_get_length(changes); i++) {
        JsonObject *change = json_array_get_object_element(changes, i);

        g_print("%s%s", indent, json_object_get_string_member(change, "name"));
        if (json_object_has_member(change, "added"))
            g_print(" +%d -%d", (int)json_object_get_int_member(change, "added"),
                    (int)json_object_get_int_member(change, "removed"));
        else if (json_object_has_member(change, "before")) {
            print_value(change, "before");
            g_print(" ->");
            print_value(change, "after");
        }
        g_print("\n");
    }
}

static void
print(JsonObject *result)
{
    JsonArray *runs = json_object_get_array_member(result, "runs");
    JsonNode *compared = json_object_get_member(result, "compared");

    for (guint i = 0; i < json_array_get_length(runs); i++) {
        JsonObject *run = json_array_get_object_element(runs, i);
        JsonObject *takes = json_object_get_object_member(run, "takes");

        g_print("%s %d  %s  ", json_object_get_boolean_member(run, "is_used") ? "*" : " ",
                (int)json_object_get_int_member(run, "id"),
                json_object_get_string_member(run, "created"));
        wg_print_text(json_object_get_string_member(run, "preset"));
        g_print("  ");
        wg_print_count(json_object_get_int_member(takes, "train"), "take", "takes");
        if (!json_object_get_null_member(run, "right"))
            g_print("  int8 right: %d of %d", (int)json_object_get_int_member(run, "right"),
                    (int)json_object_get_int_member(run, "n"));
        g_print("\n");
        if (!json_object_get_null_member(run, "changes"))
            print_changes(json_object_get_array_member(run, "changes"), "      ");
    }
    if (!compared)
        return;
    g_print("\nfrom %d to %d:\n",
            (int)json_object_get_int_member(json_node_get_object(compared), "before"),
            (int)json_object_get_int_member(json_node_get_object(compared), "after"));
    print_changes(json_object_get_array_member(json_node_get_object(compared), "changes"), "  ");
}

const WgPrinter wg_printer_runs = {"runs", print, NULL};
