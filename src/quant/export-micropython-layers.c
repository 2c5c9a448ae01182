/* The int8 network as lines of Python: buffers, weights and calls of the parts' functions. */
#include "quant/export-micropython.h"

#include "base/error.h"
#include "quant/fixed-point.h"
#include "quant/int8-network-private.h"

#include <glib/gi18n.h>

#define EXPS_MAX 256 /* differences of two int8 */

void
wg_python_put_number(GByteArray *data, guint32 value, int n_bytes)
{
    for (int i = 0; i < n_bytes; i++) {
        const guint8 byte = (guint8)(value >> (8 * i));

        g_byte_array_append(data, &byte, 1);
    }
}

void
wg_python_append_bounds(GString *text, const WgInt8Step *step, int least, int most)
{
    const int zero = (int)step->out->zero_points[0];

    g_string_append_printf(text, ", %d, %d)", least - zero, most - zero);
}

static int
get_dim(const WgTfliteTensor *tensor, int i)
{
    return tensor->info.n_dims == 4 ? tensor->info.dims[i] : 1;
}

static gboolean
is_window(const WgInt8Step *step)
{
    return step->op->code == WG_TFLITE_CONV_2D || step->op->code == WG_TFLITE_DEPTHWISE_CONV_2D;
}

/* Zeros behind the input that the last window of that axis reaches into. */
static int
pad_after(const WgInt8Step *step, int axis)
{
    const int reach = (step->filter->info.dims[1 + axis] - 1) * step->op->dilation[axis] + 1;
    const int last = (step->out->info.dims[1 + axis] - 1) * step->op->stride[axis] + reach;

    return MAX(0, last - step->in->info.dims[1 + axis] - step->pad[axis]);
}

static WgPythonLayout
lay_out(const WgInt8Step *step)
{
    const int *in = step->in->info.dims;
    int columns;

    if (!is_window(step))
        return (WgPythonLayout){get_dim(step->in, 2) * get_dim(step->in, 3), 0,
                                step->in->info.n_elements};
    columns = in[2] + step->pad[1] + pad_after(step, 1);
    return (WgPythonLayout){columns * in[3], (step->pad[0] * columns + step->pad[1]) * in[3],
                            (in[1] + step->pad[0] + pad_after(step, 0)) * columns * in[3]};
}

/* For each place along an axis the first and the one after the last input under it. */
static void
append_places(const WgInt8Step *step, int axis, GString *text)
{
    const int in = step->in->info.dims[1 + axis], out = step->out->info.dims[1 + axis];

    g_string_append_c(text, '(');
    for (int i = 0; i < out; i++) {
        const int start = i * step->op->stride[axis] - step->pad[axis];

        g_string_append_printf(text, i ? ", (%d, %d)" : "(%d, %d)", MAX(0, start),
                               MIN(in, start + step->op->filter[axis]));
    }
    g_string_append(text, out == 1 ? ",), " : "), ");
}

static gboolean
write_pool(WgPythonWriting *w, GError **error)
{
    const WgInt8Step *step = w->step;
    const gboolean is_max = step->op->code == WG_TFLITE_MAX_POOL_2D;
    const int in_zero = (int)step->in->zero_points[0], out_zero = (int)step->out->zero_points[0];
    GString *text = w->layers->definitions;

    w->layers->parts |= 1u << (is_max ? WG_PYTHON_MAX_POOL : WG_PYTHON_AVERAGE_POOL);
    g_string_append_printf(text, "_l%d = (", w->number);
    append_places(step, 0, text);
    append_places(step, 1, text);
    g_string_append_printf(text, "%d, %d, %d, %d, ", w->in.pitch, step->in->info.dims[3], w->out.at,
                           w->out.pitch);
    if (is_max)
        g_string_append_printf(text, "%d", in_zero - out_zero);
    else
        g_string_append_printf(text, "%d, %d", in_zero, out_zero);
    wg_python_append_bounds(text, step, step->activation_min, step->activation_max);
    g_string_append_c(text, '\n');
    g_string_append_printf(w->layers->calls, "    _%s_pool(_b%d, _b%d, _l%d)\n",
                           is_max ? "max" : "average", w->number, w->number + 1, w->number);
    return TRUE;
}

