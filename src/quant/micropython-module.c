/* A module for MicroPython as text, with its example and README: what all of its forms share. */
#include "quant/micropython-module.h"

#include "base/error.h"
#include "base/watch-kind.h"
#include "dataset/debounce.h"
#include "quant/export-template.h"
#include "quant/micropython.h"

#include <glib/gi18n.h>
#include <string.h>

#define BASE64_LINE 100

static gboolean
check_size(gsize bytes, GError **error)
{
    const WgWatchKind *kind = wg_watch_kind_find("micropython", error);

    if (!kind)
        return FALSE;
    if (bytes <= kind->model_limit_bytes)
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                _("the model would be a file of %zu bytes, and a MicroPython board takes %zu: "
                  "train a smaller one"),
                bytes, kind->model_limit_bytes);
    return FALSE;
}

/* A Python string of that text, with its quotes. */
static char *
quote(const char *text)
{
    GString *quoted = g_string_new("\"");

    for (const char *at = text; *at; at++) {
        if (*at == '"' || *at == '\\')
            g_string_append_printf(quoted, "\\%c", *at);
        else if ((guchar)*at < ' ' || *at == '@') /* which names a place to be filled */
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

void
wg_python_fill(GString *text, const char *place, const char *value)
{
    g_string_replace(text, place, value, 0);
}

void
wg_python_fill_number(GString *text, const char *place, double value)
{
    char number[G_ASCII_DTOSTR_BUF_SIZE];

    wg_python_fill(text, place, g_ascii_formatd(number, sizeof number, "%.10g", value));
}

static char *
quote_labels(const char *const *labels)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (int i = 0; labels[i]; i++) {
        g_autofree char *quoted = quote(labels[i]);

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

static char *
list_thresholds(const WgExportSource *source)
{
    g_autoptr(GString) text = g_string_new(NULL);
    char number[G_ASCII_DTOSTR_BUF_SIZE];

    for (int i = 0; source->labels[i]; i++)
        g_string_append_printf(
            text, i ? ", %s" : "%s",
            g_ascii_formatd(number, sizeof number, "%.10g", wg_export_get_threshold(source, i)));
    return g_strdup(text->str);
}

static void
fill_facts(GString *text, const WgExportSource *source)
{
    g_autofree char *project = dup_plain(source->project_name);
    g_autofree char *labels = quote_labels(source->labels);
    g_autofree char *channels = quote_channels(source->window);
    g_autofree char *other = source->other ? quote(source->other) : g_strdup("None");
    g_autofree char *debounce = choose_debounce(source);
    g_autofree char *thresholds = list_thresholds(source);

    wg_python_fill(text, "@PROJECT@", project);
    wg_python_fill(text, "@MADE@", source->made ? source->made : "at a time that is not known");
    wg_python_fill(text, "@DATE@", source->date);
    wg_python_fill(text, "@LABELS@", labels);
    wg_python_fill(text, "@OTHER@", other);
    wg_python_fill(text, "@CHANNELS@", channels);
    wg_python_fill(text, "@DEBOUNCE@", debounce);
    wg_python_fill(text, "@THRESHOLDS@", thresholds);
    wg_python_fill_number(text, "@RATE@", source->window->rate_hz);
    wg_python_fill_number(text, "@LENGTH@", source->window->length);
    wg_python_fill_number(text, "@UNITS@", 128 / source->window->range_g);
    wg_python_fill_number(text, "@STEP@", source->window->step);
    wg_python_fill_number(text, "@RANGE_G@", source->window->range_g);
    wg_python_fill_number(text, "@RANGE_DPS@", source->window->range_dps);
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

    wg_python_fill(text, "@SENSOR@", sensors);
    wg_python_fill(text, "@READS@",
                   needs_gyroscope
                       ? "x, y, z in g and gx, gy, gz in degrees a second, which this model needs"
                       : "x, y, z in g");
    return g_string_free(text, FALSE);
}

static char *
make_readme(const WgExportSource *source, const WgPythonModule *module, gsize bytes)
{
    const gboolean is_watch = wg_window_options_is_watch(source->window);
    g_autofree char *other = source->other ? wg_template_plain(source->other) : NULL;
    g_autofree char *also = other ? g_strdup_printf(", and for “%s”", other) : g_strdup("");
    g_autofree char *project = wg_template_plain(source->project_name);
    g_autofree char *names = g_strjoinv(", ", (char **)source->labels);
    g_autofree char *labels = wg_template_plain(names);
    g_autofree char *channels = wg_channels_to_text(source->window->channels);
    const gsize kilobytes = (module->memory_bytes + 999) / 1000;
    GString *text = g_string_new(wg_python_parts[WG_PYTHON_README]);

    wg_python_fill(text, "@TITLE@", module->title);
    wg_python_fill(text, "@PARTS@", module->holds);
    wg_python_fill(text, "@INFER@", module->infers);
    wg_python_fill(text, "@DEPLOY@", module->advice);
    wg_python_fill(text, "@PROJECT@", project);
    wg_python_fill(text, "@LABELS@", labels);
    wg_python_fill(text, "@CHANNELS@", channels);
    wg_python_fill(text, "@OTHER@", also);
    wg_python_fill(
        text, "@WINDOW@",
        is_watch ? "cuts gestures out of the stream as a Bangle.js does: it begins one when the "
                   "acceleration\n  changes, and hands it over when the board is at rest again."
                 : "hands over the last @LENGTH@ samples, each @STEP@ samples.");
    wg_python_fill_number(text, "@BYTES@", (double)bytes);
    wg_python_fill_number(text, "@RAM@", (double)kilobytes);
    fill_facts(text, source);
    return g_string_free(text, FALSE);
}

GString *
wg_python_module_text(const WgExportSource *source, const WgPythonModule *module)
{
    g_autofree char *data = encode(module->data);
    const WgPythonPart window =
        wg_window_options_is_watch(source->window) ? WG_PYTHON_DETECTOR : WG_PYTHON_SLIDING;
    const guint parts = module->parts | 1u << WG_PYTHON_HEAD | 1u << WG_PYTHON_DATA |
                        1u << WG_PYTHON_RECOGNISE | 1u << window | 1u << WG_PYTHON_DEBOUNCE;
    GString *text = g_string_new(NULL);

    for (int part = 0; part < WG_PYTHON_MAIN; part++) {
        if (part == WG_PYTHON_INFER && module->definitions)
            g_string_append_printf(text, "\n\n%s", module->definitions);
        if (parts & 1u << part)
            g_string_append(text, wg_python_parts[part]);
    }
    wg_python_fill(text, "@WHAT@", module->what);
    wg_python_fill(text, "@PROMISE@", module->promise);
    wg_python_fill(text, "@PROBABILITY@", module->probability);
    fill_facts(text, source);
    wg_python_fill(text, "@DATA@", data);
    return text;
}

GBytes *
wg_python_module_finish(GString *text, GError **error)
{
    g_autoptr(GBytes) bytes = g_string_free_to_bytes(text);

    return check_size(g_bytes_get_size(bytes), error) ? g_steal_pointer(&bytes) : NULL;
}

void
wg_python_module_add(const WgExportSource *source, const WgPythonModule *module, GBytes *content,
                     GPtrArray *files)
{
    wg_export_add(files, "waggle_model.py", content);
    wg_export_take_text(files, "main.py", make_example(source));
    wg_export_take_text(files, "README.md", make_readme(source, module, g_bytes_get_size(content)));
}

GBytes *
wg_micropython_example_new(const WgExportSource *source)
{
    g_autofree char *example = make_example(source);

    return g_bytes_new(example, strlen(example));
}
