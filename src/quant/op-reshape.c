/* RESHAPE: the same bytes; the shape is the output tensor's own. */
#include "base/error.h"
#include "quant/op.h"

#include <glib/gi18n.h>
#include <string.h>

static gboolean
prepare(WgInt8Step *step, GError **error)
{
    if (step->in->info.n_elements != step->out->info.n_elements ||
        step->in->info.type != step->out->info.type) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("RESHAPE of %d values gives %d, which the watch refuses"),
                    step->in->info.n_elements, step->out->info.n_elements);
        return FALSE;
    }
    return TRUE;
}

static void
run(const WgInt8Step *step, const void *input, void *output, void *scratch)
{
    memcpy(output, input, step->in->info.size_bytes);
}

const WgInt8Op wg_int8_op_reshape = {
    WG_TFLITE_RESHAPE, "RESHAPE", WG_TFLITE_OPTIONS_RESHAPE, prepare, run, {36, 36}, {4, 4}, {0, 0},
};
