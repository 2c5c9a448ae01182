/* Samples as jobs give them. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* [[x, y, z], ..] as n x 3 floats; caller frees. */
float *wg_json_dup_samples(JsonArray *array, int *n);

G_END_DECLS
