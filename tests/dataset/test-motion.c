/* Velocity and position against integrals that are known, and the envelope of known takes. */
#include "dataset/motion.h"

#include "dataset/envelope.h"
#include "takes.h"

#include <math.h>

#define RATE_HZ 50.0

static float *
make(int n, double (*acceleration)(double t, int axis))
{
    float *samples = g_new(float, (gsize)n * 3);

    for (int i = 0; i < n; i++) {
        for (int axis = 0; axis < 3; axis++)
            samples[3 * i + axis] = (float)(acceleration(i / RATE_HZ, axis) / WG_STANDARD_GRAVITY);
    }
    return samples;
}

/* Over 2 s: up by 3 m/s2 and then down by as much, whose means are 0: a triangle of velocity. The
 * middle sample is 0. Gravity lies along z. */
static double
push_and_stop(double t, int axis)
{
    if (axis == 2)
        return WG_STANDARD_GRAVITY;
    return axis == 1 ? 0 : t < 0.99 ? 3 : t > 1.01 ? -3 : 0;
}

static void
test_a_push_and_its_stop_by_hand(void)
{
    const int n = 101; /* 2 s */
    g_autofree float *samples = make(n, push_and_stop);
    g_autofree float *velocity = wg_motion_new(samples, n, 3, RATE_HZ, WG_MOTION_VELOCITY);
    g_autofree float *position = wg_motion_new(samples, n, 3, RATE_HZ, WG_MOTION_POSITION);
    float gravity[3];

    wg_motion_get_gravity(samples, n, 3, gravity);
    g_assert_cmpfloat_with_epsilon(gravity[0], 0, 1e-6);
    g_assert_cmpfloat_with_epsilon(gravity[2], 1, 1e-6);
    /* 49 whole steps at 3 m/s2 and half a one: 49.5 x 0.06; floats of about 3 have 7 digits */
    g_assert_cmpfloat_with_epsilon(velocity[50 * 3], 49.5 * 0.06, 1e-5);
    g_assert_cmpfloat_with_epsilon(velocity[25 * 3], 25 * 0.06, 1e-5);
    g_assert_cmpfloat_with_epsilon(velocity[100 * 3], 0, 1e-5);
    /* the triangle's area, half by half */
    g_assert_cmpfloat_with_epsilon(position[49 * 3], 49 * 49 * 0.06 * 0.02 / 2, 1e-5);
    g_assert_cmpfloat_with_epsilon(position[100 * 3], 2 * position[50 * 3], 1e-5);
    for (int i = 0; i < n; i++) {
        g_assert_cmpfloat_with_epsilon(position[3 * i + 1], 0, 1e-9);
        g_assert_cmpfloat_with_epsilon(position[3 * i + 2], 0, 1e-5);
    }
}

#define OMEGA (2 * G_PI) /* one turn a second */

static double
swing(double t, int axis)
{
    return axis == 0 ? 4 * sin(OMEGA * t) : axis == 1 ? 4 * cos(OMEGA * t) : 2 * t - 3;
}

/* x: v = (4/w)(1 - cos wt); y: v = (4/w) sin wt, whose mean acceleration over whole turns is 0; z:
 * a ramp of mean 0 over its 3 s once its middle is taken away: v = t^2 - 3 t. */
