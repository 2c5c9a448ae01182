/* A gesture model as C: plain C11, int8, nothing allocated. Equal bit for bit to TensorFlow Lite
   Micro 2.4.0's reference kernels. Written by Waggle. SPDX-License-Identifier: 0BSD

   What every compiler for such chips does, and this code relies on: int has 32 bits at least, a
   negative number is shifted to the right with its sign, and one that is too large for a signed
   type keeps its low bits. */
#include "waggle_model.h"

@if HAS_FLOAT_QUANTIZE
#include <math.h>
@end
#include <string.h>

/* The work memory: what goes into an operation lies at one end, what comes out at the other. */
static union {
    int32_t alignment;
    int8_t bytes[WAGGLE_MEMORY_BYTES];
} memory;

@if HAS_MULTIPLIER
/* a b / 2^31, rounded; not for both the least number of all */
static inline int32_t
high_multiply(int32_t a, int32_t b)
{
    return (int32_t)(((int64_t)a * b + (1 << 30)) >> 31);
}

/* x / 2^exponent, rounded to nearest, half away from zero */
static inline int32_t
divide_by_power(int32_t x, int exponent)
{
    const int32_t mask = (int32_t)((1u << exponent) - 1);
    const int32_t threshold = (mask >> 1) + (x < 0);

    return (x >> exponent) + ((x & mask) > threshold);
}

@end
@if HAS_SCALE
/* x mantissa 2^(shift - 31), rounded twice, and the zero point of what comes out */
static inline int8_t
requantize(uint32_t x, int32_t mantissa, int shift, int zero, int low, int high)
{
    const int32_t product = high_multiply((int32_t)(x << (shift > 0 ? shift : 0)), mantissa);
    const int32_t y = (int32_t)((uint32_t)divide_by_power(product, shift > 0 ? 0 : -shift) +
                                (uint32_t)zero);

    return (int8_t)(y < low ? low : y > high ? high : y);
}

@end
@if HAS_WINDOW
/* Windows over images: `pad` rows and columns lie before the image. */
typedef struct {
    int n_images, in_height, in_width, in_channels, out_height, out_width, out_channels;
    int height, width, stride_y, stride_x, dilation_y, dilation_x, pad_y, pad_x;
} shape;

/* The image under output place i, and where its window begins. */
static inline const int8_t *
find_place(const shape *s, const int8_t *in, int i, int *y, int *x)
{
    const int row = i / s->out_width;

    *y = row % s->out_height * s->stride_y - s->pad_y;
    *x = i % s->out_width * s->stride_x - s->pad_x;
    return in + row / s->out_height * (s->in_height * s->in_width * s->in_channels);
}

@end
@if HAS_CONV
typedef struct {
    shape shape;
    int n_taps;          /* of an output */
    int n_weights;       /* the same, filled up with zeros to a multiple of 4 */
    int is_contiguous;   /* a window inside the image is one stretch of memory */
    int has_multipliers; /* one for each output, not one for all */
    int in_zero, weight_zero, out_zero, low, high;
    const int8_t *weights;
    const int32_t *biases, *mantissas; /* biases: less what in_zero adds to the sums */
    const int8_t *shifts;
} conv_layer;

#if defined(__ARM_FEATURE_DSP) && !defined(__aarch64__)

static inline uint32_t
load_four(const int8_t *values)
{
    uint32_t word;

    memcpy(&word, values, sizeof word);
    return word;
}

/* bytes 0 and 2, and 1 and 3, each as two numbers of 16 bits */
static inline uint32_t
take_even(uint32_t word)
{
    uint32_t pair;

    __asm__("sxtb16 %0, %1" : "=r"(pair) : "r"(word));
    return pair;
}

static inline uint32_t
take_odd(uint32_t word)
{
    uint32_t pair;

    __asm__("sxtb16 %0, %1, ror #8" : "=r"(pair) : "r"(word));
    return pair;
}

/* sum + both products */
static inline uint32_t
add_products(uint32_t a, uint32_t b, uint32_t sum)
{
    uint32_t result;

    __asm__("smlad %0, %1, %2, %3" : "=r"(result) : "r"(a), "r"(b), "r"(sum));
    return result;
}

