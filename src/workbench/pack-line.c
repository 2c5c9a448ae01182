/* A take of a pack as one line of JSON. */
#include "workbench/pack-line.h"

#include "base/error.h"
#include "base/json-text.h"
#include "dataset/samples-rule.h"
#include "workbench/json.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* An object with lists of lists is 3 deep. */
#define DEEPEST 4
#define RATE_HZ_MAX 1e6
/* What a project holds may be longer than what is taken into one; with no end of it a list of packs
 * could not be shown. */
#define TEXT_CHARS_MAX 1000000
#define CHANNELS_ACCELERATION 3

/* Samples are 32-bit floats, little endian; hosts of another order would swap here. */
G_STATIC_ASSERT(G_BYTE_ORDER == G_LITTLE_ENDIAN);

WgPackTake *
wg_pack_take_new(WgRecording *recording, int trim_first, int trim_n)
{
    WgPackTake *take = g_new0(WgPackTake, 1);

    take->recording = wg_recording_ref(recording);
    take->trim_first = trim_first;
    take->trim_n = trim_n;
    return take;
}

void
wg_pack_take_free(WgPackTake *take)
{
    wg_recording_unref(take->recording);
    g_free(take);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgPackTake, wg_pack_take_free)

static void
set_values(JsonObject *line, const char *name, const float *values, gsize n)
{
    g_autofree char *text = g_base64_encode((const guchar *)values, n * sizeof(float));

    json_object_set_string_member(line, name, text);
}

/* Acceleration in g of the values as they were measured; an angular rate is itself. */
static float *
compute_samples(const float *original, const WgRecordingSpec *spec)
{
    float *samples = g_new(float, (gsize)spec->n_samples *(gsize)spec->n_channels + 1);

    wg_samples_rule_apply(WG_SAMPLES_SCALED, original, (gsize)spec->n_samples, spec->n_channels,
                          spec->original_units_per_g, samples);
    return samples;
}

static void
write_samples(JsonObject *line, const WgRecordingSpec *spec)
{
    const gsize n = (gsize)spec->n_samples * (gsize)spec->n_channels;
    g_autofree float *computed = compute_samples(spec->original, spec);

    set_values(line, "original", spec->original, n);
    if (memcmp(computed, spec->samples, n * sizeof(float)) != 0)
        set_values(line, "in_g", spec->samples, n);
}

static JsonArray *
add_list(JsonObject *line, const char *name)
{
    JsonArray *list = json_array_new();

    json_object_set_array_member(line, name, list);
    return list;
}

static JsonArray *
add_pair(JsonArray *list, int first, int n)
{
    JsonArray *pair = json_array_new();

    json_array_add_int_element(pair, first);
    json_array_add_int_element(pair, n);
    json_array_add_array_element(list, pair);
    return pair;
}

char *
wg_pack_line_write(const WgPackTake *take)
{
    const WgRecordingSpec *spec = wg_recording_get(take->recording);
    g_autoptr(JsonObject) line = json_object_new();
    JsonArray *list;

    json_object_set_string_member(line, "digest", wg_recording_get_digest(take->recording));
    json_object_set_string_member(line, "label", spec->label);
    wg_json_set_origin(line, spec);
    json_object_set_double_member(line, "rate_hz", spec->rate_hz);
    json_object_set_int_member(line, "samples", spec->n_samples);
    json_object_set_int_member(line, "channels", spec->n_channels);
    json_object_set_double_member(line, "units_per_g", spec->original_units_per_g);
    json_object_set_int_member(line, "clipped", spec->n_clipped);
    json_object_set_boolean_member(line, "disabled", spec->disabled);
    wg_json_set_optional(line, "held_back", spec->held_back);
    if (take->trim_n > 0) {
        list = add_list(line, "trim");
        json_array_add_int_element(list, take->trim_first);
        json_array_add_int_element(list, take->trim_n);
    }
    list = add_list(line, "spans");
    for (int i = 0; i < spec->n_spans; i++)
        json_array_add_string_element(
            add_pair(list, spec->spans[i].first, spec->spans[i].n_samples), spec->spans[i].label);
    list = add_list(line, "gaps");
    for (int i = 0; i < spec->n_gaps; i++)
        add_pair(list, spec->gaps[i].first, spec->gaps[i].n_missing);
    write_samples(line, spec);
    return wg_json_to_text(line);
}

