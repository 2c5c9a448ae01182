/* Prints what "answers" counts at a threshold. */
#include "cli/printer.h"

static void
print(JsonObject *result)
{
    const int n_others = (int)json_object_get_int_member(result, "others");

    g_print("of %d gestures %d are right, %d wrong, %d left unanswered\n",
            (int)json_object_get_int_member(result, "gestures"),
            (int)json_object_get_int_member(result, "right"),
            (int)json_object_get_int_member(result, "wrong"),
            (int)json_object_get_int_member(result, "unanswered"));
    if (n_others > 0)
        g_print("of %d that mean nothing %d are ignored\n", n_others,
                (int)json_object_get_int_member(result, "ignored"));
}

const WgPrinter wg_printer_answers = {"answers", print, NULL};