/* sums += weights x, of two outputs (`n` weights each, one after the other) at two places each */
static inline void
add_two_by_two(const int8_t *weights, const int8_t *x0, const int8_t *x1, int n, uint32_t *sums)
{
    const int8_t *const end = weights + n;
    uint32_t s0 = sums[0], s1 = sums[1], s2 = sums[2], s3 = sums[3];

    for (; weights < end; weights += 4, x0 += 4, x1 += 4) {
        const uint32_t w = load_four(weights), v = load_four(weights + n);
        const uint32_t a = load_four(x0), b = load_four(x1);

        s0 = add_products(take_even(w), take_even(a), s0);
        s1 = add_products(take_even(w), take_even(b), s1);
        s2 = add_products(take_even(v), take_even(a), s2);
        s3 = add_products(take_even(v), take_even(b), s3);
        s0 = add_products(take_odd(w), take_odd(a), s0);
        s1 = add_products(take_odd(w), take_odd(b), s1);
        s2 = add_products(take_odd(v), take_odd(a), s2);
        s3 = add_products(take_odd(v), take_odd(b), s3);
    }
    sums[0] = s0;
    sums[1] = s1;
    sums[2] = s2;
    sums[3] = s3;
}

/* the same of two outputs at the first place alone */
static inline void
add_two(const int8_t *weights, const int8_t *x, int n, uint32_t *sums)
{
    const int8_t *const end = weights + n;
    uint32_t s0 = sums[0], s2 = sums[2];

    for (; weights < end; weights += 4, x += 4) {
        const uint32_t w = load_four(weights), v = load_four(weights + n), a = load_four(x);

        s0 = add_products(take_even(w), take_even(a), s0);
        s2 = add_products(take_even(v), take_even(a), s2);
        s0 = add_products(take_odd(w), take_odd(a), s0);
        s2 = add_products(take_odd(v), take_odd(a), s2);
    }
    sums[0] = s0;
    sums[2] = s2;
}

#else

/* sums += weights x, of two outputs (`n` weights each, one after the other) at two places each */
static inline void
add_two_by_two(const int8_t *weights, const int8_t *x0, const int8_t *x1, int n, uint32_t *sums)
{
    int32_t s0 = 0, s1 = 0, s2 = 0, s3 = 0;

    for (int i = 0; i < n; i++) {
        s0 += weights[i] * x0[i];
        s1 += weights[i] * x1[i];
        s2 += weights[n + i] * x0[i];
        s3 += weights[n + i] * x1[i];
    }
    sums[0] += (uint32_t)s0;
    sums[1] += (uint32_t)s1;
    sums[2] += (uint32_t)s2;
    sums[3] += (uint32_t)s3;
}

/* the same of two outputs at the first place alone */
static inline void
add_two(const int8_t *weights, const int8_t *x, int n, uint32_t *sums)
{
    int32_t s0 = 0, s2 = 0;

    for (int i = 0; i < n; i++) {
        s0 += weights[i] * x[i];
        s2 += weights[n + i] * x[i];
    }
    sums[0] += (uint32_t)s0;
    sums[2] += (uint32_t)s2;
}

#endif

/* The window of output place i: in the image where it is one stretch of it, else copied to one of
   two `columns`, with the zero point where it is outside. */
static const int8_t *
find_window(const conv_layer *l, const int8_t *in, int i, int8_t *columns)
{
    const shape *s = &l->shape;
    int8_t *column, *to;
    int y0, x0;

    in = find_place(s, in, i, &y0, &x0);
    if (l->is_contiguous && y0 >= 0 && y0 + s->height <= s->in_height && x0 >= 0 &&
        x0 + s->width <= s->in_width)
        return in + (y0 * s->in_width + x0) * s->in_channels;
    to = column = columns + (i & 1) * l->n_weights;
    for (int row = 0; row < s->height; row++) {
        const int y = y0 + row * s->dilation_y;

        for (int tap = 0; tap < s->width; tap++, to += s->in_channels) {
            const int x = x0 + tap * s->dilation_x;

            if (y < 0 || y >= s->in_height || x < 0 || x >= s->in_width)
                memset(to, l->in_zero, (size_t)s->in_channels);
            else
                memcpy(to, in + (y * s->in_width + x) * s->in_channels, (size_t)s->in_channels);
        }
    }
    return column;
}

@if HAS_WEIGHT_ZERO
/* weight_zero sum (x - in_zero), which the sums are too large by */
static uint32_t
find_excess(const conv_layer *l, const int8_t *x)
{
    uint32_t sum = 0;

    for (int i = 0; i < l->n_taps; i++)
        sum += (uint32_t)(x[i] - l->in_zero);
    return sum * (uint32_t)l->weight_zero;
}

