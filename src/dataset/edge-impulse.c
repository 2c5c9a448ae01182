/* Recordings as Edge Impulse's data acquisition has them, whichever way they are encoded. */
#include "dataset/edge-impulse.h"

#include "base/error.h"
#include "dataset/axis-names.h"
#include "dataset/axis-unit.h"
#include "dataset/edge-impulse-labels.h"
#include "dataset/edge-impulse-signature.h"
#include "dataset/file-reading.h"
#include "dataset/json-fields.h"
#include "dataset/time-unit.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define N_CHANNELS_MAX 6
#define VERSION "v1"
#define ALGORITHM "HS256"
#define MS_PER_S 1000.0
#define SENSORS_MAX 64

static const char *const sensor_names[N_CHANNELS_MAX] = {"accX", "accY", "accZ",
                                                         "gyrX", "gyrY", "gyrZ"};

typedef struct {
    const char *name;
    const WgImportOptions *options;
    WgFileContent *found;
    int columns[N_CHANNELS_MAX]; /* of a sample's list */
    double dps[N_CHANNELS_MAX];
    int n_channels, n_sensors;
    double units_per_g; /* 0: not told */
} Reading;

static gboolean fail(Reading *reading, GError **error, const char *format, ...) G_GNUC_PRINTF(3, 4);

static gboolean
fail(Reading *reading, GError **error, const char *format, ...)
{
    g_autofree char *why = NULL;
    va_list arguments;

    va_start(arguments, format);
    why = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error(error, WG_ERROR, WG_ERROR_INPUT, "%s: %s", reading->name, why);
    return FALSE;
}

static gboolean
check_signature(Reading *reading, JsonObject *root, const char *content, gsize length,
                GError **error)
{
    JsonNode *protected =
        wg_field_get(root, reading->name, "protected", WG_FIELD_OBJECT, TRUE, error);
    JsonObject *header = protected ? json_node_get_object(protected) : NULL;
    JsonNode *version =
        header ? wg_field_get(header, reading->name, "protected.ver", WG_FIELD_TEXT, TRUE, error)
               : NULL;
    JsonNode *alg =
        version ? wg_field_get(header, reading->name, "protected.alg", WG_FIELD_TEXT, TRUE, error)
                : NULL;
    JsonNode *signature;
    g_autoptr(GError) why = NULL;
    gboolean is_signed;

    if (!alg)
        return FALSE;
    wg_field_get(header, reading->name, "protected.iat", WG_FIELD_NUMBER, FALSE, &why);
    if (why) {
        g_propagate_error(error, g_steal_pointer(&why));
        return FALSE;
    }
    if (!g_str_equal(json_node_get_string(version), VERSION))
        return fail(reading, error, _("“protected.ver” is “%s”, and “%s” is read"),
                    json_node_get_string(version), VERSION);
    is_signed = g_str_equal(json_node_get_string(alg), ALGORITHM);
    if (!is_signed && !g_str_equal(json_node_get_string(alg), "none"))
        return fail(reading, error, _("“protected.alg” is “%s”, and “%s” and “none” are read"),
                    json_node_get_string(alg), ALGORITHM);
    signature = wg_field_get(root, reading->name, "signature", WG_FIELD_TEXT, is_signed, &why);
    if (why) {
        g_propagate_error(error, g_steal_pointer(&why));
        return FALSE;
    }
    /* of an unsigned one there need be none, and some leave the text empty */
    if (signature && (is_signed || *json_node_get_string(signature)) &&
        !wg_edge_impulse_signature_is(json_node_get_string(signature)))
        return fail(reading, error, _("“signature” is not 64 hexadecimal digits"));
    if (!is_signed && reading->options->key)
        wg_file_say_once(reading->found, reading->name, "edge-impulse:unsigned",
                         _("this file is not signed, so the key has nothing to check"));
    if (is_signed && !reading->options->key)
        wg_file_say_once(reading->found, reading->name, "edge-impulse:unchecked",
                         _("this file is signed, and without --key its signature is not checked"));
    if (is_signed && reading->options->key &&
        !wg_edge_impulse_signature_check(content, length, json_node_get_string(signature),
                                         reading->options->key))
        return fail(reading, error,
                    _("its signature is not that of the key: the file was changed, or signed with "
                      "another key"));
    return TRUE;
}

