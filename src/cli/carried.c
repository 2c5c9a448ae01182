/* How a deployment on a watch reads for a person. */
#include "cli/carried.h"

static void
print_gestures(JsonArray *gestures)
{
    for (guint i = 0; i < json_array_get_length(gestures); i++) {
        g_print(i ? ", " : "");
        wg_print_text(json_array_get_string_element(gestures, i));
    }
}

void
wg_print_carried(JsonObject *result, const char *member, const char *title)
{
    JsonObject *carried;
    const char *state;

    if (json_object_get_null_member(result, member)) {
        g_print("%s: none\n", title);
        return;
    }
    carried = json_object_get_object_member(result, member);
    if (!json_object_has_member(carried, "project")) { /* a board's, which keeps no record */
        g_print("%s: %.1f kB, CRC %s\n", title,
                (double)json_object_get_int_member(carried, "bytes") / 1000,
                json_object_get_string_member(carried, "crc32"));
        return;
    }
    state = !json_object_get_boolean_member(carried, "verified") ? "NOT whole"
            : !json_object_get_boolean_member_with_default(carried, "in_use", TRUE)
                ? "whole, but the firmware has another one"
                : "verified";
    g_print("%s: ", title);
    wg_print_text(json_object_get_string_member(carried, "project"));
    g_print(json_object_get_boolean_member(carried, "found") ? ", kept " : ", deployed ");
    wg_print_text(json_object_get_string_member(carried, "date"));
    g_print(" (");
    wg_print_text(json_object_get_string_member(carried, "mode"));
    g_print("), %.1f kB, CRC %s %s: ", (double)json_object_get_int_member(carried, "bytes") / 1000,
            json_object_get_string_member(carried, "crc32"), state);
    print_gestures(json_object_get_array_member(carried, "gestures"));
    g_print(json_object_get_boolean_member(carried, "keeps_found")
                ? "; beside it the model that was found on the watch\n"
                : "\n");
}
