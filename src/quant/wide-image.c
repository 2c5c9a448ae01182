/* The input of a convolution as 16 bits without its zero point, with zeros around it. */
#include "quant/wide-image.h"

#include "base/error.h"
#include "quant/kernel.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#define VALUES_MAX (1 << 22) /* as the tensors of a file are bounded */

/* Runs as long as they go: a filter's whole window, or its rows, or its taps one by one. */
static void
find_runs(WgWideImage *self, const WgTfliteOp *op, const int filter[2])
{
    const gboolean is_row = op->dilation[1] == 1 || filter[1] == 1;
    const gboolean is_all =
        is_row && filter[1] == self->columns && (op->dilation[0] == 1 || filter[0] == 1);
    const int n_rows = is_all ? 1 : filter[0], n_columns = is_row || is_all ? 1 : filter[1];

    self->n_runs = n_rows * n_columns;
    self->run_length = filter[0] * filter[1] / self->n_runs * self->depth;
    self->runs_at = g_new(int, self->n_runs);
    for (int i = 0; i < self->n_runs; i++) {
        const int row = i / n_columns * op->dilation[0], column = i % n_columns * op->dilation[1];

        self->runs_at[i] = (row * self->columns + column) * self->depth;
    }
}

WgWideImage *
wg_wide_image_new(const WgInt8Step *step, const int filter[2], int copies, GError **error)
{
    const WgTfliteOp *op = step->op;
    const int *in = step->in->info.dims, *out = step->out->info.dims;
    gint64 size[2];
    WgWideImage *self;

    for (int axis = 0; axis < 2; axis++) {
        const gint64 reach = (gint64)(filter[axis] - 1) * op->dilation[axis] + 1;

        size[axis] = MAX((gint64)in[1 + axis] + step->pad[axis],
                         (gint64)(out[1 + axis] - 1) * op->stride[axis] + reach);
    }
    /* each below 2^31, so that only the third product could pass 64 bits */
    if (size[0] * size[1] > VALUES_MAX || size[0] * size[1] * in[3] * copies > VALUES_MAX) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("%s reaches over %" PRId64 " x %" PRId64
                      " places of %d channels, more than any watch holds"),
                    wg_tflite_op_name(op->code), size[0], size[1], in[3] * copies);
        return NULL;
    }
    self = g_new0(WgWideImage, 1);
    self->rows = (int)size[0];
    self->columns = (int)size[1];
    self->depth = in[3] * copies;
    self->copies = copies;
    self->n_windows = out[1] * out[2];
    self->windows_at = g_new(int, self->n_windows);
    for (int i = 0; i < self->n_windows; i++)
        self->windows_at[i] =
            (i / out[2] * op->stride[0] * self->columns + i % out[2] * op->stride[1]) * self->depth;
    find_runs(self, op, filter);
    return self;
}

void
wg_wide_image_free(WgWideImage *self)
{
    g_free(self->windows_at);
    g_free(self->runs_at);
    g_free(self);
}

gsize
wg_wide_image_bytes(const WgWideImage *self)
{
    return (gsize)self->rows * (gsize)self->columns * (gsize)self->depth * sizeof(gint16) +
           WG_KERNEL_SLACK;
}

void
wg_wide_image_fill(const WgWideImage *self, const WgInt8Step *step, const gint8 *image,
                   gint16 *wide)
{
    const int *in = step->in->info.dims;
    const int offset = -(int)step->in->zero_points[0], n = in[2] * in[3];
    /* rows that follow one another without padding are one */
    const gboolean is_one = in[2] == self->columns;
    const int n_parts = is_one ? 1 : in[1], n_each = is_one ? in[1] * n : n;
    gint16 *to = wide + (step->pad[0] * self->columns + step->pad[1]) * self->depth;

    if (in[1] * in[2] < self->rows * self->columns)
        memset(wide, 0, wg_wide_image_bytes(self));
    for (int i = 0; i < n_parts; i++, image += n_each, to += self->columns * self->depth) {
        if (self->copies == 1) {
            wg_kernel_widen(image, n_each, offset, to);
            continue;
        }
        for (int j = 0; j < n_each * self->copies; j++)
            to[j] = (gint16)(image[j / self->copies] + offset);
    }
}
