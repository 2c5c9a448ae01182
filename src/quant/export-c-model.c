/* The network as C: waggle_model.h and waggle_model.c. */
#include "quant/export-c-model.h"

#include "base/error.h"
#include "quant/export-c-layer.h"
#include "quant/export-facts.h"
#include "quant/verdict.h"

#include <glib/gi18n.h>
#include <string.h>

#define SPARE_BYTES 4 /* the last window of a tensor is read up to 3 bytes past its end */

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

static gboolean
check(const WgExportSource *source, GError **error)
{
    const WgTflite *file = wg_int8_network_get_file(source->network);

    for (int i = 0; i < file->n_ops; i++) {
        if (file->ops[i].inputs[0] != (i > 0 ? file->ops[i - 1].outputs[0] : file->input)) {
            g_set_error(
                error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                _("operation %d takes another tensor than the one before it made, which the "
                  "C export does not follow"),
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
    const int input = wg_int8_network_get_file(network)->input;
    const int output = wg_int8_network_get_file(network)->output;
    g_autoptr(GString) tables = g_string_new(NULL);
    g_autoptr(GString) calls = g_string_new(NULL);
    g_autofree gsize *offsets = g_new0(gsize, wg_int8_network_get_n_tensors(network));
    g_autofree char *header = g_strconcat(folder, "waggle_model.h", NULL);
    g_autofree char *code = g_strconcat(folder, "waggle_model.c", NULL);
    WgExportCText text = {.tables = tables, .calls = calls, .offsets = offsets};

    if (!check(source, error) || !wg_export_set_facts(source, template, error))
        return FALSE;
    model->memory_bytes = place_tensors(network, &text);
    model->n_multiplications = wg_operations(network);
    for (int i = 0; i < wg_int8_network_get_n_ops(network); i++)
        wg_export_c_layer(wg_int8_network_get_step(network, i), i, &text);
    model->table_bytes = text.table_bytes;
    set_kernels(network, &text, template);
    wg_template_set(template, "INPUT_AT", "%" G_GSIZE_FORMAT, offsets[input]);
    wg_template_set(template, "OUTPUT_AT", "%" G_GSIZE_FORMAT, offsets[output]);
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
