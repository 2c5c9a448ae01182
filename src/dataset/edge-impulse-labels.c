/* What info.labels and structured_labels.labels beside Edge Impulse's files say of them. */
#include "dataset/edge-impulse-labels.h"

#include "base/error.h"
#include "base/file.h"
#include "dataset/axis-unit.h"
#include "dataset/export-values.h"
#include "dataset/json-fields.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define DEEPEST 8

const char *const wg_edge_impulse_companions[] = {WG_EDGE_IMPULSE_INFO, WG_EDGE_IMPULSE_SPANS,
                                                  NULL};

static void
refuse(WgRefusals *refused, GError *why)
{
    wg_refusals_take(refused, g_strdup(why->message));
    g_error_free(why);
}

/* The root of one of the two files, NULL without error: it is not there. */
static JsonNode *
load(const char *folder, const char *name, GError **error)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *content = NULL;
    g_autoptr(JsonNode) root = NULL;
    JsonNode *version;
    gsize length = 0;

    if (!g_file_test(path, G_FILE_TEST_IS_REGULAR))
        return NULL;
    content = wg_file_read(path, &length, error);
    root = content ? wg_json_read(path, content, length, DEEPEST, error) : NULL;
    if (!root)
        return NULL;
    if (!wg_field_is(root, WG_FIELD_OBJECT)) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("%s: this is not an object"), path);
        return NULL;
    }
    version =
        wg_field_get(json_node_get_object(root), path, "version", WG_FIELD_NUMBER, TRUE, error);
    if (!version)
        return NULL;
    if (fabs(json_node_get_double(version) - WG_EDGE_IMPULSE_LABELS_VERSION) > 0) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    _("%s is of version %g, and version %d is read: its labels are left"), path,
                    json_node_get_double(version), WG_EDGE_IMPULSE_LABELS_VERSION);
        return NULL;
    }
    return g_steal_pointer(&root);
}

/* Its own label as a text, NULL with an error; "" where it has none. */
static const char *
read_label(JsonObject *file, const char *name, GError **error)
{
    JsonNode *label = wg_field_get(file, name, "files.label", WG_FIELD_OBJECT, TRUE, error);
    JsonObject *object = label ? json_node_get_object(label) : NULL;
    JsonNode *type =
        object ? wg_field_get(object, name, "files.label.type", WG_FIELD_TEXT, TRUE, error) : NULL;
    JsonNode *text;

    if (!type)
        return NULL;
    if (g_str_equal(json_node_get_string(type), WG_EDGE_IMPULSE_UNLABELED))
        return "";
    if (!g_str_equal(json_node_get_string(type), "label")) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    _("%s: labels of type “%s” are not read: the file's name is taken"), name,
                    json_node_get_string(type));
        return NULL;
    }
    text = wg_field_get(object, name, "files.label.label", WG_FIELD_TEXT, TRUE, error);
    return text ? json_node_get_string(text) : NULL;
}

/* {path: {"label": text, "metadata": object}} of a sound entry into `files`. */
static gboolean
read_entry(JsonNode *node, const char *name, JsonObject *files, GError **error)
{
    JsonObject *file = wg_field_is(node, WG_FIELD_OBJECT) ? json_node_get_object(node) : NULL;
    JsonNode *path, *metadata;
    JsonObject *entry;
    const char *label;
    g_autoptr(GError) why = NULL;

    if (!file) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("%s: an entry of “files” is not an object"),
                    name);
        return FALSE;
    }
    path = wg_field_get(file, name, "files.path", WG_FIELD_TEXT, TRUE, error);
    label = path ? read_label(file, name, error) : NULL;
    if (!label)
        return FALSE;
    if (!wg_field_get(file, name, "files.category", WG_FIELD_TEXT, FALSE, &why) && why) {
        g_propagate_error(error, g_steal_pointer(&why));
        return FALSE;
    }
    metadata = wg_field_get(file, name, "files.metadata", WG_FIELD_OBJECT, FALSE, &why);
    if (why) {
        g_propagate_error(error, g_steal_pointer(&why));
        return FALSE;
    }
    entry = json_object_new();
    json_object_set_string_member(entry, "label", label);
    if (metadata)
        json_object_set_member(entry, "metadata", json_node_copy(metadata));
    json_object_set_object_member(files, json_node_get_string(path), entry);
    return TRUE;
}

