/* Prints which model "restore" has put back. */
#include "cli/carried.h"

static void
print(JsonObject *result)
{
    wg_print_carried(result, "now", "in use again");
    wg_print_carried(result, "former", "before");
}

const WgPrinter wg_printer_restore = {"restore", print, NULL};
