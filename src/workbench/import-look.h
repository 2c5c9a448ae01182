/* What an import would read, and how it took it: for a look before anything is added. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Of recordings (GPtrArray of WgRecording) that were read: an object for all that were read alike,
 * {"place" (their folder, or the file where it is one), "format", "files", "takes", "units_per_g",
 * "rate_hz", "channels"}, in the order they came. `format`: as told, NULL: each file is judged.
 * Transfer full. */
JsonArray *wg_import_look_describe(GPtrArray *recordings, const char *format);

G_END_DECLS