static void
read_info(const char *folder, JsonObject *files, WgRefusals *refused)
{
    g_autofree char *name = g_build_filename(folder, WG_EDGE_IMPULSE_INFO, NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonNode) root = load(folder, WG_EDGE_IMPULSE_INFO, &error);
    JsonNode *list =
        root ? wg_field_get(json_node_get_object(root), name, "files", WG_FIELD_LIST, TRUE, &error)
             : NULL;

    if (error)
        refuse(refused, g_steal_pointer(&error));
    for (guint i = 0; list && i < json_array_get_length(json_node_get_array(list)); i++) {
        if (!read_entry(json_array_get_element(json_node_get_array(list), i), name, files, &error))
            refuse(refused, g_steal_pointer(&error));
    }
}

static void
read_structured(const char *folder, JsonObject *spans, WgRefusals *refused)
{
    g_autofree char *name = g_build_filename(folder, WG_EDGE_IMPULSE_SPANS, NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonNode) root = load(folder, WG_EDGE_IMPULSE_SPANS, &error);
    JsonObject *object = root ? json_node_get_object(root) : NULL;
    JsonNode *type =
        object ? wg_field_get(object, name, "type", WG_FIELD_TEXT, TRUE, &error) : NULL;
    JsonNode *all =
        type ? wg_field_get(object, name, "structuredLabels", WG_FIELD_OBJECT, TRUE, &error) : NULL;
    g_autoptr(GList) names = all ? json_object_get_members(json_node_get_object(all)) : NULL;

    if (error)
        refuse(refused, g_steal_pointer(&error));
    for (GList *l = names; l; l = l->next) {
        JsonNode *list = json_object_get_member(json_node_get_object(all), l->data);

        if (wg_field_is(list, WG_FIELD_LIST))
            json_object_set_member(spans, l->data, json_node_copy(list));
        else if (!JSON_NODE_HOLDS_NULL(list))
            wg_refusals_take(refused, g_strdup_printf(_("%s: what it has of “%s” is not a list"),
                                                      name, (char *)l->data));
    }
}

/* {"files": {path: entry}, "spans": {path: list}} of a folder; read once an import. Transfer full.
 */
static JsonNode *
get_folder(const char *folder, WgFileContent *found)
{
    g_autofree char *key = g_strconcat("edge-impulse-labels:", folder, NULL);
    JsonNode *known = found->kept ? g_hash_table_lookup(found->kept, key) : NULL;
    g_autoptr(JsonObject) all = NULL;
    JsonObject *files, *spans;

    if (known)
        return json_node_ref(known);
    all = json_object_new();
    files = json_object_new();
    spans = json_object_new();
    json_object_set_object_member(all, "files", files);
    json_object_set_object_member(all, "spans", spans);
    read_info(folder, files, found->refused);
    read_structured(folder, spans, found->refused);
    known = json_node_init_object(json_node_alloc(), all);
    if (found->kept)
        g_hash_table_insert(found->kept, g_steal_pointer(&key), json_node_ref(known));
    return known;
}

static const char *
get_text(JsonObject *metadata, const char *name)
{
    JsonNode *node = metadata ? json_object_get_member(metadata, name) : NULL;
    const char *text = node && wg_field_is(node, WG_FIELD_TEXT) ? json_node_get_string(node) : NULL;

    return text && *text ? text : NULL;
}

/* NULL: the node is a span behind `end` and within the samples, and `span` is it; else why not. */
static const char *
read_span(JsonNode *node, int end, int n_samples, WgLabelSpan *span)
{
    JsonObject *object = wg_field_is(node, WG_FIELD_OBJECT) ? json_node_get_object(node) : NULL;
    JsonNode *start = object ? json_object_get_member(object, "startIndex") : NULL;
    JsonNode *last = object ? json_object_get_member(object, "endIndex") : NULL;
    JsonNode *label = object ? json_object_get_member(object, "label") : NULL;
    gint64 first, n;

    if (!start || !JSON_NODE_HOLDS_VALUE(start) || json_node_get_value_type(start) != G_TYPE_INT64)
        return _("a span has no whole number “startIndex”");
    if (!last || !JSON_NODE_HOLDS_VALUE(last) || json_node_get_value_type(last) != G_TYPE_INT64)
        return _("a span has no whole number “endIndex”");
    if (!label || !wg_field_is(label, WG_FIELD_TEXT) || !*json_node_get_string(label))
        return _("a span has no text “label”");
    first = json_node_get_int(start);
    /* some write the end as the next one's start */
    first += first == end - 1 && end > 0;
    n = json_node_get_int(last) + 1;
    if (json_node_get_int(start) < 0 || first >= n || n > n_samples)
        return _("a span ends before it starts, or leaves the recording");
    if (first < end)
        return _("a span overlaps the one before it");
    *span = (WgLabelSpan){(int)first, (int)(n - first), json_node_get_string(label)};
    return NULL;
}

