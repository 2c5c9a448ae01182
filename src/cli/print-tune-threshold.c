/* Prints the curve of "tune-threshold", in steps of a twentieth, and the point it chose; or the
 * threshold that each gesture got. */
#include "cli/printer.h"

#include <math.h>

static int
get(JsonObject *object, const char *name)
{
    return (int)json_object_get_int_member(object, name);
}

static int
get_debounce(JsonObject *point)
{
    return json_object_get_null_member(point, "debounce")
               ? 0
               : get(json_object_get_object_member(point, "debounce"), "n");
}

static void
print_point(JsonObject *point, gboolean is_chosen)
{
    g_print(
        "%8.2f %6d %6d %7d %6d %8d %9.1f%s\n", json_object_get_double_member(point, "threshold"),
        get(point, "hits"), get(point, "misses"), get(point, "doubles"), get(point, "wrong"),
        get(point, "false_alarms"), json_object_get_double_member(point, "false_alarms_per_hour"),
        is_chosen ? "  chosen" : "");
}

/* The last point of a curve at or below the threshold. */
static JsonObject *
find_point(JsonArray *points, double threshold)
{
    JsonObject *found = json_array_get_object_element(points, 0);

    for (guint i = 0; i < json_array_get_length(points); i++) {
        JsonObject *point = json_array_get_object_element(points, i);

        if (json_object_get_double_member(point, "threshold") <= threshold + 1e-9)
            found = point;
    }
    return found;
}

static void
print_share(JsonObject *point, const char *name)
{
    g_autofree char *share = json_object_get_null_member(point, name)
                                 ? g_strdup("-")
                                 : wg_print_share(json_object_get_double_member(point, name));

    g_print(" %14s", share);
}

static void
print_per_gesture(JsonObject *result)
{
    JsonArray *labels = json_object_get_array_member(result, "per_label");

    wg_print_text(json_object_get_string_member(result, "recording"));
    g_print("\nthreshold     unanswered others answered\n");
    for (guint i = 0; i < json_array_get_length(labels); i++) {
        JsonObject *label = json_array_get_object_element(labels, i);
        const double threshold = json_object_get_double_member(label, "threshold");
        JsonObject *point = find_point(json_object_get_array_member(label, "points"), threshold);

        g_print("%9.3f", threshold);
        print_share(point, "false_reject");
        print_share(point, "false_accept");
        g_print("  ");
        wg_print_text(json_object_get_string_member(label, "label"));
        g_print("\n");
    }
    wg_print_text(json_object_get_string_member(result, "verdict"));
    g_print("\n%s\n",
            json_object_get_boolean_member(result, "stored")
                ? "“deploy”, “export”, “stream” and “evaluate” take these thresholds from now on."
                : "Nothing was stored.");
}

static void
print_curve(JsonObject *result)
{
    JsonArray *points = json_object_get_array_member(result, "points");
    JsonObject *chosen = json_object_get_object_member(result, "chosen");
    const double threshold = json_object_get_double_member(chosen, "threshold");

    wg_print_text(json_object_get_string_member(result, "recording"));
    g_print("\nthreshold hits misses doubles  wrong    false  false/hour\n");
    for (guint i = 0; i < json_array_get_length(points); i++) {
        JsonObject *point = json_array_get_object_element(points, i);
        const double at = json_object_get_double_member(point, "threshold");
        const gboolean is_chosen = fabs(at - threshold) < 1e-9;

        if (get_debounce(point) == get_debounce(chosen) &&
            (is_chosen || fabs(at * 20 - rint(at * 20)) < 1e-6))
            print_point(point, is_chosen);
    }
    if (get_debounce(chosen) > 0)
        g_print(
            "with %d inferences within %g ms an answer\n", get_debounce(chosen),
            json_object_get_double_member(json_object_get_object_member(chosen, "debounce"), "ms"));
    wg_print_text(json_object_get_string_member(result, "verdict"));
    g_print("\n%s\n", json_object_get_boolean_member(result, "stored")
                          ? "“deploy” and “stream” take this threshold from now on."
                          : "Nothing was stored.");
}

static void
print(JsonObject *result)
{
    if (json_object_has_member(result, "per_gesture"))
        print_per_gesture(result);
    else
        print_curve(result);
}

const WgPrinter wg_printer_tune_threshold = {"tune-threshold", print, NULL};
