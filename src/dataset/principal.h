/* Principal components: the few directions along which many rows differ most. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct {
    int n, n_components;
    float *scores;  /* n x n_components, each row along the components, about their mean */
    double *shares; /* n_components: of the rows' whole variance */
} WgPrincipal;

/* Of n rows of d values, `n_components` at most; fewer where the rows have no more directions. The
 * components are those of the covariance matrix (Pearson 1901; Hotelling 1933), by orthogonal
 * iteration (Golub and Van Loan, Matrix Computations, 8.2.4) from a seeded start, and each points
 * to where its value furthest from 0 is positive: same rows, same bits. Rows that are all the same
 * have none. NULL only when cancelled. Any thread; owner: caller. */
WgPrincipal *wg_principal_new(const float *rows, int n, int d, int n_components,
                              GCancellable *cancellable, GError **error);
void wg_principal_free(WgPrincipal *self);
/* In place: each of the d columns to mean 0 and standard deviation 1; one that is the same in all
 * rows to 0. */
void wg_principal_standardise(float *rows, int n, int d);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgPrincipal, wg_principal_free)

G_END_DECLS
