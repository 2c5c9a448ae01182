/* Any bytes as the model of a project that somebody gave away: where it is accepted, it is exported
 * or refused. */
#include "fuzz.h"

#include "quant/exporter.h"

extern const WgExporter wg_exporter_tflite, wg_exporter_c, wg_exporter_arduino;

/* A model of more outputs than gestures anybody tells apart says nothing about an export. */
#define OUTPUTS_MAX 64

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const WgExporter *const exporters[] = {&wg_exporter_tflite, &wg_exporter_c,
                                                  &wg_exporter_arduino};
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);
    g_autoptr(WgInt8Network) network = wg_int8_network_new(bytes, NULL);
    g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func(g_free);
    WgExportSource source = {0};

    if (!network || wg_int8_network_get_output(network)->n_elements > OUTPUTS_MAX)
        return 0;
    for (int i = 0; i < wg_int8_network_get_output(network)->n_elements; i++)
        g_ptr_array_add(labels, g_strdup_printf("%d", i));
    g_ptr_array_add(labels, NULL);
    source.network = network;
    source.labels = (const char *const *)labels->pdata;
    source.window = &wg_window_options_watch;
    source.project_name = "fuzz";
    source.date = "now";
    source.threshold = 0.5;
    for (gsize i = 0; i < G_N_ELEMENTS(exporters); i++) {
        g_autoptr(GPtrArray) files = wg_export_files_new();
        g_autoptr(GError) error = NULL;

        if (exporters[i]->write(&source, files, &error) == (error != NULL))
            g_error("an exporter that neither wrote nor refused");
    }
    return 0;
}