static void
test_a_swing_and_a_ramp_are_their_integrals(void)
{
    const int n = 151; /* 3 turns */
    g_autofree float *samples = make(n, swing);
    g_autofree float *velocity = wg_motion_new(samples, n, 3, RATE_HZ, WG_MOTION_VELOCITY);
    g_autofree float *position = wg_motion_new(samples, n, 3, RATE_HZ, WG_MOTION_POSITION);
    /* the trapezoidal rule is off by at most T h^2 / 12 times the second derivative, 4 w^2 */
    const double bound = 3 * OMEGA * OMEGA * 4 / (12 * RATE_HZ * RATE_HZ);

    for (int i = 0; i < n; i++) {
        const double t = i / RATE_HZ;

        g_assert_cmpfloat_with_epsilon(velocity[3 * i], 4 / OMEGA * (1 - cos(OMEGA * t)), bound);
        g_assert_cmpfloat_with_epsilon(velocity[3 * i + 1], 4 / OMEGA * sin(OMEGA * t), bound);
        /* exact of a line, but for floats */
        g_assert_cmpfloat_with_epsilon(velocity[3 * i + 2], t * t - 3 * t, 2e-5);
        g_assert_cmpfloat_with_epsilon(position[3 * i], 4 / OMEGA * (t - sin(OMEGA * t) / OMEGA),
                                       3 * bound);
        /* of a parabola: too little by h^2 / 12 times the second derivative, 2, and the time */
        g_assert_cmpfloat_with_epsilon(
            position[3 * i + 2], t * t * t / 3 - 1.5 * t * t + t / (6 * RATE_HZ * RATE_HZ), 5e-5);
    }
}

static double
tilted(double t, int axis)
{
    return swing(t, axis) + (axis == 0 ? 5 : axis == 1 ? -7 : 4);
}

static void
test_whatever_constant_gravity_is_taken_away(void)
{
    const int n = 151;
    g_autofree float *level = make(n, swing), *other = make(n, tilted);
    g_autofree float *a = wg_motion_new(level, n, 3, RATE_HZ, WG_MOTION_POSITION);
    g_autofree float *b = wg_motion_new(other, n, 3, RATE_HZ, WG_MOTION_POSITION);

    for (int i = 0; i < 3 * n; i++) /* floats of about 1 g, twice integrated over 3 s */
        g_assert_cmpfloat_with_epsilon(a[i], b[i], 2e-4);
}

static void
test_few_samples_stand_still(void)
{
    const float samples[] = {1, 2, 3, 9, 9, 9};
    g_autofree float *none = wg_motion_new(samples, 0, 6, 10, WG_MOTION_POSITION);
    g_autofree float *one = wg_motion_new(samples, 1, 6, 10, WG_MOTION_VELOCITY);
    g_autofree float *same = wg_motion_new(samples, 1, 6, 10, WG_MOTION_ACCELERATION);
    float gravity[3];

    wg_motion_get_gravity(samples, 1, 6, gravity);
    for (int axis = 0; axis < 3; axis++) {
        g_assert_cmpfloat(gravity[axis], ==, samples[axis]);
        g_assert_cmpfloat(one[axis], ==, 0);
        g_assert_cmpfloat(same[axis], ==, samples[axis]);
    }
    wg_motion_get_gravity(samples, 0, 6, gravity);
    g_assert_cmpfloat(gravity[1], ==, 0);
    g_assert_nonnull(none);
}

/* Eleven takes of 12 steps and one of 6, whose x is their number. */
static WgWindows *
make_ladder(void)
{
    const char *const names[] = {"a", NULL};
    WgWindows *windows = wg_windows_alloc(12, 20, 3, names);

    for (int i = 0; i < windows->n; i++) {
        for (int step = 0; step < (i == 11 ? 6 : 12); step++) {
            windows->x[(i * 20 + step) * 3] = (float)(i == 11 ? 0 : i);
            windows->x[(i * 20 + step) * 3 + 2] = 1;
        }
    }
    return windows;
}

