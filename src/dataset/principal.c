/* Principal components: the few directions along which many rows differ most. */
#include "dataset/principal.h"

#include "base/random.h"

#include <math.h>
#include <string.h>

#define N_ITERATIONS_MAX 500
#define CONVERGED 1e-10 /* of the length 1 that a component may still move */
#define NOTHING 1e-9    /* share of the variance below which a direction is none */
#define START_STREAM 0x7072696e

static double *
dup_means(const float *rows, int n, int d)
{
    double *means = g_new0(double, (gsize)d + 1);

    for (int i = 0; i < n; i++) {
        for (int j = 0; j < d; j++)
            means[j] += rows[(gsize)i * (gsize)d + j] / (double)n;
    }
    return means;
}

/* C = sum over the rows of (x - m)T (x - m) / n, d x d; NULL: cancelled. */
static double *
new_covariance(const float *rows, const double *means, int n, int d, GCancellable *cancellable)
{
    g_autofree double *covariance = g_new0(double, (gsize)d *(gsize)d + 1);
    g_autofree double *row = g_new(double, (gsize)d + 1);

    for (int i = 0; i < n; i++) {
        if (i % 256 == 0 && g_cancellable_is_cancelled(cancellable))
            return NULL;
        for (int j = 0; j < d; j++)
            row[j] = rows[(gsize)i * (gsize)d + j] - means[j];
        for (int j = 0; j < d; j++) {
            const double value = row[j] / n;
            double *out = covariance + (gsize)j * (gsize)d;

            for (int k = 0; k < d; k++)
                out[k] += value * row[k];
        }
    }
    return g_steal_pointer(&covariance);
}

static double
dot(const double *a, const double *b, int d)
{
    double sum = 0;

    for (int j = 0; j < d; j++)
        sum += a[j] * b[j]; /* NOLINT(clang-analyzer-core.*): all d are written before */
    return sum;
}

/* Gram and Schmidt, twice is enough (Parlett); a vector that others span becomes 0. */
static void
orthogonalise(double *vectors, int n_vectors, int d)
{
    for (int v = 0; v < n_vectors; v++) {
        double *vector = vectors + (gsize)v * (gsize)d;
        const double before = sqrt(dot(vector, vector, d));
        double length;

        for (int pass = 0; pass < 2; pass++) {
            for (int u = 0; u < v; u++) {
                const double *other = vectors + (gsize)u * (gsize)d;
                const double along = dot(vector, other, d);

                for (int j = 0; j < d; j++)
                    vector[j] -= along * other[j];
            }
        }
        length = sqrt(dot(vector, vector, d));
        for (int j = 0; j < d; j++)
            vector[j] = length > 1e-12 * before && length > 0 ? vector[j] / length : 0;
    }
}

/* One step V' = orthonormal(C V); how far the first `n_wanted` moved, -1: cancelled. */
static double
iterate(const double *covariance, double *vectors, double *next, int n_vectors, int n_wanted, int d,
        GCancellable *cancellable)
{
    double moved = 0;

    for (int v = 0; v < n_vectors; v++) {
        if (g_cancellable_is_cancelled(cancellable))
            return -1;
        for (int j = 0; j < d; j++)
            next[(gsize)v * (gsize)d + j] =
                dot(covariance + (gsize)j * (gsize)d, vectors + (gsize)v * (gsize)d, d);
    }
    orthogonalise(next, n_vectors, d);
    for (int v = 0; v < n_wanted; v++)
        moved = fmax(moved,
                     1 - fabs(dot(next + (gsize)v * (gsize)d, vectors + (gsize)v * (gsize)d, d)));
    memcpy(vectors, next, sizeof(double) * (gsize)n_vectors * (gsize)d);
    return moved;
}

static void
fix_sign(double *vector, int d)
{
    double furthest = 0;

    for (int j = 0; j < d; j++) {
        if (fabs(vector[j]) > fabs(furthest) * (1 + 1e-9))
            furthest = vector[j];
    }
    for (int j = 0; furthest < 0 && j < d; j++)
        vector[j] = -vector[j];
}

