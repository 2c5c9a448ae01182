/* How a deployment on a watch reads for a person. */
#pragma once

#include "cli/printer.h"

G_BEGIN_DECLS

/* One line after `title`; of a member that is null, that there is none. */
void wg_print_carried(JsonObject *result, const char *member, const char *title);

G_END_DECLS
