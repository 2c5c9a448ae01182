/* Velocity and position of a take, by integrating its acceleration with gravity taken away. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
    WG_MOTION_ACCELERATION, /* as measured, gravity in it: g */
    WG_MOTION_VELOCITY,     /* m/s */
    WG_MOTION_POSITION,     /* m */
} WgMotion;

#define WG_STANDARD_GRAVITY                                                                        \
    9.80665 /* m/s2 a g (3rd General Conference on Weights and Measures)                           \
             */

/* What gravity was, in g along x, y, z: the trapezoidal mean of the n samples (n x n_channels, at
 * least 3 of these, in g). A hand that begins and ends at rest has changed its velocity by nothing,
 * so the mean of what it measured, as long as it did not turn the watch, is gravity itself, and the
 * velocity that comes of it ends at 0. The first samples, still as they may be, are too few to say
 * it: takes are cut where their movement begins. Of no sample it is 0. */
void wg_motion_get_gravity(const float *samples, int n, int n_channels, float gravity_g[3]);

/* n x 3 values of the unit of `what`, from 0 at the first sample; owner: caller. Velocity is the
 * trapezoidal sum of acceleration without gravity, v(i) = v(i-1) + (a(i-1) + a(i)) / (2 rate), and
 * position that of velocity. The axes are the watch's and turn with it: where it was turned,
 * neither is a path in the room, and what is wrong by e m/s2 is wrong by e t^2 / 2 m after t
 * seconds. Of acceleration a copy without further channels. Any thread. */
float *wg_motion_new(const float *samples, int n, int n_channels, double rate_hz, WgMotion what);

G_END_DECLS
