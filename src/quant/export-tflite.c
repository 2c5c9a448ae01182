/* The exporter "tflite": the model as any TensorFlow Lite (Micro) takes it. */
#include "quant/exporter.h"

#include <glib/gi18n.h>

static gboolean
write_model(const WgExportSource *source, GPtrArray *files, G_GNUC_UNUSED GError **error)
{
    wg_export_add(files, "model.tflite", wg_int8_network_get_bytes(source->network));
    return TRUE;
}

const WgExporter wg_exporter_tflite = {
    "tflite",
    N_("TensorFlow Lite model"),
    N_("for any program that runs TensorFlow Lite"),
    ".tflite",
    write_model,
};
