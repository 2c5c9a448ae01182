/* The exporter "c": plain C11 for microcontrollers and computers, equal to the int8 network. */
#include "quant/export-c.h"

#include "dataset/debounce.h"

#include <glib/gi18n.h>
#include <math.h>

#define STEPS_PER_WINDOW 10 /* of a window that slides */

/* Each channel's step of one sample, in double as wg_windows_new has it. */
static void
set_channels(const WgExportSource *source, WgTemplate *template)
{
    static const char *const names[] = {"x", "y", "z", "gx", "gy", "gz"};
    g_autoptr(GString) steps = g_string_new(NULL);
    char range_g[G_ASCII_DTOSTR_BUF_SIZE], range_dps[G_ASCII_DTOSTR_BUF_SIZE];
    int n = 0;

    g_ascii_formatd(range_g, sizeof range_g, "%.17e", source->window->range_g);
    g_ascii_formatd(range_dps, sizeof range_dps, "%.17e", source->window->range_dps);
    for (int c = 0; c < (int)G_N_ELEMENTS(names); c++) {
        if (!(source->window->channels & (1u << c)))
            continue;
        if (c < 3)
            g_string_append_printf(steps, "    to[%d] = to_step((double)sample[%d]); /* %s */\n",
                                   n++, c, names[c]);
        else
            g_string_append_printf(steps,
                                   "    to[%d] = to_step((double)sample[%d] * %s / %s); /* %s */\n",
                                   n++, c, range_g, range_dps, names[c]);
    }
    if (source->window->channels & WG_CHANNEL_MAGNITUDE)
        g_string_append_printf(
            steps,
            "    to[%d] = to_step(sqrt((double)sample[0] * (double)sample[0] +\n"
            "                         (double)sample[1] * (double)sample[1] +\n"
            "                         (double)sample[2] * (double)sample[2])); /* magnitude */\n",
            n++);
    g_string_truncate(steps, steps->len - 1);
    wg_template_set(template, "CHANNEL_STEPS", "%s", steps->str);
    wg_template_set(template, "RANGE_G_EXACT", "%s", range_g);
}

/* As tuned; else a window that slides has the rule of `stream`, and each gesture of the detector
 * counts. */
static void
set_debounce(const WgExportSource *source, int step, WgTemplate *template)
{
    const gboolean is_watch = wg_window_options_is_watch(source->window);
    const double step_ms = 1000 * step / source->window->rate_hz;
    int n = source->n_debounce;
    double span_ms = source->debounce_ms;

    if (n < 1 && is_watch) {
        n = 1;
        span_ms = 0;
    } else if (n < 1) {
        span_ms = WG_DEBOUNCE_SPAN_MS;
        n = wg_debounce_fit(WG_DEBOUNCE_N, span_ms, step_ms);
    }
    wg_template_set(template, "DEBOUNCE_N", "%d", n);
    wg_template_set(template, "DEBOUNCE_MS", "%u", (guint)lrint(span_ms));
}

gboolean
wg_export_c_library(const WgExportSource *source, WgTemplate *template, const char *folder,
                    GPtrArray *files, GError **error)
{
    static const char *const names[] = {"waggle_window.h", "waggle_window.c", "waggle_debounce.h",
                                        "waggle_debounce.c"};
    const int step = MAX(1, source->window->length / STEPS_PER_WINDOW);
    const WgTensorInfo *in = wg_int8_network_get_input(source->network);
    /* the code of windows is of no use to a model that sees something else */
    const gboolean has_windows =
        in->type == WG_TENSOR_INT8 &&
        in->n_elements == source->window->length * wg_window_options_get_n_channels(source->window);
    WgExportCModel model;

    if (!wg_export_c_model(source, template, folder, files, &model, error))
        return FALSE;
    set_channels(source, template);
    set_debounce(source, step, template);
    wg_template_set(template, "STEP", "%d", step);
    wg_template_set_flag(template, "SLIDES", !wg_window_options_is_watch(source->window));
    wg_template_set_flag(template, "HAS_WINDOW_CODE", has_windows);
    for (gsize i = 0; has_windows && i < G_N_ELEMENTS(names); i++) {
        g_autofree char *from = g_strconcat("c/", names[i], NULL);
        g_autofree char *to = g_strconcat(folder, names[i], NULL);

        wg_template_add(template, from, files, to);
    }
    return TRUE;
}

static void
append_row(GString *out, int i, int n, const char *values)
{
    g_string_append_printf(out, "    {%s}%s", values, i + 1 < n ? ",\n" : "");
}

void
wg_export_c_tests(const WgExportSource *source, WgTemplate *template, GPtrArray *files,
                  const char *path)
{
    const gboolean is_int8 = wg_int8_network_get_output(source->network)->type == WG_TENSOR_INT8;
    g_autoptr(GString) inputs = g_string_new(NULL);
    g_autoptr(GString) outputs = g_string_new(NULL);

    for (int i = 0; i < source->n_tests; i++) {
        g_autoptr(GString) row = g_string_new(NULL);

        for (int j = 0; j < source->n_inputs; j++)
            g_string_append_printf(
                row, "%s%d", j ? ", " : "",
                source->test_inputs[(gsize)i * (gsize)source->n_inputs + (gsize)j]);
        append_row(inputs, i, source->n_tests, row->str);
        g_string_set_size(row, 0);
        for (int j = 0; j < source->n_outputs; j++) {
            char value[G_ASCII_DTOSTR_BUF_SIZE];

            g_ascii_formatd(
                value, sizeof value, is_int8 ? "%.0f" : "%.8ef",
                (double)source->test_outputs[(gsize)i * (gsize)source->n_outputs + (gsize)j]);
            g_string_append_printf(row, "%s%s", j ? ", " : "", value);
        }
        append_row(outputs, i, source->n_tests, row->str);
    }
    wg_template_set(template, "N_TESTS", "%d", source->n_tests);
    wg_template_set(template, "TEST_INPUTS", "%s", inputs->str);
    wg_template_set(template, "TEST_OUTPUTS", "%s", outputs->str);
    wg_template_add(template, "c/waggle_tests.h", files, path);
}

static gboolean
write_c(const WgExportSource *source, GPtrArray *files, GError **error)
{
    g_autoptr(WgTemplate) template = wg_template_new();

    if (!wg_export_c_library(source, template, "", files, error))
        return FALSE;
    wg_export_c_tests(source, template, files, "waggle_tests.h");
    wg_template_add(template, "c/main.c", files, "main.c");
    wg_template_add(template, "c/README.md", files, "README.md");
    wg_template_add(template, "LICENSE", files, "LICENSE");
    return TRUE;
}

const WgExporter wg_exporter_c = {
    "c",
    N_("C code"),
    N_("plain C11 for microcontrollers and computers, equal to the int8 network bit for bit"),
    NULL,
    write_c,
};
