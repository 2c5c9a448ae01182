/* Prints the rows of "room": who, what, how far. */
#include "cli/printer.h"

static void
print_row(JsonObject *row)
{
    const gboolean is_damaged = g_str_equal(json_object_get_string_member(row, "state"), "damaged");
    JsonArray *persons = is_damaged ? NULL : json_object_get_array_member(row, "persons");
    const char *words = json_object_get_string_member(row, "words");

    wg_print_text(json_object_get_string_member(row, "file"));
    for (guint i = 0; persons && i < json_array_get_length(persons); i++) {
        g_print(i == 0 ? "  " : ", ");
        wg_print_text(json_array_get_string_element(persons, i));
    }
    if (!is_damaged) {
        g_print("  ");
        wg_print_count(json_object_get_int_member(row, "takes"), "take of ", "takes of ");
        wg_print_count(json_object_get_size(json_object_get_object_member(row, "labels")),
                       "gesture  ", "gestures  ");
        g_print("%s", json_object_get_string_member(row, "step"));
    }
    if (!is_damaged && !json_object_get_null_member(row, "accuracy"))
        g_print(" (%.1f %%)", 100 * json_object_get_double_member(row, "accuracy"));
    if (*words) {
        g_print("  ");
        wg_print_text(words);
    }
    g_print("\n");
}

static void
print(JsonObject *result)
{
    JsonArray *rows = json_object_get_array_member(result, "rows");

    for (guint i = 0; i < json_array_get_length(rows); i++)
        print_row(json_array_get_object_element(rows, i));
    wg_print_count(json_object_get_int_member(result, "takes"), "take to pool\n",
                   "takes to pool\n");
}

const WgPrinter wg_printer_room = {"room", print, NULL};
