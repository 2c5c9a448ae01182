/* Kernels over rows of channels: their sums, their statistics, and each channel scaled. */
#include "train/kernel-vector.h"

/* Rows that are summed apart, so that one sum need not wait for the last. */
#define APART 4

/* All over one vector of channels at a time, whose factors stay in registers. Sums have room for
 * whole vectors; rows are written in rising order, the last channels of a row before its first, so
 * that what a vector writes beyond the channels is overwritten. */

static ALWAYS_INLINE Vector
add_up(const Vector *parts)
{
    return (parts[0] + parts[1]) + (parts[2] + parts[3]);
}

void
KERNEL(sum_rows)(const float *x, int n_rows, int channels, float *sums)
{
    for (int c = 0; c < channels; c += WIDTH) {
        Vector parts[APART] = {{0}};
        int r = 0;

        for (; r + APART <= n_rows; r += APART) {
            for (int i = 0; i < APART; i++)
                parts[i] += load(x + (r + i) * channels + c);
        }
        for (; r < n_rows; r++)
            parts[0] += load(x + r * channels + c);
        store(sums + c, add_up(parts));
    }
}

void
KERNEL(measure)(const float *x, int n_rows, int channels, float *mean, float *variance)
{
    KERNEL(sum_rows)(x, n_rows, channels, mean);
    for (int c = 0; c < channels; c += WIDTH) {
        const Vector middle = load(mean + c) / (float)n_rows;
        Vector parts[APART] = {{0}};
        int r = 0;

        for (; r + APART <= n_rows; r += APART) {
            for (int i = 0; i < APART; i++) {
                const Vector off = load(x + (r + i) * channels + c) - middle;

                parts[i] += off * off;
            }
        }
        for (; r < n_rows; r++) {
            const Vector off = load(x + r * channels + c) - middle;

            parts[0] += off * off;
        }
        store(mean + c, middle);
        store(variance + c, add_up(parts) / (float)n_rows);
    }
}

/* Of one row, the last channels first. */
static ALWAYS_INLINE void
scale_row(const float *x, int channels, const float *factor, const float *offset,
          gboolean is_rectified, float *y)
{
    for (int c = (channels - 1) / WIDTH * WIDTH; c >= 0; c -= WIDTH) {
        const Vector value = load(factor + c) * load(x + c) + load(offset + c);

        store(y + c, is_rectified ? rectify(value) : value);
    }
}

void
KERNEL(scale_rows)(const float *x, int n_rows, int channels, const float *factor,
                   const float *offset, gboolean is_rectified, float *y)
{
    if (is_rectified) {
        for (int r = 0; r < n_rows; r++)
            scale_row(x + r * channels, channels, factor, offset, TRUE, y + r * channels);
    } else {
        for (int r = 0; r < n_rows; r++)
            scale_row(x + r * channels, channels, factor, offset, FALSE, y + r * channels);
    }
}

static ALWAYS_INLINE Vector
pass_gradient(const float *y, const float *dy)
{
    return y ? choose(load(y) > 0, load(dy), (Vector){0}) : load(dy);
}

static ALWAYS_INLINE void
sum_gradients(const float *x, const float *y, const float *dy, int n_rows, int channels,
              const float *mean, float *sum, float *sum_h)
{
    for (int c = 0; c < channels; c += WIDTH) {
        const Vector middle = load(mean + c);
        Vector parts[APART] = {{0}}, parts_h[APART] = {{0}};

        for (int r = 0; r < n_rows; r += APART) {
            for (int i = 0; i < APART && r + i < n_rows; i++) {
                const int at = (r + i) * channels + c;
                const Vector m = pass_gradient(y ? y + at : NULL, dy + at);

                parts[i] += m;
                parts_h[i] += m * (load(x + at) - middle);
            }
        }
        store(sum + c, add_up(parts));
        store(sum_h + c, add_up(parts_h));
    }
}

void
KERNEL(sum_gradients)(const float *x, const float *y, const float *dy, int n_rows, int channels,
                      const float *mean, float *sum, float *sum_h)
{
    if (y)
        sum_gradients(x, y, dy, n_rows, channels, mean, sum, sum_h);
    else
        sum_gradients(x, NULL, dy, n_rows, channels, mean, sum, sum_h);
}

static ALWAYS_INLINE void
mix_gradients(const float *x, const float *y, const float *dy, int n_rows, int channels,
              const float *by_dy, const float *by_x, const float *offset, float *dx)
{
    for (int r = 0; r < n_rows; r++) {
        for (int c = (channels - 1) / WIDTH * WIDTH; c >= 0; c -= WIDTH) {
            const int at = r * channels + c;
            const Vector m = pass_gradient(y ? y + at : NULL, dy + at);

            store(dx + at,
                  load(by_dy + c) * m + (load(by_x + c) * load(x + at) + load(offset + c)));
        }
    }
}

void
KERNEL(mix_gradients)(const float *x, const float *y, const float *dy, int n_rows, int channels,
                      const float *by_dy, const float *by_x, const float *offset, float *dx)
{
    if (y)
        mix_gradients(x, y, dy, n_rows, channels, by_dy, by_x, offset, dx);
    else
        mix_gradients(x, NULL, dy, n_rows, channels, by_dy, by_x, offset, dx);
}
