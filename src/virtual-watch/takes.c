/* Loads takes from a project, from the shipped recordings or from a file. */
#include "virtual-watch/takes.h"

#include "base/data-path.h"
#include "base/error.h"
#include "base/file.h"
#include "base/json-text.h"
#include "base/random.h"
#include "dataset/import.h"
#include "dataset/project.h"
#include "dataset/split.h"
#include "virtual-watch/sensor.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define SPLIT_PREFIX "split:"

static GPtrArray *
new_takes(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)wg_take_free);
}

static void
add_take(GPtrArray *takes, const WgRecording *recording)
{
    const WgRecordingSpec *spec = wg_recording_get(recording);
    g_autofree gint8 *history = wg_recording_dup_history(recording);
    g_ptr_array_add(takes, wg_take_new(spec->label, history, spec->n_samples));
}

static GPtrArray *
read_file(const char *path, GError **error)
{
    const char *const paths[] = {path, NULL};
    const WgImportOptions options = {0};
    g_autoptr(WgImport) import = wg_import_read(paths, &options, NULL, NULL, NULL, error);
    return import ? g_ptr_array_ref(import->recordings) : NULL;
}

static GPtrArray *
read_shipped(GError **error)
{
    g_autofree char *path = wg_data_dup_path("recordings/bangle-gestures");
    return read_file(path, error);
}

/* 0: what is no number. */
static double
read_number(JsonNode *node)
{
    return JSON_NODE_HOLDS_VALUE(node) ? json_node_get_double(node) : 0;
}

/* Times between samples, in ms; 0: the file names a rate that no watch has. */
static double
read_period(JsonObject *stream)
{
    JsonNode *rate = json_object_get_member(stream, "rate_hz");
    const double rate_hz = rate ? read_number(rate) : 1000 / WG_SENSOR_PERIOD_MS;
    return rate_hz >= 1 && rate_hz <= 1000 ? 1000 / rate_hz : 0;
}

static GPtrArray *
take_raw_samples(JsonArray *samples, double period_ms, const char *path, GError **error)
{
    const guint n = json_array_get_length(samples);
    if (period_ms <= 0) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT, "%s: its rate_hz is not 1 to 1000", path);
        return NULL;
    }
    g_autofree gint16 *raw = g_new0(gint16, 3 * (gsize)n + 1);
    for (guint i = 0; i < n; i++) {
        JsonNode *node = json_array_get_element(samples, i);
        JsonArray *sample = JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;
        if (!sample || json_array_get_length(sample) != 3) {
            g_set_error(error, WG_ERROR, WG_ERROR_INPUT, "%s: sample %u is not [x, y, z]", path, i);
            return NULL;
        }
        for (guint axis = 0; axis < 3; axis++)
            raw[3 * i + axis] = (gint16)CLAMP(read_number(json_array_get_element(sample, axis)),
                                              G_MININT16, G_MAXINT16);
    }
    GPtrArray *takes = new_takes();
    WgTake *take = wg_take_new_raw(raw, (int)n);
    take->period_ms = period_ms;
    g_ptr_array_add(takes, take);
    return takes;
}

/* NULL without error when the file is not {"samples":[...]}. */
static GPtrArray *
load_stream(const char *path, GError **error)
{
    gsize length = 0;
    g_autofree char *text = wg_file_read(path, &length, NULL);
    g_autoptr(JsonParser) parser = json_parser_new();
    if (!text || wg_json_text_find_fault(text, length, WG_JSON_DEPTH_MAX, NULL) ||
        !json_parser_load_from_data(parser, text, (gssize)length, NULL))
        return NULL; /* not JSON: gestures in another format */
    JsonNode *root = json_parser_get_root(parser);
    if (!root || !JSON_NODE_HOLDS_OBJECT(root))
        return NULL;
    JsonNode *samples = json_object_get_member(json_node_get_object(root), "samples");
    if (!samples || !JSON_NODE_HOLDS_ARRAY(samples))
        return NULL;
    return take_raw_samples(json_node_get_array(samples), read_period(json_node_get_object(root)),
                            path, error);
}