JsonObject *
wg_pack_parse(const char *text, gsize length)
{
    g_autoptr(JsonParser) parser = json_parser_new_immutable();
    JsonNode *root;

    if (length == 0 || text[0] != '{' || wg_json_text_find_fault(text, length, DEEPEST, NULL) ||
        !json_parser_load_from_data(parser, text, (gssize)length, NULL))
        return NULL;
    root = json_parser_get_root(parser);
    return root && JSON_NODE_HOLDS_OBJECT(root) ? json_object_ref(json_node_get_object(root))
                                                : NULL;
}

static gboolean
holds(JsonNode *node, GType type)
{
    return node && JSON_NODE_HOLDS_VALUE(node) && json_node_get_value_type(node) == type;
}

const char *
wg_pack_get_text(JsonObject *object, const char *name)
{
    JsonNode *node = json_object_get_member(object, name);

    return holds(node, G_TYPE_STRING) ? json_node_get_string(node) : NULL;
}

double
wg_pack_get_number(JsonObject *object, const char *name, double fallback)
{
    JsonNode *node = json_object_get_member(object, name);

    return holds(node, G_TYPE_INT64) || holds(node, G_TYPE_DOUBLE) ? json_node_get_double(node)
                                                                   : fallback;
}

/* -1 where it is no whole number that fits. */
static int
read_count(JsonNode *node)
{
    const gint64 value = holds(node, G_TYPE_INT64) ? json_node_get_int(node) : -1;

    return value >= 0 && value <= G_MAXINT ? (int)value : -1;
}

static int
get_count(JsonObject *line, const char *name)
{
    return read_count(json_object_get_member(line, name));
}

/* A text of the take, which may be missing; FALSE where it is empty or of absurd length. */
static gboolean
read_text(JsonObject *line, const char *name, const char **text)
{
    *text = wg_pack_get_text(line, name);
    return !*text || (**text && g_utf8_strlen(*text, -1) <= TEXT_CHARS_MAX);
}

/* NULL where it is missing or not that long. Owner: caller. */
static float *
read_values(JsonObject *line, const char *name, gsize n)
{
    const char *text = wg_pack_get_text(line, name);
    gsize n_bytes = 0;
    g_autofree guchar *bytes = text && *text ? g_base64_decode(text, &n_bytes) : NULL;
    g_autofree float *values = NULL;

    if (!bytes || n_bytes != n * sizeof(float))
        return NULL;
    values = g_new(float, n);
    memcpy(values, bytes, n_bytes);
    for (gsize i = 0; i < n; i++) {
        if (!isfinite(values[i]))
            return NULL;
    }
    return g_steal_pointer(&values);
}

/* The list of that name, NULL where there is none. */
static JsonArray *
get_list(JsonObject *line, const char *name)
{
    JsonNode *node = json_object_get_member(line, name);

    return node && JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;
}

/* The i-th of lists that begin with two counts. */
static JsonArray *
get_pair(JsonArray *list, guint i, int *first, int *n)
{
    JsonNode *node = json_array_get_element(list, i);
    JsonArray *pair = JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;

    if (!pair || json_array_get_length(pair) < 2)
        return NULL;
    *first = read_count(json_array_get_element(pair, 0));
    *n = read_count(json_array_get_element(pair, 1));
    return *first >= 0 && *n > 0 ? pair : NULL;
}

/* Of WgLabelSpan, whose labels live as long as the line. */
static gboolean
read_spans(JsonObject *line, int n_samples, GArray *spans)
{
    JsonArray *list = get_list(line, "spans");

    for (guint i = 0; list && i < json_array_get_length(list); i++) {
        WgLabelSpan span;
        JsonArray *pair = get_pair(list, i, &span.first, &span.n_samples);

        if (!pair || json_array_get_length(pair) != 3 ||
            !holds(json_array_get_element(pair, 2), G_TYPE_STRING))
            return FALSE;
        span.label = json_array_get_string_element(pair, 2);
        if (g_utf8_strlen(span.label, -1) > TEXT_CHARS_MAX)
            return FALSE;
        g_array_append_val(spans, span);
    }
    return wg_label_spans_check((const WgLabelSpan *)(gpointer)spans->data, (int)spans->len,
                                n_samples, NULL);
}

