/* What lies between input and output: the golden networks traced op by op. */
#include "quant/activations.h"

#include "base/random.h"

#include <string.h>

static GBytes *
read_bytes(const char *name, GError **error)
{
    g_autofree char *path =
        g_build_filename(g_getenv("WAGGLE_SOURCE"), "tests", "data", "golden", "ops", name, NULL);
    char *content = NULL;
    gsize length = 0;

    return g_file_get_contents(path, &content, &length, error) ? g_bytes_new_take(content, length)
                                                               : NULL;
}

/* A random input of any type; the caller frees. */
static void *
draw_input(const WgTensorInfo *in, WgRandom *random)
{
    guint8 *input = g_malloc0(in->size_bytes);

    for (int i = 0; i < in->n_elements; i++) {
        if (in->type == WG_TENSOR_FLOAT32)
            ((float *)(gpointer)input)[i] = 4 * wg_random_normal(random);
        else
            ((gint8 *)input)[i] = (gint8)((int)wg_random_below(random, 256) - 128);
    }
    return input;
}

static void
check(const WgInt8Network *network, WgRandom *random)
{
    const int n_ops = wg_int8_network_get_n_ops(network);
    const WgTensorInfo *out = wg_int8_network_get_output(network);
    g_autofree void *input = draw_input(wg_int8_network_get_input(network), random);
    g_autofree void *output = g_malloc0(out->size_bytes);
    g_autofree void **outputs = g_new0(void *, n_ops);
    void *scratch = g_aligned_alloc0(1, wg_int8_network_get_scratch_bytes(network) + 16, 16);

    for (int i = 0; i < n_ops; i++)
        outputs[i] = g_malloc0(wg_int8_network_get_op_output(network, i)->size_bytes);
    wg_int8_network_run(network, input, output, scratch);
    wg_int8_network_trace(network, input, outputs);
    g_assert_cmpmem(outputs[n_ops - 1],
                    wg_int8_network_get_op_output(network, n_ops - 1)->size_bytes, output,
                    out->size_bytes);
    for (int i = 0; i < n_ops; i++) {
        const WgTensorInfo *info = wg_int8_network_get_op_output(network, i);

        /* a reshape moves nothing */
        if (i > 0 && g_str_equal(wg_int8_network_get_op(network, i), "RESHAPE"))
            g_assert_cmpmem(outputs[i], info->size_bytes, outputs[i - 1], info->size_bytes);
    }
    for (int i = 0; i < n_ops; i++)
        g_free(outputs[i]);
    g_aligned_free(scratch);
}

static void
test_last_of_a_trace_is_what_run_gives(void)
{
    g_autofree char *folder =
        g_build_filename(g_getenv("WAGGLE_SOURCE"), "tests", "data", "golden", "ops", NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(GDir) dir = g_dir_open(folder, 0, &error);
    const char *name;
    WgRandom random;
    int n = 0;

    g_assert_no_error(error);
    wg_random_init(&random, 5, 0);
    while ((name = g_dir_read_name(dir))) {
        g_autoptr(GBytes) bytes =
            g_str_has_suffix(name, ".tflite") ? read_bytes(name, &error) : NULL;
        g_autoptr(WgInt8Network) network = bytes ? wg_int8_network_new(bytes, &error) : NULL;

        g_assert_no_error(error);
        if (!network)
            continue;
        check(network, &random);
        n++;
    }
    g_assert_cmpint(n, >, 80);
}

static void
test_weights_have_a_scale_a_channel(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = read_bytes("dw00.tflite", &error);
    g_autoptr(WgInt8Network) network = wg_int8_network_new(bytes, &error);
    WgInt8Weights weights;

    g_assert_no_error(error);
    g_assert_true(wg_int8_network_get_weights(network, 0, &weights));
    g_assert_true(weights.is_channel_last);
    g_assert_true(weights.n_scales == 1 || weights.n_scales == weights.n_channels);
    g_assert_cmpint(weights.n % weights.n_channels, ==, 0);
    for (int i = 0; i < weights.n_scales; i++)
        g_assert_cmpfloat(weights.scales[i], >, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/quant/activations/last-of-a-trace-is-what-run-gives",
                    test_last_of_a_trace_is_what_run_gives);
    g_test_add_func("/quant/activations/weights-have-a-scale-a-channel",
                    test_weights_have_a_scale_a_channel);
    return g_test_run();
}
