/* Reads a stream from JSON: samples, their rate and unit, and the events in them. */
#include "dataset/stream-read.h"

#include "base/error.h"
#include "base/json-text.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <math.h>

/* What a stream needs; the JSON reader goes as deep as a file does. */
#define DEPTH_MAX 8
/* Beyond this no sensor counts, in any unit. */
#define VALUE_MAX 1e7
#define RATE_MAX_HZ 2000

typedef struct {
    const char *name;
    double rate_hz, units_per_g;
    GError **error;
} Reading;

static gboolean fail(Reading *reading, const char *format, ...) G_GNUC_PRINTF(2, 3);

static gboolean
fail(Reading *reading, const char *format, ...)
{
    g_autofree char *why = NULL;
    va_list arguments;

    va_start(arguments, format);
    why = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error(reading->error, WG_ERROR, WG_ERROR_INPUT, "%s: %s", reading->name, why);
    return FALSE;
}

static gboolean
read_number(JsonNode *node, double *value)
{
    if (!node || !JSON_NODE_HOLDS_VALUE(node) ||
        (json_node_get_value_type(node) != G_TYPE_INT64 &&
         json_node_get_value_type(node) != G_TYPE_DOUBLE))
        return FALSE;
    *value = json_node_get_double(node);
    return isfinite(*value) && fabs(*value) < VALUE_MAX;
}

/* The option's value, else the file's own, else the watch's. */
static gboolean
choose_number(Reading *reading, JsonObject *root, const char *name, double told, double usual,
              double most, double *value)
{
    JsonNode *node = json_object_get_member(root, name);

    *value = told > 0 ? told : usual;
    if (told > 0 || !node)
        return TRUE;
    if (read_number(node, value) && *value > 0 && *value <= most)
        return TRUE;
    return fail(reading, _("“%s” is not a number above 0 and up to %g"), name, most);
}

static float *
read_samples(Reading *reading, JsonArray *array)
{
    const guint n = json_array_get_length(array);
    g_autofree float *samples = g_new(float, (gsize)n * 3 + 1);

    for (guint i = 0; i < n; i++) {
        JsonNode *node = json_array_get_element(array, i);
        JsonArray *sample = JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;

        if (!sample || json_array_get_length(sample) != 3) {
            fail(reading, _("sample %u is not [x, y, z]"), i);
            return NULL;
        }
        for (guint axis = 0; axis < 3; axis++) {
            double value = 0;

            if (!read_number(json_array_get_element(sample, axis), &value)) {
                fail(reading, _("sample %u holds what is no number that a sensor gives"), i);
                return NULL;
            }
            samples[i * 3 + axis] = (float)(value / reading->units_per_g);
        }
    }
    return g_steal_pointer(&samples);
}

/* A bound of an event: a sample's number, or seconds under `name`_s. */
static gboolean
read_bound(Reading *reading, JsonObject *object, const char *name, guint i, int *bound)
{
    g_autofree char *name_s = g_strconcat(name, "_s", NULL);
    JsonNode *node = json_object_get_member(object, name);
    double value = 0;

    if (node ? !read_number(node, &value)
             : !read_number(json_object_get_member(object, name_s), &value))
        return fail(reading, _("event %u has no number “%s” (a sample) or “%s” (seconds)"), i, name,
                    name_s);
    *bound = (int)lrint(CLAMP(node ? value : value * reading->rate_hz, -1.0, (double)G_MAXINT));
    return TRUE;
}

static gboolean
read_event(Reading *reading, JsonNode *node, guint i, int n_samples, GArray *events)
{
    JsonObject *object = JSON_NODE_HOLDS_OBJECT(node) ? json_node_get_object(node) : NULL;
    JsonNode *label = object ? json_object_get_member(object, "label") : NULL;
    WgStreamEvent event = {0};

    if (!label || !JSON_NODE_HOLDS_VALUE(label) ||
        json_node_get_value_type(label) != G_TYPE_STRING || !*json_node_get_string(label))
        return fail(reading, _("event %u is not {\"start\", \"end\", \"label\"} with a label"), i);
    if (!read_bound(reading, object, "start", i, &event.start) ||
        !read_bound(reading, object, "end", i, &event.end))
        return FALSE;
    if (event.start < 0 || event.start >= event.end || event.end > n_samples)
        return fail(reading, _("event %u goes from sample %d to %d; the stream has %d samples"), i,
                    event.start, event.end, n_samples);
    event.label = g_strdup(json_node_get_string(label));
    g_array_append_val(events, event);
    return TRUE;
}

static WgStream *
read_root(Reading *reading, JsonObject *root, const WgStreamOptions *options)
{
    JsonNode *samples_node = json_object_get_member(root, "samples");
    JsonNode *events_node = json_object_get_member(root, "events");
    g_autoptr(GArray) events = wg_stream_events_new();
    g_autofree float *samples = NULL;
    int n_samples;

    if (!choose_number(reading, root, "rate_hz", options->rate_hz, WG_STREAM_RATE_HZ, RATE_MAX_HZ,
                       &reading->rate_hz) ||
        !choose_number(reading, root, "units_per_g", options->units_per_g, WG_STREAM_RAW_PER_G,
                       VALUE_MAX, &reading->units_per_g))
        return NULL;
    if (!samples_node || !JSON_NODE_HOLDS_ARRAY(samples_node) ||
        json_array_get_length(json_node_get_array(samples_node)) == 0) {
        fail(reading, _("there is no list “samples” of [x, y, z]"));
        return NULL;
    }
    samples = read_samples(reading, json_node_get_array(samples_node));
    if (!samples)
        return NULL;
    n_samples = (int)json_array_get_length(json_node_get_array(samples_node));
    if (events_node && !JSON_NODE_HOLDS_ARRAY(events_node)) {
        fail(reading, _("“events” is not a list"));
        return NULL;
    }
    for (guint i = 0; events_node && i < json_array_get_length(json_node_get_array(events_node));
         i++) {
        if (!read_event(reading, json_array_get_element(json_node_get_array(events_node), i), i,
                        n_samples, events))
            return NULL;
    }
    return wg_stream_new(reading->rate_hz, n_samples, g_steal_pointer(&samples),
                         g_steal_pointer(&events));
}

WgStream *
wg_stream_read_json(const char *name, const char *content, gsize length,
                    const WgStreamOptions *options, GError **error)
{
    Reading reading = {name, 0, 0, error};
    g_autoptr(JsonParser) parser = json_parser_new_immutable();
    g_autoptr(GError) why = NULL;
    const char *fault = wg_json_text_find_fault(content, length, DEPTH_MAX, NULL);
    WgStream *stream;

    if (fault) {
        fail(&reading, _("this is no stream in JSON: %s"), fault);
        return NULL;
    }
    if (!json_parser_load_from_data(parser, content, (gssize)length, &why)) {
        fail(&reading, _("this is no JSON: %s"), why->message);
        return NULL;
    }
    if (!json_parser_get_root(parser) || !JSON_NODE_HOLDS_OBJECT(json_parser_get_root(parser))) {
        fail(&reading, _("this is not {\"samples\": [[x, y, z], ...], ...}"));
        return NULL;
    }
    stream = read_root(&reading, json_node_get_object(json_parser_get_root(parser)), options);
    if (stream && stream->events->len == 0)
        stream->note =
            g_strdup_printf(_("%s names no gestures: every answer is a false alarm"), name);
    return stream;
}
