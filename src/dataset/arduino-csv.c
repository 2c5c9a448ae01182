/* Arduino capture CSV: `aX,aY,aZ,gX,gY,gZ` and captures with a blank line between; a file a
 * gesture.
 */
#include "dataset/accelerometer-csv.h"
#include "dataset/data-writer.h"
#include "dataset/export-values.h"

#include <glib/gi18n.h>
#include <string.h>

/* Of the capture sketch; its files carry no time. */
#define RATE_HZ 119.0

static int
matches(const char *name, const char *content, gsize length)
{
    static const char header[] = "aX,aY,aZ,gX,gY,gZ";
    const gsize n = strlen(header);

    return length > n && strncmp(content, header, n) == 0 && strchr("\r\n", content[n]) ? 90 : 0;
}

/* Of each gesture a text that the header begins; one without angular rates is another file. */
static GString *
get_file(GHashTable *files, const WgRecordingSpec *spec)
{
    g_autofree char *name = wg_data_writer_make_name(spec->label);
    g_autofree char *person = spec->person ? wg_data_writer_make_name(spec->person) : NULL;
    g_autofree char *path = g_strconcat(person ? person : "", person ? "/" : "", name,
                                        spec->n_channels == 6 ? ".csv" : ".acceleration.csv", NULL);
    GString *text = g_hash_table_lookup(files, path);

    if (!text) {
        text = g_string_new(spec->n_channels == 6 ? "aX,aY,aZ,gX,gY,gZ\n" : "aX,aY,aZ\n");
        g_hash_table_insert(files, g_steal_pointer(&path), text);
    } else {
        g_string_append_c(text, '\n');
    }
    return text;
}

static void
append_take(GHashTable *files, const WgRecordingSpec *spec)
{
    g_auto(WgExportValues) values = {0};
    GString *text = get_file(files, spec);

    wg_export_values_init_g(&values, spec);
    for (int i = 0; i < spec->n_samples * spec->n_channels; i++) {
        wg_append_float(text, values.values[i]);
        g_string_append_c(text, (i + 1) % spec->n_channels == 0 ? '\n' : ',');
    }
}

static void
free_text(gpointer text)
{
    g_string_free(text, TRUE);
}

static gboolean
write_csv(GPtrArray *recordings, const WgExportDataOptions *options, WgDataWriter *out,
          GError **error)
{
    g_autoptr(GHashTable) files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_text);
    GHashTableIter iter;
    gpointer path, text;

    for (guint i = 0; i < recordings->len; i++) {
        if (!wg_data_writer_tick(out, i, recordings->len, error))
            return FALSE;
        append_take(files, wg_recording_get(g_ptr_array_index(recordings, i)));
    }
    g_hash_table_iter_init(&iter, files);
    while (g_hash_table_iter_next(&iter, &path, &text)) {
        if (!wg_data_writer_add(out, path, ((GString *)text)->str, ((GString *)text)->len, error))
            return FALSE;
    }
    return TRUE;
}

const WgFileFormat wg_file_format_arduino_csv = {
    "arduino-csv",
    N_("Arduino captures in CSV, a folder with a file a gesture"),
    matches,
    wg_accelerometer_csv_read,
    .write = write_csv,
    .holds = WG_HOLDS_ANY_VALUE | WG_HOLDS_ANGULAR_RATE,
    .rate_hz = RATE_HZ,
};
