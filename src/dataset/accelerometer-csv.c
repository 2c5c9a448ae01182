/* Accelerometer CSV of any tool: a header names the columns, a blank line ends a capture. */
#include "dataset/accelerometer-csv.h"

#include "base/error.h"
#include "dataset/axis-names.h"
#include "dataset/csv.h"
#include "dataset/data-writer.h"
#include "dataset/export-values.h"
#include "dataset/file-reading.h"
#include "dataset/time-unit.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* Rate of the Arduino capture sketch, whose files carry no time. */
#define ARDUINO_RATE_HZ 119.0
#define MS_PER_S 1000.0
#define CELL_SHOWN_MAX 30 /* characters */

typedef struct {
    int time;           /* column, -1: none */
    int label;          /* column of what is done at that moment, -1: none */
    int values[6];      /* columns of acceleration x, y, z and angular rate x, y, z */
    double dps[6];      /* degrees per second that 1 of an angular rate's unit is */
    double units_per_g; /* that the header tells of all three axes, 0: it does not */
    double to_ms;       /* milliseconds that 1 of the column of time is, 0: not told */
    int n_channels;     /* 3 or 6 */
    gboolean is_arduino;
} Layout;

static void
read_name(const char *cell, int column, Layout *layout)
{
    g_auto(WgAxisName) name = {0};

    wg_axis_name_read(&name, cell);
    if (name.is_time && layout->time < 0) {
        layout->time = column;
        layout->to_ms = name.seconds * MS_PER_S;
    }
    layout->is_arduino |= g_str_equal(name.name, "ax");
    if (name.channel < 0 || layout->values[name.channel] >= 0)
        return;
    layout->values[name.channel] = column;
    layout->dps[name.channel] = name.dps;
    if (name.channel == 0)
        layout->units_per_g = name.units_per_g;
    else if (name.channel < 3 && fabs(layout->units_per_g - name.units_per_g) > 0)
        layout->units_per_g = 0;
}

/* How many of the three acceleration columns a header names; fills the layout. */
static int
read_header(const char *line, Layout *layout)
{
    static const char *const label_names[] = {"label", "gesture", "event", "class", "activity"};
    g_auto(GStrv) cells = wg_csv_split(line);
    int n_found = 0;

    *layout = (Layout){.time = -1, .n_channels = 6, .values = {-1, -1, -1, -1, -1, -1}};
    for (int i = 0; cells[i]; i++)
        read_name(cells[i], i, layout);
    layout->label = wg_csv_find(cells, label_names, G_N_ELEMENTS(label_names));
    for (int i = 0; i < 6; i++) {
        n_found += i < 3 && layout->values[i] >= 0;
        if (layout->values[i] < 0)
            layout->n_channels = 3;
    }
    return n_found;
}

typedef struct {
    const char *name;
    const WgImportOptions *options;
    WgFileContent *found;
    Layout layout;
    char *label;
    int first_line;
    GArray *values; /* float */
    GArray *times;  /* double, in the file's unit */
    GArray *spans;  /* WgLabelSpan with labels of its own, while one label follows another */
    gboolean is_unit_said;
} Reading;

static void
refuse(Reading *reading, int line, const char *why)
{
    wg_refusals_take(reading->found->refused,
                     g_strdup_printf("%s:%d: %s", reading->name, line, why));
}

/* The rate of the capture that ends; 0 and why not. */
static double
find_rate(Reading *reading, char **why)
{
    const GArray *times = reading->times;
    const double step = wg_time_median_step((const double *)times->data, (int)times->len);
    const char *unit = "milliseconds";
    double rate_hz;

    if (reading->options->rate_hz > 0)
        return reading->options->rate_hz;
    if (times->len < 2) {
        *why = g_strdup(_("the file does not tell its rate: give --rate"));
        return reading->layout.is_arduino ? ARDUINO_RATE_HZ : 0;
    }
    rate_hz = reading->layout.to_ms > 0
                  ? wg_time_judge_rate(step * reading->layout.to_ms, TRUE, &unit, why)
                  : wg_time_judge_rate(step, FALSE, &unit, why);
    if (rate_hz > 0 && !reading->is_unit_said && !g_str_equal(unit, "milliseconds")) {
        reading->is_unit_said = TRUE;
        g_ptr_array_add(reading->found->messages,
                        g_strdup_printf(_("%s: its timestamps step by %g, so they are %s: %g Hz"),
                                        reading->name, step, _(unit), rate_hz));
    }
    return rate_hz;
}

static void
clear_span(gpointer data)
{
    g_free((gpointer)((WgLabelSpan *)data)->label);
}