static void
read_spans(JsonNode *list, const char *path, int n_samples, GArray *spans, WgRefusals *refused)
{
    JsonArray *array = json_node_get_array(list);
    int end = 0;

    for (guint i = 0; i < json_array_get_length(array); i++) {
        WgLabelSpan span;
        const char *why = read_span(json_array_get_element(array, i), end, n_samples, &span);

        if (why) {
            wg_refusals_take(refused,
                             g_strdup_printf("%s: %s: %s", path, WG_EDGE_IMPULSE_SPANS, why));
            g_array_set_size(spans, 0);
            return;
        }
        end = span.first + span.n_samples;
        if (!g_str_equal(span.label, WG_EDGE_IMPULSE_UNLABELED))
            g_array_append_val(spans, span);
    }
}

static WgRecording *
apply(const WgRecording *take, JsonNode *entry, JsonNode *list, const char *path,
      const WgImportOptions *options, WgRefusals *refused)
{
    WgRecordingSpec spec = *wg_recording_get(take);
    JsonObject *file = entry ? json_node_get_object(entry) : NULL;
    JsonObject *metadata = file && json_object_has_member(file, "metadata")
                               ? json_object_get_object_member(file, "metadata")
                               : NULL;
    const char *label = get_text(file, "label"),
               *person = get_text(metadata, WG_EDGE_IMPULSE_PERSON);
    const char *unit = get_text(metadata, WG_EDGE_IMPULSE_UNIT),
               *device = get_text(metadata, WG_EDGE_IMPULSE_DEVICE);
    const char *factor = get_text(metadata, WG_EDGE_IMPULSE_ORIGINAL_UNITS);
    g_autoptr(GArray) spans = g_array_new(FALSE, FALSE, sizeof(WgLabelSpan));
    const gsize n_bytes = sizeof(float) * (gsize)spec.n_samples * spec.n_channels;
    g_autofree float *values = g_memdup2(spec.original, n_bytes);

    spec.label = options->label ? options->label : label ? label : spec.label;
    spec.person = options->person ? options->person : person ? person : spec.person;
    spec.device = device ? device : spec.device;
    spec.wrist = wg_wrist_find(get_text(metadata, WG_EDGE_IMPULSE_WRIST));
    if (unit && spec.original_units_per_g <= 0)
        spec.original_units_per_g = wg_axis_unit_find(unit);
    if (factor && options->units_per_g <= 0 && fabs(spec.original_units_per_g - 1) < 1e-9 &&
        wg_export_values_restore(values, spec.n_samples, spec.n_channels,
                                 g_ascii_strtod(factor, NULL)))
        spec.original_units_per_g = g_ascii_strtod(factor, NULL);
    spec.samples = spec.original = values;
    if (list && !options->label) {
        read_spans(list, path, spec.n_samples, spans, refused);
        spec.spans = (const WgLabelSpan *)(gpointer)spans->data;
        spec.n_spans = (int)spans->len;
    }
    return wg_recording_new(&spec);
}

/* What one of the two files of a folder says of the file of that name. */
static JsonNode *
find(JsonNode *folder, const char *which, const char *name)
{
    return json_object_get_member(
        json_object_get_object_member(json_node_get_object(folder), which), name);
}

void
wg_edge_impulse_labels_apply(const char *path, const WgImportOptions *options, WgFileContent *found,
                             guint first)
{
    g_autofree char *folder = g_path_get_dirname(path), *name = g_path_get_basename(path);
    g_autofree char *above = g_path_get_dirname(folder), *part = g_path_get_basename(folder);
    g_autofree char *long_name = g_build_path("/", part, name, NULL);
    g_autoptr(JsonNode) here = get_folder(folder, found), there = get_folder(above, found);
    JsonNode *entry = find(here, "files", name), *list = find(here, "spans", name);

    if (!entry)
        entry = find(there, "files", long_name);
    if (!list)
        list = find(there, "spans", long_name);
    for (guint i = first; (entry || list) && i < found->takes->len; i++) {
        WgRecording *take = g_ptr_array_index(found->takes, i);

        g_ptr_array_index(found->takes, i) =
            apply(take, entry, list, path, options, found->refused);
        wg_recording_unref(take);
    }
}
