/* The job "learning-curve": how many more takes would help, and of which gesture. */
#include "base/error.h"
#include "workbench/cross-options.h"
#include "workbench/json.h"
#include "workbench/learning-curve.h"
#include "workbench/training.h"
#include "workbench/window-options.h"

#include <math.h>

#define SHARES_MIN 3 /* a power law has three unknowns */
#define SURE 1.645   /* standard errors to each side of what holds 9 of 10 times */

/* "20,35,100" as shares, ascending, 1 the last; WG_ERROR_USAGE where it is no such list. */
static GArray *
parse_shares(const char *text, GError **error)
{
    g_auto(GStrv) words = g_strsplit(text, ",", -1);
    g_autoptr(GArray) shares = g_array_new(FALSE, FALSE, sizeof(double));
    double last = 0;

    for (int i = 0; words[i]; i++) {
        char *end = NULL;
        const double share = g_ascii_strtod(g_strstrip(words[i]), &end) / 100;

        if (end == words[i] || *end || !(share > last) || share > 1) {
            g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                        "--shares takes rising percentages up to 100, not “%s”", text);
            return NULL;
        }
        g_array_append_val(shares, share);
        last = share;
    }
    if (shares->len < SHARES_MIN || last < 1) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    "--shares takes %d percentages at least, the last 100, not “%s”", SHARES_MIN,
                    text);
        return NULL;
    }
    return g_steal_pointer(&shares);
}

static JsonArray *
list_recalls(const WgCurvePoint *point, const char *const *labels)
{
    JsonArray *per_label = json_array_new();

    for (int i = 0; labels[i]; i++) {
        JsonObject *label = json_object_new();

        json_object_set_string_member(label, "label", labels[i]);
        wg_json_set_number(label, "recall", point->recalls[i]);
        if (point->recall_errors)
            json_object_set_double_member(label, "spread", point->recall_errors[i]);
        json_array_add_object_element(per_label, label);
    }
    return per_label;
}

static JsonArray *
list_points(const WgCurvePoint *points, int n, gboolean is_predicted, const char *const *labels)
{
    JsonArray *array = json_array_new();

    for (int i = 0; i < n; i++) {
        JsonObject *point = json_object_new();

        json_object_set_double_member(point, "share", points[i].share);
        json_object_set_int_member(point, "takes", lround(points[i].n_takes));
        json_object_set_double_member(point, "accuracy", points[i].accuracy);
        json_object_set_double_member(point, "spread", points[i].spread);
        if (is_predicted) {
            json_object_set_double_member(point, "low",
                                          MAX(0, points[i].accuracy - SURE * points[i].spread));
            json_object_set_double_member(point, "high",
                                          MIN(1, points[i].accuracy + SURE * points[i].spread));
        }
        json_object_set_array_member(point, "per_label", list_recalls(&points[i], labels));
        json_array_add_object_element(array, point);
    }
    return array;
}

static JsonObject *
make_result(const WgLearningCurve *curve, const WgCrossOptions *options, WgDataset *dataset)
{
    const char *const *labels = wg_dataset_get_labels(dataset);
    g_autofree char *advice = wg_learning_curve_dup_advice(curve, labels);
    JsonObject *result = json_object_new();
    JsonObject *law = json_object_new();

    json_object_set_string_member(result, "preset", options->preset->name);
    json_object_set_string_member(result, "model", options->is_int8 ? "int8" : "float");
    json_object_set_int_member(result, "folds", options->n_folds);
    json_object_set_int_member(result, "seeds", options->n_seeds);
    wg_json_set_strings(result, "labels", labels);
    json_object_set_array_member(result, "points",
                                 list_points(curve->points, curve->n_points, FALSE, labels));
    json_object_set_array_member(result, "predicted",
                                 list_points(curve->predicted, curve->n_predicted, TRUE, labels));
    json_object_set_string_member(law, "formula", "1 - accuracy = a (takes / n0)^-b + c");
    json_object_set_double_member(law, "a", curve->law.a);
    json_object_set_double_member(law, "b", curve->law.b);
    json_object_set_double_member(law, "c", curve->law.c);
    json_object_set_double_member(law, "n0", curve->law.n0);
    json_object_set_object_member(result, "law", law);
    wg_json_set_optional(result, "most_helped", curve->label >= 0 ? labels[curve->label] : NULL);
    json_object_set_string_member(result, "advice", advice);
    json_object_set_double_member(result, "seconds", curve->seconds);
    return result;
}

static gboolean
run(WgJob *job, GError **error)
{
    g_autoptr(GArray) shares = NULL;
    g_autoptr(WgDataset) dataset = NULL;
    g_autoptr(WgLearningCurve) curve = NULL;
    WgCrossOptions options = {0};

    if (!wg_cross_options_read(job, &options, error))
        return FALSE;
    shares = parse_shares(wg_job_get_string(job, "shares"), error);
    if (!shares)
        return FALSE;
    options.shares = (const double *)(gpointer)shares->data;
    options.n_shares = (int)shares->len;
    dataset = wg_cross_options_load(job, NULL, &options, error);
    curve = dataset ? wg_learning_curve_new(dataset, &options, wg_job_get_progress(job),
                                            wg_job_get_cancellable(job), error)
                    : NULL;
    if (!curve)
        return FALSE;
    wg_job_take_result(job, make_result(curve, &options, dataset));
    return TRUE;
}

static const WgJobOption options_table[] = {
    WG_TRAINING_OPTIONS,
    WG_WINDOW_OPTIONS,
    {"folds", WG_OPTION_INT, "N", "parts, each tested once", "5", 2, 1000},
    {"model", WG_OPTION_STRING, "float|int8", "which form answers", "int8"},
    {"without-test", WG_OPTION_FLAG, NULL, "leaves out the test takes of the model's split", NULL},
    {"seeds", WG_OPTION_INT, "N", "repeat with seeds 1..N", "2", 1, 1000},
    {"shares", WG_OPTION_STRING, "P,P,...", "percentages of the takes to train on",
     "20,35,50,75,100"},
    {NULL},
};

const WgJobKind wg_job_kind_learning_curve = {
    "learning-curve",
    "how many more takes would help, and of which gesture",
    "PROJECT",
    options_table,
    run,
    NULL,
    .dup_more = wg_preset_dup_help,
};
