/* The table of a network's forms, one a line. */
#include "cli/form-rows.h"

#include "cli/printer.h"

void
wg_print_form_head(void)
{
    g_print("  right        F1      bytes  arena  form (its worst gesture)\n");
}

static void
print_size(JsonObject *sizes, const char *member, int width)
{
    if (json_object_has_member(sizes, member) && !json_object_get_null_member(sizes, member) &&
        json_object_get_int_member(sizes, member) > 0)
        g_print("%*d", width, (int)json_object_get_int_member(sizes, member));
    else
        g_print("%*s", width, "-");
}

void
wg_print_form(const char *name, JsonObject *figures, JsonObject *sizes)
{
    JsonObject *worst = json_object_get_object_member(figures, "worst");

    g_print("%6.2f %%", 100 * json_object_get_double_member(figures, "accuracy"));
    if (json_object_get_null_member(figures, "spread"))
        g_print("      ");
    else
        g_print(" ±%.2f", 100 * json_object_get_double_member(figures, "spread"));
    g_print("%7.3f", json_object_get_double_member(figures, "macro_f1"));
    print_size(sizes, "bytes", 8);
    print_size(sizes, "arena_bytes", 7);
    g_print("  %s", name);
    if (!json_object_get_null_member(worst, "label")) {
        g_print(" (");
        wg_print_text(json_object_get_string_member(worst, "label"));
        g_print(" %.1f %%)", 100 * json_object_get_double_member(worst, "recall"));
    }
    g_print("\n");
}
