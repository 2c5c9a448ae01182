/* What this machine answers beside a watch: by the network and the thresholds that the watch has.
 */
#include "workbench/listened.h"

#include "base/error.h"
#include "device/crc32.h"
#include "device/watch-names.h"
#include "workbench/desktop-answer.h"
#include "workbench/json.h"

#include <glib/gi18n.h>
#include <string.h>

#define THRESHOLD 0.5 /* of the firmware's own recogniser, which does not tell it */

static GHashTable *
collect_takes(WgModel *model, WgProject *project)
{
    GHashTable *takes =
        g_hash_table_new_full(g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL);
    g_autoptr(WgDataset) dataset = wg_model_load_part(model, project, "test", NULL);

    for (int i = 0; dataset && i < wg_dataset_get_n(dataset); i++) {
        WgRecording *recording = wg_dataset_get(dataset, i);
        const gsize size = (gsize)wg_recording_get(recording)->n_samples * 3;

        g_hash_table_add(takes, g_bytes_new_take(wg_recording_dup_history(recording), size));
    }
    return takes;
}

WgListened *
wg_listened_new(WgProject *project, GError **error)
{
    g_autoptr(WgListened) self = g_new0(WgListened, 1);

    self->threshold = THRESHOLD;
    self->model = wg_model_load(project, "int8", error);
    if (!self->model || !wg_model_check_watch(self->model, "a Bangle.js", error))
        return NULL;
    self->takes = collect_takes(self->model, project);
    return g_steal_pointer(&self);
}

/* Takes the network. */
static void
keep_built(WgListened *self, WgInt8Network *built, const WgDecision *decision)
{
    const int n = self->model->n_labels;

    self->network = built;
    if (!decision || !decision->thresholds)
        return;
    self->least = g_new(int, n);
    wg_thresholds_to_raw(decision->thresholds, n, self->least);
    self->thresholds = g_memdup2(decision->thresholds, sizeof(double) * (gsize)n);
}

gboolean
wg_listened_take_info(WgListened *self, WgProject *project, WgListenInfo *info,
                      gboolean keeps_threshold, GError **error)
{
    g_autoptr(WgDecision) decision = wg_decision_load(project, self->model, "detector");
    g_autoptr(WgInt8Network) built = NULL;

    g_clear_pointer(&self->network, wg_int8_network_unref);
    g_clear_pointer(&self->thresholds, g_free);
    g_clear_pointer(&self->least, g_free);
    self->is_builtin = info->mode == WG_DEPLOY_BUILTIN;
    self->has_debounce = info->has_debounce;
    self->n_debounce = info->n_debounce;
    self->debounce_ms = info->debounce_ms;
    if (info->crc32 == wg_crc32_bytes(self->model->record->data)) {
        self->network = wg_int8_network_ref(self->model->int8);
    } else if (self->is_builtin) {
        built = wg_decision_build_network(decision, self->model, error);
        if (!built)
            return FALSE;
        if (info->crc32 == wg_crc32_bytes(wg_int8_network_get_bytes(built)))
            keep_built(self, g_steal_pointer(&built), decision);
    }
    if (!self->network) {
        g_set_error_literal(error, WG_ERROR, WG_ERROR_MISSING,
                            _("the watch holds another model than this project: deploy again"));
        return FALSE;
    }
    if (self->is_builtin || keeps_threshold)
        return TRUE;
    self->threshold = info->threshold;
    if (info->n_thresholds == self->model->n_labels)
        self->thresholds = g_steal_pointer(&info->thresholds);
    return TRUE;
}

JsonObject *
wg_listened_describe_rule(const WgListened *self)
{
    JsonObject *object = json_object_new();
    JsonArray *debounce = self->has_debounce ? json_array_new() : NULL;

    json_object_set_string_member(object, "mode", self->is_builtin ? "builtin" : "app");
    json_object_set_double_member(object, "threshold", self->threshold);
    if (self->thresholds)
        json_object_set_object_member(object, "thresholds",
                                      wg_thresholds_to_json(self->thresholds, self->model));
    else
        json_object_set_null_member(object, "thresholds");
    if (debounce) {
        json_array_add_int_element(debounce, self->n_debounce);
        json_array_add_double_element(debounce, self->debounce_ms);
        json_object_set_array_member(object, "debounce", debounce);
    } else {
        json_object_set_null_member(object, "debounce");
    }
    return object;
}

