/* Numbers of recordings in a GArray of gint64. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* In rising order, each once. */
void wg_ids_sort(GArray *ids);

G_END_DECLS
