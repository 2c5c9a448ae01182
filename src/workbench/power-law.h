/* How errors fall with the number of takes: an inverse power law. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* error(n) = a (n / n0)^-b + c with a, b, c >= 0: what learning curves follow (Cortes, Jackel,
 * Solla, Vapnik and Denker 1994, "Learning curves: asymptotic values and rate of convergence";
 * fitted to sample sizes as Figueroa, Zeng-Treitler, Kandula and Ngo 2012, "Predicting sample size
 * required for classification performance"). c is what no number of takes cures. */
typedef struct {
    double a, b, c, n0;
} WgPowerLaw;

/* Weighted least squares over n_points (1 at least; n above 0, weights not below): for each b of a
 * grid of 0.05 to 2 the best a and c, neither below 0. n0 is the largest n. Any thread. */
WgPowerLaw wg_power_law_fit(const double *n, const double *errors, const double *weights,
                            int n_points);
double wg_power_law_at(const WgPowerLaw *law, double n);

G_END_DECLS
