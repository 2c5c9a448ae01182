/* Kernel for products of matrices that are small, or not written out as such: convolutions and
 * their gradients, dense layers. */
#include "train/kernel-vector.h"

/* A tile of n_rows x n_groups vectors stays in registers over the whole sum. 24 of AVX-512's 32
 * registers or 12 of AVX2's 16 hold sums, which leaves some for b's vectors and one of a's values.
 */
#ifdef __AVX512F__
#define GROUPS_LIMIT 3
static const int tile_rows[GROUPS_LIMIT][6] = {
    {16, 14, 12, 10, 8, 4}, {12, 10, 8, 6, 4, 2}, {8, 6, 4, 3, 2, 1}};
#else
#define GROUPS_LIMIT 2
static const int tile_rows[GROUPS_LIMIT][6] = {{12, 10, 8, 6, 4, 2}, {6, 5, 4, 3, 2, 1}};
#endif

#define ROWS_LIMIT 16
#define TILE_BUSY 8 /* sums that keep two multipliers of latency 4 busy */

/* Rows lie three to a pointer: x86 reaches one and two steps from it without further registers. */
#define POINTED 3

static ALWAYS_INLINE void
multiply_tile(const WgProduct *product, const float *a, const float *b, gboolean is_row_step_1,
              int n_rows, int n_groups, const Vector *start, float *c)
{
    Vector sums[ROWS_LIMIT][GROUPS_LIMIT];
    const int row_step = is_row_step_1 ? 1 : product->row_step;
    const int a_step = is_row_step_1 ? product->a_step : 1;

    for (int r = 0; r < n_rows; r++) {
        for (int g = 0; g < n_groups; g++)
            sums[r][g] = start[g];
    }
    for (int t = 0; t < product->n_runs; t++) {
        const float *values[(ROWS_LIMIT + POINTED - 1) / POINTED];
        const float *columns = b + t * product->b_run;

        for (int p = 0; p * POINTED < n_rows; p++)
            values[p] = a + t * product->a_run + p * POINTED * row_step;
        for (int k = 0; k < product->n_values; k++) {
            Vector column[GROUPS_LIMIT];

            for (int g = 0; g < n_groups; g++)
                column[g] = load(columns + g * WIDTH);
            for (int r = 0; r < n_rows; r++) {
                const float value = values[r / POINTED][r % POINTED * row_step];

                for (int g = 0; g < n_groups; g++)
                    sums[r][g] += value * column[g];
            }
            for (int p = 0; p * POINTED < n_rows; p++)
                values[p] += a_step;
            columns += product->b_step;
        }
    }
    /* rows in rising order: what one writes beyond its columns the next overwrites */
    for (int r = 0; r < n_rows; r++) {
        for (int g = 0; g < n_groups; g++)
            store(c + r * product->c_step + g * WIDTH, sums[r][g]);
    }
}

/* A tile of any size of the tables above, each with its loops unrolled. */
static ALWAYS_INLINE void
multiply_rows(const WgProduct *product, const float *a, const float *b, gboolean is_row_step_1,
              int n_rows, int n_groups, const Vector *start, float *c)
{
#define TILE(rows, groups)                                                                         \
    case (groups)*2 * ROWS_LIMIT + (rows):                                                         \
        multiply_tile(product, a, b, is_row_step_1, rows, groups, start, c);                       \
        break
    switch (n_groups * 2 * ROWS_LIMIT + n_rows) {
        TILE(1, 1);
        TILE(2, 1);
        TILE(3, 1);
        TILE(4, 1);
        TILE(5, 1);
        TILE(6, 1);
        TILE(8, 1);
        TILE(10, 1);
        TILE(12, 1);
        TILE(1, 2);
        TILE(2, 2);
        TILE(3, 2);
        TILE(4, 2);
        TILE(5, 2);
        TILE(6, 2);
#ifdef __AVX512F__
        TILE(14, 1);
        TILE(16, 1);
        TILE(8, 2);
        TILE(10, 2);
        TILE(12, 2);
        TILE(1, 3);
        TILE(2, 3);
        TILE(3, 3);
        TILE(4, 3);
        TILE(6, 3);
        TILE(8, 3);
#endif
    }
#undef TILE
}

/* The rows of tiles that make the least work of n_rows, the last tile being one of its own size
 * over rows that were done before. */
static int
find_tile_rows(int n_rows, int n_groups)
{
    int best = 1, least = n_rows * MAX(n_groups, TILE_BUSY);

    for (int i = 0; i < 6; i++) {
        const int rows = tile_rows[n_groups - 1][i];
        const int cost = (n_rows + rows - 1) / rows * MAX(rows * n_groups, TILE_BUSY);

        if (rows <= n_rows && cost < least) {
            best = rows;
            least = cost;
        }
    }
    return best;
}

/* Vectors of columns that are summed at once: as many as tiles hold, evenly. */
static int
find_tile_groups(int n_groups)
{
    const int n_tiles = (n_groups + GROUPS_LIMIT - 1) / GROUPS_LIMIT;

    return (n_groups + n_tiles - 1) / n_tiles;
}

static ALWAYS_INLINE void
multiply(const WgProduct *product, const float *a, const float *b, gboolean is_row_step_1, float *c)
{
    const int n_groups = (product->n_columns + WIDTH - 1) / WIDTH;
    const int n_at_once = find_tile_groups(n_groups);
    const int last = (n_groups - 1) / n_at_once * n_at_once;

    /* row after row of tiles, the last columns first: what they write beyond their row the first
     * columns of the next row overwrite */
    for (int row = 0, n_rows = find_tile_rows(product->n_rows, n_at_once); row < product->n_rows;
         row += n_rows) {
        const int from = MIN(row, product->n_rows - n_rows);

        for (int g = last; g >= 0; g -= n_at_once) {
            const int n = MIN(n_at_once, n_groups - g);
            Vector start[GROUPS_LIMIT] = {{0}};

            for (int i = 0; product->start && i < n; i++)
                start[i] = load(product->start + (g + i) * WIDTH);
            multiply_rows(product, a + from * product->row_step, b + g * WIDTH, is_row_step_1,
                          n_rows, n, start, c + from * product->c_step + g * WIDTH);
        }
    }
}

void
KERNEL(multiply)(const WgProduct *product, const float *a, const float *b, float *c)
{
    if (product->row_step == 1)
        multiply(product, a, b, TRUE, c);
    else
        multiply(product, a, b, FALSE, c);
}
