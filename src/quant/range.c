/* Ranges of activations: the steps of int8 over them, and how often which values came. */
#include "quant/range.h"

#include "base/error.h"

#include <math.h>

WgHistogram *
wg_histogram_new(WgRange range)
{
    WgHistogram *self = g_new0(WgHistogram, 1);

    self->range = range;
    self->counts = g_new0(gint64, WG_HISTOGRAM_BINS);
    self->sums = g_new0(double, WG_HISTOGRAM_BINS);
    return self;
}

void
wg_histogram_add(WgHistogram *self, const float *values, gsize n)
{
    const double min = (double)self->range.min, width = (double)self->range.max - min;
    const double bins_each = width > 0 && isfinite(width) ? WG_HISTOGRAM_BINS / width : 0;

    for (gsize i = 0; i < n; i++) {
        const double value = (double)values[i];
        const double place = (value - min) * bins_each;
        /* what is not a number comes into the first */
        const int bin = place > 0 ? (int)fmin(place, WG_HISTOGRAM_BINS - 1) : 0;

        self->counts[bin]++;
        self->sums[bin] += value;
    }
    self->n += (gint64)n;
}

void
wg_histogram_free(WgHistogram *self)
{
    g_free(self->counts);
    g_free(self->sums);
    g_free(self);
}

const WgRangeMethod *
wg_range_method_find(const char *name, GError **error)
{
    g_autoptr(GString) names = g_string_new(NULL);

    for (int i = 0; wg_range_methods[i]; i++) {
        if (g_str_equal(wg_range_methods[i]->name, name))
            return wg_range_methods[i];
        g_string_append_printf(names, "%s%s",
                               i == 0                    ? ""
                               : wg_range_methods[i + 1] ? ", "
                                                         : " or ",
                               wg_range_methods[i]->name);
    }
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE, "--ranges takes %s, not “%s”", names->str, name);
    return NULL;
}