static gboolean
write_softmax(WgPythonWriting *w, GError **error)
{
    const WgInt8Step *step = w->step;
    const int n = MIN(EXPS_MAX, 1 - step->difference_min);

    w->layers->parts |= 1u << WG_PYTHON_SOFTMAX;
    for (int d = 0; d < n; d++)
        wg_python_put_number(w->layers->data,
                             (guint32)wg_fixed_exp_of_negative(wg_fixed_high_multiply(
                                 (gint32)((guint32)-d << step->beta_shift), step->beta_mantissa)),
                             4);
    w->layers->memory_bytes += (gsize)n * 4;
    g_string_append_printf(w->layers->definitions, "_l%d = array(\"I\", _take(%d))\n", w->number,
                           4 * n);
    g_string_append_printf(w->layers->calls, "    _softmax(_b%d, _b%d, _l%d, %d)\n", w->number,
                           w->number + 1, w->number,
                           step->in->info.dims[step->in->info.n_dims - 1]);
    return TRUE;
}

/* 0 of floats, which are the samples as they were measured. */
static int
get_zero(const WgTfliteTensor *tensor)
{
    return tensor->info.type == WG_TENSOR_INT8 ? (int)tensor->zero_points[0] : 0;
}

/* What the operation makes of each of the 256 values that an int8, or a sample as float, has. */
static void
put_table(GByteArray *data, const WgInt8Step *step)
{
    const int n = step->in->info.n_elements;
    const gboolean is_float = step->in->info.type == WG_TENSOR_FLOAT32;
    g_autofree float *floats = g_new(float, n);
    g_autofree gint8 *bytes = g_new(gint8, n);
    g_autofree gint8 *answers = g_new(gint8, n);

    for (int v = -128; v < 128; v++) {
        for (int i = 0; i < n; i++) {
            floats[i] = (float)v;
            bytes[i] = (gint8)v;
        }
        wg_int8_op_find(step->op->code)
            ->run(step, is_float ? (const void *)floats : bytes, answers, NULL);
        wg_python_put_number(data, (guint32)(answers[0] + 128), 1);
    }
}

static gboolean
write_quantize(WgPythonWriting *w, const WgPythonLayout *next, int row, GError **error)
{
    const WgInt8Step *step = w->step;

    put_table(w->layers->data, step);
    w->layers->parts |= 1u << WG_PYTHON_QUANTIZE;
    g_string_append_printf(w->layers->definitions, "_l%d = _take(256)\n", w->number);
    g_string_append_printf(
        w->layers->calls, "    _quantize(_b%d, _b%d, _l%d, %d, %d, %d, %d, %d, %d)\n", w->number,
        w->number + 1, w->number, step->in->info.n_elements, row, next->at, next->pitch,
        get_zero(step->in) + 128, 128 + (int)step->out->zero_points[0]);
    return TRUE;
}

/* The same values in the places that the next layer has for them. */
static gboolean
write_reshape(WgPythonWriting *w, const WgPythonLayout *next, int row, GError **error)
{
    const WgInt8Step *step = w->step;

    g_string_append_printf(w->layers->calls, "    _put(_b%d, _b%d, %d, %d, %d, %d, %d)\n",
                           w->number, w->number + 1, step->in->info.n_elements, row, next->at,
                           next->pitch,
                           (int)(step->out->zero_points[0] - step->in->zero_points[0]));
    return TRUE;
}

static int
get_row(const WgPythonWriting *w, const WgInt8Step *next)
{
    return next ? get_dim(next->in, 2) * get_dim(next->in, 3) : w->out.pitch;
}

static gboolean
write_step(WgPythonWriting *w, const WgInt8Step *next, GError **error)
{
    switch (w->step->op->code) {
    case WG_TFLITE_CONV_2D:
        return wg_python_write_conv(w, error);
    case WG_TFLITE_FULLY_CONNECTED:
        return wg_python_write_dense(w, error);
    case WG_TFLITE_DEPTHWISE_CONV_2D:
        return wg_python_write_depthwise(w, error);
    case WG_TFLITE_MAX_POOL_2D:
    case WG_TFLITE_AVERAGE_POOL_2D:
        return write_pool(w, error);
    case WG_TFLITE_SOFTMAX:
        return write_softmax(w, error);
    case WG_TFLITE_RESHAPE:
        return write_reshape(w, &w->out, get_row(w, next), error);
    case WG_TFLITE_QUANTIZE:
        return write_quantize(w, &w->out, get_row(w, next), error);
    default:
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("operation %d is %s, which the MicroPython form does not have"), w->number,
                    wg_tflite_op_name(w->step->op->code));
        return FALSE;
    }
}

