/* Prints what "import" added, chose and refused. */
#include "cli/printer.h"

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

static void
print(JsonObject *result)
{
    print_counts(json_object_get_object_member(result, "labels"), "");
    print_counts(json_object_get_object_member(result, "spans"), ", a span");
    wg_print_lines(result, "messages", "");
    wg_print_lines(result, "refused", "refused ");
    g_print("%d added", (int)json_object_get_int_member(result, "added"));
    if (json_object_get_int_member(result, "known") > 0)
        g_print(", %d were already there", (int)json_object_get_int_member(result, "known"));
    g_print(", %d of them clip\n", (int)json_object_get_int_member(result, "clipped"));
}

const WgPrinter wg_printer_import = {"import", print, NULL};
