/* micro:bit CreateAI data set: one JSON with the gestures and their recordings in g. */
#include "base/error.h"
#include "dataset/data-writer.h"
#include "dataset/export-values.h"
#include "dataset/file-reading.h"
#include "dataset/json-fields.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* The file has no rate. Today's editor records 990 ms at 50 Hz; the one before it a sample each 25
 * ms, of which a recording then had at least so many. */
#define RATE_HZ 50.0
#define LEGACY_RATE_HZ 40.0
#define LEGACY_SAMPLES_MIN 80
/* What CreateAI asks of an answer unless told otherwise. */
#define CONFIDENCE 0.8
/* Gestures, a gesture, its recordings, a recording, its data, an axis. */
#define DEEPEST 7

typedef struct {
    const char *name, *label;
    const WgImportOptions *options;
    WgFileContent *found;
    gboolean is_legacy; /* the gesture has a number for its ID */
} Reading;

/* One sample list of the data, NULL with an error. */
static JsonArray *
get_axis(Reading *reading, JsonObject *data, const char *path, GError **error)
{
    JsonNode *node = wg_field_get(data, reading->name, path, WG_FIELD_LIST, TRUE, error);

    return node ? json_node_get_array(node) : NULL;
}

/* n x 3 values, NULL with an error. */
static float *
read_values(Reading *reading, JsonArray *const axes[3], guint n, GError **error)
{
    g_autofree float *values = g_new(float, (gsize)n * 3 + 1);

    for (guint i = 0; i < n * 3; i++) {
        JsonNode *node = json_array_get_element(axes[i % 3], i / 3);

        if (!wg_field_is(node, WG_FIELD_NUMBER) ||
            fabs(json_node_get_double(node)) >= WG_VALUE_MAX) {
            g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                        _("%s: sample %u of “data.%c” of “%s” is no number below %g"),
                        reading->name, i / 3, "xyz"[i % 3], reading -> label, WG_VALUE_MAX);
            return NULL;
        }
        values[i] = (float)json_node_get_double(node);
    }
    return g_steal_pointer(&values);
}

/* The rate that a recording of n samples must have had; said, as it is a guess. */
static double
choose_rate(Reading *reading, guint n)
{
    const gboolean is_legacy = reading->is_legacy || n >= LEGACY_SAMPLES_MIN;

    if (reading->options->rate_hz > 0)
        return reading->options->rate_hz;
    wg_file_say_once(reading->found, reading->name,
                     is_legacy ? "createai:legacy-rate" : "createai:rate",
                     is_legacy ? _("the file has no rate; so many samples, or its numbered "
                                   "gestures, mean the older 40 Hz (--rate tells another)")
                               : _("the file has no rate: taken as CreateAI's 50 Hz (--rate tells "
                                   "another)"));
    return is_legacy ? LEGACY_RATE_HZ : RATE_HZ;
}

static gboolean
read_recording(Reading *reading, JsonNode *node, GError **error)
{
    JsonObject *recording = wg_field_is(node, WG_FIELD_OBJECT) ? json_node_get_object(node) : NULL;
    JsonNode *data = NULL;
    JsonArray *axes[3] = {NULL};
    g_autofree float *values = NULL;
    guint n;

    if (!recording) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    _("%s: an entry of “recordings” of “%s” is not an object"), reading->name,
                    reading->label);
        return FALSE;
    }
    data = wg_field_get(recording, reading->name, "recordings.data", WG_FIELD_OBJECT, TRUE, error);
    for (int i = 0; data && i < 3; i++) {
        static const char *const paths[] = {"recordings.data.x", "recordings.data.y",
                                            "recordings.data.z"};

        axes[i] = get_axis(reading, json_node_get_object(data), paths[i], error);
        if (!axes[i])
            return FALSE;
    }
    if (!data)
        return FALSE;
    n = json_array_get_length(axes[0]);
    if (n == 0 || json_array_get_length(axes[1]) != n || json_array_get_length(axes[2]) != n) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    _("%s: a recording of “%s” has %u, %u and %u samples on x, y and z"),
                    reading->name, reading->label, n, json_array_get_length(axes[1]),
                    json_array_get_length(axes[2]));
        return FALSE;
    }
    values = read_values(reading, axes, n, error);
    if (values) {
        const WgRecordingSpec spec = {
            .label = reading->options->label ? reading->options->label : reading->label,
            .person = reading->options->person,
            .file = reading->name,
            .rate_hz = choose_rate(reading, n),
            .n_samples = (int)n,
            .n_channels = 3,
            .samples = values,
            .original = values,
            .original_units_per_g = 1,
        };

        g_ptr_array_add(reading->found->takes, wg_recording_new(&spec));
    }
    return values != NULL;
}

