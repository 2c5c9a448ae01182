/* The job "predict": the int8 network's raw answers to raw windows, as the watch would give them.
 */
#include "base/error.h"
#include "base/file.h"
#include "base/shown.h"
#include "quant/int8-network.h"
#include "workbench/job.h"
#include "workbench/json.h"

#include <glib/gi18n.h>
#include <math.h>

#define SHOWN_CHARS 40 /* of what is no number */

/* json-glib takes null, text and true for numbers as well. */
static gboolean
is_number(JsonNode *node)
{
    const GType type = JSON_NODE_HOLDS_VALUE(node) ? json_node_get_value_type(node) : G_TYPE_NONE;

    return type == G_TYPE_INT64 || type == G_TYPE_DOUBLE;
}

static gboolean
write_input(const WgTensorInfo *input, JsonArray *window, guint number, void *memory,
            GError **error)
{
    const guint n = json_array_get_length(window);

    if (n != (guint)input->n_elements) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    ngettext("window %u has %u number, the model's input has %d",
                             "window %u has %u numbers, the model's input has %d", (gulong)n),
                    number, n, input->n_elements);
        return FALSE;
    }
    for (guint i = 0; i < n; i++) {
        JsonNode *node = json_array_get_element(window, i);
        const double value = is_number(node) ? json_node_get_double(node) : NAN;

        if (!is_number(node)) {
            g_autofree char *text = json_to_string(node, FALSE);
            g_autofree char *shown = wg_dup_shown(text, SHOWN_CHARS);

            g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("window %u, value %u: %s is no number"),
                        number, i, shown);
            return FALSE;
        }
        if (input->type == WG_TENSOR_FLOAT32) {
            ((float *)memory)[i] = (float)value;
        } else if (value == (double)(gint8)CLAMP(value, -128, 127)) {
            ((gint8 *)memory)[i] = (gint8)value;
        } else {
            g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                        _("window %u, value %u: %g is no int8 of -128..127"), number, i, value);
            return FALSE;
        }
    }
    return TRUE;
}

static void
add_answer(const WgTensorInfo *output, const guint8 *memory, JsonArray *hex, JsonArray *outputs,
           JsonArray *classes)
{
    g_autoptr(GString) text = g_string_new(NULL);
    JsonArray *values = json_array_new();
    int best = 0;

    for (gsize i = 0; i < output->size_bytes; i++)
        g_string_append_printf(text, "%02x", memory[i]);
    for (int i = 0; i < output->n_elements; i++) {
        if (output->type == WG_TENSOR_FLOAT32) {
            json_array_add_double_element(values, ((const float *)memory)[i]);
            best = ((const float *)memory)[i] > ((const float *)memory)[best] ? i : best;
        } else {
            json_array_add_int_element(values, ((const gint8 *)memory)[i]);
            best = ((const gint8 *)memory)[i] > ((const gint8 *)memory)[best] ? i : best;
        }
    }
    json_array_add_string_element(hex, text->str);
    json_array_add_array_element(outputs, values);
    json_array_add_int_element(classes, best);
}

static JsonObject *
answer_all(WgJob *job, WgInt8Network *network, JsonArray *windows, GError **error)
{
    const WgTensorInfo *input = wg_int8_network_get_input(network);
    const WgTensorInfo *output = wg_int8_network_get_output(network);
    g_autofree void *in = g_malloc0(input->size_bytes + 16);
    g_autofree void *out = g_malloc0(output->size_bytes + 16);
    void *scratch = g_aligned_alloc0(1, wg_int8_network_get_scratch_bytes(network) + 16, 16);
    JsonArray *hex = json_array_new(), *outputs = json_array_new(), *classes = json_array_new();
    g_autoptr(JsonObject) result = json_object_new();
    gboolean is_done = TRUE;

    json_object_set_array_member(result, "output_hex", hex);
    json_object_set_array_member(result, "outputs", outputs);
    json_object_set_array_member(result, "classes", classes);
    for (guint i = 0; is_done && i < json_array_get_length(windows); i++) {
        JsonNode *node = json_array_get_element(windows, i);

        if (!JSON_NODE_HOLDS_ARRAY(node)) {
            g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("window %u is not a list of numbers"),
                        i);
            is_done = FALSE;
        } else {
            is_done = write_input(input, json_node_get_array(node), i, in, error);
        }
        if (is_done) {
            wg_int8_network_run(network, in, out, scratch);
            add_answer(output, out, hex, outputs, classes);
        }
    }
    g_aligned_free(scratch);
    return is_done ? g_steal_pointer(&result) : NULL;
}

static gboolean
run(WgJob *job, GError **error)
{
    const char *const *paths = wg_job_get_arguments(job);
    g_autofree char *model = NULL, *text = NULL;
    gsize length = 0;
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(WgInt8Network) network = NULL;
    g_autoptr(JsonObject) root = NULL;
    JsonObject *result;

    model = wg_file_read(paths[0], &length, error);
    text = model ? wg_file_read(paths[1], NULL, error) : NULL;
    if (!text)
        return FALSE;
    bytes = g_bytes_new_take(g_steal_pointer(&model), length);
    network = wg_int8_network_new(bytes, error);
    if (!network) {
        g_prefix_error(error, "%s: ", paths[0]);
        return FALSE;
    }
    root = wg_json_parse_object(text, paths[1], error);
    if (!root)
        return FALSE;
    if (!json_object_has_member(root, "windows") ||
        !JSON_NODE_HOLDS_ARRAY(json_object_get_member(root, "windows"))) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("%s has no list \"windows\""), paths[1]);
        return FALSE;
    }
    result = answer_all(job, network, json_object_get_array_member(root, "windows"), error);
    if (!result) {
        g_prefix_error(error, "%s: ", paths[1]);
        return FALSE;
    }
    wg_job_take_result(job, result);
    return TRUE;
}

const WgJobKind wg_job_kind_predict = {
    "predict", "the model's raw answers to raw windows", "MODEL.tflite WINDOWS.json", NULL, run,
    NULL,
};
