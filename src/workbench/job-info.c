/* The job "info": counts of the project by label, person, device and length, and what to record
 * next. */
#include "dataset/project-each.h"
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

/* What is counted of the takes. */
typedef struct {
    WgJob *job;
    WgCounts *labels, *spans, *persons, *devices, *lengths, *rates, *gestures;
    gint64 n, n_continuous, n_gyroscope, n_gaps, n_missing, n_held_back;
    double rate_hz; /* of the last */
    gboolean has_many_rates;
} Facts;

static Facts
facts_make(WgJob *job)
{
    return (Facts){.job = job,
                   .labels = wg_counts_new(),
                   .spans = wg_counts_new(),
                   .persons = wg_counts_new(),
                   .devices = wg_counts_new(),
                   .lengths = wg_counts_new(),
                   .rates = wg_counts_new(),
                   .gestures = wg_counts_new()};
}

static void
facts_clear(Facts *self)
{
    wg_counts_free(self->labels);
    wg_counts_free(self->spans);
    wg_counts_free(self->persons);
    wg_counts_free(self->devices);
    wg_counts_free(self->lengths);
    wg_counts_free(self->rates);
    wg_counts_free(self->gestures);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Facts, facts_clear)

/* No take is read for it. */
static gboolean
count(const WgRecordingSpec *spec, gpointer user_data)
{
    Facts *facts = user_data;
    char text[G_ASCII_DTOSTR_BUF_SIZE];

    if (spec->n_spans == 0)
        wg_counts_add(facts->labels, spec->label, 1);
    for (int i = 0; i < spec->n_spans; i++)
        wg_counts_add(facts->spans, spec->spans[i].label, 1);
    wg_counts_add(facts->persons, spec->person ? spec->person : "", 1);
    wg_counts_add(facts->devices, spec->device ? spec->device : "", 1);
    g_snprintf(text, sizeof text, "%d", spec->n_samples);
    wg_counts_add(facts->lengths, text, 1);
    g_snprintf(text, sizeof text, "%g", spec->rate_hz);
    wg_counts_add(facts->rates, text, 1);
    wg_next_step_count(facts->gestures, spec);
    facts->has_many_rates |= facts->n > 0 && spec->rate_hz != facts->rate_hz;
    facts->rate_hz = spec->rate_hz;
    facts->n++;
    facts->n_continuous += spec->n_spans > 0;
    facts->n_gyroscope += spec->n_channels == 6;
    facts->n_gaps += spec->n_gaps;
    for (int i = 0; i < spec->n_gaps; i++)
        facts->n_missing += spec->gaps[i].n_missing;
    facts->n_held_back += spec->disabled && spec->held_back;
    return FALSE;
}

static void
add_facts(JsonObject *result, const Facts *facts)
{
    json_object_set_int_member(result, "recordings", facts->n);
    json_object_set_object_member(result, "labels", wg_counts_to_json(facts->labels));
    json_object_set_object_member(result, "persons", wg_counts_to_json(facts->persons));
    json_object_set_object_member(result, "devices", wg_counts_to_json(facts->devices));
    json_object_set_object_member(result, "lengths", wg_counts_to_json(facts->lengths));
    json_object_set_int_member(result, "continuous", facts->n_continuous);
    json_object_set_object_member(result, "spans", wg_counts_to_json(facts->spans));
    json_object_set_int_member(result, "gyroscope", facts->n_gyroscope);
    json_object_set_object_member(result, "rates", wg_counts_to_json(facts->rates));
    json_object_set_int_member(result, "gaps", facts->n_gaps);
    json_object_set_int_member(result, "missing", facts->n_missing);
    json_object_set_int_member(result, "held_back", facts->n_held_back);
}

static JsonObject *
describe_next(const WgCounts *gestures)
{
    g_auto(WgNextStep) step = wg_next_step_find_of(gestures, NULL, NULL);
    JsonObject *object = json_object_new();

    json_object_set_string_member(object, "step", wg_step_kind_get_name(step.kind));
    wg_json_set_optional(object, "label", step.label);
    json_object_set_int_member(object, "takes", step.n);
    return object;
}

static gboolean
tell(GPtrArray *recordings, int n_read, int n_all, gpointer user_data, GError **error)
{
    const Facts *facts = user_data;

    wg_progress_tell(wg_job_get_progress(facts->job), (double)n_read / MAX(1, n_all), NULL);
    return TRUE;
}

static gboolean
run(WgJob *job, GError **error)
{
    WgProject *project = wg_job_get_project(job);
    g_auto(Facts) facts = facts_make(job);
    const WgEachTake each = {.choose = count, .block = tell, .user_data = &facts};
    g_autoptr(GPtrArray) models = wg_project_list_models(project, error);
    g_autoptr(GPtrArray) presets = models ? wg_project_list_presets(project, error) : NULL;
    g_autoptr(JsonArray) guests = presets ? wg_guest_list(project, error) : NULL;
    JsonObject *result;
    JsonArray *model_rows, *preset_rows;

    if (!guests || !wg_project_for_each_take(project, &each, wg_job_get_cancellable(job), error))
        return FALSE;
    result = json_object_new();
    model_rows = json_array_new();
    preset_rows = json_array_new();
    add_facts(result, &facts);
    for (guint i = 0; i < models->len; i++)
        json_array_add_object_element(model_rows, describe_model(g_ptr_array_index(models, i)));
    for (guint i = 0; i < presets->len; i++)
        json_array_add_object_element(preset_rows, describe_preset(g_ptr_array_index(presets, i)));
    json_object_set_array_member(result, "guests", g_steal_pointer(&guests));
    if (!facts.has_many_rates && facts.n > 0)
        json_object_set_double_member(result, "rate_hz", facts.rate_hz);
    else
        json_object_set_null_member(result, "rate_hz");
    json_object_set_array_member(result, "models", model_rows);
    json_object_set_array_member(result, "presets", preset_rows);
    json_object_set_object_member(result, "next", describe_next(facts.gestures));
    wg_job_take_result(job, result);
    return TRUE;
}

const WgJobKind wg_job_kind_info = {
    "info", "counts by gesture, person, device and length", "PROJECT", NULL, run, NULL,
};
