/* Writes takes as Edge Impulse's data acquisition has them, with the files of labels beside them.
 */
#include "dataset/edge-impulse.h"

#include "dataset/edge-impulse-labels.h"
#include "dataset/edge-impulse-signature.h"
#include "dataset/export-values.h"

#define MS_PER_S 1000.0

static JsonObject *
add_object(JsonObject *parent, const char *name)
{
    JsonObject *object = json_object_new();

    json_object_set_object_member(parent, name, object);
    return object;
}

static JsonArray *
add_list(JsonObject *parent, const char *name)
{
    JsonArray *list = json_array_new();

    json_object_set_array_member(parent, name, list);
    return list;
}

static void
add_sensors(JsonObject *payload, const char *unit, int n_channels)
{
    static const char *const names[] = {"accX", "accY", "accZ", "gyrX", "gyrY", "gyrZ"};
    JsonArray *sensors = add_list(payload, "sensors");

    for (int i = 0; i < n_channels; i++) {
        JsonObject *sensor = json_object_new();

        json_object_set_string_member(sensor, "name", names[i]);
        json_object_set_string_member(sensor, "units", i < 3 ? unit : "dps");
        json_array_add_object_element(sensors, sensor);
    }
}

static JsonNode *
make_root(const WgRecordingSpec *spec, const WgExportValues *values, gboolean is_signed)
{
    g_autoptr(JsonObject) root = json_object_new();
    JsonObject *header = add_object(root, "protected"), *payload;
    JsonArray *samples;

    json_object_set_string_member(header, "ver", "v1");
    json_object_set_string_member(header, "alg", is_signed ? "HS256" : "none");
    json_object_set_string_member(root, "signature", WG_EDGE_IMPULSE_UNSIGNED);
    payload = add_object(root, "payload");
    if (spec->device)
        json_object_set_string_member(payload, "device_name", spec->device);
    json_object_set_string_member(payload, "device_type", WG_EDGE_IMPULSE_OWN_TYPE);
    json_object_set_double_member(payload, "interval_ms", MS_PER_S / spec->rate_hz);
    add_sensors(payload, values->unit, spec->n_channels);
    samples = add_list(payload, "values");
    for (int i = 0; i < spec->n_samples; i++) {
        JsonArray *sample = json_array_sized_new((guint)spec->n_channels);

        for (int j = 0; j < spec->n_channels; j++)
            json_array_add_double_element(sample,
                                          (double)values->values[(gsize)i * spec->n_channels + j]);
        json_array_add_array_element(samples, sample);
    }
    return json_node_init_object(json_node_alloc(), root);
}

static gboolean
write_take(const WgRecordingSpec *spec, const WgExportDataOptions *options, WgDataWriter *out,
           const char *ending, GByteArray *(*encode)(JsonNode *root), WgEdgeImpulseLabels *labels,
           GError **error)
{
    g_auto(WgExportValues) values = {0};
    g_autofree char *path = wg_data_writer_dup_name(out, NULL, spec->label, ending);
    g_autoptr(JsonNode) root = NULL;
    g_autoptr(GByteArray) content = NULL;

    wg_export_values_init(&values, spec);
    root = make_root(spec, &values, options->key != NULL);
    content = encode(root);
    if (options->key)
        wg_edge_impulse_signature_put(content, options->key);
    wg_edge_impulse_labels_add(labels, path, spec, NULL, values.factor);
    return wg_data_writer_add(out, path, content->data, content->len, error);
}

gboolean
wg_edge_impulse_write(GPtrArray *recordings, const WgExportDataOptions *options, WgDataWriter *out,
                      const char *ending, GByteArray *(*encode)(JsonNode *root), GError **error)
{
    g_autoptr(WgEdgeImpulseLabels) labels = wg_edge_impulse_labels_new();

    for (guint i = 0; i < recordings->len; i++) {
        const WgRecordingSpec *spec = wg_recording_get(g_ptr_array_index(recordings, i));

        if (!wg_data_writer_tick(out, i, recordings->len, error) ||
            !write_take(spec, options, out, ending, encode, labels, error))
            return FALSE;
    }
    return wg_edge_impulse_labels_write(labels, out, error);
}
