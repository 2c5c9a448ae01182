/* What a .tflite holds and whether a watch can run it, as the object that "inspect" gives. */
#include "workbench/inspection.h"

#include "quant/verdict.h"
#include "workbench/decision.h"
#include "workbench/json.h"

static const char *
type_name(WgTensorType type)
{
    switch (type) {
    case WG_TENSOR_FLOAT32:
        return "float32";
    case WG_TENSOR_INT8:
        return "int8";
    case WG_TENSOR_INT32:
        return "int32";
    case WG_TENSOR_OTHER:
        break;
    }
    return "other";
}

static JsonObject *
describe_tensor(const WgTensorInfo *tensor)
{
    JsonObject *object = json_object_new();
    JsonArray *shape = json_array_new();

    for (int i = 0; i < tensor->n_dims; i++)
        json_array_add_int_element(shape, tensor->dims[i]);
    json_object_set_string_member(object, "name", tensor->name ? tensor->name : "");
    json_object_set_array_member(object, "shape", shape);
    json_object_set_string_member(object, "type", type_name(tensor->type));
    json_object_set_int_member(object, "scales", tensor->n_scales);
    json_object_set_double_member(object, "scale", tensor->scale);
    json_object_set_int_member(object, "zero_point", tensor->zero_point);
    json_object_set_boolean_member(object, "constant", tensor->is_constant);
    return object;
}

/* "int8", "float", or "mixed": int8 inside, and floats at an end. */
static const char *
describe_quantization(const WgInt8Network *network)
{
    int n_float = 0, n = 0;

    for (int i = 0; i < wg_int8_network_get_n_tensors(network); i++) {
        const WgTensorInfo *tensor = wg_int8_network_get_tensor(network, i);

        if (tensor->is_constant)
            continue;
        n_float += tensor->type == WG_TENSOR_FLOAT32;
        n++;
    }
    return n_float == 0 ? "int8" : n_float == n ? "float" : "mixed";
}

JsonObject *
wg_inspection_new(const WgInt8Network *network, const WgWatchKind *kind)
{
    g_autoptr(WgVerdict) verdict = wg_verdict_new(network, kind, FALSE);
    JsonObject *object = json_object_new();
    JsonArray *ops = json_array_new();
    JsonArray *tensors = json_array_new();

    for (int i = 0; i < wg_int8_network_get_n_ops(network); i++)
        json_array_add_string_element(ops, wg_int8_network_get_op(network, i));
    for (int i = 0; i < wg_int8_network_get_n_tensors(network); i++)
        json_array_add_object_element(tensors,
                                      describe_tensor(wg_int8_network_get_tensor(network, i)));
    json_object_set_string_member(object, "for", kind->id);
    json_object_set_int_member(object, "bytes", (gint64)verdict->bytes);
    json_object_set_int_member(object, "arena_bytes", (gint64)verdict->arena_bytes);
    json_object_set_int_member(object, "arena_limit_bytes", (gint64)verdict->arena_limit_bytes);
    json_object_set_int_member(object, "operations", wg_operations(network));
    json_object_set_int_member(object, "weights_bytes",
                               (gint64)wg_int8_network_get_weights_bytes(network));
    json_object_set_array_member(object, "ops", ops);
    json_object_set_string_member(object, "quantization", describe_quantization(network));
    json_object_set_object_member(object, "input",
                                  describe_tensor(wg_int8_network_get_input(network)));
    json_object_set_object_member(object, "output",
                                  describe_tensor(wg_int8_network_get_output(network)));
    json_object_set_array_member(object, "tensors", tensors);
    json_object_set_boolean_member(object, "fits", verdict->fits);
    wg_json_set_strings(object, "reasons", (const char *const *)verdict->reasons);
    return object;
}

JsonObject *
wg_inspection_new_builtin(const WgModel *model, WgProject *project, const WgWatchKind *kind)
{
    g_autoptr(WgDecision) decision = wg_decision_load(project, model, "detector");
    g_autoptr(GError) error = NULL;
    g_autoptr(WgInt8Network) network = wg_decision_build_network(decision, model, &error);
    g_autoptr(WgVerdict) verdict = network ? wg_verdict_new(network, kind, TRUE) : NULL;
    JsonObject *object = wg_inspection_new(network ? network : model->int8, kind);
    const char *const refusal[] = {error ? error->message : NULL, NULL};

    json_object_set_boolean_member(object, "fits", verdict && verdict->fits);
    wg_json_set_strings(object, "reasons",
                        verdict ? (const char *const *)verdict->reasons : refusal);
    return object;
}
