/* Chooses the raw samples for a take by dynamic programming over the bits that history drops. */
#include "dataset/performance.h"

#include <math.h>
#include <string.h>

#define PERIOD_MS 80.0  /* the watch polls its accelerometer so (jswrap_bangle.c) */
#define UNIT_RAW 128    /* raw >> 7 */
#define START_RAW 800   /* gestureStartThresh, its root */
#define QUIET_RAW 2000  /* gestureEndThresh, its root */
#define QUIET_COUNT 4   /* gestureInactiveCount */
#define DRIFT_RAW 600.0 /* a step the detector does not notice */
#define N_OFFSETS 4     /* raw values tried for one history value of one axis */
#define N_CHOICES (N_OFFSETS * N_OFFSETS * N_OFFSETS)
#define N_STATES (N_CHOICES * QUIET_COUNT)
#define NEVER 1e9f

typedef struct {
    gint16 raw[N_CHOICES][3];
    float cost[N_CHOICES];
} Choices;

WgTake *
wg_take_new(const char *label, const gint8 *history, int n_samples)
{
    WgTake *self = g_new0(WgTake, 1);
    self->label = g_strdup(label);
    self->n_samples = n_samples;
    self->history = g_memdup2(history, (gsize)n_samples * 3);
    self->period_ms = PERIOD_MS;
    return self;
}

WgTake *
wg_take_new_raw(const gint16 *raw, int n_samples)
{
    WgTake *self = g_new0(WgTake, 1);
    self->n_samples = n_samples;
    self->raw = g_memdup2(raw, (gsize)n_samples * 3 * sizeof(gint16));
    self->period_ms = PERIOD_MS;
    return self;
}

void
wg_take_free(WgTake *self)
{
    g_free(self->label);
    g_free(self->history);
    g_free(self->raw);
    g_free(self);
}

/* Raw values that history `value` can stand for; a clipped one also for what lies beyond. */
static int
offset_raw(int value, int choice, float *cost)
{
    static const int inside[N_OFFSETS] = {0, 64, 127, 32};
    *cost = choice;
    if (value == G_MAXINT8 && choice == 3)
        return value * UNIT_RAW + 4000;
    if (value == G_MININT8 && choice == 3)
        return value * UNIT_RAW - 4000;
    return value * UNIT_RAW + inside[choice];
}

static void
list_choices(const gint8 sample[3], Choices *out)
{
    for (int i = 0; i < N_CHOICES; i++) {
        const int digits[3] = {i % N_OFFSETS, i / N_OFFSETS % N_OFFSETS, i / N_OFFSETS / N_OFFSETS};
        out->cost[i] = 0;
        for (int axis = 0; axis < 3; axis++) {
            float cost;
            out->raw[i][axis] = (gint16)offset_raw(sample[axis], digits[axis], &cost);
            out->cost[i] += cost;
        }
    }
}

static double
step(const gint16 a[3], const gint16 b[3])
{
    double sum = 0;
    for (int axis = 0; axis < 3; axis++)
        sum += (double)(a[axis] - b[axis]) * (a[axis] - b[axis]);
    return sqrt(sum);
}

/* How many quiet steps in a row there are after one of this size, -1: the gesture would have ended
 * or never begun. Step 1 begins the gesture; its own quiet does not count. */
static int
count_quiet(int sample, int quiet, double size)
{
    if (sample == 1)
        return size > START_RAW ? 0 : -1;
    quiet = size < QUIET_RAW ? quiet + 1 : 0;
    return quiet < QUIET_COUNT ? quiet : -1;
}

/* Fills raw (n x 3) such that the detector ends the gesture with the first sample held after it:
 * exactly three quiet steps at the end. FALSE when no choice does. */
