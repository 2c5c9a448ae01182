/* The network as C: waggle_model.h and waggle_model.c. */
#include "quant/export-c-model.h"

#include "base/error.h"
#include "base/find-string.h"
#include "quant/export-c-layer.h"
#include "quant/verdict.h"

#include <math.h>
#include <string.h>

#define SPARE_BYTES 4 /* the last window of a tensor is read up to 3 bytes past its end */

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

/* The one place where thresholds enter exports. */
static double
get_threshold(const WgExportSource *source, G_GNUC_UNUSED int label)
{
    return source->threshold;
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

        g_ascii_formatd(threshold, sizeof threshold, "%.3g", get_threshold(source, i));
        g_string_append_printf(list, "%d | %s | %s%s", i, plain,
                               is_other ? "means nothing" : threshold, i + 1 < n ? "\n" : "");
        /* (q + 128) / 256 >= threshold, as the watch's app has it */
        if (is_int8)
            g_ascii_formatd(threshold, sizeof threshold, "%.0f",
                            ceil(get_threshold(source, i) * 256) - 128);
        else
            g_ascii_formatd(threshold, sizeof threshold, "%.8ef", get_threshold(source, i));
        g_string_append_printf(thresholds, "%s%s", i ? ", " : "", threshold);
        g_string_append_printf(names, "    %s,%s", quoted, i + 1 < n ? "\n" : "");
    }
    wg_template_set(template, "NAMES", "%s", names->str);
    wg_template_set(template, "NAME_LIST", "%s", list->str);
    wg_template_set(template, "THRESHOLDS", "%s", thresholds->str);
    wg_template_set(template, "OTHER", "%d",
                    source->other ? wg_find_string(source->labels, source->other) : -1);
}

static gsize
round_up(gsize n_bytes)
{
    return (n_bytes + 3) / 4 * 4;
}

/* Tensors lie at the beginning and at the end of the work memory in turn; the columns behind. Gives
 * the size of all. */
static gsize
place_tensors(const WgInt8Network *network, WgExportCText *text)
{
    const WgTflite *file = wg_int8_network_get_file(network);
    gsize n_pair = round_up(file->tensors[file->input].info.size_bytes), n_columns = SPARE_BYTES;
    gboolean is_last = FALSE;

    for (int i = 0; i < file->n_ops; i++) {
        const WgInt8Step *step = wg_int8_network_get_step(network, i);

        if (step->op->code == WG_TFLITE_RESHAPE)
            continue;
        n_pair =
            MAX(n_pair, round_up(step->in->info.size_bytes) + round_up(step->out->info.size_bytes));
        n_columns = MAX(n_columns, wg_export_c_column_bytes(step));
    }
    text->offsets[file->input] = 0;
    for (int i = 0; i < file->n_ops; i++) {
        const WgTfliteOp *op = &file->ops[i];
        const gsize n_bytes = round_up(file->tensors[op->outputs[0]].info.size_bytes);

        if (op->code == WG_TFLITE_RESHAPE) {
            text->offsets[op->outputs[0]] = text->offsets[op->inputs[0]];
            continue;
        }
        is_last = !is_last;
        text->offsets[op->outputs[0]] = is_last ? n_pair - n_bytes : 0;
    }
    text->column_at = n_pair;
    return n_pair + n_columns;
}

/* Which kernels of waggle_model.c are wanted. */
static void
set_kernels(const WgInt8Network *network, const WgExportCText *text, WgTemplate *template)
{
    gboolean has_conv = FALSE, has_depthwise = FALSE, has_max = FALSE, has_average = FALSE;
    gboolean has_softmax = FALSE, has_float = FALSE, has_scale = FALSE, has_dequantize = FALSE;

    for (int i = 0; i < wg_int8_network_get_n_ops(network); i++) {
        const WgInt8Step *step = wg_int8_network_get_step(network, i);
        const int code = step->op->code;

        has_conv |= code == WG_TFLITE_CONV_2D || code == WG_TFLITE_FULLY_CONNECTED;
        has_depthwise |= code == WG_TFLITE_DEPTHWISE_CONV_2D;
        has_max |= code == WG_TFLITE_MAX_POOL_2D;
        has_average |= code == WG_TFLITE_AVERAGE_POOL_2D;
        has_softmax |= code == WG_TFLITE_SOFTMAX;
        has_float |= code == WG_TFLITE_QUANTIZE && step->is_float;
        has_scale |= code == WG_TFLITE_QUANTIZE && !step->is_float;
        has_dequantize |= code == WG_TFLITE_DEQUANTIZE;
    }
    wg_template_set_flag(template, "HAS_CONV", has_conv);
    wg_template_set_flag(template, "HAS_DEPTHWISE", has_depthwise);
    wg_template_set_flag(template, "HAS_MAX_POOL", has_max);
    wg_template_set_flag(template, "HAS_AVERAGE_POOL", has_average);
    wg_template_set_flag(template, "HAS_POOL", has_max || has_average);
    wg_template_set_flag(template, "HAS_WINDOW",
                         has_conv || has_depthwise || has_max || has_average);
    wg_template_set_flag(template, "HAS_SOFTMAX", has_softmax);
    wg_template_set_flag(template, "HAS_FLOAT_QUANTIZE", has_float);
    wg_template_set_flag(template, "HAS_REQUANTIZE", has_scale);
    wg_template_set_flag(template, "HAS_SCALE", has_conv || has_depthwise || has_scale);
    wg_template_set_flag(template, "HAS_MULTIPLIER",
                         has_conv || has_depthwise || has_scale || has_softmax);
    wg_template_set_flag(template, "HAS_DEQUANTIZE", has_dequantize);
    wg_template_set_flag(template, "HAS_WEIGHT_ZERO", text->has_weight_zero);
}