@end
/* One output at one or two places: `out`, and `n_outputs` behind it. */
static void
finish(const conv_layer *l, int output, const uint32_t *sums, int n_places, int8_t *out)
{
    const int m = l->has_multipliers ? output : 0, shift = l->shifts[m];
    const int32_t mantissa = l->mantissas[m];
    const int zero = l->out_zero, low = l->low, high = l->high;

    out[0] = requantize(sums[0], mantissa, shift, zero, low, high);
    if (n_places > 1)
        out[l->shape.out_channels] = requantize(sums[1], mantissa, shift, zero, low, high);
}

/* Convolution, and dense layers as one of a single place: two places and two outputs at a time, so
   that each value that is read is used twice. */
static void
conv(const conv_layer *l, const int8_t *in, int8_t *out, int8_t *columns)
{
    const shape *s = &l->shape;
    const int n_places = s->n_images * s->out_height * s->out_width, n = s->out_channels;

    for (int i = 0; i < n_places; i += 2, out += 2 * n) {
        const int n_here = i + 1 < n_places ? 2 : 1;
        const int8_t *x0 = find_window(l, in, i, columns);
        const int8_t *x1 = n_here == 2 ? find_window(l, in, i + 1, columns) : x0;
@if HAS_WEIGHT_ZERO
        const uint32_t excess0 = l->weight_zero ? find_excess(l, x0) : 0;
        const uint32_t excess1 = l->weight_zero ? find_excess(l, x1) : 0;
@end
        const int8_t *weights = l->weights;

        for (int c = 0; c < n; c += 2, weights += 2 * l->n_weights) {
            const int has_second = c + 1 < n; /* behind the last there are weights of 0 */
            const uint32_t b0 = (uint32_t)l->biases[c];
            const uint32_t b1 = has_second ? (uint32_t)l->biases[c + 1] : 0;
@if HAS_WEIGHT_ZERO
            uint32_t sums[4] = {b0 - excess0, b0 - excess1, b1 - excess0, b1 - excess1};
@else
            uint32_t sums[4] = {b0, b0, b1, b1};
@end

            if (n_here == 2)
                add_two_by_two(weights, x0, x1, l->n_weights, sums);
            else
                add_two(weights, x0, l->n_weights, sums);
            finish(l, c, sums, n_here, out + c);
            if (has_second)
                finish(l, c + 1, sums + 2, n_here, out + c + 1);
        }
    }
}

@end
@if HAS_DEPTHWISE
typedef struct {
    shape shape;
    int n_each; /* outputs of an input channel */
    int in_zero, out_zero;
    const int8_t *weights; /* taps x outputs */
    const int32_t *biases, *mantissas;
    const int8_t *shifts;
} depthwise_layer;

static uint32_t
sum_taps(const depthwise_layer *l, const int8_t *in, int y0, int x0, int output)
{
    const shape *s = &l->shape;
    const int8_t *weight = l->weights + output, *channel = in + output / l->n_each;
    uint32_t sum = (uint32_t)l->biases[output];

    for (int row = 0; row < s->height; row++) {
        const int y = y0 + row * s->dilation_y;

        for (int tap = 0; tap < s->width; tap++, weight += s->out_channels) {
            const int x = x0 + tap * s->dilation_x;

            if (y >= 0 && y < s->in_height && x >= 0 && x < s->in_width)
                sum += (uint32_t)(*weight *
                                  (channel[(y * s->in_width + x) * s->in_channels] - l->in_zero));
        }
    }
    return sum;
}

static void
depthwise(const depthwise_layer *l, const int8_t *in, int8_t *out)
{
    const shape *s = &l->shape;

    for (int i = 0; i < s->n_images * s->out_height * s->out_width; i++) {
        int y, x;
        const int8_t *image = find_place(s, in, i, &y, &x);

        for (int c = 0; c < s->out_channels; c++)
            *out++ = requantize(sum_taps(l, image, y, x, c), l->mantissas[c], l->shifts[c],
                                l->out_zero, -128, 127);
    }
}

@end
@if HAS_POOL
typedef struct {
    shape shape;
    int low, high;
} pool_layer;

/* The part of the window at y, x that lies inside the image. */
static inline void
cut_window(const shape *s, int y, int x, int rows[2], int columns[2])
{
    rows[0] = y > 0 ? y : 0;
    rows[1] = y + s->height < s->in_height ? y + s->height : s->in_height;
    columns[0] = x > 0 ? x : 0;
    columns[1] = x + s->width < s->in_width ? x + s->width : s->in_width;
}

