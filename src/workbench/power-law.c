/* How errors fall with the number of takes: an inverse power law. */
#include "workbench/power-law.h"

#include <math.h>

#define B_LEAST 0.05
#define B_STEP 0.01
#define N_B 196 /* to 2: faster than any curve of learning that was reported */

typedef struct {
    const double *n, *errors, *weights;
    int n_points;
} Points;

double
wg_power_law_at(const WgPowerLaw *law, double n)
{
    return law->a * pow(n / law->n0, -law->b) + law->c;
}

/* The a and c of least squares for law->b; at the bound where one would be below 0. */
static void
solve(const Points *points, WgPowerLaw *law)
{
    double w = 0, wu = 0, wuu = 0, we = 0, wue = 0, determinant;

    for (int i = 0; i < points->n_points; i++) {
        const double u = pow(points->n[i] / law->n0, -law->b), weight = points->weights[i];

        w += weight;
        wu += weight * u;
        wuu += weight * u * u;
        we += weight * points->errors[i];
        wue += weight * u * points->errors[i];
    }
    determinant = w * wuu - wu * wu;
    law->a = determinant > 1e-12 * w * wuu ? (w * wue - wu * we) / determinant : 0;
    law->c = w > 0 ? (we - law->a * wu) / w : 0;
    if (law->a < 0) {
        law->a = 0;
        law->c = we / w;
    } else if (law->c < 0) {
        law->c = 0;
        law->a = wue / wuu;
    }
}

static double
sum_squares(const Points *points, const WgPowerLaw *law)
{
    double sum = 0;

    for (int i = 0; i < points->n_points; i++) {
        const double d = points->errors[i] - wg_power_law_at(law, points->n[i]);

        sum += points->weights[i] * d * d;
    }
    return sum;
}

WgPowerLaw
wg_power_law_fit(const double *n, const double *errors, const double *weights, int n_points)
{
    const Points points = {n, errors, weights, n_points};
    WgPowerLaw best = {0};
    double least = INFINITY, n0 = 0;

    for (int i = 0; i < n_points; i++)
        n0 = MAX(n0, n[i]);
    for (int i = 0; i < N_B; i++) {
        WgPowerLaw law = {.b = B_LEAST + i * B_STEP, .n0 = n0};
        double squares;

        solve(&points, &law);
        squares = sum_squares(&points, &law);
        if (squares < least) {
            least = squares;
            best = law;
        }
    }
    return best;
}
