/* How often gestures go unanswered, and what is none of them is answered, over the thresholds. */
#include "workbench/reject-curve.h"

#include "workbench/decision.h"
#include "workbench/json.h"

#include <math.h>

#define STEPS 256      /* of an int8 probability */
#define FIRST_STEP 129 /* above 0.5, the firmware's own threshold */
#define LAST_STEP 255  /* int8's largest value */

static int
compare_numbers(gconstpointer a, gconstpointer b)
{
    const double *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static double
choose_one(GArray *takes, int gesture, int other, double false_rejects)
{
    g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(double));
    int j, first = 0;

    for (guint i = 0; i < takes->len; i++) {
        const WgRejectTake *take = &g_array_index(takes, WgRejectTake, i);
        const double value = take->best == gesture ? take->probability : 0;

        if (take->label == gesture && (take->best == gesture || take->best == other))
            g_array_append_val(values, value);
    }
    g_array_sort(values, compare_numbers);
    j = MAX(1, (int)floor(false_rejects * (values->len + 1) + 1e-9));
    /* what no threshold can save */
    while (first < (int)values->len &&
           g_array_index(values, double, first) < (double)FIRST_STEP / STEPS)
        first++;
    j = MAX(j - 1, first);
    if (j >= (int)values->len)
        return (double)FIRST_STEP / STEPS;
    return CLAMP(floor(g_array_index(values, double, j) * STEPS + 1e-6), FIRST_STEP, LAST_STEP) /
           STEPS;
}

double *
wg_reject_choose(GArray *takes, int n_labels, int other, double false_rejects)
{
    double *thresholds = g_new(double, n_labels);

    for (int i = 0; i < n_labels; i++)
        thresholds[i] =
            i == other ? WG_THRESHOLD_NEVER : choose_one(takes, i, other, false_rejects);
    return thresholds;
}

gboolean
wg_reject_is_answered(const WgRejectTake *take, const double *thresholds)
{
    return take->probability >= thresholds[take->best];
}

void
wg_reject_count(GArray *takes, const double *thresholds, int other, WgRejectTally *tally)
{
    *tally = (WgRejectTally){0};
    for (guint i = 0; i < takes->len; i++) {
        const WgRejectTake *take = &g_array_index(takes, WgRejectTake, i);
        const gboolean is_answered = wg_reject_is_answered(take, thresholds);

        if (take->label == other) {
            tally->n_others++;
            tally->n_ignored += !is_answered;
        } else {
            tally->n_gestures++;
            tally->n_unanswered += !is_answered;
            tally->n_wrong += is_answered && take->best != take->label;
        }
    }
}

void
wg_reject_fill_confusion(GArray *takes, const double *thresholds, int n_labels, int *counts)
{
    for (int i = 0; i < n_labels * (n_labels + 1); i++)
        counts[i] = 0;
    for (guint i = 0; i < takes->len; i++) {
        const WgRejectTake *take = &g_array_index(takes, WgRejectTake, i);
        const int answer = wg_reject_is_answered(take, thresholds) ? take->best : n_labels;

        counts[take->label * (n_labels + 1) + answer]++;
    }
}

typedef struct {
    int n_gestures, n_unanswered, n_others, n_answered;
} Point;

static Point
count_at(GArray *takes, int gesture, int other, double threshold)
{
    Point point = {0};

    for (guint i = 0; i < takes->len; i++) {
        const WgRejectTake *take = &g_array_index(takes, WgRejectTake, i);
        const gboolean is_answered = take->best != other && take->probability >= threshold;

        if (take->label == other) {
            point.n_others++;
            point.n_answered += is_answered && (gesture < 0 || take->best == gesture);
        } else if (gesture < 0 || take->label == gesture) {
            point.n_gestures++;
            /* of one gesture: what is taken for another is a matter of that one's threshold */
            point.n_unanswered +=
                !is_answered && (gesture < 0 || take->best == gesture || take->best == other);
        }
    }
    return point;
}

JsonArray *
wg_reject_curve_new(GArray *takes, int gesture, int other)
{
    JsonArray *curve = json_array_new();
    Point last = {0};

    for (int step = FIRST_STEP; step <= LAST_STEP; step++) {
        const Point point = count_at(takes, gesture, other, (double)step / STEPS);
        JsonObject *object;

        if (step > FIRST_STEP && step < LAST_STEP && point.n_unanswered == last.n_unanswered &&
            point.n_answered == last.n_answered)
            continue;
        object = json_object_new();
        json_object_set_double_member(object, "threshold", (double)step / STEPS);
        wg_json_set_number(object, "false_reject",
                           point.n_gestures ? (double)point.n_unanswered / point.n_gestures : NAN);
        wg_json_set_number(object, "false_accept",
                           point.n_others ? (double)point.n_answered / point.n_others : NAN);
        json_array_add_object_element(curve, object);
        last = point;
    }
    return curve;
}
