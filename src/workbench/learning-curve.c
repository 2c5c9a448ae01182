/* How accuracy grows with the takes of each gesture, and what more of them would bring. */
#include "workbench/learning-curve.h"

#include "base/random.h"
#include "base/sentences.h"
#include "workbench/advice.h"

#include <glib/gi18n.h>
#include <math.h>

#define N_RESAMPLES 200
#define RESAMPLE_STREAM 0x63757276
#define GAIN_WORTH_SAYING 0.005 /* of accuracy */
#define GAIN_AT_MOST 0.015      /* what a gain may be and still be called none */
#define SURE 1.645              /* standard errors below which lies what holds 19 of 20 times */
#define LABEL_WORTH_SAYING 0.01 /* of a gesture's recall */

static const double predicted_shares[] = {1.5, 2};

/* Right answers and takes asked: share by share, in it training by training, in it label by label.
 * The same training (seed and fold) has the same place in each share. */
typedef struct {
    int n_shares, n_trainings, n_labels;
    int *hits, *asked;
    double *takes; /* of each share, mean over its trainings */
} Tallies;

static gsize
place(const Tallies *t, int share, int training, int label)
{
    return ((gsize)share * (gsize)t->n_trainings + (gsize)training) * (gsize)t->n_labels +
           (gsize)label;
}

static void
tallies_free(Tallies *t)
{
    g_free(t->hits);
    g_free(t->asked);
    g_free(t->takes);
    g_free(t);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Tallies, tallies_free)

static Tallies *
tallies_new(const WgCrossResult *cross, int n_shares, int n_labels)
{
    Tallies *t = g_new0(Tallies, 1);

    t->n_shares = n_shares;
    t->n_trainings = cross->n_parts / n_shares;
    t->n_labels = n_labels;
    t->hits = g_new0(int, place(t, n_shares, 0, 0) + 1);
    t->asked = g_new0(int, place(t, n_shares, 0, 0) + 1);
    t->takes = g_new0(double, n_shares);
    for (int i = 0; i < cross->n_parts; i++) {
        const WgCrossPart *part = &cross->parts[i];

        t->takes[part->share] += (double)part->n_train / t->n_trainings;
        for (int k = 0; k < part->n; k++) {
            const gsize at = place(t, part->share, i % t->n_trainings, part->truth[k]);

            t->asked[at]++;
            t->hits[at] += part->predicted[k] == part->truth[k];
        }
    }
    return t;
}

/* Share of right answers of label `label` (-1: all) where training j counts weights[j] times; NaN
 * where none was asked. */
static double
measure(const Tallies *t, int share, int label, const int *weights)
{
    gint64 hits = 0, asked = 0;

    for (int j = 0; j < t->n_trainings; j++) {
        for (int l = MAX(0, label); l < (label < 0 ? t->n_labels : label + 1); l++) {
            hits += (gint64)weights[j] * t->hits[place(t, share, j, l)];
            asked += (gint64)weights[j] * t->asked[place(t, share, j, l)];
        }
    }
    return asked > 0 ? (double)hits / (double)asked : NAN;
}

/* The law of the errors of that label (-1: all). FALSE where it was not asked. */
static gboolean
fit(const Tallies *t, int label, const int *weights, WgPowerLaw *law)
{
    g_autofree double *errors = g_new(double, t->n_shares);
    g_autofree double *ones = g_new(double, t->n_shares);

    for (int share = 0; share < t->n_shares; share++) {
        errors[share] = 1 - measure(t, share, label, weights);
        ones[share] = 1; /* every share is asked the same takes */
        if (isnan(errors[share]))
            return FALSE;
    }
    *law = wg_power_law_fit(t->takes, errors, ones, t->n_shares);
    return TRUE;
}

/* What more takes bring to a label (-1: all): value by value of predicted_shares, with standard
 * errors; `gain` is from now to the last. */
typedef struct {
    double values[G_N_ELEMENTS(predicted_shares)], errors[G_N_ELEMENTS(predicted_shares)];
    double now, gain, gain_error;
    WgPowerLaw law;
} Outlook;

static double
deviation(double sum, double squares, int n, int n_trainings)
{
    const double variance = n > 1 ? MAX(0, squares - sum * sum / n) / (n - 1) : 0;

    return sqrt(variance * n_trainings / MAX(1, n_trainings - 1));
}

static void
draw_weights(WgRandom *random, int n, int *weights)
{
    for (int i = 0; i < n; i++)
        weights[i] = 0;
    for (int i = 0; i < n; i++)
        weights[wg_random_below(random, (guint32)n)]++;
}

static Outlook
look_ahead(const Tallies *t, int label)
{
    enum { N = G_N_ELEMENTS(predicted_shares) };
    const double now = t->takes[t->n_shares - 1];
    g_autofree int *weights = g_new(int, t->n_trainings);
    double sums[N + 1] = {0}, squares[N + 1] = {0};
    Outlook outlook = {0};
    int n_fits = 0;
    WgRandom random;

    for (int j = 0; j < t->n_trainings; j++)
        weights[j] = 1;
    if (!fit(t, label, weights, &outlook.law)) {
        for (int k = 0; k < N; k++)
            outlook.values[k] = NAN;
        return outlook;
    }
    outlook.now = 1 - wg_power_law_at(&outlook.law, now);
    for (int k = 0; k < N; k++)
        outlook.values[k] = 1 - wg_power_law_at(&outlook.law, now * predicted_shares[k]);
    outlook.gain = outlook.values[N - 1] - outlook.now;
    wg_random_init(&random, 1, RESAMPLE_STREAM); /* the same draws for every label */
    for (int i = 0; i < N_RESAMPLES; i++) {
        WgPowerLaw law;

        draw_weights(&random, t->n_trainings, weights);
        if (!fit(t, label, weights, &law))
            continue;
        n_fits++;
        for (int k = 0; k <= N; k++) {
            const double at = wg_power_law_at(&law, now * predicted_shares[MIN(k, N - 1)]);
            const double value = k < N ? 1 - at : wg_power_law_at(&law, now) - at;

            sums[k] += value;
            squares[k] += value * value;
        }
    }
    for (int k = 0; k < N; k++)
        outlook.errors[k] = deviation(sums[k], squares[k], n_fits, t->n_trainings);
    outlook.gain_error = deviation(sums[N], squares[N], n_fits, t->n_trainings);
    return outlook;
}

