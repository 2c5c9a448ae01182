/* Edge Impulse CSV: a file a recording, timestamps in milliseconds, labels beside the files. */
#include "dataset/accelerometer-csv.h"
#include "dataset/edge-impulse-labels.h"
#include "dataset/export-values.h"

#include <glib/gi18n.h>
#include <string.h>

#define MS_PER_S 1000.0

static gboolean
read_csv(const char *name, const char *content, gsize length, const WgImportOptions *options,
         WgFileContent *found, GError **error)
{
    const guint first = found->takes->len;

    if (!wg_accelerometer_csv_read(name, content, length, options, found, error))
        return FALSE;
    wg_edge_impulse_labels_apply(name, options, found, first);
    return TRUE;
}

static int
matches(const char *name, const char *content, gsize length)
{
    static const char header[] = "timestamp,accX,accY,accZ";
    const gsize n = strlen(header);

    return length > n && strncmp(content, header, n) == 0 && strchr(",\r\n", content[n]) ? 90 : 0;
}

static gboolean
write_take(const WgRecordingSpec *spec, WgDataWriter *out, WgEdgeImpulseLabels *labels,
           GError **error)
{
    g_auto(WgExportValues) values = {0};
    g_autofree char *path = wg_data_writer_dup_name(out, NULL, spec->label, ".csv");
    g_autoptr(GString) text = g_string_new("timestamp,accX,accY,accZ");

    wg_export_values_init(&values, spec);
    g_string_append(text, spec->n_channels == 6 ? ",gyrX,gyrY,gyrZ\n" : "\n");
    for (int i = 0; i < spec->n_samples; i++) {
        wg_append_double(text, i * MS_PER_S / spec->rate_hz);
        for (int j = 0; j < spec->n_channels; j++) {
            g_string_append_c(text, ',');
            wg_append_float(text, values.values[(gsize)i * spec->n_channels + j]);
        }
        g_string_append_c(text, '\n');
    }
    wg_edge_impulse_labels_add(labels, path, spec, values.unit, values.factor);
    return wg_data_writer_add(out, path, text->str, text->len, error);
}

static gboolean
write_csv(GPtrArray *recordings, const WgExportDataOptions *options, WgDataWriter *out,
          GError **error)
{
    g_autoptr(WgEdgeImpulseLabels) labels = wg_edge_impulse_labels_new();

    for (guint i = 0; i < recordings->len; i++) {
        if (!wg_data_writer_tick(out, i, recordings->len, error) ||
            !write_take(wg_recording_get(g_ptr_array_index(recordings, i)), out, labels, error))
            return FALSE;
    }
    return wg_edge_impulse_labels_write(labels, out, error);
}

const WgFileFormat wg_file_format_edge_impulse_csv = {
    "edge-impulse-csv",
    N_("Edge Impulse CSV, a folder with info.labels"),
    matches,
    read_csv,
    .companions = wg_edge_impulse_companions,
    .write = write_csv,
    .holds = WG_HOLDS_ALL,
};
