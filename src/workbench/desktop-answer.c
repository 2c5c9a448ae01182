/* What this machine answers to a gesture as the watch holds it. */
#include "workbench/desktop-answer.h"

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
wg_desktop_decide(const WgInt8Network *network, const float *outputs, double threshold)
{
    const WgTensorInfo *output = wg_int8_network_get_output(network);
    const int best = wg_argmax(outputs, output->n_elements);
    const double probability = output->type == WG_TENSOR_INT8
                                   ? (outputs[best] - output->zero_point) * output->scale
                                   : (double)outputs[best];

    return probability >= threshold ? best : -1;
}
