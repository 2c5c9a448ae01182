/* An exporter: one file each, which writes an int8 network for somewhere else. */
#include "quant/exporter.h"

#include <string.h>

double
wg_export_get_threshold(const WgExportSource *source, int label)
{
    return source->thresholds ? source->thresholds[label] : source->threshold;
}

static void
file_free(gpointer data)
{
    WgExportFile *file = data;

    g_free(file->path);
    g_bytes_unref(file->content);
    g_free(file);
}

GPtrArray *
wg_export_files_new(void)
{
    return g_ptr_array_new_with_free_func(file_free);
}

void
wg_export_add(GPtrArray *files, const char *path, GBytes *content)
{
    WgExportFile *file = g_new0(WgExportFile, 1);

    file->path = g_strdup(path);
    file->content = g_bytes_ref(content);
    g_ptr_array_add(files, file);
}

void
wg_export_take_text(GPtrArray *files, const char *path, char *text)
{
    g_autoptr(GBytes) content = g_bytes_new_take(text, strlen(text));

    wg_export_add(files, path, content);
}
