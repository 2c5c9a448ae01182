/* A split read from a file that names each take by its file and line. */
#include "dataset/split.h"

#include "base/error.h"
#include "base/file.h"
#include "base/json-text.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

static const char *const part_names[] = {"train", "validation", "test"};

typedef struct {
    const char *path;
    GHashTable *by_place; /* "folder/file:line" -> WgRecording */
    GHashTable *part_of;  /* WgRecording -> 1 + its part */
    GHashTable *labels;   /* those of the project's recordings */
    GPtrArray *chosen;    /* of WgRecording */
} Reading;

/* The last two parts of the path and the line. */
static char *
make_place(const char *file, gint64 line)
{
    g_autofree char *folder_path = g_path_get_dirname(file);
    g_autofree char *folder = g_path_get_basename(folder_path);
    g_autofree char *name = g_path_get_basename(file);

    return g_strdup_printf("%s/%s:%" G_GINT64_FORMAT, folder, name, line);
}

static void
index_recordings(Reading *reading, GPtrArray *recordings)
{
    for (guint i = 0; i < recordings->len; i++) {
        WgRecording *recording = g_ptr_array_index(recordings, i);
        const WgRecordingSpec *spec = wg_recording_get(recording);

        g_hash_table_add(reading->labels, (gpointer)spec->label);
        if (spec->file && !spec->disabled)
            g_hash_table_insert(reading->by_place, make_place(spec->file, spec->line), recording);
    }
}

static gboolean refuse(Reading *reading, int part, guint i, GError **error, const char *format, ...)
    G_GNUC_PRINTF(5, 6);

static gboolean
refuse(Reading *reading, int part, guint i, GError **error, const char *format, ...)
{
    g_autofree char *why = NULL;
    va_list arguments;

    va_start(arguments, format);
    why = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("%s: entry %u of “%s” %s"), reading->path, i + 1,
                part_names[part], why);
    return FALSE;
}

static const char *
get_text(JsonObject *entry, const char *name)
{
    JsonNode *node = json_object_get_member(entry, name);

    return node && JSON_NODE_HOLDS_VALUE(node) && json_node_get_value_type(node) == G_TYPE_STRING
               ? json_node_get_string(node)
               : NULL;
}

static gboolean
read_entry(Reading *reading, int part, guint i, JsonNode *node, GError **error)
{
    JsonObject *entry = JSON_NODE_HOLDS_OBJECT(node) ? json_node_get_object(node) : NULL;
    const char *file = entry ? get_text(entry, "file") : NULL;
    const char *label = entry ? get_text(entry, "label") : NULL;
    JsonNode *line = entry ? json_object_get_member(entry, "line") : NULL;
    g_autofree char *place = NULL;
    WgRecording *recording;
    int earlier;

    if (!file || !line || !JSON_NODE_HOLDS_VALUE(line))
        return refuse(reading, part, i, error, _("has no file and line"));
    place = make_place(file, json_node_get_int(line));
    if (label && !g_hash_table_contains(reading->labels, label))
        return refuse(reading, part, i, error,
                      _("(%s) is labelled “%s”, and no recording of the project is"), place, label);
    recording = g_hash_table_lookup(reading->by_place, place);
    if (!recording)
        return refuse(reading, part, i, error,
                      _("names %s, which is not among the project's recordings: import it first"),
                      place);
    earlier = GPOINTER_TO_INT(g_hash_table_lookup(reading->part_of, recording));
    if (earlier)
        return refuse(reading, part, i, error, _("names %s, which is in “%s” already"), place,
                      part_names[earlier - 1]);
    g_hash_table_insert(reading->part_of, recording, GINT_TO_POINTER(part + 1));
    g_ptr_array_add(reading->chosen, recording);
    return TRUE;
}

static gboolean
read_parts(Reading *reading, JsonNode *root, GError **error)
{
    JsonObject *object = JSON_NODE_HOLDS_OBJECT(root) ? json_node_get_object(root) : NULL;

    for (int part = 0; part < 3; part++) {
        JsonNode *node = object ? json_object_get_member(object, part_names[part]) : NULL;
        JsonArray *entries;

        if (!node || !JSON_NODE_HOLDS_ARRAY(node)) {
            g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                        _("%s is not a split file: it has no list “%s”"), reading->path,
                        part_names[part]);
            return FALSE;
        }
        entries = json_node_get_array(node);
        for (guint i = 0; i < json_array_get_length(entries); i++) {
            if (!read_entry(reading, part, i, json_array_get_element(entries, i), error))
                return FALSE;
        }
    }
    return TRUE;
}

static WgSplit *
make_split(Reading *reading, const WgWindowOptions *window, GError **error)
{
    g_autoptr(WgDataset) dataset = wg_dataset_new_for_windows(reading->chosen, NULL, window, error);
    WgSplit *split;
    GArray *parts[3];

    if (!dataset)
        return NULL;
    split = g_new0(WgSplit, 1);
    split->dataset = wg_dataset_ref(dataset);
    split->train = parts[0] = g_array_new(FALSE, FALSE, sizeof(int));
    split->validation = parts[1] = g_array_new(FALSE, FALSE, sizeof(int));
    split->test = parts[2] = g_array_new(FALSE, FALSE, sizeof(int));
    for (int i = 0; i < wg_dataset_get_n(dataset); i++) {
        const int part = GPOINTER_TO_INT(
            g_hash_table_lookup(reading->part_of, wg_dataset_get_source(dataset, i)));

        g_array_append_val(parts[part - 1], i);
    }
    return split;
}

WgSplit *
wg_split_new_from_file_for_windows(GPtrArray *recordings, const char *path,
                                   const WgWindowOptions *window, GError **error)
{
    gsize length = 0;
    g_autofree char *content = wg_file_read(path, &length, error);
    g_autoptr(JsonParser) parser = json_parser_new();
    g_autoptr(GError) why = NULL;
    g_autoptr(GHashTable) by_place = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) part_of = g_hash_table_new(NULL, NULL);
    g_autoptr(GHashTable) labels = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GPtrArray) chosen = g_ptr_array_new();
    Reading reading = {path, by_place, part_of, labels, chosen};
    const char *fault;

    if (!content)
        return NULL;
    fault = wg_json_text_find_fault(content, length, WG_JSON_DEPTH_MAX, NULL);
    if (fault) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("%s could not be read as a split: %s"), path,
                    fault);
        return NULL;
    }
    if (!json_parser_load_from_data(parser, content, (gssize)length, &why)) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("%s could not be read as a split: %s"), path,
                    why->message);
        return NULL;
    }
    if (!json_parser_get_root(parser)) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("%s is empty"), path);
        return NULL;
    }
    index_recordings(&reading, recordings);
    if (!read_parts(&reading, json_parser_get_root(parser), error))
        return NULL;
    return make_split(&reading, window, error);
}

WgSplit *
wg_split_new_from_file(GPtrArray *recordings, const char *path, GError **error)
{
    return wg_split_new_from_file_for_windows(recordings, path, NULL, error);
}
