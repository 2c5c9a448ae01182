/* Prints what "import" added, chose and refused. */
#include "cli/printer.h"

static void
print(JsonObject *result)
{
    JsonObject *labels = json_object_get_object_member(result, "labels");
    g_autoptr(GList) names = json_object_get_members(labels);

    for (GList *l = names; l; l = l->next) {
        g_print("%6d  ", (int)json_object_get_int_member(labels, l->data));
        wg_print_text(l->data);
        g_print("\n");
    }
    wg_print_lines(result, "messages", "");
    wg_print_lines(result, "refused", "refused ");
    g_print("%d added", (int)json_object_get_int_member(result, "added"));
    if (json_object_get_int_member(result, "known") > 0)
        g_print(", %d were already there", (int)json_object_get_int_member(result, "known"));
    g_print(", %d of them clip\n", (int)json_object_get_int_member(result, "clipped"));
}

const WgPrinter wg_printer_import = {"import", print, NULL};
