/* Forms that each training of a cross-validation is asked in: on what and how it was quantized. */
#include "workbench/cross-forms.h"

#include "base/error.h"
#include "quant/quantize.h"
#include "workbench/calibration-made.h"
#include "workbench/cross-validation.h"
#include "workbench/json.h"
#include "workbench/model.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define PERSON "person="

static gboolean
read_calibration(const char *text, WgCrossForm *form, GError **error)
{
    g_auto(GStrv) parts = g_strsplit(text, ":", 2);
    char *end = NULL;

    if (parts[0] && parts[1]) {
        form->n_samples = (int)g_ascii_strtoll(parts[1], &end, 10);
        if (end == parts[1] || *end || form->n_samples < 1) {
            g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                        _("“%s”: behind the colon comes a number of takes"), text);
            return FALSE;
        }
    }
    if (parts[0] && g_str_has_prefix(parts[0], PERSON) && parts[0][strlen(PERSON)]) {
        form->calibration = WG_CROSS_PERSON;
        form->person = g_strdup(parts[0] + strlen(PERSON));
        return TRUE;
    }
    form->calibration = WG_CROSS_NOISE;
    if (wg_noise_find(parts[0], &form->noise))
        return TRUE;
    form->calibration = g_strcmp0(parts[0], "half-scale") == 0 ? WG_CROSS_HALF : WG_CROSS_TRAIN;
    if (form->calibration == WG_CROSS_HALF || g_strcmp0(parts[0], "train") == 0)
        return TRUE;
    g_set_error(
        error, WG_ERROR, WG_ERROR_USAGE,
        _("there is no calibration “%s”: train, person=NAME, half-scale, noise, noise-normal or "
          "noise-unit"),
        text);
    return FALSE;
}

static gboolean
read_percentile(const char *text, double *percentile, GError **error)
{
    char *end = NULL;

    *percentile = g_ascii_strtod(text, &end);
    if (end != text && !*end && *percentile >= WG_PERCENTILE_MIN && *percentile <= 100)
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE, _("a percentile is %d to 100, not “%s”"),
                WG_PERCENTILE_MIN, text);
    return FALSE;
}

WgCrossForm *
wg_cross_form_parse(const char *text, const WgCrossForm *fallback, GError **error)
{
    g_auto(GStrv) parts = g_strsplit(text, "/", 3);
    g_autoptr(WgCrossForm) form = g_new0(WgCrossForm, 1);

    form->name = g_strdup(text);
    form->n_samples = fallback->n_samples;
    form->ranges = fallback->ranges;
    form->percentile = fallback->percentile;
    if (!read_calibration(parts[0] ? parts[0] : "", form, error))
        return NULL;
    if (parts[1])
        form->ranges = wg_range_method_find(parts[1], error);
    if (!form->ranges ||
        (parts[1] && parts[2] && !read_percentile(parts[2], &form->percentile, error)))
        return NULL;
    return g_steal_pointer(&form);
}

GPtrArray *
wg_cross_forms_parse(const char *text, const WgCrossForm *fallback, GError **error)
{
    g_auto(GStrv) words = g_strsplit(text, ",", -1);
    g_autoptr(GPtrArray) forms = g_ptr_array_new_with_free_func((GDestroyNotify)wg_cross_form_free);

    for (int i = 0; words[i]; i++) {
        WgCrossForm *form = wg_cross_form_parse(g_strstrip(words[i]), fallback, error);

        if (!form)
            return NULL;
        g_ptr_array_add(forms, form);
    }
    return g_steal_pointer(&forms);
}

void
wg_cross_form_free(WgCrossForm *form)
{
    g_free(form->name);
    g_free(form->person);
    g_free(form);
}

/* The windows of what one person performed of the training takes. */
static WgWindows *
make_of_person(const char *person, const WgSplit *split, GError **error)
{
    g_autoptr(GArray) own = g_array_new(FALSE, FALSE, sizeof(int));

    for (guint i = 0; i < split->train->len; i++) {
        const int take = g_array_index(split->train, int, i);
        const WgRecordingSpec *spec = wg_recording_get(wg_dataset_get(split->dataset, take));

        if (g_strcmp0(spec->person, person) == 0)
            g_array_append_val(own, take);
    }
    if (own->len > 0)
        return wg_windows_new(split->dataset, (const int *)(gconstpointer)own->data, (int)own->len);
    g_set_error(error, WG_ERROR, WG_ERROR_MISSING,
                _("no take to train on is of the person “%s”, so there is none to calibrate on"),
                person);
    return NULL;
}

