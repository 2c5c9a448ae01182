/* Any bytes as a model: read, judged and, where accepted, run. */
#include "fuzz.h"

#include "quant/verdict.h"

#include <string.h>

/* More than this is a real model's work, not a parser's: keeps one input from taking minutes. */
#define WORK_MAX (1 << 12)

/* What the memory held before must make no difference. */
static void
run(const WgInt8Network *network, const uint8_t *data, size_t size)
{
    const WgTensorInfo *in = wg_int8_network_get_input(network);
    const WgTensorInfo *out = wg_int8_network_get_output(network);
    const gsize n_scratch = wg_int8_network_get_scratch_bytes(network);
    g_autofree guint8 *input = g_malloc(in->size_bytes);
    g_autofree guint8 *outputs = g_malloc0(2 * out->size_bytes);
    void *scratch = g_aligned_alloc(1, n_scratch, 16);

    for (gsize i = 0; i < in->size_bytes; i++)
        input[i] = data[i % size];
    for (int i = 0; i < 2; i++) {
        memset(scratch, i == 0 ? 0x55 : 0xaa, n_scratch);
        wg_int8_network_run(network, input, outputs + (gsize)i * out->size_bytes, scratch);
    }
    if (memcmp(outputs, outputs + out->size_bytes, out->size_bytes) != 0)
        g_error("the same input, two answers");
    g_aligned_free(scratch);
}

/* What inspect, quantize and deploy ask of a model. */
static void
judge(const WgInt8Network *network)
{
    const gsize arm = wg_arena_bytes(network, FALSE), i386 = wg_arena_bytes(network, TRUE);

    for (int builtin = 0; builtin < 2; builtin++) {
        g_autoptr(WgVerdict) verdict =
            wg_verdict_new(network, wg_watch_kind_find("bangle2", NULL), builtin);

        if (verdict->arena_bytes != arm || verdict->fits != (verdict->reasons[0] == NULL))
            g_error("a verdict that contradicts itself");
    }
    if (arm < 512 || i386 < 512)
        g_error("an arena smaller than the firmware takes");
    if (wg_operations(network) < 0)
        g_error("a model of fewer than no operations");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);
    g_autoptr(GError) error = NULL;
    g_autoptr(WgInt8Network) network = wg_int8_network_new(bytes, &error);
    int n_elements = 0;

    if (!network) {
        if (!error || error->message[0] == '\0' || strchr(error->message, '\n'))
            g_error("refused without a sentence");
        return 0;
    }
    judge(network);
    for (int i = 0; i < wg_int8_network_get_n_tensors(network); i++)
        n_elements = MAX(n_elements, wg_int8_network_get_tensor(network, i)->n_elements);
    if (n_elements <= WORK_MAX)
        run(network, data, size);
    return 0;
}
