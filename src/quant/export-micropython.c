/* The exporter "micropython": one file of plain Python, with window, debounce and an example. */
#include "quant/export-micropython.h"

#include "base/error.h"
#include "base/watch-kind.h"
#include "dataset/debounce.h"
#include "quant/micropython.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define BASE64_LINE 100
#define MODULE_BYTES 12000 /* of functions and names once it is imported, about: gc.mem_free() */

gboolean
wg_python_check_size(gsize bytes, GError **error)
{
    const WgWatchKind *kind = wg_watch_kind_find("micropython", error);

    if (!kind)
        return FALSE;
    if (bytes <= kind->model_limit_bytes)
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                "the model would be a file of %" G_GSIZE_FORMAT
                " bytes, and a MicroPython board takes %" G_GSIZE_FORMAT ": train a smaller one",
                bytes, kind->model_limit_bytes);
    return FALSE;
}

char *
wg_python_quote(const char *text)
{
    GString *quoted = g_string_new("\"");

    for (const char *at = text; *at; at++) {
        if (*at == '"' || *at == '\\')
            g_string_append_printf(quoted, "\\%c", *at);
        else if ((guchar)*at < ' ')
            g_string_append_printf(quoted, "\\x%02x", (guchar)*at);
        else
            g_string_append_c(quoted, *at);
    }
    g_string_append_c(quoted, '"');
    return g_string_free(quoted, FALSE);
}

static char *
encode(const GByteArray *data)
{
    g_autofree char *text = g_base64_encode(data->data, data->len);
    const gsize n = strlen(text);
    GString *lines = g_string_new(NULL);

    for (gsize i = 0; i < n; i += BASE64_LINE) {
        g_string_append_len(lines, text + i, (gssize)MIN(BASE64_LINE, n - i));
        g_string_append_c(lines, '\n');
    }
    return g_string_free(lines, FALSE);
}

/* In a comment or a sentence: no line ends in it. */
static char *
dup_plain(const char *text)
{
    char *plain = g_strdup(text);

    for (char *at = plain; *at; at++)
        *at = (guchar)*at < ' ' ? ' ' : *at;
    return plain;
}

static void
fill(GString *text, const char *place, const char *value)
{
    g_string_replace(text, place, value, 0);
}

static void
fill_number(GString *text, const char *place, double value)
{
    char number[G_ASCII_DTOSTR_BUF_SIZE];

    fill(text, place, g_ascii_formatd(number, sizeof number, "%.10g", value));
}

static char *
quote_labels(const char *const *labels)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (int i = 0; labels[i]; i++) {
        g_autofree char *quoted = wg_python_quote(labels[i]);

        g_string_append_printf(text, i ? ", %s" : "%s", quoted);
    }
    return g_strdup(text->str);
}

static char *
quote_channels(const WgWindowOptions *window)
{
    g_autofree char *channels = wg_channels_to_text(window->channels);
    g_auto(GStrv) names = g_strsplit(channels, ",", -1);

    return quote_labels((const char *const *)names);
}

/* What was tuned; else of sliding windows the usual rule, or nothing tells one gesture from two. */
static char *
choose_debounce(const WgExportSource *source)
{
    const WgWindowOptions *window = source->window;
    int n = source->n_debounce;
    double span_ms = source->debounce_ms;

    if (n == 0 && wg_window_options_is_watch(window))
        return g_strdup("None");
    if (n == 0) {
        span_ms = WG_DEBOUNCE_SPAN_MS;
        n = wg_debounce_fit(WG_DEBOUNCE_N, span_ms, 1000.0 * window->step / window->rate_hz);
    }
    return g_strdup_printf("(%d, %d)", n, (int)span_ms);
}

static void
fill_facts(GString *text, const WgExportSource *source)
{
    g_autofree char *project = dup_plain(source->project_name);
    g_autofree char *labels = quote_labels(source->labels);
    g_autofree char *channels = quote_channels(source->window);
    g_autofree char *other = source->other ? wg_python_quote(source->other) : g_strdup("None");
    g_autofree char *debounce = choose_debounce(source);

    fill(text, "@PROJECT@", project);
    fill(text, "@MADE@", source->made ? source->made : "at a time that is not known");
    fill(text, "@DATE@", source->date);
    fill(text, "@LABELS@", labels);
    fill(text, "@OTHER@", other);
    fill(text, "@CHANNELS@", channels);
    fill(text, "@DEBOUNCE@", debounce);
    fill_number(text, "@THRESHOLD@", source->threshold);
    fill_number(text, "@RATE@", source->window->rate_hz);
    fill_number(text, "@LENGTH@", source->window->length);
    fill_number(text, "@UNITS@", 128 / source->window->range_g);
    fill_number(text, "@STEP@", source->window->step);
    fill_number(text, "@RANGE_G@", source->window->range_g);
    fill_number(text, "@RANGE_DPS@", source->window->range_dps);
}

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

