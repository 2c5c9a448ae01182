/* What every export says of a model: its windows, names, thresholds, and where it comes from. */
#include "quant/export-facts.h"

#include "base/error.h"
#include "base/find-string.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define PROJECT_SUFFIX ".waggle"

/* Numbers of the window as text, which the header and READMEs say. */
static void
set_window(const WgExportSource *source, WgTemplate *template)
{
    const WgWindowOptions *window = source->window;
    g_autofree char *channels = wg_channels_to_text(window->channels);
    const gboolean has_gyroscope = wg_window_options_needs_gyroscope(window);

    wg_template_set(template, "LENGTH", "%d", window->length);
    wg_template_set(template, "CHANNELS", "%d", wg_window_options_get_n_channels(window));
    wg_template_set(template, "CHANNEL_NAMES", "%s", channels);
    wg_template_set_number(template, "RATE_HZ", window->rate_hz);
    wg_template_set_number(template, "RANGE_G", window->range_g);
    wg_template_set_number(template, "RANGE_DPS", window->range_dps);
    wg_template_set_number(template, "UNITS_PER_G", 128 / window->range_g);
    wg_template_set_number(template, "UNITS_PER_DPS", 128 / window->range_dps);
    wg_template_set_flag(template, "HAS_GYROSCOPE", has_gyroscope);
    wg_template_set_flag(template, "IS_WATCH", wg_window_options_is_watch(window));
}

static void
set_labels(const WgExportSource *source, gboolean is_int8, WgTemplate *template)
{
    const int n = wg_int8_network_get_output(source->network)->n_elements;
    g_autoptr(GString) names = g_string_new(NULL);
    g_autoptr(GString) thresholds = g_string_new(NULL);
    g_autoptr(GString) list = g_string_new(NULL);

    for (int i = 0; i < n; i++) {
        g_autofree char *quoted = wg_template_quote(source->labels[i]);
        g_autofree char *plain = wg_template_plain(source->labels[i]);
        const gboolean is_other = g_strcmp0(source->labels[i], source->other) == 0;
        char threshold[G_ASCII_DTOSTR_BUF_SIZE];

        g_ascii_formatd(threshold, sizeof threshold, "%.3g", wg_export_get_threshold(source, i));
        g_string_append_printf(list, "%d | %s | %s%s", i, plain,
                               is_other                                 ? "means nothing"
                               : wg_export_get_threshold(source, i) > 1 ? "never an answer"
                                                                        : threshold,
                               i + 1 < n ? "\n" : "");
        /* (q + 128) / 256 >= threshold, as the watch's app has it */
        if (is_int8)
            g_ascii_formatd(threshold, sizeof threshold, "%.0f",
                            ceil(wg_export_get_threshold(source, i) * 256) - 128);
        else
            g_ascii_formatd(threshold, sizeof threshold, "%.8ef",
                            wg_export_get_threshold(source, i));
        g_string_append_printf(thresholds, "%s%s", i ? ", " : "", threshold);
        g_string_append_printf(names, "    %s,%s", quoted, i + 1 < n ? "\n" : "");
    }
    wg_template_set(template, "NAMES", "%s", names->str);
    wg_template_set(template, "NAME_LIST", "%s", list->str);
    wg_template_set(template, "THRESHOLDS", "%s", thresholds->str);
    wg_template_set(template, "OTHER", "%d",
                    source->other ? wg_find_string(source->labels, source->other) : -1);
}

static void
set_ends(const WgInt8Network *network, WgTemplate *template)
{
    const WgTensorInfo *in = wg_int8_network_get_input(network);
    const WgTensorInfo *out = wg_int8_network_get_output(network);
    const gboolean is_int8 = out->type == WG_TENSOR_INT8;
    const gboolean is_softmax = is_int8 && out->scale == 1.0 / 256 && out->zero_point == -128;

    wg_template_set(template, "N_INPUTS", "%d", in->n_elements);
    wg_template_set(template, "N_OUTPUTS", "%d", out->n_elements);
    wg_template_set(template, "INPUT_TYPE", in->type == WG_TENSOR_INT8 ? "int8_t" : "float");
    wg_template_set(template, "OUTPUT_TYPE", is_int8 ? "int8_t" : "float");
    wg_template_set(template, "OUTPUT_MEANING", "%s",
                    is_softmax ? ", q for a probability of (q + 128) / 256" : "");
    wg_template_set_flag(template, "INT8_OUTPUT", is_int8);
}

gboolean
wg_export_set_facts(const WgExportSource *source, WgTemplate *template, GError **error)
{
    const WgTensorInfo *out = wg_int8_network_get_output(source->network);
    const int n_labels = (int)g_strv_length((char **)source->labels);
    g_autofree char *name = g_strdup(source->project_name);
    g_autofree char *project = NULL;

    if (out->n_elements != n_labels) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    _("the model has %d outputs, there are %d names"), out->n_elements, n_labels);
        return FALSE;
    }
    if (g_str_has_suffix(name, PROJECT_SUFFIX))
        name[strlen(name) - strlen(PROJECT_SUFFIX)] = '\0';
    project = wg_template_plain(name);
    set_window(source, template);
    set_labels(source, out->type == WG_TENSOR_INT8, template);
    set_ends(source->network, template);
    wg_template_set(template, "PROJECT", "%s", project);
    wg_template_set(template, "DATE", "%s", source->date);
    wg_template_set(template, "MADE", "%s", source->made ? source->made : "unknown date");
    return TRUE;
}