static WgWindows *
make_windows(const WgCrossForm *form, const WgSplit *split, guint64 seed, GError **error)
{
    g_autoptr(WgWindows) train = wg_windows_new(
        split->dataset, (const int *)(gconstpointer)split->train->data, (int)split->train->len);
    const int n_noise = form && form->n_samples > 0 ? form->n_samples : WG_NOISE_WINDOWS;

    switch (form ? form->calibration : WG_CROSS_TRAIN) {
    case WG_CROSS_PERSON:
        return make_of_person(form->person, split, error);
    case WG_CROSS_HALF:
        return wg_calibration_make_scaled(train, 0.5);
    case WG_CROSS_NOISE:
        return wg_calibration_make_noise(train, n_noise, form->noise, seed);
    case WG_CROSS_TRAIN:
        break;
    }
    return g_steal_pointer(&train);
}

WgInt8Network *
wg_cross_form_make(const WgCrossForm *form, const WgNetwork *network, const WgSplit *split,
                   guint64 seed, GError **error)
{
    WgQuantizeOptions options = {.softmax = TRUE};
    g_autoptr(WgWindows) windows = make_windows(form, split, seed, error);
    g_autoptr(GBytes) tflite = NULL;

    if (form) {
        options.n_samples = form->n_samples;
        options.range_method = form->ranges;
        options.percentile = form->percentile;
    }
    tflite = windows ? wg_quantize(network, windows, &options, error) : NULL;
    return tflite ? wg_int8_network_new(tflite, error) : NULL;
}

/* Answers of the model, and how far its probabilities are from those of `before` (NULL: not asked):
 * the sum over windows of the largest difference. */
static double
answer(const WgModel *model, const WgWindows *test, const float *before, float *probabilities,
       int *answers)
{
    const gsize n_labels = (gsize)test->n_labels;
    double sum = 0;

    wg_model_predict(model, test, probabilities);
    for (int i = 0; i < test->n; i++) {
        const float *row = probabilities + (gsize)i * n_labels;
        double largest = 0;

        answers[i] = wg_argmax(row, test->n_labels);
        for (gsize j = 0; before && j < n_labels; j++)
            largest = fmax(largest, fabs((double)(row[j] - before[(gsize)i * n_labels + j])));
        sum += largest;
    }
    return sum;
}

WgCrossAnswers *
wg_cross_forms_ask(GPtrArray *forms, const WgNetwork *network, const WgSplit *split,
                   const WgWindows *test, guint64 seed, GError **error)
{
    const gsize n = (gsize)test->n, n_values = n * (gsize)test->n_labels;
    g_autoptr(WgCrossAnswers) answers = g_new0(WgCrossAnswers, 1);
    g_autofree float *probabilities = g_new(float, n_values + 1);
    g_autofree float *before = g_new(float, n_values + 1);
    WgModel model = {.network = (WgNetwork *)network, .n_labels = test->n_labels};

    answers->said = g_new(int, n *(forms->len + 1) + 1);
    answers->distances = g_new0(double, forms->len + 1);
    answer(&model, test, NULL, before, answers->said);
    for (guint k = 0; k < forms->len; k++) {
        g_autoptr(WgInt8Network) int8 =
            wg_cross_form_make(g_ptr_array_index(forms, k), network, split, seed, error);

        if (!int8)
            return NULL;
        model.network = NULL;
        model.int8 = int8;
        answers->distances[k + 1] =
            answer(&model, test, before, probabilities, answers->said + n * (k + 1));
    }
    return g_steal_pointer(&answers);
}

void
wg_cross_answers_free(WgCrossAnswers *answers)
{
    g_free(answers->said);
    g_free(answers->distances);
    g_free(answers);
}

/* Right answers of a form (0: the float network) over the parts of a seed, and where it differs
 * from the float network. */
