/* What this machine answers to a gesture as the watch holds it. */
#include "workbench/desktop-answer.h"

#include "quant/reject.h"
#include "train/metrics.h"

#include <string.h>

void
wg_desktop_answer(const WgInt8Network *network, const gint8 *history, int n_samples, float *outputs)
{
    const int n_inputs = wg_int8_network_get_input(network)->n_elements;
    g_autofree gint8 *window = g_malloc0((gsize)n_inputs);

    memcpy(window, history, (gsize)MIN(n_samples * 3, n_inputs));
    wg_int8_network_run_history(network, window, 1, outputs);
}

int
wg_desktop_decide(const WgInt8Network *network, const float *outputs, double threshold,
                  const double *thresholds)
{
    const WgTensorInfo *output = wg_int8_network_get_output(network);
    const int best = wg_argmax(outputs, output->n_elements);
    const double probability = output->type == WG_TENSOR_INT8
                                   ? (outputs[best] - output->zero_point) * output->scale
                                   : (double)outputs[best];

    return probability >= (thresholds ? thresholds[best] : threshold) ? best : -1;
}

int
wg_desktop_decide_builtin(const WgInt8Network *network, const float *outputs)
{
    const int best = wg_argmax(outputs, wg_int8_network_get_output(network)->n_elements);

    return outputs[best] > 0 ? best : -1;
}

void
wg_desktop_get_shares(const WgInt8Network *network, const float *outputs, const int *least,
                      double *shares)
{
    const WgTensorInfo *output = wg_int8_network_get_output(network);
    const gboolean is_int8 = output->type == WG_TENSOR_INT8;

    for (int i = 0; i < output->n_elements; i++) {
        double share =
            is_int8 ? (outputs[i] - output->zero_point) * output->scale : (double)outputs[i];

        if (least && least[i] >= WG_REJECT_ALWAYS)
            share = 0;
        else if (least) /* undo clip(q - least + 1), q being 128 below zero probability */
            share += (least[i] - 1 + 128) * output->scale;
        shares[i] = CLAMP(share, 0, 1);
    }
}