/* The label of the row that was read last: lengthens the span it follows, or begins another. */
static void
add_label(Reading *reading, char **cells, int n_cells)
{
    const int at = (int)reading->values->len / reading->layout.n_channels - 1;
    WgLabelSpan *last = reading->spans->len > 0
                            ? &g_array_index(reading->spans, WgLabelSpan, reading->spans->len - 1)
                            : NULL;
    g_autofree char *label = NULL;

    if (reading->layout.label < 0 || reading->layout.label >= n_cells || reading->options->label ||
        !*cells[reading->layout.label])
        return;
    label = g_utf8_make_valid(cells[reading->layout.label], -1);
    if (last && last->first + last->n_samples == at && g_str_equal(last->label, label)) {
        last->n_samples++;
    } else {
        const WgLabelSpan span = {at, 1, g_steal_pointer(&label)};

        g_array_append_val(reading->spans, span);
    }
}

static void
end_capture(Reading *reading)
{
    const int n_samples = (int)reading->values->len / reading->layout.n_channels;
    g_autofree char *why = NULL;
    const double rate_hz = n_samples > 0 ? find_rate(reading, &why) : 0;
    const WgLabelSpan *spans = (const WgLabelSpan *)(gpointer)reading->spans->data;
    /* one label from the first sample to the last is that of a take */
    const gboolean is_take = reading->spans->len == 1 && spans->n_samples == n_samples;

    if (n_samples > 0 && rate_hz <= 0) {
        refuse(reading, reading->first_line, why);
    } else if (n_samples > 0) {
        const WgRecordingSpec spec = {
            .label = is_take ? spans->label : reading->label,
            .person = reading->options->person,
            .file = reading->name,
            .line = reading->first_line,
            .rate_hz = rate_hz,
            .n_samples = n_samples,
            .n_channels = reading->layout.n_channels,
            .samples = (const float *)reading->values->data,
            .original = (const float *)reading->values->data,
            .original_units_per_g = reading->layout.units_per_g,
            .spans = spans,
            .n_spans = is_take ? 0 : (int)reading->spans->len,
        };

        g_ptr_array_add(reading->found->takes, wg_recording_new(&spec));
    }
    g_array_set_size(reading->values, 0);
    g_array_set_size(reading->times, 0);
    g_array_set_size(reading->spans, 0);
}

static gboolean
read_cell(const char *cell, double *value)
{
    char *end = NULL;

    *value = g_ascii_strtod(cell, &end);
    if (end != cell && *end == ',' && g_ascii_isdigit(end[1]) && !strchr(end + 1, ',')) {
        g_autofree char *pointed = g_strdelimit(g_strdup(cell), ",", '.');

        *value = g_ascii_strtod(pointed, &end);
        return *end == '\0' && !isnan(*value);
    }
    return end != cell && *end == '\0' && !isnan(*value);
}

/* A row of numbers is added; a faulty one ends the capture before it and is refused. */
static void
read_row(Reading *reading, const char *line, int number)
{
    g_auto(GStrv) cells = wg_csv_split(line);
    const int n_cells = (int)g_strv_length(cells);
    g_autofree char *why = NULL;
    float row[6];
    double value = 0;

    for (int i = 0; i < reading->layout.n_channels; i++) {
        const int column = reading->layout.values[i];

        if (column >= n_cells || !read_cell(cells[column], &value))
            why = g_strdup_printf(_("column %d holds no number"), column + 1);
        else if (fabs(value) >= WG_VALUE_MAX)
            why =
                g_strdup_printf(_("column %d holds %.*s, which is out of range: below %g are read"),
                                column + 1, CELL_SHOWN_MAX, cells[column], WG_VALUE_MAX);
        if (why) {
            refuse(reading, number, why);
            end_capture(reading);
            return;
        }
        row[i] = (float)(i < 3 ? value : value * reading->layout.dps[i]);
    }
    if (reading->values->len == 0)
        reading->first_line = number;
    g_array_append_vals(reading->values, row, (guint)reading->layout.n_channels);
    add_label(reading, cells, n_cells);
    if (reading->layout.time >= 0 && reading->layout.time < n_cells &&
        read_cell(cells[reading->layout.time], &value) && isfinite(value))
        g_array_append_val(reading->times, value);
}