static char *
make_module(const WgExportSource *source, const WgPythonLayers *layers)
{
    g_autofree char *data = encode(layers->data);
    const WgPythonPart window =
        wg_window_options_is_watch(source->window) ? WG_PYTHON_DETECTOR : WG_PYTHON_SLIDING;
    const guint parts = layers->parts | 1u << window;
    g_autofree char *probability = format_probability(layers);
    GString *text = g_string_new(NULL);

    for (int part = 0; part < WG_PYTHON_MAIN; part++) {
        if (part == WG_PYTHON_TAIL)
            g_string_append_printf(text, "\n\n%s", layers->definitions->str);
        if (parts & 1u << part)
            g_string_append(text, wg_python_parts[part]);
    }
    fill_facts(text, source);
    fill(text, "@DATA@", data);
    fill(text, "@CALLS@", layers->calls->str);
    fill(text, "@PROBABILITY@", probability);
    fill_number(text, "@LAST@", layers->last);
    fill_number(text, "@OUT_ZERO@", layers->out_zero_point);
    return g_string_free(text, FALSE);
}

/* How the sensors are read is written once: for recording, which is the program behind it. */
static char *
cut_sensors(void)
{
    const char *text = wg_python_parts[WG_PYTHON_SENSORS];
    const char *start = strstr(text, "def i2c_chip");
    const char *stop = strstr(text, "def run(");

    g_return_val_if_fail(start && stop > start, NULL);
    return g_strndup(start, (gsize)(stop - start));
}

static char *
make_example(const WgExportSource *source)
{
    GString *text = g_string_new(wg_python_parts[WG_PYTHON_MAIN]);
    g_autofree char *sensors = cut_sensors();
    const gboolean needs_gyroscope = wg_window_options_needs_gyroscope(source->window);

    fill(text, "@SENSOR@", sensors);
    fill(text, "@READS@",
         needs_gyroscope ? "x, y, z in g and gx, gy, gz in degrees a second, which this model needs"
                         : "x, y, z in g");
    return g_string_free(text, FALSE);
}

static char *
make_readme(const WgExportSource *source, gsize memory_bytes, gsize bytes)
{
    const gboolean is_watch = wg_window_options_is_watch(source->window);
    g_autofree char *other =
        source->other ? g_strdup_printf(", and for “%s”", source->other) : g_strdup("");
    g_autofree char *labels = g_strjoinv(", ", (char **)source->labels);
    g_autofree char *channels = wg_channels_to_text(source->window->channels);
    GString *text = g_string_new(wg_python_parts[WG_PYTHON_README]);

    fill(text, "@LABELS@", labels);
    fill(text, "@CHANNELS@", channels);
    fill(text, "@OTHER@", other);
    fill(text, "@WINDOW@",
         is_watch ? "cuts gestures out of the stream as a Bangle.js does: it begins one when the "
                    "acceleration\n  changes, and hands it over when the board is at rest again."
                  : "hands over the last @LENGTH@ samples, each @STEP@ samples.");
    fill_number(text, "@BYTES@", (double)bytes);
    fill_number(text, "@RAM@", (double)((memory_bytes + 999) / 1000));
    fill_facts(text, source);
    return g_string_free(text, FALSE);
}

GBytes *
wg_micropython_module_new(const WgExportSource *source, gsize *memory_bytes, GError **error)
{
    g_autoptr(WgPythonLayers) layers = wg_python_layers_new(source->network, error);
    g_autofree char *module = layers ? make_module(source, layers) : NULL;

    if (!module || !wg_python_check_size(strlen(module), error))
        return NULL;
    if (memory_bytes)
        *memory_bytes = layers->memory_bytes + MODULE_BYTES;
    return g_bytes_new(module, strlen(module));
}

GBytes *
wg_micropython_example_new(const WgExportSource *source)
{
    g_autofree char *example = make_example(source);

    return g_bytes_new(example, strlen(example));
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
    gsize memory_bytes;
    g_autoptr(GBytes) module = wg_micropython_module_new(source, &memory_bytes, error);

    if (!module)
        return FALSE;
    wg_export_add(files, "waggle_model.py", module);
    wg_export_take_text(files, "main.py", make_example(source));
    wg_export_take_text(files, "README.md",
                        make_readme(source, memory_bytes, g_bytes_get_size(module)));
    return TRUE;
}

const WgExporter wg_exporter_micropython = {
    "micropython",
    N_("MicroPython module"),
    N_("for boards that run MicroPython: one file of plain Python, with an example"),
    ".py",
    write_module,
};
