/* A model asked of takes that are changed as one says: by noise, a turn and another pace at once.
 */
#pragma once

#include "dataset/perturb.h"
#include "workbench/model.h"

G_BEGIN_DECLS

typedef struct {
    double noise_percent;    /* standard deviation, of the takes' own movement; 0: none */
    double rotation_degrees; /* of each take about an axis of its own */
    double speed;            /* times as fast; 1: as it is */
} WgPerturbing;

/* How much the takes move, in g: the root of the mean square of acceleration about each take's own
 * mean, over all samples of the windows and their first three channels. Any thread. */
double wg_perturbed_measure_movement(const WgWindows *windows);
/* Copies of the windows: at another pace, then turned, then with noise, each as wg_perturb(). Each
 * window draws from a stream of its own, the same at every setting, so that settings differ by
 * their values alone; of one kind alone it is the first draw of wg_robustness_new(). Any thread;
 * owner: caller. */
WgWindows *wg_perturbed_new(const WgWindows *windows, const WgPerturbing *how, guint64 seed);

G_END_DECLS
