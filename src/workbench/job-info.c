/* The job "info": counts of the project by label, person, device and length, and what to record
 * next. */
#include "dataset/project-presets.h"
#include "workbench/guest.h"
#include "workbench/job.h"
#include "workbench/json.h"
#include "workbench/next-step.h"

static JsonObject *
describe_model(const WgModelRecord *record)
{
    JsonObject *object = json_object_new();

    json_object_set_int_member(object, "id", record->id);
    json_object_set_string_member(object, "kind", record->kind);
    json_object_set_string_member(object, "preset", record->preset);
    json_object_set_string_member(object, "created", record->created);
    json_object_set_boolean_member(object, "current", record->is_current);
    return object;
}

static JsonObject *
describe_preset(const WgPresetRecord *record)
{
    JsonObject *object = json_object_new();

    json_object_set_string_member(object, "name", record->name);
    json_object_set_string_member(object, "text", record->text);
    json_object_set_string_member(object, "note", record->note);
    json_object_set_string_member(object, "created", record->created);
    return object;
}

static JsonObject *
describe_next(GPtrArray *recordings)
{
    g_auto(WgNextStep) step = wg_next_step_find(recordings, NULL, NULL);
    JsonObject *object = json_object_new();

    json_object_set_string_member(object, "step", wg_step_kind_get_name(step.kind));
    wg_json_set_optional(object, "label", step.label);
    json_object_set_int_member(object, "takes", step.n);
    return object;
}

static gboolean
run(WgJob *job, GError **error)
{
    g_autoptr(GPtrArray) recordings = wg_project_load_recordings(wg_job_get_project(job), error);
    g_autoptr(GPtrArray) models =
        recordings ? wg_project_list_models(wg_job_get_project(job), error) : NULL;
    g_autoptr(GPtrArray) presets =
        models ? wg_project_list_presets(wg_job_get_project(job), error) : NULL;
    g_autoptr(JsonArray) guests = presets ? wg_guest_list(wg_job_get_project(job), error) : NULL;
    JsonObject *result, *labels, *spans, *persons, *devices, *lengths, *rates;
    JsonArray *model_rows, *preset_rows;
    double rate_hz = 0;
    int n_continuous = 0, n_gyroscope = 0, n_gaps = 0, n_missing = 0, n_held_back = 0;
    gboolean one_rate = TRUE;

    if (!guests)
        return FALSE;
    result = json_object_new();
    labels = json_object_new();
    spans = json_object_new();
    persons = json_object_new();
    devices = json_object_new();
    lengths = json_object_new();
    rates = json_object_new();
    model_rows = json_array_new();
    preset_rows = json_array_new();
    for (guint i = 0; i < recordings->len; i++) {
        const WgRecordingSpec *spec = wg_recording_get(g_ptr_array_index(recordings, i));
        g_autofree char *rate = NULL;
        g_autofree char *length = g_strdup_printf("%d", spec->n_samples);

        wg_json_count_labels(labels, spans, spec);
        n_continuous += spec->n_spans > 0;
        n_gyroscope += spec->n_channels == 6;
        n_gaps += spec->n_gaps;
        n_missing += wg_recording_get_n_missing(g_ptr_array_index(recordings, i));
        n_held_back += spec->disabled && spec->held_back;
        wg_json_count(persons, spec->person ? spec->person : "");
        wg_json_count(devices, spec->device ? spec->device : "");
        wg_json_count(lengths, length);
        rate = g_strdup_printf("%g", spec->rate_hz);
        wg_json_count(rates, rate);
        one_rate = one_rate && (i == 0 || spec->rate_hz == rate_hz);
        rate_hz = spec->rate_hz;
    }
    for (guint i = 0; i < models->len; i++)
        json_array_add_object_element(model_rows, describe_model(g_ptr_array_index(models, i)));
    for (guint i = 0; i < presets->len; i++)
        json_array_add_object_element(preset_rows, describe_preset(g_ptr_array_index(presets, i)));
    json_object_set_int_member(result, "recordings", recordings->len);
    json_object_set_object_member(result, "labels", labels);
    json_object_set_object_member(result, "persons", persons);
    json_object_set_object_member(result, "devices", devices);
    json_object_set_object_member(result, "lengths", lengths);
    json_object_set_int_member(result, "continuous", n_continuous);
    json_object_set_object_member(result, "spans", spans);
    json_object_set_int_member(result, "gyroscope", n_gyroscope);
    json_object_set_object_member(result, "rates", rates);
    json_object_set_int_member(result, "gaps", n_gaps);
    json_object_set_int_member(result, "missing", n_missing);
    json_object_set_int_member(result, "held_back", n_held_back);
    json_object_set_array_member(result, "guests", g_steal_pointer(&guests));
    if (one_rate && recordings->len > 0)
        json_object_set_double_member(result, "rate_hz", rate_hz);
    else
        json_object_set_null_member(result, "rate_hz");
    json_object_set_array_member(result, "models", model_rows);
    json_object_set_array_member(result, "presets", preset_rows);
    json_object_set_object_member(result, "next", describe_next(recordings));
    wg_job_take_result(job, result);
    return TRUE;
}

const WgJobKind wg_job_kind_info = {
    "info", "counts by gesture, person, device and length", "PROJECT", NULL, run, NULL,
};