gboolean
wg_accelerometer_csv_read(const char *name, const char *content, gsize length,
                          const WgImportOptions *options, WgFileContent *found, GError **error)
{
    static const char *const axes[] = {"x", "y", "z"};
    g_auto(GStrv) lines = g_strsplit(content, "\n", -1);
    g_autofree char *label = wg_file_dup_label(name, options, error);
    g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(float));
    g_autoptr(GArray) times = g_array_new(FALSE, FALSE, sizeof(double));
    g_autoptr(GArray) spans = g_array_new(FALSE, FALSE, sizeof(WgLabelSpan));
    Reading reading = {name, options, found, {0}, label, 0, values, times, spans, FALSE};

    if (!label)
        return FALSE;
    g_array_set_clear_func(spans, clear_span);
    if (!lines[0] || read_header(lines[0], &reading.layout) < 3) {
        for (int i = 0; i < 3; i++) {
            if (lines[0] && reading.layout.values[i] >= 0)
                continue;
            g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                        _("%s:1: the header has no column for acceleration %s (acc%c, a%c or %s)"),
                        name, axes[i], g_ascii_toupper(axes[i][0]), g_ascii_toupper(axes[i][0]),
                        axes[i]);
            return FALSE;
        }
    }
    for (int i = 1; lines[i]; i++) {
        if (wg_csv_is_blank(lines[i]))
            end_capture(&reading);
        else
            read_row(&reading, lines[i], i + 1);
    }
    end_capture(&reading);
    return TRUE;
}

static int
matches(const char *name, const char *content, gsize length)
{
    const char *newline = memchr(content, '\n', length);
    const gsize header_length = newline ? (gsize)(newline - content) : length;
    g_autofree char *header = NULL;
    Layout layout;
    int n_found;

    if (header_length > 4096 || memchr(content, '\0', length))
        return 0;
    header = g_strndup(content, header_length);
    n_found = read_header(header, &layout);
    /* two of the three named are enough to say what is missing */
    return n_found == 3 ? 80 : n_found == 2 || (n_found == 1 && layout.time >= 0) ? 50 : 0;
}

/* The label of sample i: that of its span, of a recording without spans its own. */
static const char *
get_label(const WgRecordingSpec *spec, int i, int *span)
{
    if (spec->n_spans == 0)
        return spec->label;
    while (*span < spec->n_spans && spec->spans[*span].first + spec->spans[*span].n_samples <= i)
        (*span)++;
    return *span < spec->n_spans && spec->spans[*span].first <= i ? spec->spans[*span].label : "";
}

static gboolean
write_take(const WgRecordingSpec *spec, WgDataWriter *out, GError **error)
{
    static const char *const axes[] = {"accX", "accY", "accZ", "gyrX", "gyrY", "gyrZ"};
    g_auto(WgExportValues) values = {0};
    g_autofree char *path = wg_data_writer_dup_name(out, spec->person, spec->label, ".csv");
    g_autoptr(GString) text = g_string_new("time (ms)");
    int span = 0;

    wg_export_values_init(&values, spec);
    for (int i = 0; i < spec->n_channels; i++)
        g_string_append_printf(text, ",%s (%s)", axes[i], i < 3 ? values.unit : "dps");
    g_string_append(text, ",label\n");
    for (int i = 0; i < spec->n_samples; i++) {
        wg_append_double(text, i * MS_PER_S / spec->rate_hz);
        for (int j = 0; j < spec->n_channels; j++) {
            g_string_append_c(text, ',');
            wg_append_float(text, values.values[(gsize)i * spec->n_channels + j]);
        }
        g_string_append_c(text, ',');
        wg_csv_append_cell(text, get_label(spec, i, &span));
        g_string_append_c(text, '\n');
    }
    /* spans of one label that touch are one in a column */
    return wg_data_writer_add(out, path, text->str, text->len, error) &&
           wg_data_writer_add_spans(out, path, spec, error);
}

static gboolean
write_csv(GPtrArray *recordings, const WgExportDataOptions *options, WgDataWriter *out,
          GError **error)
{
    for (guint i = 0; i < recordings->len; i++) {
        if (!wg_data_writer_tick(out, i, recordings->len, error) ||
            !write_take(wg_recording_get(g_ptr_array_index(recordings, i)), out, error))
            return FALSE;
    }
    return TRUE;
}

const WgFileFormat wg_file_format_accelerometer_csv = {
    "accelerometer-csv",
    N_("CSV with a header of accelerometer columns, a folder with a file a take"),
    matches,
    wg_accelerometer_csv_read,
    .write = write_csv,
    .holds = WG_HOLDS_ANY_VALUE | WG_HOLDS_ANGULAR_RATE | WG_HOLDS_SPANS | WG_HOLDS_RATE |
             WG_HOLDS_LABEL | WG_HOLDS_UNIT,
};
