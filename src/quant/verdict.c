/* Whether a watch can run a model, with each reason. */
#include "quant/verdict.h"

#include "quant/int8-network-private.h"

static void add_reason(GPtrArray *reasons, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void
add_reason(GPtrArray *reasons, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_ptr_array_add(reasons, g_strdup_vprintf(format, arguments));
    va_end(arguments);
}

static void
check_window(const WgInt8Network *network, const WgWatchKind *kind, GPtrArray *reasons)
{
    const WgTensorInfo *in = wg_int8_network_get_input(network);

    if (kind->window_length > 0 && in->n_elements != kind->window_length * 3)
        add_reason(reasons, "the input has %d values, a window of %s has %d (%d samples, 3 axes)",
                   in->n_elements, kind->name, kind->window_length * 3, kind->window_length);
}

/* The faults of the firmware's depthwise kernel: such a model answers otherwise than it was made.
 */
static void
check_depthwise(const WgTflite *file, GPtrArray *reasons)
{
    for (int i = 0; i < file->n_ops; i++) {
        const WgTfliteOp *op = &file->ops[i];
        const WgTfliteTensor *out = &file->tensors[op->outputs[0]];

        if (op->code != WG_TFLITE_DEPTHWISE_CONV_2D || out->info.type != WG_TENSOR_INT8)
            continue;
        if (op->activation != WG_TFLITE_NONE &&
            !(op->activation == WG_TFLITE_RELU && out->info.zero_point == -128))
            add_reason(reasons,
                       "operation %d: the watch ignores the activation of a depthwise conv", i);
        if (op->padding == WG_TFLITE_SAME && (op->dilation[0] > 1 || op->dilation[1] > 1))
            add_reason(reasons,
                       "operation %d: the watch pads a dilated depthwise conv in the wrong place",
                       i);
    }
}

WgVerdict *
wg_verdict_new(const WgInt8Network *network, const WgWatchKind *kind, gboolean builtin)
{
    g_autoptr(GPtrArray) reasons = g_ptr_array_new_with_free_func(g_free);
    WgVerdict *self = g_new0(WgVerdict, 1);

    self->bytes = g_bytes_get_size(wg_int8_network_get_bytes(network));
    self->arena_bytes = wg_arena_bytes(network, FALSE);
    self->arena_limit_bytes = builtin ? kind->builtin_arena_limit_bytes : kind->arena_limit_bytes;
    if (builtin && kind->builtin_arena_limit_bytes == 0)
        add_reason(reasons, "%s has no recogniser of its own (aiGesture): use the app", kind->name);
    else if (self->arena_limit_bytes > 0 && self->arena_bytes > self->arena_limit_bytes)
        add_reason(reasons,
                   "it needs an arena of %" G_GSIZE_FORMAT " bytes, %s has %" G_GSIZE_FORMAT,
                   self->arena_bytes, kind->name, self->arena_limit_bytes);
    if (kind->model_limit_bytes > 0 && self->bytes > kind->model_limit_bytes)
        add_reason(reasons, "it has %" G_GSIZE_FORMAT " bytes, the %s takes %" G_GSIZE_FORMAT,
                   self->bytes, kind->name, kind->model_limit_bytes);
    if (kind->nine_ops)
        check_depthwise(wg_int8_network_get_file(network), reasons);
    check_window(network, kind, reasons);
    self->fits = reasons->len == 0;
    g_ptr_array_add(reasons, NULL);
    self->reasons = g_strdupv((char **)reasons->pdata);
    return self;
}

void
wg_verdict_free(WgVerdict *verdict)
{
    g_strfreev(verdict->reasons);
    g_free(verdict);
}
