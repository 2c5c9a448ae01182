/* Prints what "quantize" made: the model and the watch, and on what its ranges were found. */
#include "cli/printer.h"

static double
get_end(JsonObject *tensor, const char *range, const char *end)
{
    return json_object_get_double_member(json_object_get_object_member(tensor, range), end);
}

static void
print_tensor(JsonObject *tensor)
{
    g_print("%-13s %8.2f to %7.2f %8.2f to %7.2f %8d of %8d",
            json_object_get_string_member(tensor, "op"), get_end(tensor, "float", "min"),
            get_end(tensor, "float", "max"), get_end(tensor, "int8", "min"),
            get_end(tensor, "int8", "max"), (int)json_object_get_int_member(tensor, "saturated"),
            (int)json_object_get_int_member(tensor, "values"));
    if (json_object_get_null_member(tensor, "sqnr_db"))
        g_print("  exact\n");
    else
        g_print("  %.0f dB\n", json_object_get_double_member(tensor, "sqnr_db"));
}

/* What does not look like the recordings, and, once, what that costs. */
static void
print_warnings(JsonArray *warnings)
{
    const guint n = json_array_get_length(warnings);

    for (guint i = 0; i < n; i++) {
        JsonObject *warning = json_array_get_object_element(warnings, i);

        wg_print_text(json_object_get_string_member(warning, "message"));
        g_print("\n");
        if (i + 1 < n || json_object_get_null_member(warning, "cost"))
            continue;
        g_print("Measured: ");
        wg_print_text(
            json_object_get_string_member(json_object_get_object_member(warning, "cost"), "words"));
        g_print(".\n");
    }
}

static void
print(JsonObject *result)
{
    JsonObject *calibration = json_object_get_object_member(result, "calibration");
    JsonArray *tensors = json_object_get_array_member(calibration, "tensors");
    const int n = (int)json_object_get_int_member(calibration, "n");
    const int n_labels =
        (int)json_object_get_size(json_object_get_object_member(calibration, "labels"));

    wg_print_inspection(result);
    g_print(
        "\nvalues of           found                int8 holds        beyond            signal to "
        "loss\n");
    for (guint i = 0; i < json_array_get_length(tensors); i++)
        print_tensor(json_array_get_object_element(tensors, i));
    g_print("Calibrated on ");
    wg_print_text(json_object_get_string_member(calibration, "what"));
    g_print(" (");
    wg_print_count(n, "window", "windows");
    if (n_labels > 0) {
        g_print(" of ");
        wg_print_count(n_labels, "gesture", "gestures");
    }
    g_print("), ranges by %s.\n", json_object_get_string_member(calibration, "ranges_method"));
    print_warnings(json_object_get_array_member(calibration, "warnings"));
    if (json_object_has_member(result, "qat")) {
        wg_print_text(
            json_object_get_string_member(json_object_get_object_member(result, "qat"), "verdict"));
        g_print("\n");
    }
}

const WgPrinter wg_printer_quantize = {"quantize", print, NULL};
