/* The job "list": every recording of the project. */
#include "dataset/project-each.h"
#include "workbench/job.h"
#include "workbench/json.h"

static JsonArray *
list_spans(const WgRecordingSpec *spec)
{
    JsonArray *spans = json_array_new();

    for (int i = 0; i < spec->n_spans; i++) {
        JsonObject *span = json_object_new();

        json_object_set_int_member(span, "first", spec->spans[i].first);
        json_object_set_int_member(span, "n_samples", spec->spans[i].n_samples);
        json_object_set_string_member(span, "label", spec->spans[i].label);
        json_array_add_object_element(spans, span);
    }
    return spans;
}

static JsonArray *
list_gaps(const WgRecordingSpec *spec)
{
    JsonArray *gaps = json_array_new();

    for (int i = 0; i < spec->n_gaps; i++) {
        JsonObject *gap = json_object_new();

        json_object_set_int_member(gap, "first", spec->gaps[i].first);
        json_object_set_int_member(gap, "missing", spec->gaps[i].n_missing);
        json_array_add_object_element(gaps, gap);
    }
    return gaps;
}

static JsonObject *
describe(const WgRecordingSpec *spec)
{
    JsonObject *object = json_object_new();

    json_object_set_int_member(object, "id", spec->id);
    json_object_set_string_member(object, "label", spec->label);
    wg_json_set_origin(object, spec);
    json_object_set_int_member(object, "n_samples", spec->n_samples);
    json_object_set_int_member(object, "n_channels", spec->n_channels);
    json_object_set_double_member(object, "rate_hz", spec->rate_hz);
    if (spec->n_whole > 0) {
        json_object_set_int_member(object, "trim_first", spec->trim_first);
        json_object_set_int_member(object, "n_whole", spec->n_whole);
    }
    if (spec->n_spans > 0)
        json_object_set_array_member(object, "spans", list_spans(spec));
    if (spec->n_gaps > 0)
        json_object_set_array_member(object, "gaps", list_gaps(spec));
    json_object_set_boolean_member(object, "clipped", spec->n_clipped > 0);
    json_object_set_boolean_member(object, "disabled", spec->disabled);
    if (spec->disabled)
        wg_json_set_optional(object, "held_back", spec->held_back);
    return object;
}

/* The rows of one block. */
typedef struct {
    WgJob *job;
    JsonArray *rows;
} Listing;

/* No take is read for it. */
static gboolean
add_row(const WgRecordingSpec *facts, gpointer user_data)
{
    json_array_add_object_element(((Listing *)user_data)->rows, describe(facts));
    return FALSE;
}

static gboolean
tell_rows(GPtrArray *recordings, int n_read, int n_all, gpointer user_data, GError **error)
{
    Listing *listing = user_data;
    JsonObject *event = json_object_new();

    json_object_set_array_member(event, "rows", listing->rows);
    listing->rows = json_array_new();
    wg_job_tell_in_turn(listing->job, "recordings", event);
    return TRUE;
}

static gboolean
run(WgJob *job, GError **error)
{
    Listing listing = {job, json_array_new()};
    const WgEachTake each = {.of_guests = wg_job_has(job, "guest"),
                             .choose = add_row,
                             .block = tell_rows,
                             .user_data = &listing};
    const gboolean is_done = wg_project_for_each_take(wg_job_get_project(job), &each,
                                                      wg_job_get_cancellable(job), error);

    json_array_unref(listing.rows);
    return is_done;
}

static const WgJobOption options_table[] = {
    {"guest", WG_OPTION_FLAG, NULL, "those of guests, which take part in nothing but their test",
     NULL},
    {NULL},
};

const WgJobKind wg_job_kind_list = {
    "list", "lists the recordings", "PROJECT", options_table, run, NULL, .streamed = "recordings",
};
