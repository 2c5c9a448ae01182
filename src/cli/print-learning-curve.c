/* Prints the points of "learning-curve", measured and predicted, and what they advise. */
#include "cli/printer.h"

static void
print_points(JsonObject *result, const char *name, const char *word)
{
    JsonArray *points = json_object_get_array_member(result, name);

    for (guint i = 0; i < json_array_get_length(points); i++) {
        JsonObject *point = json_array_get_object_element(points, i);

        g_print("%5.0f %% %7d  %6.1f %%  %5.1f  %s\n",
                100 * json_object_get_double_member(point, "share"),
                (int)json_object_get_int_member(point, "takes"),
                100 * json_object_get_double_member(point, "accuracy"),
                100 * json_object_get_double_member(point, "spread"), word);
    }
}

/* Each gesture's recall: at the least takes, at all of them, at the most that was predicted. */
static void
print_labels(JsonObject *result)
{
    JsonArray *points = json_object_get_array_member(result, "points");
    JsonArray *predicted = json_object_get_array_member(result, "predicted");
    JsonObject *columns[] = {
        json_array_get_object_element(points, 0),
        json_array_get_object_element(points, json_array_get_length(points) - 1),
        json_array_get_object_element(predicted, json_array_get_length(predicted) - 1),
    };
    JsonArray *labels = json_object_get_array_member(result, "labels");

    g_print("\ngesture right at");
    for (guint k = 0; k < G_N_ELEMENTS(columns); k++)
        g_print("  %.0f %%", 100 * json_object_get_double_member(columns[k], "share"));
    g_print("\n");
    for (guint i = 0; i < json_array_get_length(labels); i++) {
        for (guint k = 0; k < G_N_ELEMENTS(columns); k++) {
            JsonArray *rows = json_object_get_array_member(columns[k], "per_label");
            JsonObject *row = json_array_get_object_element(rows, i);

            if (json_object_get_null_member(row, "recall"))
                g_print("       -  ");
            else
                g_print("%6.1f %%  ", 100 * json_object_get_double_member(row, "recall"));
        }
        wg_print_text(json_array_get_string_element(labels, i));
        g_print("\n");
    }
}

static void
print(JsonObject *result)
{
    g_print("share    takes     right  spread\n");
    print_points(result, "points", "");
    print_points(result, "predicted", "predicted");
    print_labels(result);
    g_print("\n");
    wg_print_text(json_object_get_string_member(result, "advice"));
    g_print(" (%.1f s)\n", json_object_get_double_member(result, "seconds"));
}

const WgPrinter wg_printer_learning_curve = {"learning-curve", print, NULL};
