/* Whether a watch can run a model, with each reason. */
#include "quant/verdict.h"

#include "quant/int8-network-private.h"

#include <glib/gi18n.h>

/* The arena of the firmware's own recogniser (jswrap_bangle.c). */
#define BUILTIN_ARENA_BYTES 4000

typedef struct {
    GPtrArray *texts;
    GArray *about; /* of WgVerdictAbout */
} Reasons;

static void add_reason(Reasons *reasons, WgVerdictAbout about, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

static void
add_reason(Reasons *reasons, WgVerdictAbout about, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_ptr_array_add(reasons->texts, g_strdup_vprintf(format, arguments));
    va_end(arguments);
    g_array_append_val(reasons->about, about);
}

static void
check_window(const WgInt8Network *network, const WgWatchKind *kind, Reasons *reasons)
{
    const WgTensorInfo *in = wg_int8_network_get_input(network);

    if (kind->window_length > 0 && in->n_elements != kind->window_length * 3)
        add_reason(reasons, WG_ABOUT_WINDOW,
                   _("the input has %d values, a window of %s has %d (%d samples, 3 axes)"),
                   in->n_elements, kind->name, kind->window_length * 3, kind->window_length);
}

/* The faults of the firmware's depthwise kernel, where they make a difference. */
static void
check_depthwise(const WgTfliteOp *op, const WgTfliteTensor *weights, const WgTfliteTensor *out,
                int i, Reasons *reasons)
{
    int min, max;

    wg_int8_activation_range(out, op->activation, &min, &max);
    if (min > -128 || max < 127)
        add_reason(reasons, WG_ABOUT_OPERATIONS,
                   _("operation %d: the watch ignores the activation of a depthwise conv"), i);
    for (int axis = 0; op->padding == WG_TFLITE_SAME && axis < 2; axis++) {
        if (op->dilation[axis] < 2 || weights->info.dims[1 + axis] < 2)
            continue;
        add_reason(reasons, WG_ABOUT_OPERATIONS,
                   _("operation %d: the watch pads a dilated depthwise conv in the wrong place"),
                   i);
        return;
    }
}

/* Weights in a form of which the firmware takes only a part, and says nothing. */
static void
check_weights(const WgTfliteOp *op, const WgTfliteTensor *weights, int i, Reasons *reasons)
{
    const char *name = wg_tflite_op_name(op->code);

    if (op->code == WG_TFLITE_FULLY_CONNECTED && weights->n_scales > 1)
        add_reason(
            reasons, WG_ABOUT_OPERATIONS,
            _("operation %d: the watch takes the first of the %d scales of %s for all weights"), i,
            weights->n_scales, name);
    for (int j = 0; op->code != WG_TFLITE_FULLY_CONNECTED && j < weights->n_zero_points; j++) {
        if (weights->zero_points[j] == 0)
            continue;
        add_reason(reasons, WG_ABOUT_OPERATIONS,
                   _("operation %d: the watch ignores the zero point of the weights of %s, %d"), i,
                   name, (int)weights->zero_points[j]);
        return;
    }
}

/* What the watch runs without a word, but otherwise than the model says. */
static void
check_garbled(const WgTflite *file, Reasons *reasons)
{
    for (int i = 0; i < file->n_ops; i++) {
        const WgTfliteOp *op = &file->ops[i];
        const WgTfliteTensor *in = &file->tensors[op->inputs[0]];
        const WgTfliteTensor *out = &file->tensors[op->outputs[0]];
        const char *name = wg_tflite_op_name(op->code);
        const gboolean keeps_values = op->code == WG_TFLITE_AVERAGE_POOL_2D ||
                                      op->code == WG_TFLITE_MAX_POOL_2D ||
                                      op->code == WG_TFLITE_RESHAPE;

        if (op->code == WG_TFLITE_DEPTHWISE_CONV_2D && out->info.type == WG_TENSOR_INT8)
            check_depthwise(op, &file->tensors[op->inputs[1]], out, i, reasons);
        else if (op->activation >= WG_TFLITE_TANH)
            add_reason(reasons, WG_ABOUT_OPERATIONS,
                       _("operation %d: the watch ignores the activation %d of %s"), i,
                       op->activation, name);
        if (op->n_inputs == 3 && out->info.type == WG_TENSOR_INT8)
            check_weights(op, &file->tensors[op->inputs[1]], i, reasons);
        if (keeps_values && out->info.type == WG_TENSOR_INT8 &&
            (in->info.scale < out->info.scale || in->info.scale > out->info.scale ||
             in->info.zero_point != out->info.zero_point))
            add_reason(
                reasons, WG_ABOUT_OPERATIONS,
                _("operation %d: the watch keeps the scale of the input of %s, the model gives "
                  "its output another"),
                i, name);
    }
}

WgVerdict *
wg_verdict_new(const WgInt8Network *network, const WgWatchKind *kind, gboolean builtin)
{
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GArray) about = g_array_new(FALSE, FALSE, sizeof(WgVerdictAbout));
    Reasons reasons = {texts, about};
    WgVerdict *self = g_new0(WgVerdict, 1);

    self->bytes = g_bytes_get_size(wg_int8_network_get_bytes(network));
    self->arena_bytes = wg_arena_bytes(network, FALSE);
    self->arena_limit_bytes = builtin ? kind->builtin_arena_limit_bytes : kind->arena_limit_bytes;
    if (builtin && kind->builtin_arena_limit_bytes == 0)
        add_reason(&reasons, WG_ABOUT_ARENA,
                   _("%s has no recogniser of its own (aiGesture): use the app"), kind->name);
    else if (self->arena_limit_bytes > 0 && self->arena_bytes > self->arena_limit_bytes)
        add_reason(&reasons, WG_ABOUT_ARENA, _("it needs an arena of %zu bytes, %s has %zu"),
                   self->arena_bytes, kind->name, self->arena_limit_bytes);
    if (kind->model_limit_bytes > 0 && self->bytes > kind->model_limit_bytes)
        add_reason(&reasons, WG_ABOUT_SIZE, _("it has %zu bytes, the %s takes %zu"), self->bytes,
                   kind->name, kind->model_limit_bytes);
    if (kind->nine_ops)
        check_garbled(wg_int8_network_get_file(network), &reasons);
    check_window(network, kind, &reasons);
    self->fits = texts->len == 0;
    g_ptr_array_add(texts, NULL);
    self->reasons = g_strdupv((char **)texts->pdata);
    self->about = g_memdup2(about->data, about->len * sizeof(WgVerdictAbout));
    return self;
}

gsize
wg_verdict_get_app_arena(const WgVerdict *verdict)
{
    return MAX(BUILTIN_ARENA_BYTES, (verdict->arena_bytes + 15) / 16 * 16);
}

void
wg_verdict_free(WgVerdict *verdict)
{
    g_strfreev(verdict->reasons);
    g_free(verdict->about);
    g_free(verdict);
}
