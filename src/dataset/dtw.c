/* How unlike two movements are, whatever their pace. */
#include "dataset/dtw.h"

#include <math.h>
#include <string.h>

static float
distance(const float *a, const float *b, int channels)
{
    float sum = 0;

    for (int c = 0; c < channels; c++)
        sum += (a[c] - b[c]) * (a[c] - b[c]);
    return sum;
}

float
wg_dtw(const float *a, int n_a, const float *b, int n_b, int channels, int band, float limit)
{
    float rows[2][WG_DTW_MAX_SAMPLES + 1];
    float *before = rows[0], *now = rows[1];
    const float most = limit * (float)(n_a + n_b);

    g_return_val_if_fail(n_a <= WG_DTW_MAX_SAMPLES && n_b <= WG_DTW_MAX_SAMPLES, INFINITY);
    if (n_a == 0 || n_b == 0)
        return INFINITY;
    band = MAX(band, ABS(n_a - n_b));
    for (int j = 0; j <= n_b; j++)
        before[j] = j ? INFINITY : 0;
    for (int i = 1; i <= n_a; i++) {
        const int first = MAX(1, i - band), last = MIN(n_b, i + band);
        float *done = before;
        float least = INFINITY;

        now[first - 1] = INFINITY;
        /* the analyzer cannot see that this row wrote what is read, or the one before, whose band
         * was one shorter; NOLINTBEGIN(clang-analyzer-core.UndefinedBinaryOperatorResult) */
        for (int j = first; j <= last; j++) {
            const float from = MIN(before[j - 1], MIN(before[j], now[j - 1]));

            now[j] = from + distance(a + (i - 1) * channels, b + (j - 1) * channels, channels);
            least = MIN(least, now[j]);
        }
        /* NOLINTEND(clang-analyzer-core.UndefinedBinaryOperatorResult) */
        if (last < n_b)
            now[last + 1] = INFINITY; /* the next row looks that far */
        if (least > most)
            return INFINITY;
        before = now;
        now = done;
    }
    /* likewise; NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult) */
    return before[n_b] / (float)(n_a + n_b);
}