static void
set_ends(const WgInt8Network *network, const WgExportCText *text, WgTemplate *template)
{
    const WgTflite *file = wg_int8_network_get_file(network);
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
    wg_template_set(template, "INPUT_AT", "%" G_GSIZE_FORMAT, text->offsets[file->input]);
    wg_template_set(template, "OUTPUT_AT", "%" G_GSIZE_FORMAT, text->offsets[file->output]);
    wg_template_set_flag(template, "INT8_OUTPUT", is_int8);
    wg_template_set_flag(template, "INT8_INPUT", in->type == WG_TENSOR_INT8);
}

static gboolean
check(const WgExportSource *source, GError **error)
{
    const WgTflite *file = wg_int8_network_get_file(source->network);
    const int n_outputs = wg_int8_network_get_output(source->network)->n_elements;
    const int n_labels = (int)g_strv_length((char **)source->labels);

    if (n_outputs != n_labels) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT, "the model has %d outputs, there are %d names",
                    n_outputs, n_labels);
        return FALSE;
    }
    for (int i = 0; i < file->n_ops; i++) {
        if (file->ops[i].inputs[0] != (i > 0 ? file->ops[i - 1].outputs[0] : file->input)) {
            g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                        "operation %d takes another tensor than the one before it made, which the "
                        "C export does not follow",
                        i + 1);
            return FALSE;
        }
        if (!wg_export_c_check(wg_int8_network_get_step(source->network, i), error))
            return FALSE;
    }
    return TRUE;
}

gboolean
wg_export_c_model(const WgExportSource *source, WgTemplate *template, const char *folder,
                  GPtrArray *files, WgExportCModel *model, GError **error)
{
    const WgInt8Network *network = source->network;
    g_autoptr(GString) tables = g_string_new(NULL);
    g_autoptr(GString) calls = g_string_new(NULL);
    g_autofree gsize *offsets = g_new0(gsize, wg_int8_network_get_n_tensors(network));
    g_autofree char *header = g_strconcat(folder, "waggle_model.h", NULL);
    g_autofree char *code = g_strconcat(folder, "waggle_model.c", NULL);
    WgExportCText text = {.tables = tables, .calls = calls, .offsets = offsets};

    if (!check(source, error))
        return FALSE;
    model->memory_bytes = place_tensors(network, &text);
    model->n_multiplications = wg_operations(network);
    for (int i = 0; i < wg_int8_network_get_n_ops(network); i++)
        wg_export_c_layer(wg_int8_network_get_step(network, i), i, &text);
    model->table_bytes = text.table_bytes;
    set_window(source, template);
    set_labels(source, wg_int8_network_get_output(network)->type == WG_TENSOR_INT8, template);
    set_kernels(network, &text, template);
    set_ends(network, &text, template);
    wg_template_set(template, "MEMORY", "%" G_GSIZE_FORMAT, model->memory_bytes);
    wg_template_set(template, "TABLE_BYTES", "%" G_GSIZE_FORMAT, model->table_bytes);
    wg_template_set(template, "MULTIPLICATIONS", "%" G_GINT64_FORMAT, model->n_multiplications);
    if (calls->len > 0)
        g_string_truncate(calls, calls->len - 1); /* the line's end is the template's */
    wg_template_set(template, "TABLES", "%s", tables->str);
    wg_template_set(template, "CALLS", "%s", calls->str);
    wg_template_add(template, "c/waggle_model.h", files, header);
    wg_template_add(template, "c/waggle_model.c", files, code);
    return TRUE;
}
