/* Prints what "figures" says of a model on a watch, and every assumption with its source. */
#include "cli/printer.h"

static double
kilobytes(JsonObject *result, const char *figure, const char *member)
{
    JsonObject *object = json_object_get_object_member(result, figure);

    return (double)json_object_get_int_member_with_default(object, member, 0) / 1000;
}

static const char *
source_of(JsonObject *result, const char *figure)
{
    return json_object_get_string_member(json_object_get_object_member(result, figure), "source");
}

static void
print_memory(JsonObject *result)
{
    const double programs = kilobytes(result, "flash", "program_bytes");
    double limit, builtin;

    g_print("flash: %.1f kB", kilobytes(result, "flash", "bytes"));
    if (programs > 0)
        g_print(", of that %.1f kB programs", programs);
    g_print(" (%s)\n", source_of(result, "flash"));
    if (json_object_has_member(result, "memory")) {
        g_print("memory: about %.1f kB (%s)\n", kilobytes(result, "memory", "bytes"),
                source_of(result, "memory"));
        return;
    }
    limit = kilobytes(result, "arena", "limit_bytes");
    builtin = kilobytes(result, "stack", "builtin_bytes");
    g_print("arena: %.1f", kilobytes(result, "arena", "bytes"));
    if (limit > 0)
        g_print(" of %.1f", limit);
    g_print(" kB (%s)\nstack: %.1f kB", source_of(result, "arena"),
            kilobytes(result, "stack", "bytes"));
    if (builtin > 0)
        g_print(", as the firmware's own recogniser %.1f kB", builtin);
    g_print(" (%s)\n", source_of(result, "stack"));
}

static void
print_energy(JsonObject *result)
{
    JsonObject *operations = json_object_get_object_member(result, "operations");
    JsonObject *inference = json_object_get_object_member(result, "inference");
    JsonObject *energy = json_object_get_object_member(result, "energy");
    JsonArray *states = json_object_get_array_member(energy, "states");

    g_print("operations an inference: %.1f thousand\n",
            (double)json_object_get_int_member(operations, "n") / 1000);
    if (json_object_get_null_member(inference, "ms"))
        g_print("inference: %s\n", source_of(result, "inference"));
    else
        g_print("inference: %.1f ms (%s), %.3f mJ\n",
                json_object_get_double_member(inference, "ms"), source_of(result, "inference"),
                json_object_get_double_member(energy, "inference_mj"));
    g_print("a day: %.1f J", json_object_get_double_member(energy, "joules_a_day"));
    for (guint i = 0; i < json_array_get_length(states); i++) {
        JsonObject *state = json_array_get_object_element(states, i);

        g_print("%s %s %.1f", i ? "," : ":", json_object_get_string_member(state, "name"),
                json_object_get_double_member(state, "joules_a_day"));
    }
    g_print("\n");
    if (json_object_get_boolean_member(result, "fits"))
        g_print("battery: %.1f days\n", json_object_get_double_member(energy, "battery_days"));
}

static void
print(JsonObject *result)
{
    JsonArray *assumptions = json_object_get_array_member(result, "assumptions");

    g_print("%s %s\n", json_object_get_string_member(result, "name"),
            json_object_get_boolean_member(result, "fits") ? "can run it" : "cannot run it");
    wg_print_lines(result, "reasons", "- ");
    print_memory(result);
    print_energy(result);
    g_print("assumed:\n");
    for (guint i = 0; i < json_array_get_length(assumptions); i++) {
        JsonObject *one = json_array_get_object_element(assumptions, i);

        g_print("  %-17s %10.2f %-8s  ", json_object_get_string_member(one, "name"),
                json_object_get_double_member(one, "value"),
                json_object_get_string_member(one, "unit"));
        wg_print_text(json_object_get_string_member(one, "source"));
        g_print("\n");
    }
}

const WgPrinter wg_printer_figures = {"figures", print, NULL};
