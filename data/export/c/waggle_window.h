/* Makes windows of samples. Written by Waggle. SPDX-License-Identifier: 0BSD */
#ifndef WAGGLE_WINDOW_H
#define WAGGLE_WINDOW_H

#include "waggle_model.h"

#ifdef __cplusplus
extern "C" {
#endif

@if IS_WATCH
/* The gesture detector of a Bangle.js: a window is what moved between two rests. */
typedef struct {
    int8_t history[WAGGLE_N_INPUTS]; /* ring of the last samples */
    int newest;
    int16_t last[3];
    int n_samples; /* of the gesture that is under way, 0: none is */
    int n_still;
} waggle_window;
@else
/* A window slides over the samples: one every WAGGLE_STEP samples, once the first is full. */
#define WAGGLE_STEP @STEP@

typedef struct {
    int8_t history[WAGGLE_N_INPUTS]; /* ring of the last samples */
    int newest;
    int n_missing; /* samples until the next window */
} waggle_window;
@end

void waggle_window_init(waggle_window *self);
@if HAS_GYROSCOPE
/* Takes one sample (call it WAGGLE_RATE_HZ times a second): x, y, z in g, then the angular rate
   around x, y, z in degrees per second. */
@else
/* Takes one sample (call it WAGGLE_RATE_HZ times a second): x, y, z in g. */
@end
/* Gives 1 when `window`, of WAGGLE_N_INPUTS values, got one that waggle_run should see, else 0. */
int waggle_window_feed(waggle_window *self, const float *sample, int8_t *window);

#ifdef __cplusplus
}
#endif

#endif
