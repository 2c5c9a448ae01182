/* Ranges that leave out the rarest values: a finer step for all others. */
#include "quant/range.h"

extern const WgRangeMethod wg_range_method_percentile;

/* The end of the bin that holds the value of that rank from below, from 1. */
static float
find_upper(const WgHistogram *values, gint64 rank)
{
    const double width =
        ((double)values->range.max - (double)values->range.min) / WG_HISTOGRAM_BINS;
    gint64 n = 0;
    int bin = 0;

    while (bin < WG_HISTOGRAM_BINS - 1 && (n += values->counts[bin]) < rank)
        bin++;
    return bin == WG_HISTOGRAM_BINS - 1 ? values->range.max
                                        : (float)((double)values->range.min + width * (bin + 1));
}

/* The start of the bin that holds the value of that rank from above, from 1. */
static float
find_lower(const WgHistogram *values, gint64 rank)
{
    const double width =
        ((double)values->range.max - (double)values->range.min) / WG_HISTOGRAM_BINS;
    gint64 n = 0;
    int bin = WG_HISTOGRAM_BINS - 1;

    while (bin > 0 && (n += values->counts[bin]) < rank)
        bin--;
    return (float)((double)values->range.min + width * bin);
}

/* By nearest rank: at least `percentile` of the values are not above the largest, and as many are
 * not below the smallest (Wu et al. 2020, "Integer Quantization for Deep Learning Inference",
 * arXiv:2004.09602, section 3.3, with both tails). */
static WgRange
choose(const WgHistogram *values, double percentile)
{
    const double n_wanted = percentile / 100 * (double)values->n;
    gint64 rank = (gint64)n_wanted;

    if ((double)rank < n_wanted)
        rank++;
    return (WgRange){find_lower(values, rank), find_upper(values, rank)};
}

const WgRangeMethod wg_range_method_percentile = {
    "percentile", "without the rarest values, as --percentile says", choose};
