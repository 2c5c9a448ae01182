/* Mild changes to a window that a gesture might as well have had: never its label. */
#include "train/augment.h"

#include "train/kernel.h"

#include <math.h>
#include <string.h>

#define AXES 3
#define AT_ONCE 64       /* samples whose times are worked out side by side */
#define FEWEST_SAMPLES 4 /* what a shift and a stretch leave of a gesture at least */

gboolean
wg_augment_is_wanted(const WgTrainOptions *options)
{
    return options->shift > 0 || options->scale > 0 || options->rotation > 0 ||
           options->stretch > 0 || options->tail > 0;
}

void
wg_augment_leave_memory(float *x, int n_samples, int length, int channels, float range_g,
                        WgRandom *random)
{
    const float share = 2 * wg_random_unit(random); /* from 1 on all of them */

    for (int i = n_samples * channels; i < length * channels; i++) {
        const guint64 bits = wg_random_next(random);
        const gboolean is_set = (float)(bits >> 40) < share * (1 << 24);

        x[i] = is_set ? (float)(gint8)(bits & 0xff) * range_g / 128 : 0;
    }
}

static float
draw(WgRandom *random, float limit)
{
    return limit * (2 * wg_random_unit(random) - 1);
}

/* Where output t is read: samples before[t] and the one after it, the share of the latter. */
WG_WIDE static void
find_times(int n, int n_out, float stretch, int shift, int *restrict before, float *restrict share)
{
    for (int t = 0; t < n_out; t++) {
        const float from = CLAMP((float)(t - shift) / stretch, 0, (float)(n - 1));

        before[t] = (int)from;
        share[t] = from - (float)before[t];
    }
}

/* out[t] = x at time (t - shift) / stretch, interpolated; the first sample stands for all before
 * it. Gives how many samples it has then. */
static int
warp(const float *x, int n, int length, int channels, float stretch, int shift, float *out)
{
    const int n_out =
        CLAMP((int)lrintf((float)n * stretch) + shift, MIN(FEWEST_SAMPLES, n), length);
    int before[AT_ONCE];
    float share[AT_ONCE];

    for (int start = 0; start < n_out; start += AT_ONCE) {
        const int n_times = MIN(AT_ONCE, n_out - start);

        find_times(n, n_times, stretch, shift - start, before, share);
        for (int i = 0; i < n_times; i++) {
            const float *a = x + before[i] * channels;
            const float *b = x + MIN(before[i] + 1, n - 1) * channels;
            float *to = out + (start + i) * channels;

            for (int c = 0; c < channels; c++)
                to[c] = (1 - share[i]) * a[c] + share[i] * b[c];
        }
    }
    memset(out + n_out * channels, 0, sizeof(float) * (gsize)((length - n_out) * channels));
    return n_out;
}

/* A rotation by `angle` about a random axis u times a scale: R = cos I + sin [u]x + (1 - cos) u u'
 * (Rodrigues). */
static void
draw_turn(WgRandom *random, float angle, float scale, float turn[AXES][AXES])
{
    const float z = draw(random, 1), around = draw(random, (float)G_PI);
    const float u[AXES] = {sqrtf(1 - z * z) * cosf(around), sqrtf(1 - z * z) * sinf(around), z};
    const float cosine = cosf(angle), sine = sinf(angle);

    for (int i = 0; i < AXES; i++) {
        const int j = (i + 1) % AXES, k = (i + 2) % AXES;

        turn[i][i] = scale * (cosine + (1 - cosine) * u[i] * u[i]);
        turn[i][j] = scale * ((1 - cosine) * u[i] * u[j] - sine * u[k]);
        turn[j][i] = scale * ((1 - cosine) * u[i] * u[j] + sine * u[k]);
    }
}

WG_WIDE static void
apply_turn(float turn[AXES][AXES], int n, float *v)
{
    const float a = turn[0][0], b = turn[0][1], c = turn[0][2];
    const float d = turn[1][0], e = turn[1][1], f = turn[1][2];
    const float g = turn[2][0], h = turn[2][1], i = turn[2][2];

    for (int t = 0; t < n; t++) {
        const float x = v[t * AXES], y = v[t * AXES + 1], z = v[t * AXES + 2];

        v[t * AXES] = a * x + b * y + c * z;
        v[t * AXES + 1] = d * x + e * y + f * z;
        v[t * AXES + 2] = g * x + h * y + i * z;
    }
}

WG_WIDE static void
clip(float *v, int n, float range_g)
{
    for (int i = 0; i < n; i++)
        v[i] = CLAMP(v[i], -range_g, range_g * 127 / 128);
}

void
wg_augment(const WgTrainOptions *options, const float *x, int length, int channels,
           WgRandom *random, float *out)
{
    const int n = wg_window_count_samples(x, length, channels);
    /* all amounts are drawn whatever the options, so that one option does not move another's */
    const int shift =
        (int)wg_random_below(random, 2 * (guint32)options->shift + 1) - options->shift;
    const float stretch = 1 + draw(random, options->stretch);
    const float scale = 1 + draw(random, options->scale);
    const float angle = draw(random, options->rotation);
    const float range_g = options->range_g > 0 ? options->range_g : 128.0f / WG_UNITS_PER_G;
    float turn[AXES][AXES];
    int n_out;

    draw_turn(random, angle, scale, turn);
    if (n == 0) {
        memset(out, 0, sizeof(float) * (gsize)length * (gsize)channels);
        return;
    }
    n_out = warp(x, n, length, channels, stretch, shift, out);
    if (channels % AXES != 0) {
        for (int i = 0; i < length * channels; i++)
            out[i] *= scale;
    } else {
        apply_turn(turn, length * channels / AXES, out);
        if (channels == AXES)
            clip(out, length * channels, range_g);
    }
    /* last, so that without it nothing else is drawn otherwise */
    if (options->tail > 0 && wg_random_unit(random) < options->tail)
        wg_augment_leave_memory(out, n_out, length, channels, range_g, random);
}