static gboolean
read_sensor(Reading *reading, JsonNode *node, int column, GError **error)
{
    JsonObject *sensor = wg_field_is(node, WG_FIELD_OBJECT) ? json_node_get_object(node) : NULL;
    JsonNode *name, *units;
    g_auto(WgAxisName) axis = {0};

    if (!sensor)
        return fail(reading, error, _("an entry of “payload.sensors” is not an object"));
    name = wg_field_get(sensor, reading->name, "payload.sensors.name", WG_FIELD_TEXT, TRUE, error);
    units = name ? wg_field_get(sensor, reading->name, "payload.sensors.units", WG_FIELD_TEXT, TRUE,
                                error)
                 : NULL;
    if (!units)
        return FALSE;
    wg_axis_name_read(&axis, json_node_get_string(name));
    if (axis.channel < 0 || reading->columns[axis.channel] >= 0)
        return TRUE; /* a microphone, a temperature: not for here */
    reading->columns[axis.channel] = column;
    if (axis.channel >= 3) {
        const double dps = wg_axis_unit_find_dps(json_node_get_string(units));

        reading->dps[axis.channel] = dps > 0 ? dps : 1;
    } else {
        const double per_g = wg_axis_unit_find(json_node_get_string(units));

        if (axis.channel > 0 && fabs(per_g - reading->units_per_g) > 0)
            return fail(reading, error, _("the axes of “payload.sensors” have different “units”"));
        reading->units_per_g = per_g;
    }
    return TRUE;
}

static gboolean
read_sensors(Reading *reading, JsonArray *sensors, GError **error)
{
    const guint n = json_array_get_length(sensors);

    if (n > SENSORS_MAX)
        return fail(reading, error, _("“payload.sensors” has %u entries, at most %d are read"), n,
                    SENSORS_MAX);
    for (int i = 0; i < N_CHANNELS_MAX; i++)
        reading->columns[i] = -1;
    for (guint i = 0; i < n; i++) {
        if (!read_sensor(reading, json_array_get_element(sensors, i), (int)i, error))
            return FALSE;
    }
    for (int i = 0; i < 3; i++) {
        if (reading->columns[i] < 0)
            return fail(reading, error, _("“payload.sensors” has no “%s”"), sensor_names[i]);
    }
    reading->n_sensors = (int)n;
    reading->n_channels =
        reading->columns[3] >= 0 && reading->columns[4] >= 0 && reading->columns[5] >= 0 ? 6 : 3;
    return TRUE;
}

static float *
read_values(Reading *reading, JsonArray *samples, GError **error)
{
    const guint n = json_array_get_length(samples);
    g_autofree float *values = g_new(float, (gsize)n *(gsize)reading->n_channels + 1);

    for (guint i = 0; i < n; i++) {
        JsonNode *node = json_array_get_element(samples, i);
        JsonArray *sample = wg_field_is(node, WG_FIELD_LIST) ? json_node_get_array(node) : NULL;

        if (!sample || (int)json_array_get_length(sample) != reading->n_sensors) {
            fail(reading, error, _("sample %u of “payload.values” is not a list of %d numbers"), i,
                 reading->n_sensors);
            return NULL;
        }
        for (int j = 0; j < reading->n_channels; j++) {
            JsonNode *value = json_array_get_element(sample, (guint)reading->columns[j]);

            if (!wg_field_is(value, WG_FIELD_NUMBER) ||
                fabs(json_node_get_double(value)) >= WG_VALUE_MAX) {
                fail(reading, error, _("sample %u of “payload.values” holds no number below %g"), i,
                     WG_VALUE_MAX);
                return NULL;
            }
            values[i * (guint)reading->n_channels + (guint)j] =
                (float)(json_node_get_double(value) * (j < 3 ? 1 : reading->dps[j]));
        }
    }
    return g_steal_pointer(&values);
}

