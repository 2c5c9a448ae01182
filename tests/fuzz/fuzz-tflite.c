/* Any bytes as a model: read, judged and, where accepted, run. */
#include "fuzz.h"

#include "quant/verdict.h"

/* More than this is a real model's work, not a parser's: keeps one input from taking minutes. */
#define WORK_MAX (1 << 16)

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);
    g_autoptr(WgInt8Network) network = wg_int8_network_new(bytes, NULL);
    g_autoptr(WgVerdict) verdict = NULL;
    g_autofree gint8 *window = NULL;
    g_autofree float *outputs = NULL;
    int n_elements = 0;

    if (!network)
        return 0;
    verdict = wg_verdict_new(network, wg_watch_kind_find("bangle2", NULL), FALSE);
    if (wg_operations(network) < 0)
        g_error("a model of fewer than no operations");
    for (int i = 0; i < wg_int8_network_get_n_tensors(network); i++)
        n_elements = MAX(n_elements, wg_int8_network_get_tensor(network, i)->n_elements);
    if (n_elements > WORK_MAX)
        return 0;
    window = g_malloc0((gsize)wg_int8_network_get_input(network)->n_elements);
    outputs = g_new0(float, wg_int8_network_get_output(network)->n_elements);
    wg_int8_network_run_history(network, window, 1, outputs);
    return 0;
}