static int
count_right(const WgCrossResult *result, guint form, int seed, int *n, int *n_changed)
{
    int n_right = 0;

    *n = 0;
    for (int i = 0; i < result->n_parts; i++) {
        const WgCrossPart *part = &result->parts[i];

        if (part->seed != seed)
            continue;
        *n += part->n;
        for (int k = 0; k < part->n; k++) {
            const int said = part->answers->said[(int)form * part->n + k];

            n_right += said == part->truth[k];
            *n_changed += said != part->answers->said[k];
        }
    }
    return n_right;
}

/* Mean of n values, and their standard deviation (NaN of a single one). */
static void
measure(const double *values, int n, double *mean, double *spread)
{
    double sum = 0, squares = 0;

    for (int i = 0; i < n; i++)
        sum += values[i];
    *mean = sum / n;
    for (int i = 0; i < n; i++)
        squares += (values[i] - *mean) * (values[i] - *mean);
    *spread = n > 1 ? sqrt(squares / (n - 1)) : (double)NAN;
}

/* The training whose test takes the form had most of wrong against the float network. */
static JsonObject *
report_worst(guint form, const WgCrossResult *result)
{
    JsonObject *worst = json_object_new();
    double least = INFINITY;
    const WgCrossPart *which = NULL;

    for (int i = 0; i < result->n_parts; i++) {
        const WgCrossPart *part = &result->parts[i];
        int n_more = 0;
        double difference;

        for (int k = 0; k < part->n; k++)
            n_more += (part->answers->said[(int)form * part->n + k] == part->truth[k]) -
                      (part->answers->said[k] == part->truth[k]);
        difference = (double)n_more / MAX(1, part->n);
        if (difference < least) {
            least = difference;
            which = part;
        }
    }
    json_object_set_string_member(worst, "name", which ? which->name : "");
    json_object_set_double_member(worst, "difference", which ? least : 0);
    return worst;
}

static JsonObject *
report_form(const char *name, guint form, const WgCrossResult *result, int n_seeds)
{
    JsonObject *object = json_object_new();
    JsonArray *seeds = json_array_new(), *differences = json_array_new();
    g_autofree double *accuracies = g_new(double, n_seeds);
    g_autofree double *changes = g_new(double, n_seeds);
    int n_errors = 0, n_changed = 0, n_ignored = 0;
    double mean, spread, distance = 0;

    for (int i = 0; i < result->n_parts; i++)
        distance += result->parts[i].answers->distances[form];

    for (int seed = 1; seed <= n_seeds; seed++) {
        int n;
        const int n_right = count_right(result, form, seed, &n, &n_changed);
        const int n_right_before = count_right(result, 0, seed, &n, &n_ignored);

        n_errors += n - n_right;
        accuracies[seed - 1] = (double)n_right / MAX(1, n);
        changes[seed - 1] = (double)(n_right - n_right_before) / MAX(1, n);
        json_array_add_double_element(seeds, accuracies[seed - 1]);
        json_array_add_double_element(differences, changes[seed - 1]);
    }
    json_object_set_string_member(object, "form", name);
    json_object_set_int_member(object, "errors", n_errors);
    measure(accuracies, n_seeds, &mean, &spread);
    json_object_set_double_member(object, "accuracy", mean);
    wg_json_set_number(object, "accuracy_spread", spread);
    json_object_set_array_member(object, "seeds", seeds);
    measure(changes, n_seeds, &mean, &spread);
    json_object_set_double_member(object, "difference", mean);
    wg_json_set_number(object, "spread", spread);
    json_object_set_array_member(object, "differences", differences);
    json_object_set_int_member(object, "changed", n_changed);
    json_object_set_object_member(object, "worst", report_worst(form, result));
    json_object_set_double_member(object, "distance", distance / MAX(1, result->n));
    return object;
}

JsonArray *
wg_cross_forms_report(GPtrArray *forms, const WgCrossResult *result, int n_seeds)
{
    JsonArray *array = json_array_new();

    json_array_add_object_element(array, report_form("float", 0, result, n_seeds));
    for (guint k = 0; k < forms->len; k++) {
        const WgCrossForm *form = g_ptr_array_index(forms, k);

        json_array_add_object_element(array, report_form(form->name, k + 1, result, n_seeds));
    }
    return array;
}
