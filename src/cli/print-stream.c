/* Prints what "stream" counted, gesture by gesture. */
#include "cli/printer.h"

static int
get(JsonObject *object, const char *name)
{
    return (int)json_object_get_int_member(object, name);
}

static void
print_gesture(JsonObject *gesture)
{
    if (get(gesture, "events") == 0 && get(gesture, "false_alarms") == 0)
        return;
    g_print("%6d %6d %6d %8d %6d %6d ", get(gesture, "events"), get(gesture, "hits"),
            get(gesture, "misses"), get(gesture, "doubles"), get(gesture, "wrong"),
            get(gesture, "false_alarms"));
    if (json_object_get_null_member(gesture, "error"))
        g_print("        -  ");
    else
        g_print(" %6.1f %%  ", 100 * json_object_get_double_member(gesture, "error"));
    wg_print_text(json_object_get_string_member(gesture, "label"));
    g_print("\n");
}

static void
print(JsonObject *result)
{
    JsonArray *labels = json_object_get_array_member(result, "per_label");

    wg_print_text(json_object_get_string_member(result, "recording"));
    g_print("\nevents   hits misses  doubles  wrong  false    error  gesture\n");
    for (guint i = 0; i < json_array_get_length(labels); i++)
        print_gesture(json_array_get_object_element(labels, i));
    g_print("\n%s, %s windows, threshold %.2f", json_object_get_string_member(result, "model"),
            json_object_get_string_member(result, "window"),
            json_object_get_double_member(result, "threshold"));
    if (!json_object_get_null_member(result, "debounce")) {
        JsonObject *debounce = json_object_get_object_member(result, "debounce");

        g_print(", %d inferences within %g ms", get(debounce, "n"),
                json_object_get_double_member(debounce, "ms"));
    }
    g_print(": %.1f false alarms an hour; %.0f s of recording replayed in %.2f s\n",
            json_object_get_double_member(result, "false_alarms_per_hour"),
            json_object_get_double_member(result, "seconds"),
            json_object_get_double_member(result, "replay_seconds"));
    if (json_object_has_member(result, "test_opened")) {
        g_print("the test split was opened ");
        wg_print_count(get(result, "test_opened"), "time\n", "times\n");
    }
    wg_print_text(json_object_get_string_member(result, "verdict"));
    g_print("\n");
}

const WgPrinter wg_printer_stream = {"stream", print, NULL};
