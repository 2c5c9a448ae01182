/* The exporter "micropython": one file of plain Python, with window, debounce and an example. */
#include "quant/micropython.h"

#include "quant/micropython-module.h"
#include "quant/export-micropython.h"

#include <glib/gi18n.h>
#include <math.h>

#define MODULE_BYTES 12000 /* of functions and names once it is imported, about: gc.mem_alloc() */

/* As the watch's app has it: of an int8 output that of a softmax, of floats the float. */
static char *
format_probability(const WgPythonLayers *layers)
{
    char scale[G_ASCII_DTOSTR_BUF_SIZE];

    if (layers->out_scale == 0)
        return g_strdup("(outputs[best] + 128) / 256");
    return g_strdup_printf("(outputs[best] - %d) * %s", layers->out_zero_point,
                           g_ascii_formatd(scale, sizeof scale, "%.9g", layers->out_scale));
}

static const WgPythonModule network_module = {
    .what = "the network",
    .title = "The network",
    .promise = "Whole numbers only, and bit for bit what Waggle answers.",
    .holds = "weights, arithmetic",
    .infers = "the raw outputs, -128 .. 127, bit for bit those that Waggle computes.",
    .advice =
        "\nor let Waggle upload the model and prove it there: `waggle-cli deploy PROJECT --watch "
        "serial:/dev/ttyACM0 --kind\nmicropython`.\n",
};

static GBytes *
make_module(const WgExportSource *source, WgPythonModule *module, GError **error)
{
    g_autoptr(WgPythonLayers) layers = wg_python_layers_new(source->network, error);
    g_autofree char *probability = NULL;
    GString *text;

    if (!layers)
        return NULL;
    probability = format_probability(layers);
    *module = network_module;
    module->parts = layers->parts;
    module->data = layers->data;
    module->definitions = layers->definitions->str;
    module->probability = probability;
    module->memory_bytes = layers->memory_bytes + MODULE_BYTES;
    text = wg_python_module_text(source, module);
    wg_python_fill(text, "@CALLS@", layers->calls->str);
    wg_python_fill_number(text, "@LAST@", layers->last);
    wg_python_fill_number(text, "@OUT_ZERO@", layers->out_zero_point);
    return wg_python_module_finish(text, error);
}

GBytes *
wg_micropython_module_new(const WgExportSource *source, gsize *memory_bytes, GError **error)
{
    WgPythonModule module;
    GBytes *content = make_module(source, &module, error);

    if (content && memory_bytes)
        *memory_bytes = module.memory_bytes;
    return content;
}

gboolean
wg_micropython_map_outputs(const WgInt8Network *network, float *outputs, int n, GError **error)
{
    g_autoptr(WgPythonLayers) layers = wg_python_layers_new(network, error);

    if (!layers)
        return FALSE;
    for (int i = 0; layers->out_scale > 0 && i < n; i++)
        outputs[i] =
            (float)(lround((double)outputs[i] / layers->out_scale) + layers->out_zero_point);
    return TRUE;
}

static gboolean
write_module(const WgExportSource *source, GPtrArray *files, GError **error)
{
    WgPythonModule module;
    g_autoptr(GBytes) content = make_module(source, &module, error);

    if (!content)
        return FALSE;
    wg_python_module_add(source, &module, content, files);
    return TRUE;
}

const WgExporter wg_exporter_micropython = {
    "micropython",
    N_("MicroPython module"),
    N_("for boards that run MicroPython: one file of plain Python, with an example"),
    ".py",
    write_module,
};
