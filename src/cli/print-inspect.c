/* Prints what "inspect" says of a model and a watch; "quantize" begins with it. */
#include "cli/printer.h"

/* One tensor a line: what its int8 values q mean, or how many scales its weights have. */
static void
print_tensor(JsonObject *tensor)
{
    JsonArray *shape = json_object_get_array_member(tensor, "shape");
    const gint64 n_scales = json_object_get_int_member(tensor, "scales");
    const gint64 zero_point = json_object_get_int_member(tensor, "zero_point");

    g_print("  %s", json_object_get_string_member(tensor, "type"));
    for (guint i = 0; i < json_array_get_length(shape); i++)
        g_print("%s%d", i == 0 ? " " : " x ", (int)json_array_get_int_element(shape, i));
    if (json_object_get_boolean_member(tensor, "constant")) {
        g_print(", constant");
        if (n_scales > 1)
            g_print(", a scale each of %d channels", (int)n_scales);
    } else if (n_scales > 0) {
        g_print(", %g ", json_object_get_double_member(tensor, "scale"));
        if (zero_point != 0)
            g_print("(q %s %d)", zero_point > 0 ? "-" : "+", (int)ABS(zero_point));
        else
            g_print("q");
    }
    g_print("\n");
}

static void
print_tensors(JsonObject *result)
{
    JsonArray *tensors = json_object_get_array_member(result, "tensors");

    g_print("tensors, and what an int8 value q of them means:\n");
    for (guint i = 0; i < json_array_get_length(tensors); i++)
        print_tensor(json_array_get_object_element(tensors, i));
}

void
wg_print_inspection(JsonObject *result)
{
    JsonArray *ops = json_object_get_array_member(result, "ops");
    const double limit_bytes = (double)json_object_get_int_member(result, "arena_limit_bytes");

    g_print("%.1f kB, of that %.1f kB weights\n",
            (double)json_object_get_int_member(result, "bytes") / 1000,
            (double)json_object_get_int_member(result, "weights_bytes") / 1000);
    g_print("ops:");
    for (guint i = 0; i < json_array_get_length(ops); i++)
        g_print(" %s", json_array_get_string_element(ops, i));
    g_print("\narena: %.1f", (double)json_object_get_int_member(result, "arena_bytes") / 1000);
    if (limit_bytes > 0)
        g_print(" of %.1f", limit_bytes / 1000);
    g_print(" kB\noperations an inference: %.1f thousand\n",
            (double)json_object_get_int_member(result, "operations") / 1000);
    wg_print_lines(result, "reasons", "- ");
    g_print("%s %s\n", json_object_get_string_member(result, "for"),
            json_object_get_boolean_member(result, "fits") ? "can run it" : "cannot run it");
}

static void
print(JsonObject *result)
{
    print_tensors(result);
    wg_print_inspection(result);
}

const WgPrinter wg_printer_inspect = {"inspect", print, NULL};