static gboolean
read_gesture(Reading *reading, JsonNode *node, GError **error)
{
    JsonObject *gesture = wg_field_is(node, WG_FIELD_OBJECT) ? json_node_get_object(node) : NULL;
    JsonNode *name, *id, *recordings;
    JsonArray *list;

    if (!gesture) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("%s: a gesture in it is not an object"),
                    reading->name);
        return FALSE;
    }
    name = wg_field_get(gesture, reading->name, "name", WG_FIELD_TEXT, TRUE, error);
    if (!name)
        return FALSE;
    id = json_object_get_member(gesture, "ID");
    reading->is_legacy = id && wg_field_is(id, WG_FIELD_NUMBER);
    id = json_object_get_member(gesture, "id");
    if (!reading->is_legacy &&
        !(id && (wg_field_is(id, WG_FIELD_TEXT) || wg_field_is(id, WG_FIELD_NUMBER)))) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    _("%s: “%s” has no text “id”, and no number “ID” as older files have"),
                    reading->name, json_node_get_string(name));
        return FALSE;
    }
    recordings = wg_field_get(gesture, reading->name, "recordings", WG_FIELD_LIST, TRUE, error);
    if (!recordings)
        return FALSE;
    reading->label = json_node_get_string(name);
    if (!*reading->label && !reading->options->label) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    _("%s: a gesture's “name” is empty: name it there, or give --label"),
                    reading->name);
        return FALSE;
    }
    list = json_node_get_array(recordings);
    for (guint i = 0; i < json_array_get_length(list); i++) {
        if (!read_recording(reading, json_array_get_element(list, i), error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
read_createai(const char *name, const char *content, gsize length, const WgImportOptions *options,
              WgFileContent *found, GError **error)
{
    g_autoptr(JsonNode) root = wg_json_read(name, content, length, DEEPEST, error);
    Reading reading = {.name = name, .options = options, .found = found};
    const guint first = found->takes->len;
    JsonArray *gestures;

    if (!root)
        return FALSE;
    if (!wg_field_is(root, WG_FIELD_LIST)) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("%s: this is not a list of gestures"), name);
        return FALSE;
    }
    gestures = json_node_get_array(root);
    for (guint i = 0; i < json_array_get_length(gestures); i++) {
        if (read_gesture(&reading, json_array_get_element(gestures, i), error))
            continue;
        g_ptr_array_set_size(found->takes, (int)first); /* all of the file or nothing */
        return FALSE;
    }
    return TRUE;
}

static int
matches(const char *name, const char *content, gsize length)
{
    static const char *const words[] = {"\"name\"", "\"recordings\"", "\"data\""};
    const char *end = content + length, *start = content;
    int n_found = 0;

    while (start < end && g_ascii_isspace(*start))
        start++;
    if (start == end || *start != '[')
        return 0;
    for (guint i = 0; i < G_N_ELEMENTS(words); i++)
        n_found += memmem(start, (gsize)(end - start), words[i], strlen(words[i])) != NULL;
    /* two are enough to say what is missing */
    return n_found == 3 ? 90 : n_found == 2 ? 60 : 0;
}

/* Of the gesture of that name, which begins with the first take of it. */
static JsonArray *
get_recordings(JsonArray *gestures, GHashTable *lists, const char *label)
{
    /* pictures that every version of the editor knows */
    static const char *const icons[] = {"Heart", "Happy", "Asleep",   "Surprised", "Angry", "House",
                                        "Ghost", "Duck",  "Umbrella", "Snake",     "Sad",   "Yes"};
    JsonArray *list = g_hash_table_lookup(lists, label);
    const guint number = json_array_get_length(gestures);
    g_autofree char *id = g_strdup_printf("waggle-%u", number + 1);
    JsonObject *gesture;

    if (list)
        return list;
    list = json_array_new();
    gesture = json_object_new();
    json_object_set_string_member(gesture, "id", id);
    json_object_set_string_member(gesture, "name", label);
    json_object_set_string_member(gesture, "icon", icons[number % G_N_ELEMENTS(icons)]);
    json_object_set_double_member(gesture, "requiredConfidence", CONFIDENCE);
    json_object_set_int_member(gesture, "createdAt", g_get_real_time() / 1000);
    json_object_set_array_member(gesture, "recordings", list);
    json_array_add_object_element(gestures, gesture);
    g_hash_table_insert(lists, g_strdup(label), list);
    return list;
}

static void
add_take(JsonArray *recordings, const WgRecordingSpec *spec, guint number)
{
    static const char *const names[] = {"x", "y", "z"};
    JsonObject *recording = json_object_new(), *data = json_object_new();
    g_autofree char *id = g_strdup_printf("waggle-take-%u", number + 1);
    g_auto(WgExportValues) values = {0};

    wg_export_values_init_g(&values, spec);
    for (int axis = 0; axis < 3; axis++) {
        JsonArray *list = json_array_sized_new((guint)spec->n_samples);

        for (int i = 0; i < spec->n_samples; i++)
            json_array_add_double_element(
                list, (double)values.values[(gsize)i * spec->n_channels + axis]);
        json_object_set_array_member(data, names[axis], list);
    }
    json_object_set_string_member(recording, "id", id);
    json_object_set_int_member(recording, "createdAt", g_get_real_time() / 1000);
    json_object_set_object_member(recording, "data", data);
    json_array_add_object_element(recordings, recording);
}

static gboolean
write_createai(GPtrArray *recordings, const WgExportDataOptions *options, WgDataWriter *out,
               GError **error)
{
    g_autoptr(JsonArray) gestures = json_array_new();
    g_autoptr(GHashTable) lists = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(JsonNode) root = json_node_init_array(json_node_alloc(), gestures);
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < recordings->len; i++) {
        const WgRecordingSpec *spec = wg_recording_get(g_ptr_array_index(recordings, i));

        if (!wg_data_writer_tick(out, i, recordings->len, error))
            return FALSE;
        add_take(get_recordings(gestures, lists, spec->label), spec, i);
    }
    wg_json_append(text, root);
    return wg_data_writer_add(out, "dataset.json", text->str, text->len, error);
}

const WgFileFormat wg_file_format_createai = {
    "createai",
    N_("micro:bit CreateAI data set, one .json"),
    matches,
    read_createai,
    .write = write_createai,
    .ending = ".json",
    .holds = WG_HOLDS_ANY_VALUE | WG_HOLDS_LABEL,
    .rate_hz = RATE_HZ,
};
