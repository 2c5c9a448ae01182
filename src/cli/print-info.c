/* Prints the counts of "info". */
#include "cli/printer.h"

static void
print_counts(JsonObject *result, const char *member, const char *title)
{
    JsonObject *counts = json_object_get_object_member(result, member);
    g_autoptr(GList) names = json_object_get_members(counts);

    g_print("%s\n", title);
    for (GList *l = names; l; l = l->next) {
        const char *name = l->data;

        g_print("%6d  ", (int)json_object_get_int_member(counts, name));
        wg_print_text(*name ? name : "unknown");
        g_print("\n");
    }
}

/* Nothing where there is enough. */
static void
print_next(JsonObject *next)
{
    const char *step = json_object_get_string_member(next, "step");
    const int n = (int)json_object_get_int_member(next, "takes");

    if (g_str_equal(step, "more") || g_str_equal(step, "balance")) {
        g_print("next: record ");
        wg_print_count(n, "more take of “", "more takes of “");
        wg_print_text(json_object_get_string_member(next, "label"));
        g_print("”\n");
    } else if (g_str_equal(step, "name")) {
        g_print("next: record a gesture\n");
    } else if (g_str_equal(step, "another")) {
        g_print("next: record a second gesture\n");
    } else if (g_str_equal(step, "other")) {
        g_print("next: record a minute of ordinary movement as “other” (record --trigger "
                "ordinary)\n");
    }
}

static void
print(JsonObject *result)
{
    const int n_recordings = (int)json_object_get_int_member(result, "recordings");
    const guint n_models = json_array_get_length(json_object_get_array_member(result, "models"));
    JsonArray *presets = json_object_get_array_member(result, "presets");

    wg_print_count(n_recordings, "recording\n", "recordings\n");
    print_counts(result, "labels", "gestures");
    if (json_object_get_int_member(result, "continuous") > 0)
        print_counts(result, "spans", "spans of continuous recordings");
    if (json_object_get_null_member(result, "rate_hz") &&
        json_object_get_int_member(result, "recordings") > 0)
        print_counts(result, "rates", "samples a second");
    print_counts(result, "persons", "persons");
    print_counts(result, "devices", "devices");
    if (json_object_get_int_member(result, "held_back") > 0)
        g_print("%d held back (“list” says which)\n",
                (int)json_object_get_int_member(result, "held_back"));
    if (json_object_get_int_member(result, "gaps") > 0)
        g_print("gaps: %d, samples missing: %d\n", (int)json_object_get_int_member(result, "gaps"),
                (int)json_object_get_int_member(result, "missing"));
    print_next(json_object_get_object_member(result, "next"));
    wg_print_count(n_models, "model\n", "models\n");
    for (guint i = 0; i < json_array_get_length(presets); i++) {
        JsonObject *preset = json_array_get_object_element(presets, i);

        g_print("preset ");
        wg_print_text(json_object_get_string_member(preset, "name"));
        g_print(": ");
        wg_print_text(json_object_get_string_member(preset, "text"));
        g_print("\n");
    }
}

const WgPrinter wg_printer_info = {"info", print, NULL};
