/* What all operations share: the look-up by name and the first weights. */
#include "train/op.h"

#include "base/error.h"

#include <glib/gi18n.h>
#include <math.h>

const WgOp *
wg_op_find(const char *name, GError **error)
{
    g_autoptr(GString) known = g_string_new(NULL);

    for (int i = 0; wg_ops[i]; i++) {
        if (g_strcmp0(wg_ops[i]->name, name) == 0)
            return wg_ops[i];
        g_string_append_printf(known, "%s%s", i > 0 ? ", " : "", wg_ops[i]->name);
    }
    g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED, _("there is no operation \"%s\", only %s"),
                name ? name : "", known->str);
    return NULL;
}

void
wg_op_draw_weights(float *weights, int n, int fan_in, int fan_out, gboolean is_before_relu,
                   WgRandom *random)
{
    const float bound = sqrtf(6.0f / (float)(is_before_relu ? fan_in : fan_in + fan_out));

    for (int i = 0; i < n; i++)
        weights[i] = bound * (2.0f * wg_random_unit(random) - 1.0f);
}
