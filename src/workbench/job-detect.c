/* The job "detect": runs the watch's gesture detector over a file of raw samples. */
#include "base/error.h"
#include "base/file.h"
#include "dataset/detector.h"
#include "workbench/job.h"
#include "workbench/json.h"

#include <glib/gi18n.h>
#include <math.h>

static gboolean
read_sample(JsonArray *samples, guint i, gint16 raw[3], GError **error)
{
    JsonNode *node = json_array_get_element(samples, i);
    JsonArray *sample = JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;

    if (!sample || json_array_get_length(sample) != 3) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("sample %u is not a list of 3 numbers"), i);
        return FALSE;
    }
    for (guint axis = 0; axis < 3; axis++) {
        JsonNode *number = json_array_get_element(sample, axis);
        const GType type = JSON_NODE_HOLDS_VALUE(number) ? json_node_get_value_type(number) : 0;
        const double value =
            type == G_TYPE_INT64 || type == G_TYPE_DOUBLE ? json_node_get_double(number) : NAN;

        if (!isfinite(value)) {
            g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                        _("sample %u has a value that is no number"), i);
            return FALSE;
        }
        if (value < G_MININT16 || value > G_MAXINT16) {
            g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                        _("sample %u has a value outside -32768..32767"), i);
            return FALSE;
        }
        raw[axis] = (gint16)value;
    }
    return TRUE;
}

static JsonArray *
describe_gesture(guint n_fed, const gint8 *history, int n_samples)
{
    JsonArray *gesture = json_array_new();
    JsonArray *values = json_array_new();

    for (int i = 0; i < n_samples * 3; i++)
        json_array_add_int_element(values, history[i]);
    json_array_add_int_element(gesture, n_fed);
    json_array_add_array_element(gesture, values);
    return gesture;
}

static JsonArray *
get_samples(JsonObject *root, const char *path, GError **error)
{
    JsonNode *node = json_object_get_member(root, "samples");

    if (!node || !JSON_NODE_HOLDS_ARRAY(node)) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("%s has no list \"samples\""), path);
        return NULL;
    }
    return json_node_get_array(node);
}

static gboolean
run(WgJob *job, GError **error)
{
    const char *path = wg_job_get_arguments(job)[0];
    g_autofree char *text = wg_file_read(path, NULL, error);
    g_autoptr(JsonObject) root = NULL, result = NULL;
    JsonArray *samples, *gestures;
    WgDetector detector;

    if (!text)
        return FALSE;
    root = wg_json_parse_object(text, path, error);
    samples = root ? get_samples(root, path, error) : NULL;
    if (!samples)
        return FALSE;
    gestures = json_array_new();
    result = json_object_new();
    json_object_set_array_member(result, "gestures", gestures);
    wg_detector_init(&detector);
    for (guint i = 0; i < json_array_get_length(samples); i++) {
        gint8 history[50 * 3];
        gint16 raw[3];
        int n;

        if (!read_sample(samples, i, raw, error)) {
            g_prefix_error(error, "%s: ", path);
            return FALSE;
        }
        n = wg_detector_feed(&detector, raw, history);
        if (n > 0)
            json_array_add_array_element(gestures, describe_gesture(i + 1, history, n));
    }
    wg_job_take_result(job, g_steal_pointer(&result));
    return TRUE;
}

const WgJobKind wg_job_kind_detect = {
    "detect", "finds the gestures in raw samples as the watch would", "FILE.json", NULL, run, NULL,
};
