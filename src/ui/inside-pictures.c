/* Makes the pictures of a network's layers and filters, of what the job "layers" tells. */
#include "ui/inside-pictures.h"

#include "ui/charts/filter-picture.h"
#include "ui/charts/strips.h"
#include "ui/charts/weights.h"

#include <glib/gi18n.h>

static float *
dup_floats(JsonObject *object, const char *name, int *n)
{
    JsonArray *array = json_object_get_array_member(object, name);
    float *values = g_new(float, json_array_get_length(array) + 1);

    for (guint i = 0; i < json_array_get_length(array); i++)
        values[i] = (float)json_array_get_double_element(array, i);
    if (n)
        *n = (int)json_array_get_length(array);
    return values;
}

/* Number of a layer, -1: none. */
static int
read_layer(JsonObject *result, const char *name)
{
    return json_object_get_null_member(result, name)
               ? -1
               : (int)json_object_get_double_member(result, name);
}

/* Beside the strips; an empty place of the same width where a layer has none. */
static GtkWidget *
make_weights(JsonObject *row, const char *name)
{
    JsonObject *weights = json_object_has_member(row, "weights")
                              ? json_object_get_object_member(row, "weights")
                              : NULL;
    JsonArray *histogram = weights ? json_object_get_array_member(weights, "histogram") : NULL;
    const int n_bins = histogram ? (int)json_array_get_length(histogram) : 0;
    g_autofree int *bins = g_new0(int, n_bins + 1);
    g_autofree float *scales = NULL;
    WgWeightsLayer layer = {.bins = bins, .n_bins = n_bins};
    int n_scales = 0;

    if (n_bins == 0) {
        GtkWidget *place = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);

        gtk_widget_set_size_request(place, WG_WEIGHTS_WIDTH, -1);
        gtk_widget_show(place);
        return place;
    }
    for (int i = 0; i < n_bins; i++)
        bins[i] = (int)json_array_get_int_element(histogram, (guint)i);
    scales = dup_floats(weights, "scales", &n_scales);
    layer.n = (int)json_object_get_int_member(weights, "n");
    layer.n_channels = (int)json_object_get_int_member(weights, "channels");
    layer.n_at_ends = (int)json_object_get_int_member(weights, "at_ends");
    layer.smallest_scale = layer.largest_scale = (double)scales[0];
    for (int i = 1; i < n_scales; i++) {
        layer.smallest_scale = MIN(layer.smallest_scale, (double)scales[i]);
        layer.largest_scale = MAX(layer.largest_scale, (double)scales[i]);
    }
    return wg_weights_new(name, &layer);
}

GtkWidget *
wg_inside_layer_new(JsonObject *row, JsonObject *result)
{
    JsonArray *shape = json_object_get_array_member(row, "shape");
    const int number = (int)json_object_get_int_member(row, "layer");
    const gboolean has_floats = json_object_has_member(row, "float");
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 18), *strips;
    g_autofree float *int8 = dup_floats(row, "int8", NULL);
    g_autofree float *floats = has_floats ? dup_floats(row, "float", NULL) : NULL;
    WgStripsLayer layer = {
        .number = number,
        .op = json_object_get_string_member(row, "op"),
        .length = (int)json_array_get_int_element(shape, 0),
        .channels = (int)json_array_get_int_element(shape, 1),
        .int8 = int8,
        .floats = floats,
        .scale = json_object_get_double_member(row, "scale"),
    };

    if (has_floats) {
        layer.largest = json_object_get_double_member(row, "largest_steps");
        layer.mean = json_object_get_double_member(row, "mean_steps");
        layer.n_saturated = (int)json_object_get_int_member(row, "saturated");
    }
    if (number == read_layer(result, "flips_at"))
        layer.mark = _("✕ the answer turns here");
    else if (number == read_layer(result, "parts_at"))
        layer.mark = _("✕ they part here");
    strips = wg_strips_new(&layer);
    gtk_box_pack_start(GTK_BOX(box), strips, TRUE, TRUE, 0);
    gtk_box_pack_start(GTK_BOX(box),
                       make_weights(row, atk_object_get_name(gtk_widget_get_accessible(strips))),
                       FALSE, FALSE, 0);
    gtk_widget_show(box);
    return box;
}

GtkWidget *
wg_inside_filter_new(JsonObject *filter, JsonObject *result)
{
    int n_values = 0;
    g_autofree float *weights = dup_floats(filter, "weights", NULL);
    g_autofree float *stretch = dup_floats(filter, "stretch", &n_values);
    WgFilterShape shape = {
        .number = (int)json_object_get_int_member(filter, "filter"),
        .kernel = (int)json_object_get_int_member(result, "kernel"),
        .channels = (int)json_object_get_int_member(result, "channels"),
        .dilation = (int)json_object_get_int_member(result, "dilation"),
        .weights = weights,
        .stretch = stretch,
        .label = json_object_get_string_member(filter, "label"),
        .take = json_object_get_int_member(filter, "take"),
        .at = (int)json_object_get_int_member(filter, "at"),
        .response = json_object_get_double_member(filter, "value"),
    };

    shape.n_stretch = n_values / shape.channels;
    return wg_filter_picture_new(&shape);
}
