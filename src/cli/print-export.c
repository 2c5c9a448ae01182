/* Prints which files "export" wrote. */
#include "cli/printer.h"

static void
print_trees(JsonObject *result)
{
    g_print("%.1f %% right in five folds of the training takes; ",
            100 * json_object_get_double_member(result, "cross_validated_accuracy"));
    if (json_object_get_int_member(result, "n_validation") == 0)
        g_print("there are no validation takes to compare with the network\n");
    else
        g_print("of the validation takes %.1f %%, the network %.1f %%\n",
                100 * json_object_get_double_member(result, "validation_accuracy"),
                100 * json_object_get_double_member(result, "network_validation_accuracy"));
}

static void
print(JsonObject *result)
{
    JsonArray *files = json_object_get_array_member(result, "files");
    const guint n = json_array_get_length(files);

    wg_print_text(json_object_get_string_member(result, "file"));
    g_print(" is written: %.1f kB\n", (double)json_object_get_int_member(result, "bytes") / 1000);
    for (guint i = 0; n > 1 && i < n; i++) {
        JsonObject *file = json_array_get_object_element(files, i);

        g_print("%8.1f kB  ", (double)json_object_get_int_member(file, "bytes") / 1000);
        wg_print_text(json_object_get_string_member(file, "path"));
        g_print("\n");
    }
    if (json_object_has_member(result, "trees"))
        print_trees(result);
}

const WgPrinter wg_printer_export = {"export", print, NULL};
