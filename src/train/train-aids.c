/* What a training may be held to beside its takes' labels: a mask, a teacher, an int8 form. */
#include "train/train-aids.h"

#include "base/error.h"
#include "train/network-private.h"

#include <glib/gi18n.h>
#include <math.h>

static gboolean
check_teacher(const WgTrainAids *self, const WgNetwork *network, GError **error)
{
    const WgNetwork *teacher = self->teacher;
    const int n = wg_network_get_n_classes(network), n_taught = wg_network_get_n_classes(teacher);

    if (teacher->length != network->length || teacher->channels != network->channels ||
        n != n_taught) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("the teacher sees windows of %d x %d and knows %d gestures, the network %d x "
                      "%d and %d: both must be the same"),
                    teacher->length, teacher->channels, n_taught, network->length,
                    network->channels, n);
        return FALSE;
    }
    if (!(self->temperature > 0) || !isfinite(self->temperature) ||
        !(self->share >= 0 && self->share <= 1)) {
        g_set_error(
            error, WG_ERROR, WG_ERROR_USAGE,
            _("temperature %g, share %g: the first must be above 0, the second from 0 to 1"),
            self->temperature, self->share);
        return FALSE;
    }
    return TRUE;
}

static gboolean
check_fake_quant(const WgTrainAids *self, const WgNetwork *network, GError **error)
{
    for (int i = 0; i < network->n_layers; i++) {
        if (network->ops[i] != &wg_op_batch_norm && network->ops[i] != &wg_op_dropout)
            continue;
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    _("layer %d is “%s”, which has no int8 form: fold the network first"), i + 1,
                    network->layers[i].spec.op);
        return FALSE;
    }
    if (self->fake_quant->n_layers == network->n_layers)
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                _("the int8 form has %d layers, the network %d"), self->fake_quant->n_layers,
                network->n_layers);
    return FALSE;
}

gboolean
wg_train_aids_check(const WgTrainAids *self, const WgNetwork *network, GError **error)
{
    if (self->teacher && !check_teacher(self, network, error))
        return FALSE;
    return !self->fake_quant || check_fake_quant(self, network, error);
}

void
wg_train_aids_mask(const WgTrainAids *self, float *values, int n)
{
    for (int i = 0; self->mask && i < n; i++)
        values[i] = self->mask[i] ? values[i] : 0;
}