@end
@if HAS_MAX_POOL
static void
max_pool(const pool_layer *l, const int8_t *in, int8_t *out)
{
    const shape *s = &l->shape;
    const int n = s->in_channels;

    for (int i = 0; i < s->n_images * s->out_height * s->out_width; i++, out += n) {
        int y0, x0, rows[2], columns[2];
        const int8_t *image = find_place(s, in, i, &y0, &x0);

        cut_window(s, y0, x0, rows, columns);
        memset(out, -128, (size_t)n);
        for (int y = rows[0]; y < rows[1]; y++) {
            const int8_t *x = image + (y * s->in_width + columns[0]) * n;

            for (int tap = columns[0]; tap < columns[1]; tap++, x += n) {
                for (int c = 0; c < n; c++)
                    out[c] = x[c] > out[c] ? x[c] : out[c];
            }
        }
        for (int c = 0; c < n; c++)
            out[c] = (int8_t)(out[c] < l->low ? l->low : out[c] > l->high ? l->high : out[c]);
    }
}

@end
@if HAS_AVERAGE_POOL
static void
average_pool(const pool_layer *l, const int8_t *in, int8_t *out)
{
    const shape *s = &l->shape;

    for (int i = 0; i < s->n_images * s->out_height * s->out_width; i++) {
        int y0, x0, rows[2], columns[2], n;
        const int8_t *image = find_place(s, in, i, &y0, &x0);

        cut_window(s, y0, x0, rows, columns);
        n = rows[1] > rows[0] && columns[1] > columns[0]
                ? (rows[1] - rows[0]) * (columns[1] - columns[0])
                : 0;
        for (int c = 0; c < s->in_channels; c++) {
            int32_t sum = 0;

            for (int y = rows[0]; y < rows[1]; y++) {
                for (int x = columns[0]; x < columns[1]; x++)
                    sum += image[(y * s->in_width + x) * s->in_channels + c];
            }
            if (n == 0) {
                *out++ = 0;
                continue;
            }
            sum = sum > 0 ? (sum + n / 2) / n : (sum - n / 2) / n;
            *out++ = (int8_t)(sum < l->low ? l->low : sum > l->high ? l->high : sum);
        }
    }
}

@end
@if HAS_SOFTMAX
/* x 2^exponent, saturating */
static int32_t
multiply_by_power(int32_t x, int exponent)
{
    const int32_t threshold = (int32_t)((1u << (31 - exponent)) - 1);

    if (x > threshold)
        return INT32_MAX;
    if (x < -threshold)
        return INT32_MIN;
    return (int32_t)((uint32_t)x << exponent);
}

/* exp(a) for a <= 0 in Q5.26, the result in Q0.31 (gemmlowp, fixedpoint.h) */
static int32_t
exp_of_negative(int32_t a)
{
    /* exp(-2^k) for k = -2 .. 4 */
    static const int32_t factors[] = {1672461947, 1302514674, 790015084, 290630308,
                                      39332535,   720401,     242};
    const int32_t quarter = 1 << 24;
    const int32_t modulo = (a & (quarter - 1)) - quarter;
    const int32_t rest_of_a = (int32_t)((uint32_t)modulo - (uint32_t)a);
    /* a Taylor series around -1/8 */
    const int32_t x = multiply_by_power(modulo, 5) + (1 << 28);
    const int32_t x2 = high_multiply(x, x);
    const int32_t x3 = high_multiply(x2, x);
    const int32_t x4_over_4 = divide_by_power(high_multiply(x2, x2), 2);
    const int32_t rest = divide_by_power(high_multiply(x4_over_4 + x3, 715827883) + x2, 1);
    int32_t result = 1895147668 + high_multiply(1895147668, x + rest);

    for (int k = 0; k < 7; k++) {
        if ((uint32_t)rest_of_a & (1u << (24 + k)))
            result = high_multiply(result, factors[k]);
    }
    return a == 0 ? INT32_MAX : result;
}

/* 1 / (1 + a) for 0 <= a < 1, both Q0.31: three steps of Newton and Raphson in Q2.29 */
static int32_t
one_over_one_plus(int32_t a)
{
    const int64_t sum = (int64_t)a + INT32_MAX;
    const int32_t half = (int32_t)((sum + (sum >= 0 ? 1 : -1)) / 2);
    int32_t x = 1515870810 + high_multiply(half, -1010580540);

    for (int i = 0; i < 3; i++) {
        const int32_t one_minus = (1 << 29) - high_multiply(half, x);

        x += multiply_by_power(high_multiply(x, one_minus), 2);
    }
    return multiply_by_power(x, 1);
}