static gboolean
choose(const WgTake *take, gint16 *raw)
{
    const int n = take->n_samples;
    g_autofree Choices *choices = g_new(Choices, n);
    g_autofree float *cost = g_new(float, (gsize)n *N_STATES);
    g_autofree gint16 *from = g_new(gint16, (gsize)n * N_STATES);
    for (int i = 0; i < n; i++)
        list_choices(take->history + 3 * i, &choices[i]);
    for (gsize k = 0; k < (gsize)n * N_STATES; k++)
        cost[k] = NEVER;
    for (int c = 0; c < N_CHOICES; c++)
        cost[c * QUIET_COUNT] = choices[0].cost[c];
    for (int i = 1; i < n; i++) {
        float *to_cost = cost + (gsize)i * N_STATES;
        const float *from_cost = cost + (gsize)(i - 1) * N_STATES;
        for (int a = 0; a < N_CHOICES; a++) {
            for (int b = 0; b < N_CHOICES; b++) {
                const double size = step(choices[i - 1].raw[a], choices[i].raw[b]);
                for (int quiet = 0; quiet < QUIET_COUNT; quiet++) {
                    const int after = count_quiet(i, quiet, size);
                    const float sum = from_cost[a * QUIET_COUNT + quiet] + choices[i].cost[b];
                    if (after < 0 || sum >= to_cost[b * QUIET_COUNT + after])
                        continue;
                    to_cost[b * QUIET_COUNT + after] = sum;
                    from[(gsize)i * N_STATES + b * QUIET_COUNT + after] =
                        (gint16)(a * QUIET_COUNT + quiet);
                }
            }
        }
    }
    int best = -1;
    const float *end = cost + (gsize)(n - 1) * N_STATES;
    for (int c = 0; c < N_CHOICES; c++) {
        const int state = c * QUIET_COUNT + QUIET_COUNT - 1;
        if (end[state] < NEVER && (best < 0 || end[state] < end[best]))
            best = state;
    }
    for (int i = n - 1; i >= 0 && best >= 0; i--) {
        memcpy(raw + 3 * i, choices[i].raw[best / QUIET_COUNT], 3 * sizeof(gint16));
        best = i ? from[(gsize)i * N_STATES + best] : best;
    }
    return best >= 0;
}

static void
append_drift(GArray *out, const gint16 from[3], const gint16 to[3])
{
    const int n = (int)ceil(step(from, to) / DRIFT_RAW);
    for (int i = 1; i <= n; i++) {
        gint16 sample[3];
        for (int axis = 0; axis < 3; axis++)
            sample[axis] = (gint16)lrint(from[axis] + (double)(to[axis] - from[axis]) * i / n);
        g_array_append_vals(out, sample, 1);
    }
}

static void
append_hold(GArray *out, const gint16 *sample, int n)
{
    for (int i = 0; i < n; i++)
        g_array_append_vals(out, sample, 1);
}

GArray *
wg_performance_build(const WgTake *take, const gint16 from[3], gboolean plain)
{
    const int n = take->n_samples;
    GArray *out = g_array_new(FALSE, FALSE, 3 * sizeof(gint16));
    if (take->raw) {
        g_array_append_vals(out, take->raw, (guint)n);
        return out;
    }
    if (n <= 0)
        return out;
    g_autofree gint16 *raw = g_new(gint16, 3 * (gsize)n);
    if (plain || !choose(take, raw))
        for (int i = 0; i < 3 * n; i++)
            raw[i] = (gint16)(take->history[i] * UNIT_RAW);
    append_drift(out, from, raw);
    append_hold(out, raw, WG_PERFORMANCE_HOLD_SAMPLES);
    g_array_append_vals(out, raw + 3, (guint)n - 1);
    append_hold(out, raw + 3 * (n - 1), WG_PERFORMANCE_HOLD_SAMPLES);
    return out;
}

GArray *
wg_performance_build_rest(const gint16 from[3])
{
    static const gint16 rest[3] = {0, 0, -8192};
    GArray *out = g_array_new(FALSE, FALSE, 3 * sizeof(gint16));
    append_drift(out, from, rest);
    append_hold(out, rest, WG_PERFORMANCE_HOLD_SAMPLES);
    return out;
}