static JsonObject *
describe(const WgListened *self, const char *label, const float *outputs)
{
    const int n = self->model->n_labels;
    g_autofree double *shares = g_new(double, n);
    JsonObject *object = json_object_new();
    JsonArray *values = json_array_new(), *shown = json_array_new();

    wg_desktop_get_shares(self->network, outputs, self->least, shares);
    for (int i = 0; i < n; i++) {
        json_array_add_double_element(values, outputs[i]);
        json_array_add_double_element(shown, shares[i]);
    }
    wg_json_set_optional(object, "label", label);
    json_object_set_array_member(object, "outputs", values);
    json_object_set_array_member(object, "shares", shown);
    return object;
}

/* The watch's raw outputs, n of them; FALSE when it did not send as many numbers. */
static gboolean
read_outputs(JsonObject *answer, int n, float *outputs)
{
    JsonNode *node = json_object_get_member(answer, "outputs");
    JsonArray *array = node && JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;

    if (!array || (int)json_array_get_length(array) != n)
        return FALSE;
    for (int i = 0; i < n; i++) {
        JsonNode *value = json_array_get_element(array, (guint)i);

        if (!JSON_NODE_HOLDS_VALUE(value))
            return FALSE;
        outputs[i] = (float)json_node_get_double(value);
    }
    return TRUE;
}

static const char *
get_text(JsonObject *object, const char *name)
{
    JsonNode *node = json_object_get_member(object, name);

    return node && JSON_NODE_HOLDS_VALUE(node) && json_node_get_value_type(node) == G_TYPE_STRING
               ? json_node_get_string(node)
               : NULL;
}

/* The label of a model by the name that a watch has for it; another name stays as it is. */
static const char *
find_label(const WgListened *self, const char *named)
{
    const char *const *labels = (const char *const *)self->model->labels;
    const int i = named ? wg_watch_names_find(labels, named) : -1;

    return i < 0 ? named : labels[i];
}

JsonObject *
wg_listened_answer(const WgListened *self, JsonObject *answer)
{
    const int n = self->model->n_labels;
    g_autofree float *theirs = g_new0(float, n), *ours = g_new0(float, n);
    const char *input = get_text(answer, "input");
    const char *watch_label = find_label(self, get_text(answer, "label"));
    gsize length = 0;
    g_autofree guchar *history = input ? g_base64_decode(input, &length) : NULL;
    g_autofree char *encoded = NULL;
    g_autoptr(GBytes) key = NULL;
    JsonObject *row;
    int ours_is;
    const char *our_label;

    if (!history || length % 3 != 0 || !read_outputs(answer, n, theirs))
        return NULL;
    wg_desktop_answer(self->network, (const gint8 *)history, (int)length / 3, ours);
    ours_is = self->is_builtin
                  ? wg_desktop_decide_builtin(self->network, ours)
                  : wg_desktop_decide(self->network, ours, self->threshold, self->thresholds);
    our_label = ours_is < 0 ? NULL : self->model->labels[ours_is];
    key = g_bytes_new(history, length);
    encoded = g_base64_encode(history, length);
    row = json_object_new();
    json_object_set_object_member(row, "watch", describe(self, watch_label, theirs));
    json_object_set_object_member(row, "desktop", describe(self, our_label, ours));
    json_object_set_boolean_member(row, "equal",
                                   memcmp(theirs, ours, sizeof(float) * (gsize)n) == 0 &&
                                       g_strcmp0(our_label, watch_label) == 0);
    json_object_set_double_member(row, "threshold", self->threshold);
    if (self->thresholds)
        json_object_set_object_member(row, "thresholds",
                                      wg_thresholds_to_json(self->thresholds, self->model));
    json_object_set_boolean_member(row, "as_recorded", g_hash_table_contains(self->takes, key));
    json_object_set_string_member(row, "input", encoded);
    return row;
}

void
wg_listened_free(WgListened *self)
{
    g_clear_pointer(&self->model, wg_model_free);
    g_clear_pointer(&self->network, wg_int8_network_unref);
    g_clear_pointer(&self->takes, g_hash_table_unref);
    g_free(self->thresholds);
    g_free(self->least);
    g_free(self);
}
