/* Prints what "deploy" put on the watch and how it proved itself. */
#include "cli/printer.h"

static void
print(JsonObject *result)
{
    JsonObject *test = json_object_get_object_member(result, "self_test");

    if (json_object_has_member(result, "bytes"))
        g_print("%.1f kB in %.1f s, CRC %s %s\n",
                (double)json_object_get_int_member(result, "bytes") / 1000,
                json_object_get_double_member(result, "seconds"),
                json_object_get_string_member(result, "crc32"),
                json_object_get_boolean_member(result, "verified") ? "verified" : "NOT verified");
    g_print("self-test: %d of %d\n", (int)json_object_get_int_member(test, "equal"),
            (int)json_object_get_int_member(test, "n"));
    if (json_object_has_member(result, "inference_ms") &&
        !json_object_get_null_member(result, "inference_ms") &&
        json_object_get_double_member(result, "inference_ms") > 0) {
        g_print("a recognition there: %.1f ms on ",
                json_object_get_double_member(result, "inference_ms"));
        wg_print_text(
            json_object_get_string_member_with_default(result, "measured_on", "the board"));
        g_print("\n");
    }
    if (json_object_has_member(result, "memory_free"))
        g_print("%.1f kB of memory are free beside the model\n",
                (double)json_object_get_int_member(result, "memory_free") / 1000);
    if (json_object_get_boolean_member_with_default(result, "former_deleted", FALSE))
        g_print("the board had no room for a third file: the model before the one that was in use "
                "is deleted\n");
}

const WgPrinter wg_printer_deploy = {"deploy", print, NULL};
