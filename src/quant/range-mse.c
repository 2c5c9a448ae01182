/* Ranges whose steps lose the least of the values: the smallest mean squared error. */
#include "quant/range.h"

extern const WgRangeMethod wg_range_method_mse;

#define N_ENDS 128 /* ends tried: so many parts of the largest (smallest) value */
#define N_ROUNDS 4 /* of the one end after the other; a second one seldom moves anything */

/* The bins that hold anything. */
typedef struct {
    int n;
    double means[WG_HISTOGRAM_BINS], counts[WG_HISTOGRAM_BINS];
} Values;

/* sum over values x of (x - Q(x))^2, Q(x) = scale (clamp(round(x / scale) + z) - z); each bin
 * stands for its values by their mean */
static double
measure(const Values *values, WgRange range)
{
    const WgScale scale = wg_scale_choose(range.min, range.max);
    double sum = 0;

    for (int i = 0; i < values->n; i++) {
        gboolean is_saturated;
        const int step = wg_range_quantize(values->means[i], scale, &is_saturated);
        const double lost = values->means[i] - (double)scale.scale * (step - scale.zero_point);

        sum += values->counts[i] * lost * lost;
    }
    return sum;
}

/* The best end, all ends being parts of `whole`; of equals the widest. `least` is the error of the
 * range as it is, and gets that of the best. */
static gboolean
improve(const Values *values, WgRange *range, float *end, float whole, double *least)
{
    const float before = *end;
    float best = before;

    for (int k = N_ENDS; whole != 0 && k > 0; k--) {
        double error;

        *end = whole * (float)k / N_ENDS;
        error = measure(values, *range);
        if (error < *least) {
            *least = error;
            best = *end;
        }
    }
    *end = best;
    return best != before;
}

/* Grid search of the range that minimises the squared error of quantization (Nagel et al. 2021, "A
 * White Paper on Neural Network Quantization", arXiv:2106.08295, section 3.1), one end after the
 * other. */
static WgRange
choose(const WgHistogram *histogram, double percentile)
{
    const WgRange whole = {MIN(histogram->range.min, 0), MAX(histogram->range.max, 0)};
    g_autofree Values *values = g_new0(Values, 1);
    WgRange range = whole;
    double least;

    for (int bin = 0; bin < WG_HISTOGRAM_BINS; bin++) {
        if (histogram->counts[bin] == 0)
            continue;
        values->counts[values->n] = (double)histogram->counts[bin];
        values->means[values->n++] = histogram->sums[bin] / (double)histogram->counts[bin];
    }
    least = measure(values, range);
    for (int i = 0; i < N_ROUNDS; i++) {
        const gboolean is_max_better = improve(values, &range, &range.max, whole.max, &least);

        if (!improve(values, &range, &range.min, whole.min, &least) && !is_max_better)
            break;
    }
    return range;
}

const WgRangeMethod wg_range_method_mse = {
    "mse", "with the smallest mean squared error of the values", choose};
