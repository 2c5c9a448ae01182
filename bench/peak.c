/* How fast this machine multiplies and adds: what no training can be faster than. */
#include "peak.h"

#include <string.h>

#define ROUNDS 500000
#define REPEATS 40
#define CHAINS 12 /* more than two multipliers of latency 4 need */

typedef float Narrow __attribute__((vector_size(16)));
typedef float Wide __attribute__((vector_size(32)));
typedef float Widest __attribute__((vector_size(64)));

/* `value` is not known when this is built, so that nothing is worked out then. */
#define DEFINE_CHAINS(name, type, attributes)                                                      \
    attributes static float name(float value)                                                      \
    {                                                                                              \
        type sums[CHAINS], factor = {0}, total = {0};                                              \
        float values[sizeof(type) / sizeof(float)];                                                \
                                                                                                   \
        factor += value;                                                                           \
        _Pragma("GCC unroll 12") for (int i = 0; i < CHAINS; i++) sums[i] = factor * (float)i;     \
        for (int round = 0; round < ROUNDS; round++) {                                             \
            _Pragma("GCC unroll 12") for (int i = 0; i < CHAINS; i++) sums[i] =                    \
                sums[i] * factor + factor;                                                         \
        }                                                                                          \
        _Pragma("GCC unroll 12") for (int i = 0; i < CHAINS; i++) total += sums[i];                \
        memcpy(values, &total, sizeof values);                                                     \
        return values[0];                                                                          \
    }

DEFINE_CHAINS(run_narrow, Narrow, )
#ifdef __x86_64__
DEFINE_CHAINS(run_wide, Wide, __attribute__((target("avx2,fma"))))
DEFINE_CHAINS(run_widest, Widest, __attribute__((target("avx512f"))))
#endif

static double
time_chains(float (*run)(float value), int lanes)
{
    double best = 0;
    volatile float kept = 0.5f;

    for (int i = 0; i < REPEATS; i++) {
        const gint64 start_us = g_get_monotonic_time();
        gint64 taken_us;

        kept = run(0.25f * (1 + kept / 8));
        taken_us = MAX(1, g_get_monotonic_time() - start_us);
        best = MAX(best, 2.0 * lanes * CHAINS * ROUNDS / (double)taken_us / 1000);
    }
    return best;
}

double
wg_peak_measure_gflops(void)
{
#ifdef __x86_64__
    if (__builtin_cpu_supports("avx512f"))
        return time_chains(run_widest, 16);
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        return time_chains(run_wide, 8);
#endif
    return time_chains(run_narrow, 4);
}

static gboolean
is_op(const WgNetwork *network, int i, const char *op)
{
    return i < wg_network_get_n_layers(network) &&
           strcmp(wg_network_get_layer(network, i)->spec.op, op) == 0;
}

double
wg_peak_count_flop(const WgNetwork *network)
{
    gboolean has_weights_before = FALSE;
    double flop = 0;

    for (int i = 0; i < wg_network_get_n_layers(network); i++) {
        const WgLayer *layer = wg_network_get_layer(network, i);
        const gboolean is_conv = is_op(network, i, "conv");
        double per_place, n_places, n_gradients;

        if (!is_conv && !is_op(network, i, "dense")) {
            has_weights_before |= layer->n_parameters > 0;
            continue;
        }
        per_place = 2.0 * layer->spec.units *
                    (is_conv ? layer->spec.kernel * layer->in_channels
                             : layer->in_length * layer->in_channels);
        n_places = n_gradients = is_conv ? layer->out_length : 1;
        if (is_conv && is_op(network, i + 1, "relu") && is_op(network, i + 2, "max-pool"))
            n_gradients = wg_network_get_layer(network, i + 2)->out_length;
        flop += per_place * (n_places + n_gradients * (has_weights_before ? 2 : 1));
        has_weights_before = TRUE;
    }
    return flop;
}
