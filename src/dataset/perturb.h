/* Changes to a window as a careless wearer or a poor connection makes them. */
#pragma once

#include "base/random.h"
#include "dataset/window.h"

G_BEGIN_DECLS

typedef enum {
    WG_PERTURB_NOISE,    /* value: standard deviation in g, added to each axis of each sample */
    WG_PERTURB_ROTATION, /* degrees about a random axis (uniform on the sphere): the watch sits
                            askew */
    WG_PERTURB_SPEED,    /* times as fast: the samples are taken value samples apart, interpolated;
                            forces stay as they are, which a faster arm's would not */
    WG_PERTURB_DROP, /* percent of samples that are lost, each by chance; the later ones move up,
                        as they do in the watch's history. One is left at least */
} WgPerturbation;

/* Copies window i changed by so much to `out` (length x channels); what exceeds the window is cut
 * off, and values are those the watch would hold (round(g * 64) / 64, -2 .. 127/64), or the board
 * of these windows. Whole triples of channels are turned, as they come. The tail stays
 * zero. `value`: noise and rotation from 0 (no change), speed above 0 (1: none), drop 0 .. 100. Any
 * thread. */
void wg_perturb(const WgWindows *windows, int i, WgPerturbation kind, double value,
                WgRandom *random, float *out);

G_END_DECLS
