/* How the samples of a recording follow from its original values, where they do. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The numbers are those of the project file. */
typedef enum {
    WG_SAMPLES_OWN = 0,    /* they do not: both are kept */
    WG_SAMPLES_SCALED = 1, /* original / units a g */
    WG_SAMPLES_HISTORY = 2 /* the same in steps of the watch's history, rounded and clipped */
} WgSamplesRule;

/* n_samples x n_channels values in g of those in `original`; what comes after the third channel is
 * an angular rate, and the same. Not for WG_SAMPLES_OWN. */
void wg_samples_rule_apply(WgSamplesRule rule, const float *original, gsize n_samples,
                           int n_channels, double units_per_g, float *samples);
/* By which rule `samples` follow, bit for bit; of several the first. `room`: for as many values. */
WgSamplesRule wg_samples_rule_find(const float *samples, const float *original, gsize n_samples,
                                   int n_channels, double units_per_g, float *room);

G_END_DECLS
