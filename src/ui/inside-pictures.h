/* Makes the pictures of a network's layers and filters, of what the job "layers" tells. */
#pragma once

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* `row`: an event "row" of a layer; `result`: what the job ended with. Its strips beside its
 * weights; shown. */
GtkWidget *wg_inside_layer_new(JsonObject *row, JsonObject *result);
/* `filter`: a member of the result's "filters". */
GtkWidget *wg_inside_filter_new(JsonObject *filter, JsonObject *result);

G_END_DECLS
