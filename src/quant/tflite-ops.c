/* What the schema calls operations and their options (schema.fbs of TensorFlow, version 3). */
#include "quant/op.h"

#include <glib/gi18n.h>

/* What converters make of common layers, and the watch has not. */
static const struct {
    int code;
    const char *name;
} foreign[] = {
    {0, "ADD"},
    {2, "CONCATENATION"},
    {14, "LOGISTIC"},
    {16, "LSTM"},
    {18, "MUL"},
    {19, "RELU"},
    {20, "RELU_N1_TO_1"},
    {21, "RELU6"},
    {27, "SVDF"},
    {28, "TANH"},
    {34, "PAD"},
    {36, "GATHER"},
    {39, "TRANSPOSE"},
    {40, "MEAN"},
    {41, "SUB"},
    {42, "DIV"},
    {43, "SQUEEZE"},
    {44, "UNIDIRECTIONAL_SEQUENCE_LSTM"},
    {45, "STRIDED_SLICE"},
    {49, "SPLIT"},
    {53, "CAST"},
    {55, "MAXIMUM"},
    {56, "ARG_MAX"},
    {70, "EXPAND_DIMS"},
    {74, "SUM"},
    {82, "REDUCE_MAX"},
    {83, "PACK"},
    {97, "RESIZE_NEAREST_NEIGHBOR"},
    {98, "LEAKY_RELU"},
    {117, "HARD_SWISH"},
    {126, "BATCH_MATMUL"},
};

const char *
wg_tflite_op_name(int code)
{
    const WgInt8Op *op = wg_int8_op_find(code);

    return op ? op->name : NULL;
}

char *
wg_tflite_dup_foreign_name(int code)
{
    for (guint i = 0; i < G_N_ELEMENTS(foreign); i++) {
        if (foreign[i].code == code)
            return g_strdup(foreign[i].name);
    }
    return g_strdup_printf(_("number %d of the schema"), code);
}

int
wg_tflite_options_type(int code)
{
    const WgInt8Op *op = wg_int8_op_find(code);

    return op ? op->options_type : WG_TFLITE_OPTIONS_NONE;
}
