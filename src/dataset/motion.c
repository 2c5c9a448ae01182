/* Velocity and position of a take, by integrating its acceleration with gravity taken away. */
#include "dataset/motion.h"

#define AXES 3

static double
get_mean(const float *samples, int n, int n_channels, int axis)
{
    double sum = 0;

    for (int i = 0; i < n; i++)
        sum += (i == 0 || i == n - 1 ? 0.5 : 1.0) * samples[(gsize)i * (gsize)n_channels + axis];
    return n > 1 ? sum / (n - 1) : n == 1 ? 2 * sum : 0;
}

void
wg_motion_get_gravity(const float *samples, int n, int n_channels, float gravity_g[3])
{
    for (int axis = 0; axis < AXES; axis++)
        gravity_g[axis] = (float)get_mean(samples, n, n_channels, axis);
}

/* In place, trapezoidal; the sum is kept in double, as thousands of small steps add up. */
static void
integrate(float *values, int n, int axis, double rate_hz)
{
    double sum = 0, before = n > 0 ? (double)values[axis] : 0;

    for (int i = 0; i < n; i++) {
        const double now = values[i * AXES + axis];

        if (i > 0)
            sum += (before + now) / (2 * rate_hz);
        values[i * AXES + axis] = (float)sum;
        before = now;
    }
}

float *
wg_motion_new(const float *samples, int n, int n_channels, double rate_hz, WgMotion what)
{
    float *values = g_new(float, MAX(1, (gsize)n * AXES));

    g_return_val_if_fail(n_channels >= AXES && rate_hz > 0, values);
    for (int axis = 0; axis < AXES; axis++) {
        const double gravity =
            what == WG_MOTION_ACCELERATION ? 0 : get_mean(samples, n, n_channels, axis);
        const double scale = what == WG_MOTION_ACCELERATION ? 1 : WG_STANDARD_GRAVITY;

        for (int i = 0; i < n; i++)
            values[i * AXES + axis] =
                (float)((samples[(gsize)i * (gsize)n_channels + axis] - gravity) * scale);
        if (what != WG_MOTION_ACCELERATION)
            integrate(values, n, axis, rate_hz);
        if (what == WG_MOTION_POSITION)
            integrate(values, n, axis, rate_hz);
    }
    return values;
}
