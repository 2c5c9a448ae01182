/* The int8 network as lines of Python: convolutions and dense layers. */
#include "quant/export-micropython.h"

#include "base/error.h"

#include <glib/gi18n.h>
#include <inttypes.h>

/* _scale() takes sums below this, so that its parts are numbers of 31 bits */
#define SUM_BITS 26
#define SUM_ZERO (1 << 27) /* _ZERO of head.py */
#define MANTISSA_LOW_BITS 15
#define LONG_NUMBER_BYTES 36 /* besides its digits, with its place in the list */

/* Bias, multipliers and shifts of each channel; a dense layer has one multiplier for all. */
static void
put_channels(WgPythonWriting *w, int channels)
{
    const WgInt8Step *step = w->step;
    const gint32 *bias = step->bias ? (const gint32 *)step->bias->data : NULL;
    GByteArray *data = w->layers->data;
    const guint32 low = (1u << MANTISSA_LOW_BITS) - 1;

    for (int c = 0; c < channels; c++)
        wg_python_put_number(data, (guint32)((bias ? bias[c] : 0) + SUM_ZERO), 4);
    for (int c = 0; c < channels; c++)
        wg_python_put_number(
            data, (guint32)step->mantissas[step->n_multipliers > 1 ? c : 0] >> MANTISSA_LOW_BITS,
            2);
    for (int c = 0; c < channels; c++)
        wg_python_put_number(data, (guint32)step->mantissas[step->n_multipliers > 1 ? c : 0] & low,
                             2);
    for (int c = 0; c < channels; c++)
        wg_python_put_number(data, (guint32)-step->shifts[step->n_multipliers > 1 ? c : 0], 1);
}

/* Whether the largest sum that any input could make stays in its place. Weight k of channel c is at
 * c * channel_step + k * tap_step. */
static gboolean
check_sums(const WgPythonWriting *w, int channels, int n, int channel_step, int tap_step,
           GError **error)
{
    const WgInt8Step *step = w->step;
    const gint8 *weights = (const gint8 *)step->filter->data;
    const gint32 *bias = step->bias ? (const gint32 *)step->bias->data : NULL;
    const int zero = (int)step->in->zero_points[0];

    for (int c = 0; c < channels; c++) {
        const int shift = step->shifts[step->n_multipliers > 1 ? c : 0];
        gint64 most = bias ? ABS((gint64)bias[c]) : 0;

        for (int k = 0; k < n; k++)
            most += (gint64)ABS((int)weights[c * channel_step + k * tap_step]) *
                    MAX(127 - zero, zero + 128);
        if (most << MAX(0, shift) < G_GINT64_CONSTANT(1) << SUM_BITS)
            continue;
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("channel %d of operation %d (%s) can reach a sum of %" PRId64
                      ", and the MicroPython form takes less than %d"),
                    c, w->number, wg_tflite_op_name(step->op->code), most << MAX(0, shift),
                    1 << SUM_BITS);
        return FALSE;
    }
    return TRUE;
}

static void
append_list(GString *text, const GArray *numbers)
{
    g_string_append_c(text, '(');
    for (guint i = 0; i < numbers->len; i++)
        g_string_append_printf(text, i ? ", %d" : "%d", g_array_index(numbers, int, i));
    g_string_append(text, numbers->len == 1 ? ",)" : ")");
}

/* Where taps lie that do not follow one another in memory, after the first; gives how many values
 * each run has. */
static int
find_runs(const WgPythonWriting *w, GArray *runs)
{
    const WgInt8Step *step = w->step;
    const int *size = step->filter->info.dims;
    const int channels = step->in->info.dims[3];
    int length;

    for (int y = 0; y < size[1]; y++) {
        for (int x = 0; x < size[2]; x++) {
            const int start =
                y * step->op->dilation[0] * w->in.pitch + x * step->op->dilation[1] * channels;

            g_array_append_val(runs, start);
        }
    }
    /* all in one, as along the time of a window */
    for (guint i = 1; i < runs->len; i++) {
        if (g_array_index(runs, int, i) - g_array_index(runs, int, i - 1) != channels) {
            g_array_remove_index(runs, 0);
            return channels;
        }
    }
    length = channels * (int)runs->len;
    g_array_set_size(runs, 0);
    return length;
}

/* The geometry that convolutions share: positions, steps of the input, taps. */
static void
append_shape(const WgPythonWriting *w, GString *text, const GArray *taps, int n, int least,
             int most)
{
    const WgInt8Step *step = w->step;
    const int *out = step->out->info.dims;

    g_string_append_printf(text, "    (%d, %d, %d, %d, ", out[1], out[2],
                           step->op->stride[0] * w->in.pitch,
                           step->op->stride[1] * step->in->info.dims[3]);
    append_list(text, taps);
    g_string_append_printf(text, ", %d, %d, %d", n, w->out.at, w->out.pitch);
    wg_python_append_bounds(text, step, least, most);
    g_string_append(text, ",\n");
}

