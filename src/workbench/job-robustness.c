/* The job "robustness": what the stored model bears of noise, turns, pace and lost samples. */
#include "base/error.h"
#include "workbench/job.h"
#include "workbench/json.h"
#include "workbench/robustness.h"
#include "workbench/test-opening.h"

static JsonArray *
list_curves(const WgRobustness *robustness)
{
    JsonArray *curves = json_array_new();

    for (int k = 0; k < robustness->n_curves; k++) {
        const WgRobustCurve *curve = &robustness->curves[k];
        JsonObject *object = json_object_new();
        JsonArray *points = json_array_new();

        for (int i = 0; i < curve->n_points; i++) {
            JsonObject *point = json_object_new();

            json_object_set_double_member(point, "value", curve->points[i].value);
            json_object_set_double_member(point, "accuracy", curve->points[i].accuracy);
            json_array_add_object_element(points, point);
        }
        json_object_set_string_member(object, "name", curve->name);
        json_object_set_string_member(object, "unit", curve->unit);
        json_object_set_array_member(object, "points", points);
        json_array_add_object_element(curves, object);
    }
    return curves;
}

static gboolean
run(WgJob *job, GError **error)
{
    WgProject *project = wg_job_get_project(job);
    const char *kind = wg_job_get_string(job, "model");
    const char *part = wg_job_get_string(job, "on");
    g_autoptr(WgModel) model = NULL;
    g_autoptr(WgDataset) dataset = NULL;
    g_autoptr(WgWindows) windows = NULL;
    g_autoptr(WgRobustness) robustness = NULL;
    g_autofree char *advice = NULL;
    gint64 n_opened = 0;
    JsonObject *result;

    if (!g_str_equal(kind, "float") && !g_str_equal(kind, "int8")) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE, "--model takes float or int8, not “%s”", kind);
        return FALSE;
    }
    model = wg_model_load(project, kind, error);
    dataset = model ? wg_model_load_part(model, project, part, error) : NULL;
    if (!dataset)
        return FALSE;
    windows = wg_windows_new(dataset, NULL, 0);
    robustness = wg_robustness_new(model, windows, (int)wg_job_get_int(job, "draws"),
                                   (guint64)wg_job_get_int(job, "seed"), wg_job_get_progress(job),
                                   wg_job_get_cancellable(job), error);
    if (!robustness)
        return FALSE;
    if (g_str_equal(part, "test") && !wg_test_count_opening(job, &n_opened, error))
        return FALSE;
    advice = wg_robustness_dup_advice(robustness);
    result = json_object_new();
    json_object_set_string_member(result, "model", kind);
    json_object_set_string_member(result, "on", part);
    json_object_set_int_member(result, "n", robustness->n);
    json_object_set_int_member(result, "draws", robustness->n_draws);
    json_object_set_double_member(result, "accuracy", robustness->accuracy);
    if (n_opened > 0)
        json_object_set_int_member(result, "test_opened", n_opened);
    json_object_set_array_member(result, "curves", list_curves(robustness));
    json_object_set_string_member(result, "advice", advice);
    wg_job_take_result(job, result);
    return TRUE;
}

static const WgJobOption options_table[] = {
    {"model", WG_OPTION_STRING, "float|int8", "which of the two models", "int8"},
    {"on", WG_OPTION_STRING, "test|validation|train", "which part of the split", "validation"},
    {"draws", WG_OPTION_INT, "N", "times each change is drawn anew", "5", 1, 1000},
    {"seed", WG_OPTION_INT, "N", "of the draws", "1", 0, 9e15},
    {NULL},
};

const WgJobKind wg_job_kind_robustness = {
    "robustness", "what the model bears of noise, turns, pace and lost samples",
    "PROJECT",    options_table,
    run,          NULL,
};