static gboolean
check_step(const WgInt8Step *step, int number, gboolean is_last, GError **error)
{
    const int code = step->op->code;
    const gboolean is_int8_in =
        step->in->info.type == WG_TENSOR_INT8 || (code == WG_TFLITE_QUANTIZE && number == 0);
    const gboolean is_int8_out =
        step->out->info.type == WG_TENSOR_INT8 || (code == WG_TFLITE_DEQUANTIZE && is_last);

    if (step->in->info.n_dims == 4 && step->in->info.dims[0] != 1) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("operation %d takes %d windows at once, and the MicroPython form takes 1"),
                    number, step->in->info.dims[0]);
        return FALSE;
    }
    if (is_int8_in && is_int8_out)
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                _("operation %d (%s) has floats, and the MicroPython form is int8 within"), number,
                wg_tflite_op_name(step->op->code));
    return FALSE;
}

static void
add_buffer(WgPythonLayers *self, int number, int size)
{
    g_string_append_printf(self->definitions, "_b%d = array(\"h\", bytes(%d))\n", number, 2 * size);
    self->memory_bytes += (gsize)size * 2;
}

/* The samples come as they are measured. */
static void
begin(WgPythonLayers *self, const WgInt8Step *first)
{
    const WgPythonLayout layout = lay_out(first);

    self->data = g_byte_array_new();
    self->definitions = g_string_new(NULL);
    self->calls = g_string_new(NULL);
    self->parts = 1u << WG_PYTHON_PUT | 1u << WG_PYTHON_INFER;
    add_buffer(self, 0, layout.size);
    g_string_append_printf(self->calls, "    _put(samples, _b0, %d, %d, %d, %d, %d)\n",
                           first->in->info.n_elements,
                           get_dim(first->in, 2) * get_dim(first->in, 3), layout.at, layout.pitch,
                           get_zero(first->in));
}

/* Gives the outputs; a network that ends in floats gives the int8 values that they are made of. */
static void
end(WgPythonLayers *self, int last, const WgTfliteTensor *out)
{
    self->last = last;
    self->out_zero_point = (int)out->zero_points[0];
}

WgPythonLayers *
wg_python_layers_new(const WgInt8Network *network, GError **error)
{
    const int n = wg_int8_network_get_n_ops(network);
    g_autoptr(WgPythonLayers) self = g_new0(WgPythonLayers, 1);

    if (n < 1) {
        g_set_error_literal(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                            _("the model has no operations"));
        return NULL;
    }
    begin(self, wg_int8_network_get_step(network, 0));
    for (int i = 0; i < n; i++) {
        const WgInt8Step *step = wg_int8_network_get_step(network, i);
        const WgInt8Step *next = i + 1 < n ? wg_int8_network_get_step(network, i + 1) : NULL;
        const int size = step->out->info.n_elements;
        WgPythonWriting w = {self, step, {0}, {size, 0, size}, i};

        if (!check_step(step, i, !next, error))
            return NULL;
        if (step->op->code == WG_TFLITE_DEQUANTIZE) {
            end(self, i, step->in);
            self->out_scale = (double)step->in->scales[0];
            break;
        }
        w.in = lay_out(step);
        if (next)
            w.out = lay_out(next);
        else if (step->out->info.n_dims == 4)
            w.out.pitch = step->out->info.dims[2] * step->out->info.dims[3];
        add_buffer(self, i + 1, w.out.size);
        if (!write_step(&w, next, error))
            return NULL;
        end(self, i + 1, step->out);
    }
    return g_steal_pointer(&self);
}

void
wg_python_layers_free(WgPythonLayers *self)
{
    g_clear_pointer(&self->data, g_byte_array_unref);
    if (self->definitions)
        g_string_free(self->definitions, TRUE);
    if (self->calls)
        g_string_free(self->calls, TRUE);
    g_free(self);
}