static gboolean
read_payload(Reading *reading, JsonObject *payload, GError **error)
{
    const char *name = reading->name;
    JsonNode *type = wg_field_get(payload, name, "payload.device_type", WG_FIELD_TEXT, TRUE, error);
    g_autoptr(GError) why = NULL;
    JsonNode *device, *interval, *sensors, *samples;
    g_autofree float *values = NULL;
    g_autofree char *label = NULL;
    double rate_hz;

    if (!type)
        return FALSE;
    device = wg_field_get(payload, name, "payload.device_name", WG_FIELD_TEXT, FALSE, &why);
    if (why) {
        g_propagate_error(error, g_steal_pointer(&why));
        return FALSE;
    }
    interval = wg_field_get(payload, name, "payload.interval_ms", WG_FIELD_NUMBER,
                            reading->options->rate_hz <= 0, error);
    if (!interval && reading->options->rate_hz <= 0)
        return FALSE;
    rate_hz = reading->options->rate_hz > 0 ? reading->options->rate_hz
                                            : MS_PER_S / json_node_get_double(interval);
    if (!(rate_hz >= WG_RATE_HZ_MIN && rate_hz <= WG_RATE_HZ_MAX))
        return fail(reading, error,
                    _("“payload.interval_ms” makes %g Hz, and rates of %g to %g Hz are read: mend "
                      "it, or give --rate"),
                    rate_hz, WG_RATE_HZ_MIN, WG_RATE_HZ_MAX);
    sensors = wg_field_get(payload, name, "payload.sensors", WG_FIELD_LIST, TRUE, error);
    if (!sensors || !read_sensors(reading, json_node_get_array(sensors), error))
        return FALSE;
    samples = wg_field_get(payload, name, "payload.values", WG_FIELD_LIST, TRUE, error);
    if (!samples)
        return FALSE;
    if (json_array_get_length(json_node_get_array(samples)) == 0)
        return fail(reading, error, _("“payload.values” is empty"));
    values = read_values(reading, json_node_get_array(samples), error);
    label = values ? wg_file_dup_label(name, reading->options, error) : NULL;
    if (label) {
        const char *called = device ? json_node_get_string(device) : json_node_get_string(type);
        const gboolean is_known = *called && !g_str_equal(called, WG_EDGE_IMPULSE_OWN_TYPE);
        const WgRecordingSpec spec = {
            .label = label,
            .person = reading->options->person,
            .device = is_known ? called : NULL,
            .file = name,
            .rate_hz = rate_hz,
            .n_samples = (int)json_array_get_length(json_node_get_array(samples)),
            .n_channels = reading->n_channels,
            .samples = values,
            .original = values,
            .original_units_per_g = reading->units_per_g,
        };

        g_ptr_array_add(reading->found->takes, wg_recording_new(&spec));
    }
    return label != NULL;
}

gboolean
wg_edge_impulse_read(JsonNode *root, const char *name, const char *content, gsize length,
                     const WgImportOptions *options, WgFileContent *found, GError **error)
{
    Reading reading = {.name = name, .options = options, .found = found};
    const guint first = found->takes->len;
    JsonNode *payload;

    if (!wg_field_is(root, WG_FIELD_OBJECT))
        return fail(&reading, error, _("this is not an object with a “payload”"));
    if (!check_signature(&reading, json_node_get_object(root), content, length, error))
        return FALSE;
    payload =
        wg_field_get(json_node_get_object(root), name, "payload", WG_FIELD_OBJECT, TRUE, error);
    if (!payload || !read_payload(&reading, json_node_get_object(payload), error))
        return FALSE;
    wg_edge_impulse_labels_apply(name, options, found, first);
    return TRUE;
}
