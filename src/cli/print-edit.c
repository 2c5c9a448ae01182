/* Prints what "edit" did, and what it would undo next. */
#include "cli/printer.h"

static void
print_next(JsonObject *result, const char *name, const char *words)
{
    const char *text = json_object_get_string_member_with_default(result, name, NULL);

    if (!text)
        return;
    g_print("%s: ", words);
    wg_print_text(text);
    g_print("\n");
}

static void
print(JsonObject *result)
{
    if (!json_object_get_boolean_member(result, "changed"))
        g_print("it was so already: nothing changed\n");
    print_next(result, "undo", "--undo takes back");
    print_next(result, "redo", "--redo makes again");
}

const WgPrinter wg_printer_edit = {"edit", print, NULL};
