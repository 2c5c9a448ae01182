/* Every form of the int8 layers' sums gives the bits of gemmlowp's definition, whatever the
 * numbers.
 */
#include "base/random.h"
#include "quant/kernel.h"

#include <math.h>
#include <string.h>

#define VALUES 4096
#define CHANNELS_MAX 40
#define WINDOWS_MAX 21
#define LENGTH_MAX 23

static const WgKernelForms *const forms[] = {
#if defined(__x86_64__)
    &wg_kernel_avx512,
    &wg_kernel_avx2,
#endif
    &wg_kernel_portable,
};

/* A layer of random shape, with what its kernel was made from. */
typedef struct {
    int n_channels, n_runs, run_length, n_windows, offset;
    int runs_at[4], at[WINDOWS_MAX], shifts[CHANNELS_MAX];
    gint32 bias[CHANNELS_MAX], mantissas[CHANNELS_MAX];
    int zero_point, min, max;
    gint8 weights[CHANNELS_MAX * 4 * LENGTH_MAX];
    gint16 x[VALUES + WG_KERNEL_SLACK];
} Layer;

static int
pick(WgRandom *random, int from, int to)
{
    return from + (int)wg_random_below(random, (guint32)(to - from + 1));
}

static void
make_layer(Layer *layer, WgRandom *random)
{
    const int size = pick(random, 0, 3);

    layer->n_channels = pick(random, 1, CHANNELS_MAX);
    layer->n_runs = pick(random, 1, 4);
    layer->run_length = pick(random, 1, LENGTH_MAX);
    layer->n_windows = pick(random, 1, WINDOWS_MAX);
    layer->offset = pick(random, -128, 128);
    layer->zero_point = pick(random, -128, 255);
    layer->min = pick(random, -128, 300);
    layer->max = pick(random, 0, 127);
    for (int i = 0; i < 4; i++)
        layer->runs_at[i] = pick(random, 0, 1000);
    for (int i = 0; i < WINDOWS_MAX; i++)
        layer->at[i] = pick(random, 0, 2000);
    for (int c = 0; c < CHANNELS_MAX; c++) {
        layer->bias[c] = (gint32)(guint32)wg_random_next(random) >> (8 * size);
        layer->mantissas[c] =
            pick(random, 0, 9) ? (gint32)((1u << 30) + wg_random_below(random, 1u << 30)) : 0;
        layer->shifts[c] = pick(random, 0, 1) ? pick(random, -31, 30) : pick(random, -12, 0);
    }
    for (gsize i = 0; i < sizeof layer->weights; i++)
        layer->weights[i] = (gint8)pick(random, -128, 127);
    for (int i = 0; i < VALUES + WG_KERNEL_SLACK; i++)
        layer->x[i] = (gint16)pick(random, -383, 255);
}

/* gemmlowp fixedpoint.h, as it is written there: two nudges and a division that truncates, then a
 * shift of what is rounded half away from zero. */
static gint8
scale(const Layer *layer, guint32 sum, int c)
{
    const int left = MAX(layer->shifts[c], 0), right = MAX(-layer->shifts[c], 0);
    const gint64 product = (gint64)(gint32)(sum << left) * layer->mantissas[c];
    const gint64 nudge = product >= 0 ? 1 << 30 : 1 - (1 << 30);
    const gint64 high = (product + nudge) / (G_GINT64_CONSTANT(1) << 31);
    const gint64 half = right > 0 ? G_GINT64_CONSTANT(1) << (right - 1) : 0;
    const gint64 size = high < 0 ? -high : high;
    const gint64 rounded = (size + half) >> right;
    gint32 placed;

    placed = (gint32)((guint32)(high < 0 ? -rounded : rounded) + (guint32)layer->zero_point);
    if (placed < layer->min)
        placed = layer->min;
    return (gint8)(placed > layer->max ? layer->max : placed);
}

static gint8
answer_pairs(const Layer *layer, int window, int c)
{
    guint32 sum = (guint32)layer->bias[c];

    for (int run = 0; run < layer->n_runs; run++) {
        for (int i = 0; i < layer->run_length; i++) {
            const int weight = layer->weights[(c * layer->n_runs + run) * layer->run_length + i];

            sum += (guint32)(layer->x[layer->at[window] + layer->runs_at[run] + i] *
                             (weight + layer->offset));
        }
    }
    return scale(layer, sum, c);
}

static gint8
answer_depthwise(const Layer *layer, int window, int c)
{
    guint32 sum = (guint32)layer->bias[c];

    for (int tap = 0; tap < layer->n_runs; tap++)
        sum += (guint32)(layer->x[layer->at[window] + layer->runs_at[tap] + c] *
                         layer->weights[tap * layer->n_channels + c]);
    return scale(layer, sum, c);
}

static void
check(const Layer *layer, const WgKernel *kernel, gint8 (*answer)(const Layer *, int, int))
{
    gint8 outputs[WINDOWS_MAX * CHANNELS_MAX + 1];
    const int n = layer->n_windows * layer->n_channels;

    memset(outputs, 77, sizeof outputs);
    kernel->run(kernel, layer->x, layer->at, layer->n_windows, outputs);
    for (int i = 0; i < n; i++)
        g_assert_cmpint(outputs[i], ==,
                        answer(layer, i / layer->n_channels, i % layer->n_channels));
    g_assert_cmpint(outputs[n], ==, 77);
}

static void
test_form(gconstpointer data)
{
    const WgKernelForms *form = data;
    g_autofree Layer *layer = g_new(Layer, 1);
    WgRandom random;

    if (!form->is_here()) {
        g_test_message("this processor has no %s", form->name);
        return;
    }
    wg_random_init(&random, 5, 0);
    for (int i = 0; i < 400; i++) {
        g_autoptr(WgKernel) pairs = NULL;
        g_autoptr(WgKernel) depthwise = NULL;

        make_layer(layer, &random);
        pairs = wg_kernel_new_pairs(layer->n_channels, layer->n_runs, layer->runs_at,
                                    layer->run_length, layer->weights, layer->offset, layer->bias);
        depthwise = wg_kernel_new_depthwise(layer->n_channels, layer->n_runs, layer->runs_at,
                                            layer->weights, layer->bias);
        pairs->run = form->sum_pairs;
        depthwise->run = form->sum_depthwise;
        wg_kernel_set_scales(pairs, layer->n_channels, layer->mantissas, layer->shifts,
                             layer->zero_point, layer->min, layer->max);
        wg_kernel_set_scales(depthwise, layer->n_channels, layer->mantissas, layer->shifts,
                             layer->zero_point, layer->min, layer->max);
        check(layer, pairs, answer_pairs);
        check(layer, depthwise, answer_depthwise);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(forms); i++) {
        g_autofree char *path =
            g_strdup_printf("/quant/kernel/%s-gives-gemmlowps-bits", forms[i]->name);

        g_test_add_data_func(path, forms[i], test_form);
    }
    return g_test_run();
}