typedef struct {
    int n_rows, n;
    int32_t mantissa;
    int shift, difference_min;
} softmax_layer;

static int32_t
exp_of_difference(const softmax_layer *l, int difference)
{
    return exp_of_negative(
        high_multiply((int32_t)((uint32_t)difference << l->shift), l->mantissa));
}

static void
softmax_row(const softmax_layer *l, const int8_t *x, int8_t *y)
{
    int largest = -128, n_free = 0;
    int32_t sum = 0, scale;

    for (int i = 0; i < l->n; i++)
        largest = x[i] > largest ? x[i] : largest;
    for (int i = 0; i < l->n; i++) {
        if (x[i] - largest >= l->difference_min)
            sum += divide_by_power(exp_of_difference(l, x[i] - largest), 12);
    }
    while (n_free < 32 && !((uint32_t)sum & (0x80000000u >> n_free)))
        n_free++;
    scale = n_free < 32 ? one_over_one_plus((int32_t)(((uint32_t)sum << n_free) - 0x80000000u))
                        : INT32_MAX;
    for (int i = 0; i < l->n; i++) {
        const int exponent = 12 - n_free + 31 - 8;
        int32_t share = -128;

        if (x[i] - largest >= l->difference_min)
            share = divide_by_power(high_multiply(scale, exp_of_difference(l, x[i] - largest)),
                                    exponent < 0 ? 0 : exponent > 31 ? 31 : exponent) -
                    128;
        y[i] = (int8_t)(share < -128 ? -128 : share > 127 ? 127 : share);
    }
}

static void
softmax(const softmax_layer *l, const int8_t *in, int8_t *out)
{
    for (int i = 0; i < l->n_rows; i++)
        softmax_row(l, in + i * l->n, out + i * l->n);
}

@end
@if HAS_FLOAT_QUANTIZE
static void
quantize(int n, float scale, int zero, const int8_t *in, int8_t *out)
{
    for (int i = 0; i < n; i++) {
        float x;

        memcpy(&x, in + (size_t)i * sizeof x, sizeof x);
        x = roundf(x / scale);
        x = !(x > -1000000.0f) ? (x != x ? 0.0f : -1000000.0f) : x > 1000000.0f ? 1000000.0f : x;
        out[i] = (int8_t)((int)x + zero < -128 ? -128 : (int)x + zero > 127 ? 127 : (int)x + zero);
    }
}

@end
@if HAS_REQUANTIZE
static void
change_scale(int n, int32_t mantissa, int shift, int in_zero, int out_zero, const int8_t *in,
             int8_t *out)
{
    for (int i = 0; i < n; i++)
        out[i] = requantize((uint32_t)(in[i] - in_zero), mantissa, shift, out_zero, -128, 127);
}

@end
@if HAS_DEQUANTIZE
static void
dequantize(int n, double scale, int zero, const int8_t *in, int8_t *out)
{
    for (int i = 0; i < n; i++) {
        const float y = (float)(scale * (in[i] - zero));

        memcpy(out + (size_t)i * sizeof y, &y, sizeof y);
    }
}

@end
@TABLES@
const char *const waggle_names[WAGGLE_N_OUTPUTS] = {
@NAMES@
};

@if INT8_OUTPUT
/* the least output that is an answer: 256 times the probability, less 128 */
static const int16_t thresholds[WAGGLE_N_OUTPUTS] = {@THRESHOLDS@};
@else
static const float thresholds[WAGGLE_N_OUTPUTS] = {@THRESHOLDS@};
@end

void
waggle_run(const waggle_input *window, waggle_output *outputs)
{
    memcpy(memory.bytes + @INPUT_AT@, window, WAGGLE_N_INPUTS * sizeof *window);
@CALLS@
    memcpy(outputs, memory.bytes + @OUTPUT_AT@, WAGGLE_N_OUTPUTS * sizeof *outputs);
}

int
waggle_decide(const waggle_output *outputs)
{
    int best = 0;

    for (int i = 1; i < WAGGLE_N_OUTPUTS; i++) {
        if (outputs[i] > outputs[best])
            best = i;
    }
    return best == WAGGLE_OTHER || outputs[best] < thresholds[best] ? -1 : best;
}
