/* The exporter "tflite": the model as any TensorFlow Lite (Micro) takes it. */
#include "quant/export-facts.h"
#include "quant/int8-network-private.h"
#include "quant/verdict.h"

#include <glib/gi18n.h>

#define PER_LINE 16
#define ARENA_SPARE 1024 /* for newer versions than the one that is known */
#define ARENA_STEP 512

/* The call of MicroMutableOpResolver. */
static const char *
get_adder(int code)
{
    switch (code) {
    case WG_TFLITE_AVERAGE_POOL_2D:
        return "AddAveragePool2D";
    case WG_TFLITE_CONV_2D:
        return "AddConv2D";
    case WG_TFLITE_DEPTHWISE_CONV_2D:
        return "AddDepthwiseConv2D";
    case WG_TFLITE_DEQUANTIZE:
        return "AddDequantize";
    case WG_TFLITE_FULLY_CONNECTED:
        return "AddFullyConnected";
    case WG_TFLITE_MAX_POOL_2D:
        return "AddMaxPool2D";
    case WG_TFLITE_RESHAPE:
        return "AddReshape";
    case WG_TFLITE_SOFTMAX:
        return "AddSoftmax";
    default:
        return "AddQuantize";
    }
}

/* Each operation once, in the order of first use. */
static void
set_ops(const WgInt8Network *network, WgTemplate *template)
{
    g_autoptr(GString) adders = g_string_new(NULL);
    g_autoptr(GString) names = g_string_new(NULL);
    int n = 0;

    for (int i = 0; i < wg_int8_network_get_n_ops(network); i++) {
        const int code = wg_int8_network_get_step(network, i)->op->code;
        gboolean is_known = FALSE;

        for (int j = 0; j < i; j++)
            is_known |= wg_int8_network_get_step(network, j)->op->code == code;
        if (is_known)
            continue;
        g_string_append_printf(adders, "%s        resolver.%s();", n ? "\n" : "", get_adder(code));
        g_string_append_printf(names, "%s%s", n ? ", " : "", wg_tflite_op_name(code));
        n++;
    }
    wg_template_set(template, "N_OPS", "%d", n);
    wg_template_set(template, "OPS", "%s", adders->str);
    wg_template_set(template, "OP_NAMES", "%s", names->str);
}

static void
set_bytes(const WgInt8Network *network, WgTemplate *template)
{
    g_autoptr(GString) text = g_string_new(NULL);
    gsize n;
    const guint8 *bytes = g_bytes_get_data(wg_int8_network_get_bytes(network), &n);

    for (gsize i = 0; i < n; i++)
        g_string_append_printf(text, "%s0x%02x,",
                               i == 0              ? "    "
                               : i % PER_LINE == 0 ? "\n    "
                                                   : " ",
                               bytes[i]);
    wg_template_set(template, "BYTES", "%s", text->str);
    wg_template_set(template, "N_BYTES", "%" G_GSIZE_FORMAT, n);
}

static gboolean
write_model(const WgExportSource *source, GPtrArray *files, GError **error)
{
    const WgInt8Network *network = source->network;
    const gsize arena = wg_arena_bytes(network, FALSE);
    const gboolean is_int8_in = wg_int8_network_get_input(network)->type == WG_TENSOR_INT8;
    const gboolean is_int8_out = wg_int8_network_get_output(network)->type == WG_TENSOR_INT8;
    g_autoptr(WgTemplate) template = wg_template_new();

    if (!wg_export_set_facts(source, template, error))
        return FALSE;
    set_ops(network, template);
    set_bytes(network, template);
    wg_template_set(template, "ARENA", "%" G_GSIZE_FORMAT, arena);
    wg_template_set(template, "ARENA_ASKED", "%" G_GSIZE_FORMAT,
                    (arena + ARENA_SPARE + ARENA_STEP - 1) / ARENA_STEP * ARENA_STEP);
    wg_template_set(template, "THRESHOLD_TYPE", is_int8_out ? "short" : "float");
    wg_template_set(template, "INPUT_FIELD", is_int8_in ? "int8" : "f");
    wg_template_set(template, "OUTPUT_FIELD", is_int8_out ? "int8" : "f");
    wg_export_add(files, "model.tflite", wg_int8_network_get_bytes(network));
    wg_template_add(template, "tflite/model_data.h", files, "model_data.h");
    wg_template_add(template, "tflite/model_data.cc", files, "model_data.cc");
    wg_template_add(template, "tflite/example.cc", files, "example.cc");
    wg_template_add(template, "tflite/README.md", files, "README.md");
    wg_template_add(template, "LICENSE", files, "LICENSE");
    return TRUE;
}

const WgExporter wg_exporter_tflite = {
    "tflite",
    N_("TensorFlow Lite model"),
    N_("for any program that runs TensorFlow Lite, and as an array for TensorFlow Lite Micro"),
    ".tflite",
    write_model,
};
