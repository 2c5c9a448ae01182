/* The table of a network's forms, one a line. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What a row of that name comes to: the figures of "figures" (accuracy, F1, worst), and beside them
 * bytes and arena of `sizes` where it has them. */
void wg_print_form(const char *name, JsonObject *figures, JsonObject *sizes);
void wg_print_form_head(void);

G_END_DECLS
