/* Prints what "map" found: the takes that lie among strangers. */
#include "cli/printer.h"

static gboolean
print_point(JsonObject *point)
{
    const char *place = json_object_get_string_member(point, "place");
    JsonArray *neighbours = json_object_get_array_member(point, "neighbours");

    if (g_str_equal(place, "own"))
        return FALSE;
    g_print("%6d  %-5s  %+.2f %+.2f  ", (int)json_object_get_int_member(point, "id"), place,
            json_object_get_double_member(point, "x"), json_object_get_double_member(point, "y"));
    wg_print_place(point);
    g_print("“");
    wg_print_text(json_object_get_string_member(point, "label"));
    if (g_str_equal(place, "other")) {
        g_print("”, but %d of the ", (int)json_object_get_int_member(point, "strangers"));
        wg_print_count(json_array_get_length(neighbours), "take", "takes");
        g_print(" nearest to it are “");
        wg_print_text(json_object_get_string_member(point, "other"));
        g_print("”\n");
    } else {
        g_print("”, and unlike any other take\n");
    }
    return TRUE;
}

static void
print(JsonObject *result)
{
    JsonArray *points = json_object_get_array_member(result, "points");
    const int n = (int)json_object_get_int_member(result, "takes");
    const int n_of = (int)json_object_get_int_member(result, "of");
    int n_outside = 0;

    for (guint i = 0; i < json_array_get_length(points); i++)
        n_outside += print_point(json_array_get_object_element(points, i));
    g_print("%d of ", n_outside);
    wg_print_count(n, "take lies outside its gesture\n", "takes lie outside their gesture\n");
    if (n < n_of)
        g_print("a sample, as many of each gesture: there are %d takes (--most)\n", n_of);
}

const WgPrinter wg_printer_map = {"map", print, NULL};