/* n_vectors x d orthonormal directions of most variance; NULL: cancelled. */
static double *
new_directions(const double *covariance, int n_vectors, int n_wanted, int d,
               GCancellable *cancellable)
{
    g_autofree double *vectors = g_new(double, (gsize)n_vectors *(gsize)d + 1);
    g_autofree double *next = g_new(double, (gsize)n_vectors *(gsize)d + 1);
    WgRandom random;

    wg_random_init(&random, 1, START_STREAM);
    for (int i = 0; i < n_vectors * d; i++)
        vectors[i] = (double)wg_random_normal(&random);
    orthogonalise(vectors, n_vectors, d);
    for (int i = 0; i < N_ITERATIONS_MAX; i++) {
        const double moved =
            iterate(covariance, vectors, next, n_vectors, n_wanted, d, cancellable);

        if (moved < 0)
            return NULL;
        if (moved < CONVERGED)
            break;
    }
    for (int v = 0; v < n_vectors; v++)
        fix_sign(vectors + (gsize)v * (gsize)d, d);
    return g_steal_pointer(&vectors);
}

static void
score(WgPrincipal *self, const float *rows, const double *means, const double *vectors, int d)
{
    for (int i = 0; i < self->n; i++) {
        for (int v = 0; v < self->n_components; v++) {
            double sum = 0;

            for (int j = 0; j < d; j++)
                sum +=
                    (rows[(gsize)i * (gsize)d + j] - means[j]) * vectors[(gsize)v * (gsize)d + j];
            self->scores[(gsize)i * (gsize)self->n_components + v] = (float)sum;
        }
    }
}

WgPrincipal *
wg_principal_new(const float *rows, int n, int d, int n_components, GCancellable *cancellable,
                 GError **error)
{
    /* two more than wanted: the last of those converges as slowly as its neighbour is near */
    const int n_wanted = MIN(n_components, d), n_vectors = MIN(n_wanted + 2, d);
    g_autofree double *means = dup_means(rows, n, d);
    g_autofree double *covariance = new_covariance(rows, means, n, d, cancellable);
    g_autofree double *vectors =
        covariance ? new_directions(covariance, n_vectors, n_wanted, d, cancellable) : NULL;
    g_autofree double *product = g_new(double, (gsize)d + 1);
    WgPrincipal *self;
    double all = 0;

    if (!vectors) {
        g_cancellable_set_error_if_cancelled(cancellable, error);
        return NULL;
    }
    self = g_new0(WgPrincipal, 1);
    self->n = n;
    self->shares = g_new0(double, (gsize)n_wanted + 1);
    for (int j = 0; j < d; j++)
        all += covariance[(gsize)j * (gsize)d + j];
    for (int v = 0; v < n_wanted && all > 0; v++) {
        const double *vector = vectors + (gsize)v * (gsize)d;

        for (int j = 0; j < d; j++)
            product[j] = dot(covariance + (gsize)j * (gsize)d, vector, d);
        self->shares[v] = dot(vector, product, d) / all;
        if (self->shares[v] < NOTHING)
            break;
        self->n_components++;
    }
    self->scores = g_new0(float, (gsize)n *(gsize)self->n_components + 1);
    score(self, rows, means, vectors, d);
    return self;
}

void
wg_principal_free(WgPrincipal *self)
{
    g_free(self->scores);
    g_free(self->shares);
    g_free(self);
}

void
wg_principal_standardise(float *rows, int n, int d)
{
    g_autofree double *means = dup_means(rows, n, d);

    for (int j = 0; j < d; j++) {
        double squares = 0, spread;

        for (int i = 0; i < n; i++) {
            const double far = rows[(gsize)i * (gsize)d + j] - means[j];

            squares += far * far;
        }
        spread = n > 0 ? sqrt(squares / n) : 0;
        for (int i = 0; i < n; i++) {
            float *value = &rows[(gsize)i * (gsize)d + j];

            *value =
                spread > 1e-6 * (1 + fabs(means[j])) ? (float)((*value - means[j]) / spread) : 0;
        }
    }
}
