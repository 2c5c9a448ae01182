/* How the samples of a recording follow from its original values, where they do. */
#include "dataset/samples-rule.h"

#include "dataset/window.h"

#include <math.h>
#include <string.h>

#define CHANNELS_ACCELERATION 3

static float
scale(WgSamplesRule rule, float original, double units_per_g)
{
    if (rule == WG_SAMPLES_HISTORY)
        return (float)(CLAMP(lrint(original / units_per_g * WG_UNITS_PER_G), -128, 127) /
                       (double)WG_UNITS_PER_G);
    return (float)(original / units_per_g);
}

void
wg_samples_rule_apply(WgSamplesRule rule, const float *original, gsize n_samples, int n_channels,
                      double units_per_g, float *samples)
{
    for (gsize i = 0; i < n_samples; i++) {
        for (int channel = 0; channel < n_channels; channel++, original++, samples++)
            *samples =
                channel < CHANNELS_ACCELERATION ? scale(rule, *original, units_per_g) : *original;
    }
}

WgSamplesRule
wg_samples_rule_find(const float *samples, const float *original, gsize n_samples, int n_channels,
                     double units_per_g, float *room)
{
    const gsize n_bytes = n_samples * (gsize)n_channels * sizeof(float);

    for (WgSamplesRule rule = WG_SAMPLES_SCALED; rule <= WG_SAMPLES_HISTORY; rule++) {
        wg_samples_rule_apply(rule, original, n_samples, n_channels, units_per_g, room);
        if (memcmp(room, samples, n_bytes) == 0)
            return rule;
    }
    return WG_SAMPLES_OWN;
}
