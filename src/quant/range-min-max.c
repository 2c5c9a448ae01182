/* Ranges that hold every value that the calibration takes show. */
#include "quant/range.h"

extern const WgRangeMethod wg_range_method_min_max;

const WgRangeMethod wg_range_method_min_max = {"min-max", "from the smallest to the largest value",
                                               NULL};
