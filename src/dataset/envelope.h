/* What many takes have in common: their mean and the band that holds most of them. */
#pragma once

#include "dataset/motion.h"
#include "dataset/window.h"

G_BEGIN_DECLS

/* The band's ends: 10 and 90 of 100 takes. */
#define WG_ENVELOPE_LOW 0.1
#define WG_ENVELOPE_HIGH 0.9

typedef struct {
    int length;               /* steps; 0 where there is no take */
    int n_takes;              /* that it was made of */
    double rate_hz;           /* steps a second */
    float *mean, *low, *high; /* length x 3, in the unit of the motion */
    int *counts;              /* of takes that last until that step; never below half of n_takes */
} WgEnvelope;

/* Takes aligned as the network sees them, each step over those that last so long: up to the last
 * step that at least half of the takes reach. Quantiles interpolate between neighbours (Hyndman and
 * Fan 1996, type 7). Windows have x, y, z as their first three channels. Any thread; owner:
 * caller. */
WgEnvelope *wg_envelope_new(const WgWindows *windows, WgMotion what);
void wg_envelope_free(WgEnvelope *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgEnvelope, wg_envelope_free)

G_END_DECLS
