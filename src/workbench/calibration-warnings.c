/* What does not look like the recordings in what a model is calibrated on. */
#include "workbench/calibration-warnings.h"

#include "base/find-string.h"
#include "base/sentences.h"
#include "quant/range-fit.h"

#include <glib/gi18n.h>
#include <math.h>

/* Fewer takes than this, and it is said. */
#define FEW_TAKES 24
/* Of noise the lag-1 autocorrelation of a window is 0.8 of its standard error away on average (the
 * mean absolute value of a normal), give or take 0.6; of the sample recordings 1.1 (one gesture of
 * one person) to 6, of all of them together 2.6. */
#define NOISE_DEVIATION 0.8
#define NOISE_SPREAD 0.6
#define MOVEMENT_DEVIATION 1.5
#define NOISE_WINDOWS_MIN 8 /* fewer tell nothing */
/* What rests differs by more than this: no wearer does that, another unit does. */
#define SCALE_RATIO 1.35
#define REST_SHARE 0.15 /* as wg_scale_resting_magnitude(): less between two samples is rest */
/* A tensor's span against the recommended one's. */
#define SPAN_RATIO 1.6

static void warn(GPtrArray *warnings, const char *kind, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

static void
warn(GPtrArray *warnings, const char *kind, const char *format, ...)
{
    WgCalibrationWarning *warning = g_new0(WgCalibrationWarning, 1);
    va_list arguments;

    va_start(arguments, format);
    warning->kind = kind;
    warning->message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_ptr_array_add(warnings, warning);
}

static void
warning_free(WgCalibrationWarning *warning)
{
    g_free(warning->message);
    g_free(warning);
}

/* r = sum d[t] d[t+1] / sum d[t]^2 over the samples and channels of a window, d the deviation from
 * the channel's mean; of white noise it is -1/n with a standard error of 1/sqrt(n channels) (Box
 * and Jenkins). How many of these it is away; 0 where nothing moves. */
static double
get_deviation(const float *x, int n, int n_channels)
{
    double products = 0, squares = 0;

    for (int c = 0; c < n_channels; c++) {
        double mean = 0, before = 0;

        for (int t = 0; t < n; t++)
            mean += (double)x[t * n_channels + c] / n;
        for (int t = 0; t < n; t++) {
            const double now = (double)x[t * n_channels + c] - mean;

            products += t > 0 ? before * now : 0;
            squares += now * now;
            before = now;
        }
    }
    return squares > 0 ? fabs(products / squares + 1.0 / n) * sqrt((double)n * n_channels) : 0;
}

static double
get_mean_deviation(const WgWindows *windows)
{
    const gsize size = (gsize)windows->length * (gsize)windows->channels;
    double sum = 0;

    for (int i = 0; i < windows->n; i++) {
        const float *x = windows->x + (gsize)i * size;
        const int n = wg_window_count_samples(x, windows->length, windows->channels);

        sum += n > 2 ? get_deviation(x, n, windows->channels) : 0;
    }
    return sum / MAX(1, windows->n);
}

static int
compare_doubles(gconstpointer a, gconstpointer b)
{
    const double left = *(const double *)a, right = *(const double *)b;

    return (left > right) - (left < right);
}

/* The median magnitude of what rests, in g, of windows that begin with x, y and z; 0: nothing does.
 */
static double
get_rest_g(const WgWindows *windows)
{
    const int step = windows->channels;
    const gsize size = (gsize)windows->length * (gsize)step;
    g_autoptr(GArray) magnitudes = g_array_new(FALSE, FALSE, sizeof(double));

    for (int i = 0; i < windows->n; i++) {
        const float *x = windows->x + (gsize)i * size;
        const int n = wg_window_count_samples(x, windows->length, step);

        for (int t = 1; t < n; t++) {
            const float *now = x + (gsize)t * (gsize)step, *before = now - step;
            double square = 0, change = 0, magnitude;

            for (int axis = 0; axis < 3; axis++) {
                square += (double)now[axis] * now[axis];
                change += (double)(now[axis] - before[axis]) * (now[axis] - before[axis]);
            }
            magnitude = sqrt(square);
            if (magnitude > 0 && sqrt(change) < REST_SHARE * magnitude)
                g_array_append_val(magnitudes, magnitude);
        }
    }
    g_array_sort(magnitudes, compare_doubles);
    return magnitudes->len > 0 ? g_array_index(magnitudes, double, magnitudes->len / 2) : 0;
}

static void
check_noise(GPtrArray *warnings, const WgCalibration *self, const WgCalibration *train)
{
    if (self->kind == WG_CALIBRATION_NOISE) {
        warn(warnings, "noise", _("Noise has no gestures in it: no wrist moves like that."));
        return;
    }
    if (train && self->windows->n >= NOISE_WINDOWS_MIN &&
        get_mean_deviation(self->windows) <
            NOISE_DEVIATION + 3 * NOISE_SPREAD / sqrt(self->windows->n) &&
        get_mean_deviation(train->windows) > MOVEMENT_DEVIATION)
        warn(warnings, "noise",
             _("These samples follow each other as noise does, not as the training takes do."));
}

static const char *
get_person(const WgCalibration *calibration, int window)
{
    return wg_recording_get(
               wg_dataset_get(calibration->dataset, calibration->windows->recordings[window]))
        ->person;
}

/* How many known persons performed them; `one` gets one of them. Takes of no known person make it
 * 0: then nothing can be said. */
static int
count_persons(const WgCalibration *calibration, const char **one)
{
    g_autoptr(GHashTable) persons = g_hash_table_new(g_str_hash, g_str_equal);

    for (int i = 0; i < calibration->windows->n; i++) {
        *one = get_person(calibration, i);
        if (!*one)
            return 0;
        g_hash_table_add(persons, (gpointer)*one);
    }
    return (int)g_hash_table_size(persons);
}

static void
check_persons(GPtrArray *warnings, const WgCalibration *self, const WgCalibration *train)
{
    const char *one = NULL, *other = NULL;
    int n_trained;

    if (!self->dataset || !train || count_persons(self, &one) != 1)
        return;
    n_trained = count_persons(train, &other);
    if (n_trained > 1)
        warn(warnings, "one-person",
             _("All of these takes are by one person, “%s”; the training takes are by %d."), one,
             n_trained);
}

static void
check_scale(GPtrArray *warnings, const WgCalibration *self, const WgModel *model,
            const WgCalibration *train)
{
    double here_g, trained_g;

    if (!self->dataset || !train ||
        (model->window.channels & WG_CHANNELS_ACCELERATION) != WG_CHANNELS_ACCELERATION)
        return;
    here_g = get_rest_g(self->windows);
    trained_g = get_rest_g(train->windows);
    if (here_g > 0 && trained_g > 0 && fabs(log(here_g / trained_g)) > log(SCALE_RATIO))
        warn(warnings, "scale",
             _("What rests measures %.2f g here and %.2f g in the training takes: the scale is "
               "another."),
             here_g, trained_g);
}

static void
check_ranges(GPtrArray *warnings, const GArray *fits, const GArray *recommended_fits)
{
    double worst = SPAN_RATIO;
    guint which = 0;

    for (guint i = 1; recommended_fits && i < MIN(fits->len, recommended_fits->len); i++) {
        const double span = (double)g_array_index(fits, WgTensorFit, i).scale;
        const double wanted = (double)g_array_index(recommended_fits, WgTensorFit, i).scale;
        const double ratio = MAX(span / wanted, wanted / span);

        if (ratio > worst) {
            worst = ratio;
            which = i;
        }
    }
    if (which > 0) {
        const WgTensorFit *fit = &g_array_index(fits, WgTensorFit, which);
        const WgTensorFit *wanted = &g_array_index(recommended_fits, WgTensorFit, which);

        warn(warnings, "range",
             _("The output of %s %s holds %.2f to %.2f, and as recommended it would hold %.2f to "
               "%.2f."),
             fit->op, fit->name, (double)fit->held.min, (double)fit->held.max,
             (double)wanted->held.min, (double)wanted->held.max);
    }
}

static void
check_labels(GPtrArray *warnings, const WgCalibration *self, const WgModel *model)
{
    g_autoptr(GString) missing = g_string_new(NULL);
    g_autofree int *counts = g_new0(int, self->windows->n_labels + 1);
    int n_missing = 0;

    for (int i = 0; i < self->windows->n; i++)
        counts[self->windows->labels[i]]++;
    for (int i = 0; i < model->n_labels; i++) {
        const int label =
            wg_find_string((const char *const *)self->windows->label_names, model->labels[i]);

        if (label >= 0 && counts[label] > 0)
            continue;
        n_missing++;
        wg_append_part(missing, ", ", _("“%s”"), model->labels[i]);
    }
    if (n_missing > 0)
        warn(warnings, "labels-missing",
             ngettext("One of the gestures is not among these takes: %s.",
                      "Some of the gestures are not among these takes: %s.", (gulong)n_missing),
             missing->str);
}

GPtrArray *
wg_calibration_list_warnings(const WgCalibration *self, const WgModel *model,
                             const WgCalibration *train, const GArray *fits,
                             const GArray *recommended_fits)
{
    GPtrArray *warnings = g_ptr_array_new_with_free_func((GDestroyNotify)warning_free);
    const gboolean is_noise = self->kind == WG_CALIBRATION_NOISE;

    check_noise(warnings, self, train);
    if (!is_noise && self->windows->n < FEW_TAKES)
        warn(warnings, "too-few",
             ngettext("This is %d take; %d or more show what the gestures reach.",
                      "These are %d takes; %d or more show what the gestures reach.",
                      (gulong)self->windows->n),
             self->windows->n, FEW_TAKES);
    check_persons(warnings, self, train);
    check_scale(warnings, self, model, train);
    if (!is_noise)
        check_labels(warnings, self, model);
    check_ranges(warnings, fits, recommended_fits);
    return warnings;
}
