/* The health of the stream that is recorded: one coloured light, and words. */
#pragma once

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* `health`: the event of that name of the job "record"; NULL: nothing is recorded, both are hidden.
 */
void wg_stream_health_show(GtkLabel *light, GtkLabel *words, JsonObject *health);

G_END_DECLS
