/* How sure a rate is that was counted for a short time. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The exact interval of the mean of which n events were seen, at that level (0.95): the least mean
 * with P(n or more) = (1 - level) / 2, and the largest with P(n or fewer) the same (Garwood,
 * Biometrika 28, 1936). 0 from 0 up. Any thread. */
void wg_poisson_find_interval(int n, double level, double *low, double *high);

G_END_DECLS
