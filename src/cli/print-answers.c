/* Prints what "answers" counts at a threshold. */
#include "cli/printer.h"

static void
print(JsonObject *result)
{
    const int n_others = (int)json_object_get_int_member(result, "others");

    g_print("of ");
    wg_print_count(json_object_get_int_member(result, "gestures"), "gesture", "gestures");
    g_print(", right: %d, wrong: %d, left unanswered: %d\n",
            (int)json_object_get_int_member(result, "right"),
            (int)json_object_get_int_member(result, "wrong"),
            (int)json_object_get_int_member(result, "unanswered"));
    if (n_others > 0)
        g_print("of %d that mean nothing, ignored: %d\n", n_others,
                (int)json_object_get_int_member(result, "ignored"));
}

const WgPrinter wg_printer_answers = {"answers", print, NULL};