static void
test_envelope_by_hand(void)
{
    g_autoptr(WgWindows) windows = make_ladder();
    g_autoptr(WgEnvelope) envelope = wg_envelope_new(windows, WG_MOTION_ACCELERATION);

    g_assert_cmpint(envelope->n_takes, ==, 12);
    g_assert_cmpint(envelope->length, ==, 12);
    g_assert_cmpint(envelope->counts[5], ==, 12);
    g_assert_cmpint(envelope->counts[6], ==, 11);
    /* 0 0 1 .. 10: 55 / 12; a tenth of 11 steps is 1.1, nine of them 9.9 */
    g_assert_cmpfloat_with_epsilon(envelope->mean[5 * 3], 55 / 12.0, 1e-6);
    g_assert_cmpfloat_with_epsilon(envelope->low[5 * 3], 0.1, 1e-6);
    g_assert_cmpfloat_with_epsilon(envelope->high[5 * 3], 8.9, 1e-6);
    g_assert_cmpfloat_with_epsilon(envelope->mean[6 * 3], 5, 1e-6);
    g_assert_cmpfloat_with_epsilon(envelope->low[6 * 3], 1, 1e-6);
    g_assert_cmpfloat_with_epsilon(envelope->high[6 * 3], 9, 1e-6);
    g_assert_cmpfloat_with_epsilon(envelope->high[6 * 3 + 2], 1, 1e-9);
}

static void
test_envelope_ends_where_half_of_the_takes_end(void)
{
    const char *const names[] = {"a", NULL};
    g_autoptr(WgWindows) windows = wg_windows_alloc(3, 20, 3, names);
    g_autoptr(WgWindows) none = wg_windows_alloc(0, 20, 3, names);
    g_autoptr(WgEnvelope) envelope = NULL;
    g_autoptr(WgEnvelope) empty = wg_envelope_new(none, WG_MOTION_VELOCITY);

    for (int i = 0; i < 3; i++) {
        for (int step = 0; step < 5 * (i + 1); step++)
            windows->x[(i * 20 + step) * 3 + 1] = 1;
    }
    envelope = wg_envelope_new(windows, WG_MOTION_VELOCITY);
    g_assert_cmpint(envelope->length, ==, 10);
    g_assert_cmpint(envelope->counts[9], ==, 2);
    g_assert_cmpfloat_with_epsilon(envelope->mean[9 * 3 + 1], 0, 1e-9); /* it rests */
    g_assert_cmpint(empty->length, ==, 0);
}

static void
test_mean_is_within_the_takes(void)
{
    for (int round = 0; round < 20; round++) {
        g_autoptr(GPtrArray) takes = wg_test_takes(2, 2, 1 + round);
        g_autoptr(WgDataset) dataset = wg_dataset_new(takes, NULL, NULL);
        g_autoptr(WgWindows) windows = wg_windows_new(dataset, NULL, 0);
        g_autoptr(WgEnvelope) envelope = wg_envelope_new(windows, (WgMotion)(round % 3));

        g_assert_cmpint(envelope->length, >=, 10);
        for (int i = 0; i < envelope->length * 3; i++) {
            g_assert_cmpfloat(envelope->low[i], <=, envelope->high[i]);
            g_assert_true(isfinite(envelope->mean[i]));
            g_assert_cmpint(2 * envelope->counts[i / 3], >=, envelope->n_takes);
        }
    }
}

int
main(int argc, char *argv[])
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dataset/motion/a-push-and-its-stop-by-hand",
                    test_a_push_and_its_stop_by_hand);
    g_test_add_func("/dataset/motion/a-swing-and-a-ramp-are-their-integrals",
                    test_a_swing_and_a_ramp_are_their_integrals);
    g_test_add_func("/dataset/motion/whatever-constant-gravity-is-taken-away",
                    test_whatever_constant_gravity_is_taken_away);
    g_test_add_func("/dataset/motion/few-samples-stand-still", test_few_samples_stand_still);
    g_test_add_func("/dataset/envelope/by-hand", test_envelope_by_hand);
    g_test_add_func("/dataset/envelope/ends-where-half-of-the-takes-end",
                    test_envelope_ends_where_half_of_the_takes_end);
    g_test_add_func("/dataset/envelope/mean-is-finite-and-band-in-order",
                    test_mean_is_within_the_takes);
    return g_test_run();
}
