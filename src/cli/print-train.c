/* Prints how "train" went. */
#include "cli/printer.h"

static void
print(JsonObject *result)
{
    g_print("preset %s, %d parameters, ", json_object_get_string_member(result, "preset"),
            (int)json_object_get_int_member(result, "parameters"));
    wg_print_count(json_object_get_int_member(result, "epochs"), "epoch", "epochs");
    g_print(" in %.1f s\n", json_object_get_double_member(result, "seconds"));
    g_print("training loss %.4f, %.1f %% right\n",
            json_object_get_double_member(result, "train_loss"),
            100 * json_object_get_double_member(result, "train_accuracy"));
    if (!json_object_get_null_member(result, "validation_loss"))
        g_print("validation loss %.4f, %.1f %% right\n",
                json_object_get_double_member(result, "validation_loss"),
                100 * json_object_get_double_member(result, "validation_accuracy"));
    wg_print_text(json_object_get_string_member(result, "advice"));
    g_print("\n");
}

const WgPrinter wg_printer_train = {"train", print, NULL};
