/* Reads a stream from CSV: a row a sample, whose label stands there while something is done. */
#include "dataset/stream-read.h"

#include "base/error.h"
#include "dataset/accelerometer-csv.h"
#include "dataset/csv.h"
#include "dataset/scale.h"

#include <glib/gi18n.h>
#include <string.h>

static const char *const label_names[] = {"label", "gesture", "event", "class", "activity"};

static GPtrArray *
read_takes(const char *name, const char *content, gsize length, const WgStreamOptions *options,
           GPtrArray *messages, GError **error)
{
    const WgImportOptions import_options = {.label = "stream", .rate_hz = options->rate_hz};
    g_autoptr(GPtrArray) takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    g_autoptr(WgRefusals) refused = wg_refusals_new();
    WgFileContent found = {takes, messages, refused};

    if (!wg_accelerometer_csv_read(name, content, length, &import_options, &found, error))
        return NULL;
    if (refused->n > 0) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("%s (a stream has no gaps)"),
                    (const char *)g_ptr_array_index(refused->lines, 0));
        return NULL;
    }
    if (takes->len == 0) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    _("%s:2: there are no samples under the header"), name);
        return NULL;
    }
    return g_steal_pointer(&takes);
}

/* All takes' samples behind each other; a blank line is none of a stream's. */
static float *
join_samples(GPtrArray *takes, double units_per_g, int *n_samples)
{
    float *samples;
    gsize at = 0;

    *n_samples = 0;
    for (guint i = 0; i < takes->len; i++)
        *n_samples += wg_recording_get(g_ptr_array_index(takes, i))->n_samples;
    samples = g_new(float, (gsize)*n_samples * 3);
    for (guint i = 0; i < takes->len; i++) {
        const WgRecordingSpec *spec = wg_recording_get(g_ptr_array_index(takes, i));

        for (int j = 0; j < spec->n_samples; j++) {
            for (int axis = 0; axis < 3; axis++)
                samples[at++] = (float)(spec->original[j * spec->n_channels + axis] / units_per_g);
        }
    }
    return samples;
}

static void
end_event(GArray *events, WgStreamEvent *open, int end)
{
    if (open->label) {
        open->end = end;
        g_array_append_val(events, *open);
    }
    open->label = NULL;
}

/* Rows in a row with one label are one event. FALSE names the line whose label is no text. */
static gboolean
read_events(const char *name, char **lines, int column, GArray *events, GError **error)
{
    WgStreamEvent open = {0};
    int n = 0;

    for (int i = 1; lines[i]; i++) {
        g_auto(GStrv) cells = NULL;
        const char *label;

        if (wg_csv_is_blank(lines[i]))
            continue;
        cells = wg_csv_split(lines[i]);
        label = column < (int)g_strv_length(cells) ? cells[column] : "";
        if (!g_utf8_validate(label, -1, NULL)) {
            end_event(events, &open, n);
            g_set_error(error, WG_ERROR, WG_ERROR_INPUT, _("%s:%d: the label is not UTF-8 text"),
                        name, i + 1);
            return FALSE;
        }
        if (open.label && !g_str_equal(open.label, label))
            end_event(events, &open, n);
        if (!open.label && *label) {
            open.start = n;
            open.label = g_strdup(label);
        }
        n++;
    }
    end_event(events, &open, n);
    return TRUE;
}

WgStream *
wg_stream_read_csv(const char *name, const char *content, gsize length,
                   const WgStreamOptions *options, GError **error)
{
    g_auto(GStrv) lines = g_strsplit(content, "\n", -1);
    g_auto(GStrv) header = wg_csv_split(lines[0] ? lines[0] : "");
    const int column = wg_csv_find(header, label_names, G_N_ELEMENTS(label_names));
    g_autoptr(GArray) events = wg_stream_events_new();
    g_autoptr(GPtrArray) messages = g_ptr_array_new_null_terminated(0, g_free, TRUE);
    g_autoptr(GPtrArray) takes = read_takes(name, content, length, options, messages, error);
    double units_per_g = options->units_per_g, rate_hz;
    float *samples;
    WgStream *stream;
    gboolean is_told;
    int n_samples = 0;

    if (!takes)
        return NULL;
    if (column < 0) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    _("%s:1: the header has no column “label”, which names what is done in a row"),
                    name);
        return NULL;
    }
    if (!read_events(name, lines, column, events, error))
        return NULL;
    rate_hz = wg_recording_get(g_ptr_array_index(takes, 0))->rate_hz;
    is_told =
        units_per_g > 0 || wg_recording_get(g_ptr_array_index(takes, 0))->original_units_per_g > 0;
    if (units_per_g <= 0)
        units_per_g = wg_recording_get(g_ptr_array_index(takes, 0))->original_units_per_g;
    if (units_per_g <= 0)
        units_per_g = wg_scale_judge(wg_scale_resting_magnitude(takes), FALSE);
    samples = join_samples(takes, units_per_g, &n_samples);
    stream = wg_stream_new(rate_hz, n_samples, samples, g_steal_pointer(&events));
    if (!is_told)
        g_ptr_array_add(
            messages,
            g_strdup_printf(_("%s: taken as %g units a g by what rests in it"), name, units_per_g));
    if (messages->len > 0)
        stream->note = g_strjoinv("\n", (char **)messages->pdata);
    return stream;
}
