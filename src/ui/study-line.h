/* A line of a chart, of the objects that a job gives. */
#pragma once

#include "ui/charts/lines.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Value y of each object over its x, members as wg_json_find() names them, as line `name` of the
 * chart; those without one are left out. A member "spread" is shown as such. `first` (NULL: none)
 * is one more object, with which it begins; `is_guess`: what was not measured. */
void wg_study_add_line(WgLines *chart, const char *name, JsonObject *first, JsonArray *points,
                       const char *x, const char *y, gboolean is_guess);

G_END_DECLS
