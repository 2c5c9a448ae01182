/* The smallest and the largest value of any stretch of a signal, however long, without reading it.
 */
#include "dataset/pyramid.h"

#include <math.h>

#define N_LEVELS 10 /* above the samples: 8^10 of them are more than an int counts */

typedef struct {
    float min, max; /* min above max: no value */
} Extremes;

struct _WgPyramid {
    int n_channels, n;
    GArray *samples;          /* n x n_channels floats */
    GArray *levels[N_LEVELS]; /* of Extremes, blocks x n_channels; whole blocks only */
};

static const Extremes nothing = {INFINITY, -INFINITY};

/* Not a number is neither smaller nor larger than anything. */
static void
take_in(Extremes *into, float min, float max)
{
    if (min < into->min)
        into->min = min;
    if (max > into->max)
        into->max = max;
}

WgPyramid *
wg_pyramid_new(int n_channels)
{
    WgPyramid *self = g_new0(WgPyramid, 1);

    self->n_channels = n_channels;
    self->samples = g_array_new(FALSE, FALSE, sizeof(float));
    for (int level = 0; level < N_LEVELS; level++)
        self->levels[level] = g_array_new(FALSE, FALSE, sizeof(Extremes));
    return self;
}

void
wg_pyramid_free(WgPyramid *self)
{
    g_array_unref(self->samples);
    for (int level = 0; level < N_LEVELS; level++)
        g_array_unref(self->levels[level]);
    g_free(self);
}

void
wg_pyramid_clear(WgPyramid *self)
{
    self->n = 0;
    g_array_set_size(self->samples, 0);
    for (int level = 0; level < N_LEVELS; level++)
        g_array_set_size(self->levels[level], 0);
}

/* Entry `index` of what is below `level`: the samples, or the level under it. */
static Extremes
get_below(const WgPyramid *self, int level, int index, int channel)
{
    const guint at = (guint)index * (guint)self->n_channels + (guint)channel;
    Extremes found = nothing;

    if (level > 0)
        return g_array_index(self->levels[level - 1], Extremes, at);
    take_in(&found, g_array_index(self->samples, float, at),
            g_array_index(self->samples, float, at));
    return found;
}

static void
add_block(WgPyramid *self, int level)
{
    const int n_blocks = (int)self->levels[level]->len / self->n_channels;

    for (int channel = 0; channel < self->n_channels; channel++) {
        Extremes block = nothing;

        for (int i = 0; i < WG_PYRAMID_FACTOR; i++) {
            const Extremes part = get_below(self, level, n_blocks * WG_PYRAMID_FACTOR + i, channel);

            take_in(&block, part.min, part.max);
        }
        g_array_append_val(self->levels[level], block);
    }
}

void
wg_pyramid_append(WgPyramid *self, const float *samples, int n)
{
    g_array_append_vals(self->samples, samples, (guint)n * (guint)self->n_channels);
    self->n += n;
    for (int level = 0, n_below = self->n; level < N_LEVELS; level++) {
        const int n_blocks = n_below / WG_PYRAMID_FACTOR;

        while ((int)self->levels[level]->len < n_blocks * self->n_channels)
            add_block(self, level);
        n_below = n_blocks;
    }
}

int
wg_pyramid_get_n_channels(const WgPyramid *self)
{
    return self->n_channels;
}

int
wg_pyramid_get_n(const WgPyramid *self)
{
    return self->n;
}

const float *
wg_pyramid_get_sample(const WgPyramid *self, int i)
{
    return &g_array_index(self->samples, float, (guint)i *(guint)self->n_channels);
}

gboolean
wg_pyramid_get(const WgPyramid *self, int channel, int first, int n, float *min, float *max)
{
    int begin = MAX(first, 0), end = (int)MIN((gint64)first + n, (gint64)self->n);
    Extremes found = nothing;

    /* up the levels: at each, what does not fill a block of the next at either side */
    for (int level = 0; begin < end; level++) {
        for (; begin < end && (begin % WG_PYRAMID_FACTOR != 0 || level == N_LEVELS); begin++) {
            const Extremes part = get_below(self, level, begin, channel);

            take_in(&found, part.min, part.max);
        }
        for (; begin < end && end % WG_PYRAMID_FACTOR != 0; end--) {
            const Extremes part = get_below(self, level, end - 1, channel);

            take_in(&found, part.min, part.max);
        }
        begin /= WG_PYRAMID_FACTOR;
        end /= WG_PYRAMID_FACTOR;
    }
    *min = found.min;
    *max = found.max;
    return found.min <= found.max;
}

void
wg_pyramid_get_columns(const WgPyramid *self, int channel, double first, double per_column,
                       int n_columns, float *min, float *max)
{
    for (int k = 0; k < n_columns; k++) {
        const double begin = CLAMP(ceil(first + k * per_column), 0, self->n);
        const double end = CLAMP(ceil(first + (k + 1) * per_column), 0, self->n);

        if (!wg_pyramid_get(self, channel, (int)begin, (int)(end - begin), &min[k], &max[k]))
            min[k] = max[k] = NAN;
    }
}
