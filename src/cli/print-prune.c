/* Prints the curve of "prune", as int8 and with what is left, and where its cliff is. */
#include "cli/form-rows.h"
#include "cli/printer.h"

static void
print_rows(JsonArray *rows, gboolean is_filters)
{
    for (guint i = 0; i < json_array_get_length(rows); i++) {
        JsonObject *row = json_array_get_object_element(rows, i);
        const int n_left = (int)json_object_get_int_member(row, "nonzero");
        const int n_compressed = (int)json_object_get_int_member(row, "compressed_bytes");
        g_autofree char *name =
            is_filters
                ? g_strdup_printf("%.0f %% of the filters are gone, %d weights are left, %d bytes "
                                  "in a zip",
                                  json_object_get_double_member(row, "filters"), n_left,
                                  n_compressed)
                : g_strdup_printf("%.0f %% of the weights are 0, %d are not, %d bytes in a zip",
                                  json_object_get_double_member(row, "sparsity"), n_left,
                                  n_compressed);

        wg_print_form(name, json_object_get_object_member(row, "int8"), row);
    }
}

static void
print(JsonObject *result)
{
    wg_print_form_head();
    print_rows(json_object_get_array_member(result, "rows"), FALSE);
    print_rows(json_object_get_array_member(result, "filters"), TRUE);
    wg_print_text(json_object_get_string_member(result, "verdict"));
    g_print("\n");
    if (json_object_has_member(result, "kept"))
        g_print("the network with %.0f %% of its weights at 0 is the model now: quantize it\n",
                json_object_get_double_member(result, "kept"));
    if (json_object_has_member(result, "kept_filters"))
        g_print("the network without %.0f %% of its filters is the model now: quantize it\n",
                json_object_get_double_member(result, "kept_filters"));
}

const WgPrinter wg_printer_prune = {"prune", print, NULL};