static void
put_weights(WgPythonWriting *w, int channels, int n)
{
    const gint8 *weights = (const gint8 *)w->step->filter->data;

    for (int k = 0; k < n; k++) {
        for (int c = 0; c < channels; c++)
            wg_python_put_number(w->layers->data, (guint32)(weights[c * n + k] + 128), 1);
    }
    w->layers->memory_bytes += (gsize)n * ((gsize)channels * 4 + LONG_NUMBER_BYTES);
}

gboolean
wg_python_write_conv(WgPythonWriting *w, GError **error)
{
    const int *size = w->step->filter->info.dims;
    const int n = size[1] * size[2] * size[3];
    g_autoptr(GArray) runs = g_array_new(FALSE, FALSE, sizeof(int));
    int length;

    if (!check_sums(w, size[0], n, n, 1, error))
        return FALSE;
    w->layers->parts |= 1u << WG_PYTHON_SCALE | 1u << WG_PYTHON_LANES;
    put_channels(w, size[0]);
    put_weights(w, size[0], n);
    length = find_runs(w, runs);
    g_string_append_printf(w->layers->definitions, "_l%d = (\n    _layer(%d, %d),\n", w->number, n,
                           size[0]);
    append_shape(w, w->layers->definitions, runs, length, w->step->activation_min,
                 w->step->activation_max);
    g_string_append(w->layers->definitions, ")\n");
    g_string_append_printf(w->layers->calls, "    _conv(_b%d, _b%d, *_l%d)\n", w->number,
                           w->number + 1, w->number);
    return TRUE;
}

gboolean
wg_python_write_dense(WgPythonWriting *w, GError **error)
{
    const WgInt8Step *step = w->step;
    const int channels = step->filter->info.dims[0], n = step->filter->info.dims[1];
    GString *text = w->layers->definitions;

    if (step->filter->zero_points[0] != 0) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("operation %d (FULLY_CONNECTED) has weights with a zero point of %d, and the "
                      "MicroPython form takes 0"),
                    w->number, (int)step->filter->zero_points[0]);
        return FALSE;
    }
    if (!check_sums(w, channels, n, n, 1, error))
        return FALSE;
    w->layers->parts |= 1u << WG_PYTHON_SCALE | 1u << WG_PYTHON_LANES;
    put_channels(w, channels);
    put_weights(w, channels, n);
    g_string_append_printf(text, "_l%d = (\n    _layer(%d, %d),\n    (%d, 1, %d, 0, (), %d, %d, %d",
                           w->number, n, channels, step->in->info.n_elements / n, n, n, w->out.at,
                           channels);
    wg_python_append_bounds(text, step, step->activation_min, step->activation_max);
    g_string_append(text, ",\n)\n");
    g_string_append_printf(w->layers->calls, "    _conv(_b%d, _b%d, *_l%d)\n", w->number,
                           w->number + 1, w->number);
    return TRUE;
}

gboolean
wg_python_write_depthwise(WgPythonWriting *w, GError **error)
{
    const WgInt8Step *step = w->step;
    const int *size = step->filter->info.dims;
    const int channels = size[3], n = size[1] * size[2];
    g_autoptr(GArray) taps = g_array_new(FALSE, FALSE, sizeof(int));
    GString *text = w->layers->definitions;

    if (!check_sums(w, channels, n, 1, channels, error))
        return FALSE;
    w->layers->parts |= 1u << WG_PYTHON_SCALE | 1u << WG_PYTHON_DEPTHWISE;
    put_channels(w, channels);
    for (int i = 0; i < n * channels; i++)
        wg_python_put_number(w->layers->data,
                             (guint32)(((const gint8 *)step->filter->data)[i] + 128), 1);
    w->layers->memory_bytes += (gsize)(n * channels);
    for (int y = 0; y < size[1]; y++) {
        for (int x = 0; x < size[2]; x++) {
            const int start = y * step->op->dilation[0] * w->in.pitch +
                              x * step->op->dilation[1] * step->in->info.dims[3];

            g_array_append_val(taps, start);
        }
    }
    g_string_append_printf(text, "_l%d = (\n    _channels(%d, %d),\n", w->number, n, channels);
    /* the activation is ignored, as by the firmware */
    append_shape(w, text, taps, step->op->depth_multiplier, G_MININT8, G_MAXINT8);
    g_string_append(text, ")\n");
    g_string_append_printf(w->layers->calls, "    _depthwise(_b%d, _b%d, *_l%d)\n", w->number,
                           w->number + 1, w->number);
    return TRUE;
}
