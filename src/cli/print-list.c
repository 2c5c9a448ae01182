/* Prints the recordings of "list", one a line. */
#include "cli/printer.h"

static void
print_one(JsonArray *array, guint i, JsonNode *node, gpointer user_data)
{
    JsonObject *row = json_node_get_object(node);
    const char *person = json_object_get_string_member_with_default(row, "person", "-");
    const char *held_back;
    const char *file = json_object_get_string_member_with_default(row, "file", "recorded");

    g_print("%6d  %3d samples  %s", (int)json_object_get_int_member(row, "id"),
            (int)json_object_get_int_member(row, "n_samples"),
            json_object_get_boolean_member(row, "clipped") ? "clipped  " : "         ");
    wg_print_text(json_object_get_string_member(row, "label"));
    g_print("  ");
    wg_print_text(person ? person : "-");
    g_print("  ");
    wg_print_text(file ? file : "recorded");
    if (json_object_get_int_member(row, "line") > 0)
        g_print(":%d", (int)json_object_get_int_member(row, "line"));
    if (json_object_has_member(row, "n_whole"))
        g_print("  trimmed from %d", (int)json_object_get_int_member(row, "n_whole"));
    if (json_object_has_member(row, "spans")) {
        const guint n = json_array_get_length(json_object_get_array_member(row, "spans"));

        g_print("  %u %s", n, n == 1 ? "span" : "spans");
    }
    if (json_object_has_member(row, "gaps")) {
        const guint n = json_array_get_length(json_object_get_array_member(row, "gaps"));

        g_print("  %u %s", n, n == 1 ? "gap" : "gaps");
    }
    held_back = json_object_get_string_member_with_default(row, "held_back", NULL);
    if (held_back)
        g_print("  held back: %s", held_back);
    g_print("\n");
}

static void
print(JsonObject *result)
{
    json_array_foreach_element(json_object_get_array_member(result, "recordings"), print_one, NULL);
}

const WgPrinter wg_printer_list = {"list", print, NULL};