/* Of WgGap: in order, each before a sample. */
static gboolean
read_gaps(JsonObject *line, int n_samples, GArray *gaps)
{
    JsonArray *list = get_list(line, "gaps");
    int before = -1;

    for (guint i = 0; list && i < json_array_get_length(list); i++) {
        WgGap gap;

        if (!get_pair(list, i, &gap.first, &gap.n_missing) || gap.first <= before ||
            gap.first >= n_samples)
            return FALSE;
        before = gap.first;
        g_array_append_val(gaps, gap);
    }
    return TRUE;
}

static gboolean
read_trim(JsonObject *line, int n_samples, int *first, int *n)
{
    JsonArray *list = get_list(line, "trim");

    *first = *n = 0;
    if (!list)
        return TRUE;
    if (json_array_get_length(list) != 2)
        return FALSE;
    *first = read_count(json_array_get_element(list, 0));
    *n = read_count(json_array_get_element(list, 1));
    return *first >= 0 && *n > 0 && *first < n_samples && *n <= n_samples - *first;
}

/* All but the lists and the samples. */
static gboolean
read_facts(JsonObject *line, WgRecordingSpec *spec)
{
    JsonNode *disabled = json_object_get_member(line, "disabled");

    spec->n_samples = get_count(line, "samples");
    spec->n_channels = get_count(line, "channels");
    spec->rate_hz = wg_pack_get_number(line, "rate_hz", 0);
    spec->original_units_per_g = wg_pack_get_number(line, "units_per_g", 0);
    spec->line = MAX(0, get_count(line, "line"));
    spec->n_clipped = MAX(0, get_count(line, "clipped"));
    spec->wrist = wg_wrist_find(wg_pack_get_text(line, "wrist"));
    spec->disabled = holds(disabled, G_TYPE_BOOLEAN) && json_node_get_boolean(disabled);
    return read_text(line, "label", &spec->label) && spec->label &&
           read_text(line, "person", &spec->person) && read_text(line, "device", &spec->device) &&
           read_text(line, "file", &spec->file) && read_text(line, "held_back", &spec->held_back) &&
           spec->n_samples > 0 && spec->n_samples <= WG_PACK_TEXT_MAX &&
           spec->n_channels >= CHANNELS_ACCELERATION &&
           spec->n_channels <= 2 * CHANNELS_ACCELERATION && spec->rate_hz > 0 &&
           spec->rate_hz <= RATE_HZ_MAX && isfinite(spec->original_units_per_g) &&
           spec->original_units_per_g > 0;
}

static WgPackTake *
read_take(JsonObject *line)
{
    g_autoptr(GArray) spans = g_array_new(FALSE, FALSE, sizeof(WgLabelSpan));
    g_autoptr(GArray) gaps = g_array_new(FALSE, FALSE, sizeof(WgGap));
    g_autoptr(WgRecording) recording = NULL;
    g_autofree float *original = NULL, *samples = NULL;
    const char *digest = wg_pack_get_text(line, "digest");
    WgRecordingSpec spec = {.id = 0};
    int trim_first, trim_n;
    gsize n;

    if (!digest || !read_facts(line, &spec) || !read_spans(line, spec.n_samples, spans) ||
        !read_gaps(line, spec.n_samples, gaps) ||
        !read_trim(line, spec.n_samples, &trim_first, &trim_n))
        return NULL;
    n = (gsize)spec.n_samples * (gsize)spec.n_channels;
    original = read_values(line, "original", n);
    if (!original)
        return NULL;
    samples = json_object_has_member(line, "in_g") ? read_values(line, "in_g", n)
                                                   : compute_samples(original, &spec);
    if (!samples)
        return NULL;
    spec.original = original;
    spec.samples = samples;
    spec.spans = (const WgLabelSpan *)(gpointer)spans->data;
    spec.n_spans = (int)spans->len;
    spec.gaps = (const WgGap *)(gpointer)gaps->data;
    spec.n_gaps = (int)gaps->len;
    recording = wg_recording_new(&spec);
    return g_str_equal(digest, wg_recording_get_digest(recording))
               ? wg_pack_take_new(recording, trim_first, trim_n)
               : NULL;
}

WgPackTake *
wg_pack_line_read(const char *line, gsize length, int number, const char *name, GError **error)
{
    g_autoptr(JsonObject) object = wg_pack_parse(line, length);
    WgPackTake *take = object ? read_take(object) : NULL;

    if (!take)
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    _("%s is damaged at its take %d: have it saved once more"), name, number);
    return take;
}
