/* Prints the recordings of "list", one a line. */
#include "cli/printer.h"

static void
write_row(JsonObject *row, GString *text)
{
    const char *person = json_object_get_string_member_with_default(row, "person", "-");
    const char *held_back;
    const char *file = json_object_get_string_member_with_default(row, "file", "recorded");

    g_string_append_printf(text, "%6d  %3d samples  %s", (int)json_object_get_int_member(row, "id"),
                           (int)json_object_get_int_member(row, "n_samples"),
                           json_object_get_boolean_member(row, "clipped") ? "clipped  "
                                                                          : "         ");
    wg_write_text(text, json_object_get_string_member(row, "label"));
    g_string_append(text, "  ");
    wg_write_text(text, person ? person : "-");
    g_string_append(text, "  ");
    wg_write_text(text, file ? file : "recorded");
    if (json_object_get_int_member(row, "line") > 0)
        g_string_append_printf(text, ":%d", (int)json_object_get_int_member(row, "line"));
    if (json_object_has_member(row, "n_whole"))
        g_string_append_printf(text, "  trimmed from %d",
                               (int)json_object_get_int_member(row, "n_whole"));
    if (json_object_has_member(row, "spans")) {
        const guint n = json_array_get_length(json_object_get_array_member(row, "spans"));

        g_string_append_printf(text, "  %u %s", n, n == 1 ? "span" : "spans");
    }
    if (json_object_has_member(row, "gaps")) {
        const guint n = json_array_get_length(json_object_get_array_member(row, "gaps"));

        g_string_append_printf(text, "  %u %s", n, n == 1 ? "gap" : "gaps");
    }
    held_back = json_object_get_string_member_with_default(row, "held_back", NULL);
    if (held_back)
        g_string_append_printf(text, "  held back: %s", held_back);
    g_string_append(text, "\n");
}

const WgPrinter wg_printer_list = {.name = "list", .write_row = write_row};
