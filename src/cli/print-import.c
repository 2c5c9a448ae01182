/* Prints what "import" added, chose and refused. */
#include "cli/printer.h"

#define REFUSED_SHOWN_MAX 20

static void
print_counts(JsonObject *counts, const char *what)
{
    g_autoptr(GList) names = json_object_get_members(counts);

    for (GList *l = names; l; l = l->next) {
        g_print("%6d  ", (int)json_object_get_int_member(counts, l->data));
        wg_print_text(l->data);
        g_print("%s\n", what);
    }
}

/* What was only looked at: a line for what is read alike. */
static void
print_groups(JsonArray *groups)
{
    for (guint i = 0; i < json_array_get_length(groups); i++) {
        JsonObject *group = json_array_get_object_element(groups, i);

        wg_print_text(json_object_get_string_member(group, "place"));
        g_print(": %s, ", json_object_get_string_member(group, "format"));
        wg_print_count(json_object_get_int_member(group, "takes"), "take in ", "takes in ");
        wg_print_count(json_object_get_int_member(group, "files"), "file", "files");
        g_print(", %g units a g, %g Hz, %s\n", json_object_get_double_member(group, "units_per_g"),
                json_object_get_double_member(group, "rate_hz"),
                json_object_get_int_member(group, "channels") > 3 ? "acceleration and angular rate"
                                                                  : "acceleration");
    }
}

static void
print_refused(JsonObject *result)
{
    JsonArray *lines = json_object_get_array_member(result, "refused");
    const int n = (int)json_object_get_int_member(result, "n_refused");
    const int n_shown = MIN((int)json_array_get_length(lines), REFUSED_SHOWN_MAX);

    for (int i = 0; i < n_shown; i++) {
        g_print("refused ");
        wg_print_text(json_array_get_string_element(lines, (guint)i));
        g_print("\n");
    }
    if (n > n_shown)
        g_print("refused and %d more\n", n - n_shown);
}

static void
print(JsonObject *result)
{
    if (json_object_has_member(result, "groups"))
        print_groups(json_object_get_array_member(result, "groups"));
    print_counts(json_object_get_object_member(result, "labels"), "");
    print_counts(json_object_get_object_member(result, "spans"), ", a span");
    wg_print_lines(result, "messages", "");
    print_refused(result);
    if (json_object_has_member(result, "groups")) {
        g_print("nothing was added: this was a look\n");
        return;
    }
    g_print("%d added", (int)json_object_get_int_member(result, "added"));
    if (json_object_get_int_member(result, "known") > 0) {
        g_print(", ");
        wg_print_count(json_object_get_int_member(result, "known"), "was already there",
                       "were already there");
    }
    g_print(", ");
    wg_print_count(json_object_get_int_member(result, "clipped"), "of them clips\n",
                   "of them clip\n");
}

const WgPrinter wg_printer_import = {"import", print, NULL};
