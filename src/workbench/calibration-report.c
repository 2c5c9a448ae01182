/* What is kept with an int8 model of what it was calibrated on, and told. */
#include "base/error.h"
#include "quant/range-fit.h"
#include "workbench/calibration-cost.h"
#include "workbench/calibration-warnings.h"
#include "workbench/json.h"

#include <math.h>

static void
set_range(JsonObject *object, const char *name, WgRange range)
{
    JsonObject *ends = json_object_new();

    json_object_set_double_member(ends, "min", (double)range.min);
    json_object_set_double_member(ends, "max", (double)range.max);
    json_object_set_object_member(object, name, ends);
}

static JsonArray *
list_tensors(const GArray *fits)
{
    JsonArray *tensors = json_array_new();

    for (guint i = 0; i < fits->len; i++) {
        const WgTensorFit *fit = &g_array_index(fits, WgTensorFit, i);
        JsonObject *tensor = json_object_new();

        json_object_set_string_member(tensor, "name", fit->name);
        json_object_set_string_member(tensor, "op", fit->op);
        set_range(tensor, "float", fit->found);
        set_range(tensor, "int8", fit->held);
        json_object_set_double_member(tensor, "scale", (double)fit->scale);
        json_object_set_int_member(tensor, "zero_point", fit->zero_point);
        json_object_set_int_member(tensor, "saturated", fit->n_saturated);
        json_object_set_int_member(tensor, "values", fit->n_values);
        wg_json_set_number(tensor, "mse", fit->mse);
        wg_json_set_number(tensor, "sqnr_db", isinf(fit->sqnr_db) ? (double)NAN : fit->sqnr_db);
        json_array_add_object_element(tensors, tensor);
    }
    return tensors;
}

/* The takes, each once, by their number in the project, of a file by their place in that; and how
 * many windows are of which gesture and person. */
static void
add_takes(JsonObject *report, const WgCalibration *self)
{
    JsonArray *takes = json_array_new(), *places = json_array_new();
    JsonObject *labels = json_object_new(), *persons = json_object_new();
    WgRecording *before = NULL;

    for (int i = 0; self->dataset && i < self->windows->n; i++) {
        WgRecording *take = wg_dataset_get_source(self->dataset, self->windows->recordings[i]);
        const WgRecordingSpec *spec = wg_recording_get(take);

        wg_json_count(labels, self->windows->label_names[self->windows->labels[i]]);
        wg_json_count(persons, spec->person ? spec->person : "");
        if (take == before)
            continue;
        before = take;
        if (self->kind == WG_CALIBRATION_PART) {
            json_array_add_int_element(takes, spec->id);
        } else {
            g_autofree char *name = spec->file ? g_path_get_basename(spec->file) : g_strdup("");
            g_autofree char *place = g_strdup_printf("%s:%d", name, spec->line);

            json_array_add_string_element(places, place);
        }
    }
    json_object_set_array_member(report, "takes", takes);
    if (self->kind == WG_CALIBRATION_FILE)
        json_object_set_array_member(report, "places", places);
    else
        json_array_unref(places);
    json_object_set_object_member(report, "labels", labels);
    json_object_set_object_member(report, "persons", persons);
}

/* A part of the split, NULL without error where it has no takes. */
static WgCalibration *
load_if_there(WgProject *project, WgModel *model, const char *part, GError **error)
{
    g_autoptr(GError) why = NULL;
    WgCalibration *self = wg_calibration_load_part(project, model, part, &why);

    if (!self && !g_error_matches(why, WG_ERROR, WG_ERROR_MISSING))
        g_propagate_error(error, g_steal_pointer(&why));
    return self;
}

static gboolean
is_whole(const WgCalibration *self, const WgCalibration *part)
{
    return self->kind == WG_CALIBRATION_PART && !self->is_some &&
           g_str_equal(self->source, part->source);
}

/* Into the report the warnings and their cost, against the part that is recommended: the validation
 * takes, or the training takes where this one is on just those. */
static gboolean
add_warnings(JsonObject *report, const WgCalibration *self, WgJob *job, WgModel *model,
             WgInt8Network *int8, const GArray *fits, GError **error)
{
    WgProject *project = wg_job_get_project(job);
    g_autoptr(GError) why = NULL;
    g_autoptr(WgCalibration) validation = load_if_there(project, model, "validation", &why);
    g_autoptr(WgCalibration) train = why ? NULL : load_if_there(project, model, "train", &why);
    const WgCalibration *asked = validation ? validation : train;
    const WgCalibration *recommended =
        validation && !is_whole(self, validation) ? validation : train;
    g_autoptr(GBytes) tflite = NULL;
    g_autoptr(WgInt8Network) other = NULL;
    g_autoptr(GArray) other_fits = NULL;
    g_autoptr(GPtrArray) warnings = NULL;
    g_autoptr(JsonObject) cost = NULL;
    JsonArray *told = json_array_new();

    json_object_set_array_member(report, "warnings", told);
    if (!why)
        g_cancellable_set_error_if_cancelled(wg_job_get_cancellable(job), &why);
    if (recommended && !why) {
        tflite = wg_calibration_quantize(recommended, job, model, &why);
        other = tflite ? wg_int8_network_new(tflite, &why) : NULL;
        other_fits = other ? wg_range_fit(model->network, other, recommended->windows, &why) : NULL;
    }
    if (why) {
        g_propagate_error(error, g_steal_pointer(&why));
        return FALSE;
    }
    warnings = wg_calibration_list_warnings(self, model, train, fits, other_fits);
    if (warnings->len > 0 && recommended)
        cost = wg_calibration_cost(self, recommended, model, int8, other, asked);
    for (guint i = 0; i < warnings->len; i++) {
        const WgCalibrationWarning *warning = g_ptr_array_index(warnings, i);
        JsonObject *object = json_object_new();

        json_object_set_string_member(object, "kind", warning->kind);
        json_object_set_string_member(object, "message", warning->message);
        if (cost)
            json_object_set_object_member(object, "cost", json_object_ref(cost));
        else
            json_object_set_null_member(object, "cost");
        json_array_add_object_element(told, object);
    }
    return TRUE;
}

JsonObject *
wg_calibration_report(const WgCalibration *self, WgJob *job, WgModel *model, WgInt8Network *int8,
                      const char *ranges_method, GError **error)
{
    g_autoptr(GArray) fits = wg_range_fit(model->network, int8, self->windows, error);
    g_autoptr(JsonObject) report = json_object_new();
    g_autofree char *what = wg_calibration_describe(self);

    if (!fits)
        return NULL;
    json_object_set_string_member(report, self->kind == WG_CALIBRATION_FILE ? "file" : "part",
                                  self->source);
    json_object_set_string_member(report, "what", what);
    json_object_set_int_member(report, "n", self->windows->n);
    json_object_set_boolean_member(report, "some", self->is_some);
    add_takes(report, self);
    json_object_set_string_member(report, "ranges_method", ranges_method);
    json_object_set_array_member(report, "tensors", list_tensors(fits));
    return add_warnings(report, self, job, model, int8, fits, error) ? g_steal_pointer(&report)
                                                                     : NULL;
}
