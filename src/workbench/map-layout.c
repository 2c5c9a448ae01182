/* Places points on a plane so that those which are neighbours lie near one another. */
#include "workbench/map-layout.h"

#include "base/random.h"

#include <math.h>

#define N_ROUNDS 200
#define N_REPELLED 5
#define FARTHEST_STEP 4.0f /* a point may be moved by one other, as UMAP clips it */
#define START_SIZE 10.0f
#define SOFTENING 1e-3f /* of what repels, where two points coincide */
#define LOT_STREAM 0x6c61796f

/* Each of the two from -size to size: only who is near whom means anything. */
static void
fit(float *points, int n, float size)
{
    for (int axis = 0; axis < 2; axis++) {
        float least = INFINITY, most = -INFINITY;

        for (int i = 0; i < n; i++) {
            least = fminf(least, points[2 * i + axis]);
            most = fmaxf(most, points[2 * i + axis]);
        }
        for (int i = 0; i < n; i++)
            points[2 * i + axis] =
                most > least ? size * (2 * (points[2 * i + axis] - least) / (most - least) - 1) : 0;
    }
}

static float
limit(float step)
{
    return CLAMP(step, -FARTHEST_STEP, FARTHEST_STEP);
}

/* d/dy log(1 / (1 + |y|^2)) */
static void
attract(float *a, float *b, float alpha)
{
    const float dx = a[0] - b[0], dy = a[1] - b[1];
    const float pull = -2 / (1 + dx * dx + dy * dy) * alpha;

    a[0] += limit(pull * dx);
    a[1] += limit(pull * dy);
    b[0] -= limit(pull * dx);
    b[1] -= limit(pull * dy);
}

/* d/dy log(1 - 1 / (1 + |y|^2)) */
static void
repel(float *a, const float *b, float alpha)
{
    const float dx = a[0] - b[0], dy = a[1] - b[1], square = dx * dx + dy * dy;
    const float push = 2 / ((SOFTENING + square) * (1 + square)) * alpha;

    a[0] += limit(push * dx);
    a[1] += limit(push * dy);
}

gboolean
wg_map_layout(float *points, int n, const int *neighbours, int n_neighbours, WgProgress *progress,
              GCancellable *cancellable, GError **error)
{
    WgRandom random;

    wg_random_init(&random, 1, LOT_STREAM);
    fit(points, n, START_SIZE);
    for (int round = 0; round < N_ROUNDS; round++) {
        const float alpha = 1 - (float)round / N_ROUNDS;

        if (g_cancellable_set_error_if_cancelled(cancellable, error))
            return FALSE;
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n_neighbours && neighbours[i * n_neighbours + k] >= 0; k++) {
                attract(points + 2 * i, points + 2 * neighbours[i * n_neighbours + k], alpha);
                for (int lot = 0; lot < N_REPELLED; lot++) {
                    const int other = (int)wg_random_below(&random, (guint32)n);

                    if (other != i)
                        repel(points + 2 * i, points + 2 * other, alpha);
                }
            }
        }
        wg_progress_tell(progress, (round + 1.0) / N_ROUNDS, NULL);
    }
    fit(points, n, 1);
    return TRUE;
}