static void
fill_point(const Tallies *t, int share, WgCurvePoint *point)
{
    g_autofree int *weights = g_new0(int, t->n_trainings);
    double sum = 0, squares = 0;

    for (int j = 0; j < t->n_trainings; j++) {
        double accuracy;

        weights[j] = 1;
        accuracy = measure(t, share, -1, weights);
        sum += accuracy;
        squares += accuracy * accuracy;
        weights[j] = 0;
    }
    for (int j = 0; j < t->n_trainings; j++)
        weights[j] = 1;
    point->n_takes = t->takes[share];
    point->accuracy = measure(t, share, -1, weights);
    point->spread = t->n_trainings > 1
                        ? sqrt(MAX(0, squares - sum * sum / t->n_trainings) / (t->n_trainings - 1))
                        : 0;
    point->recalls = g_new(double, t->n_labels);
    for (int label = 0; label < t->n_labels; label++)
        point->recalls[label] = measure(t, share, label, weights);
}

static void
predict(WgLearningCurve *self, const Tallies *t)
{
    const Outlook all = look_ahead(t, -1);
    double most = LABEL_WORTH_SAYING;

    self->law = all.law;
    self->gain = all.gain;
    self->gain_error = all.gain_error;
    for (int k = 0; k < self->n_predicted; k++) {
        WgCurvePoint *point = &self->predicted[k];

        point->share = predicted_shares[k];
        point->n_takes = predicted_shares[k] * t->takes[t->n_shares - 1];
        point->accuracy = all.values[k];
        point->spread = all.errors[k];
        point->recalls = g_new(double, t->n_labels);
        point->recall_errors = g_new(double, t->n_labels);
    }
    for (int label = 0; label < t->n_labels; label++) {
        const Outlook outlook = look_ahead(t, label);

        for (int k = 0; k < self->n_predicted; k++) {
            self->predicted[k].recalls[label] = outlook.values[k];
            self->predicted[k].recall_errors[label] = outlook.errors[k];
        }
        if (outlook.gain >= most && outlook.gain > outlook.gain_error) {
            most = outlook.gain;
            self->label = label;
            self->label_from = outlook.now;
            self->label_to = outlook.now + outlook.gain;
        }
    }
}

WgLearningCurve *
wg_learning_curve_new(WgDataset *dataset, const WgCrossOptions *options, WgProgress *progress,
                      GCancellable *cancellable, GError **error)
{
    g_autoptr(WgCrossResult) cross =
        wg_cross_validate(dataset, options, progress, cancellable, error);
    g_autoptr(Tallies) tallies = NULL;
    WgLearningCurve *self;

    if (!cross)
        return NULL;
    tallies = tallies_new(cross, options->n_shares, wg_dataset_get_n_labels(dataset));
    self = g_new0(WgLearningCurve, 1);
    self->n_points = options->n_shares;
    self->n_predicted = G_N_ELEMENTS(predicted_shares);
    self->n_labels = tallies->n_labels;
    self->points = g_new0(WgCurvePoint, self->n_points);
    self->predicted = g_new0(WgCurvePoint, self->n_predicted);
    self->label = -1;
    self->seconds = cross->seconds;
    for (int i = 0; i < self->n_points; i++) {
        self->points[i].share = options->shares[i];
        fill_point(tallies, i, &self->points[i]);
    }
    predict(self, tallies);
    return self;
}

static void
clear_points(WgCurvePoint *points, int n)
{
    for (int i = 0; i < n; i++) {
        g_free(points[i].recalls);
        g_free(points[i].recall_errors);
    }
    g_free(points);
}

void
wg_learning_curve_free(WgLearningCurve *self)
{
    clear_points(self->points, self->n_points);
    clear_points(self->predicted, self->n_predicted);
    g_free(self);
}

/* Whether a gain is beyond doubt, within it, or too small to matter even at its most. */
static const char *
get_verdict(const WgLearningCurve *self)
{
    if (self->gain >= GAIN_WORTH_SAYING && self->gain > self->gain_error)
        return _("More takes would help");
    if (self->gain + SURE * self->gain_error < GAIN_AT_MOST)
        return _("More takes of all gestures would hardly help");
    return _("It is not sure that more takes would help");
}

char *
wg_learning_curve_dup_advice(const WgLearningCurve *self, const char *const *labels)
{
    const WgCurvePoint *most = &self->predicted[self->n_predicted - 1];
    g_autoptr(GString) text =
        g_string_new(wg_advice_get_caution(self->points[self->n_points - 1].n_takes));

    /* Translators: the first is one of the verdicts above */
    wg_append_sentence(text,
                       _("%s: twice as many would bring %.1f %% right to about %.1f %% (give or "
                         "take %.1f)."),
                       get_verdict(self), 100 * (most->accuracy - self->gain), 100 * most->accuracy,
                       100 * most->spread);
    if (self->label >= 0)
        wg_append_sentence(text,
                           _("%s gains most: about %.0f %% of it are right now, about %.0f %% "
                             "would be."),
                           labels[self->label], 100 * self->label_from, 100 * self->label_to);
    return g_string_free(g_steal_pointer(&text), FALSE);
}
