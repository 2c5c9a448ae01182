/* Prints which model a watch has in use, and which one it had before. */
#include "cli/carried.h"

static void
print(JsonObject *result)
{
    wg_print_carried(result, "now", "in use");
    wg_print_carried(result, "former", "before");
}

const WgPrinter wg_printer_carries = {"carries", print, NULL};
