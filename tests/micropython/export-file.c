/* Writes the MicroPython form of a .tflite with the labels 0, 1, ...: export-file MODEL OUT_FOLDER;
 * where it has none, why not to standard error, and exit 1. */
#include "quant/exporter.h"

extern const WgExporter wg_exporter_micropython;

static gboolean export(const char *path, const char *folder, GError **error)
{
    const WgExporter *exporter = &wg_exporter_micropython;
    g_autoptr(GPtrArray) files = wg_export_files_new();
    g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(WgInt8Network) network = NULL;
    g_autoptr(GBytes) bytes = NULL;
    g_autofree char *out = g_build_filename(folder, "waggle_model.py", NULL);
    char *content;
    gsize n;

    if (!g_file_get_contents(path, &content, &n, error))
        return FALSE;
    bytes = g_bytes_new_take(content, n);
    network = wg_int8_network_new(bytes, error);
    if (!network)
        return FALSE;
    for (int i = 0; i < wg_int8_network_get_output(network)->n_elements; i++)
        g_ptr_array_add(labels, g_strdup_printf("%d", i));
    g_ptr_array_add(labels, NULL);
    const WgExportSource source = {
        .network = network,
        .labels = (const char *const *)labels->pdata,
        .window = &wg_window_options_watch,
        .project_name = "test",
        .made = "then",
        .date = "now",
        .threshold = 0.5,
    };
    if (!exporter->write(&source, files, error))
        return FALSE;
    content = (char *)g_bytes_get_data(((WgExportFile *)files->pdata[0])->content, &n);
    return g_file_set_contents(out, content, (gssize)n, error);
}

int
main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;

    if (argc != 3 || !export(argv[1], argv[2], &error)) {
        g_printerr("%s\n", error ? error->message : "usage: export-file MODEL OUT_FOLDER");
        return 1;
    }
    return 0;
}
