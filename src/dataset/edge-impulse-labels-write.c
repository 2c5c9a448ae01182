/* Writes info.labels and structured_labels.labels beside an export's files. */
#include "dataset/edge-impulse-labels.h"

#include "dataset/export-values.h"
#include "dataset/json-fields.h"

struct _WgEdgeImpulseLabels {
    JsonArray *files;
    JsonObject *spans;
};

WgEdgeImpulseLabels *
wg_edge_impulse_labels_new(void)
{
    WgEdgeImpulseLabels *self = g_new0(WgEdgeImpulseLabels, 1);

    self->files = json_array_new();
    self->spans = json_object_new();
    return self;
}

void
wg_edge_impulse_labels_free(WgEdgeImpulseLabels *self)
{
    json_array_unref(self->files);
    json_object_unref(self->spans);
    g_free(self);
}

static void
set_text(JsonObject *metadata, const char *name, const char *text)
{
    if (text)
        json_object_set_string_member(metadata, name, text);
}

/* The samples from `first` up to, not with, `end`. */
static void
add_span(JsonArray *list, int first, int end, const char *label)
{
    JsonObject *span;

    if (first >= end)
        return;
    span = json_object_new();
    json_object_set_int_member(span, "startIndex", first);
    json_object_set_int_member(span, "endIndex", end - 1);
    json_object_set_string_member(span, "label", label);
    json_array_add_object_element(list, span);
}

/* Every sample gets a label, as the other tool asks. */
static void
add_spans(WgEdgeImpulseLabels *self, const char *path, const WgRecordingSpec *spec)
{
    JsonArray *list = json_array_new();
    int end = 0;

    for (int i = 0; i < spec->n_spans; i++) {
        const WgLabelSpan *span = &spec->spans[i];

        add_span(list, end, span->first, WG_EDGE_IMPULSE_UNLABELED);
        end = span->first + span->n_samples;
        add_span(list, span->first, end, span->label);
    }
    add_span(list, end, spec->n_samples, WG_EDGE_IMPULSE_UNLABELED);
    json_object_set_array_member(self->spans, path, list);
}

void
wg_edge_impulse_labels_add(WgEdgeImpulseLabels *self, const char *path, const WgRecordingSpec *spec,
                           const char *unit, double factor)
{
    JsonObject *file = json_object_new(), *label = json_object_new(), *metadata = json_object_new();
    g_autoptr(GString) units = g_string_new(NULL);

    json_object_set_string_member(label, "type", "label");
    json_object_set_string_member(label, "label", spec->label);
    set_text(metadata, WG_EDGE_IMPULSE_PERSON, spec->person);
    set_text(metadata, WG_EDGE_IMPULSE_WRIST, wg_wrist_get_name(spec->wrist));
    set_text(metadata, WG_EDGE_IMPULSE_DEVICE, spec->device);
    set_text(metadata, WG_EDGE_IMPULSE_UNIT, unit);
    if (factor > 1) {
        wg_append_double(units, factor);
        set_text(metadata, WG_EDGE_IMPULSE_ORIGINAL_UNITS, units->str);
    }
    json_object_set_string_member(file, "path", path);
    json_object_set_string_member(file, "category", "training");
    json_object_set_object_member(file, "label", label);
    json_object_set_object_member(file, "metadata", metadata);
    json_array_add_object_element(self->files, file);
    if (spec->n_spans > 0)
        add_spans(self, path, spec);
}

static gboolean
write_object(JsonObject *object, const char *path, WgDataWriter *out, GError **error)
{
    g_autoptr(JsonNode) node = json_node_init_object(json_node_alloc(), object);
    g_autoptr(GString) text = g_string_new(NULL);

    wg_json_append(text, node);
    g_string_append_c(text, '\n');
    return wg_data_writer_add(out, path, text->str, text->len, error);
}

gboolean
wg_edge_impulse_labels_write(WgEdgeImpulseLabels *self, WgDataWriter *out, GError **error)
{
    g_autoptr(JsonObject) info = json_object_new(), structured = json_object_new();

    json_object_set_int_member(info, "version", WG_EDGE_IMPULSE_LABELS_VERSION);
    json_object_set_array_member(info, "files", json_array_ref(self->files));
    if (!write_object(info, WG_EDGE_IMPULSE_INFO, out, error))
        return FALSE;
    if (json_object_get_size(self->spans) == 0)
        return TRUE;
    json_object_set_int_member(structured, "version", WG_EDGE_IMPULSE_LABELS_VERSION);
    json_object_set_string_member(structured, "type", "structured-labels");
    json_object_set_object_member(structured, "structuredLabels", json_object_ref(self->spans));
    return write_object(structured, WG_EDGE_IMPULSE_SPANS, out, error);
}
