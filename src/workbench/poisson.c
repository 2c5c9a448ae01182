/* How sure a rate is that was counted for a short time. */
#include "workbench/poisson.h"

#include <math.h>

#define STEPS 80 /* halvings: to the last bit of a double */

/* P(n or fewer) = sum of exp(-mean) mean^k / k!, k = 0..n */
static double
get_at_most(int n, double mean)
{
    double sum = 0;

    for (int k = 0; k <= n; k++)
        sum += exp(k * log(mean) - mean - lgamma(k + 1.0));
    return MIN(sum, 1);
}

/* The mean at which P(n or fewer) is `share`; it falls as the mean rises. */
static double
solve(int n, double share)
{
    double low = 0, high = n + 10 * sqrt(n + 1.0) + 20;

    for (int i = 0; i < STEPS; i++) {
        const double middle = (low + high) / 2;

        if (get_at_most(n, middle) > share)
            low = middle;
        else
            high = middle;
    }
    return (low + high) / 2;
}

void
wg_poisson_find_interval(int n, double level, double *low, double *high)
{
    const double tail = (1 - level) / 2;

    *low = n > 0 ? solve(n - 1, 1 - tail) : 0;
    *high = solve(n, tail);
}