/* The part of the project's own split: its fact "split" lists ids of each part. */
static GPtrArray *
load_project_part(WgProject *project, GPtrArray *recordings, const char *part, GError **error)
{
    g_autofree char *fact = wg_project_dup_fact(project, "split");
    g_autoptr(JsonParser) parser = json_parser_new();
    if (!fact || wg_json_text_find_fault(fact, strlen(fact), WG_JSON_DEPTH_MAX, NULL) ||
        !json_parser_load_from_data(parser, fact, -1, NULL) || !json_parser_get_root(parser) ||
        !JSON_NODE_HOLDS_OBJECT(json_parser_get_root(parser))) {
        g_set_error(error, WG_ERROR, WG_ERROR_MISSING,
                    "%s has no split yet: train a model with it first",
                    wg_project_get_path(project));
        return NULL;
    }
    JsonObject *split = json_node_get_object(json_parser_get_root(parser));
    JsonNode *node = json_object_get_member(split, part);
    GPtrArray *takes = new_takes();
    JsonArray *ids = node && JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;
    g_autoptr(GHashTable) by_id = g_hash_table_new(g_int64_hash, g_int64_equal);
    for (guint i = 0; i < recordings->len; i++) {
        WgRecording *recording = g_ptr_array_index(recordings, i);
        g_hash_table_insert(by_id, (gpointer)&wg_recording_get(recording)->id, recording);
    }
    for (guint i = 0; ids && i < json_array_get_length(ids); i++) {
        const gint64 id = (gint64)read_number(json_array_get_element(ids, i));
        const WgRecording *recording = g_hash_table_lookup(by_id, &id);
        if (recording)
            add_take(takes, recording);
    }
    return takes;
}

static GPtrArray *
load_shipped_part(GPtrArray *recordings, const char *part, GError **error)
{
    g_autofree char *path = wg_data_dup_path("recordings/seed-split.json");
    g_autoptr(WgSplit) split = wg_split_new_from_file(recordings, path, error);
    if (!split)
        return NULL;
    const GArray *indices = strcmp(part, "test") == 0         ? split->test
                            : strcmp(part, "validation") == 0 ? split->validation
                                                              : split->train;
    GPtrArray *takes = new_takes();
    for (guint i = 0; i < indices->len; i++)
        add_take(takes, wg_dataset_get(split->dataset, g_array_index(indices, int, i)));
    return takes;
}

/* A split lists its takes label by label; nobody moves like that. Always the same order. */
static GPtrArray *
mix(GPtrArray *takes)
{
    GPtrArray *mixed = new_takes();
    g_autofree int *indices = g_new(int, takes->len + 1);
    WgRandom random;
    wg_random_init(&random, 1, takes->len);
    for (guint i = 0; i < takes->len; i++)
        indices[i] = (int)i;
    wg_random_shuffle(&random, indices, (int)takes->len);
    for (guint i = 0; i < takes->len; i++)
        g_ptr_array_add(mixed, g_ptr_array_index(takes, indices[i]));
    g_ptr_array_set_free_func(takes, NULL); /* they are owned by the other now */
    g_ptr_array_unref(takes);
    return mixed;
}

static GPtrArray *
load_part(WgProject *project, GPtrArray *recordings, const char *part, GError **error)
{
    static const char *const parts[] = {"train", "validation", "test", NULL};
    if (!g_strv_contains(parts, part)) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    "a split has the parts train, validation and test, not \"%s\"", part);
        return NULL;
    }
    GPtrArray *takes = project ? load_project_part(project, recordings, part, error)
                               : load_shipped_part(recordings, part, error);
    return takes ? mix(takes) : NULL;
}

static GPtrArray *
load_label(GPtrArray *recordings, const char *label)
{
    GPtrArray *takes = new_takes();
    for (guint i = 0; i < recordings->len; i++) {
        const WgRecording *recording = g_ptr_array_index(recordings, i);
        if (strcmp(wg_recording_get(recording)->label, label) == 0)
            add_take(takes, recording);
    }
    return takes;
}

static GPtrArray *
load_file(const char *path, GError **error)
{
    g_autoptr(GError) stream_error = NULL;
    GPtrArray *stream = load_stream(path, &stream_error);
    if (stream || stream_error) {
        if (stream_error)
            g_propagate_error(error, g_steal_pointer(&stream_error));
        return stream;
    }
    g_autoptr(GPtrArray) recordings = read_file(path, error);
    if (!recordings)
        return NULL;
    GPtrArray *takes = new_takes();
    for (guint i = 0; i < recordings->len; i++)
        add_take(takes, g_ptr_array_index(recordings, i));
    return takes;
}

GPtrArray *
wg_takes_load(const char *what, const char *project_path, GError **error)
{
    g_autoptr(WgProject) project = NULL;
    g_autoptr(GPtrArray) takes = NULL;
    if (g_file_test(what, G_FILE_TEST_IS_REGULAR)) {
        takes = load_file(what, error);
    } else {
        if (project_path && !(project = wg_project_open(project_path, error)))
            return NULL;
        g_autoptr(GPtrArray) recordings =
            project ? wg_project_load_recordings(project, error) : read_shipped(error);
        if (!recordings)
            return NULL;
        takes = g_str_has_prefix(what, SPLIT_PREFIX)
                    ? load_part(project, recordings, what + strlen(SPLIT_PREFIX), error)
                    : load_label(recordings, what);
    }
    if (takes && takes->len == 0) {
        g_set_error(error, WG_ERROR, WG_ERROR_MISSING, "there is no take of \"%s\" in %s", what,
                    project_path ? project_path : "the sample recordings");
        return NULL;
    }
    return g_steal_pointer(&takes);
}
