/* The job "adapt": trains the last layer of the present model on, with the takes since. */
#include "base/error.h"
#include "workbench/adapt.h"
#include "workbench/job.h"
#include "workbench/json.h"
#include "workbench/store-trained.h"

static JsonObject *
make_result(const WgAdapted *adapted, const WgModel *trained, gboolean is_kept)
{
    g_autofree char *verdict = wg_adapted_dup_verdict(adapted);
    JsonObject *result = json_object_new();
    JsonObject *before = json_object_new(), *after = json_object_new();

    json_object_set_int_member(before, "wrong", adapted->before_wrong);
    json_object_set_int_member(before, "since_wrong", adapted->since_before_wrong);
    json_object_set_int_member(after, "wrong", adapted->after_wrong);
    json_object_set_int_member(after, "since_wrong", adapted->since_after_wrong);
    json_object_set_int_member(result, "since", adapted->n_since);
    json_object_set_int_member(result, "validation", adapted->n_validation);
    json_object_set_object_member(result, "before", before);
    json_object_set_object_member(result, "after", after);
    json_object_set_string_member(result, "preset", trained->record->preset);
    json_object_set_int_member(result, "parameters", wg_network_get_n_parameters(adapted->network));
    json_object_set_string_member(result, "advice", verdict);
    json_object_set_boolean_member(result, "kept", is_kept);
    return result;
}

/* What the model says of its training, and that it was adapted since. Owner: caller. */
static JsonObject *
describe_training(const WgModel *trained, JsonObject *result)
{
    JsonObject *before = json_object_has_member(trained->meta, "train")
                             ? wg_json_get_object(trained->meta, "train")
                             : NULL;
    g_autofree char *text = before ? wg_json_to_text(before) : g_strdup("{}");
    JsonObject *training = wg_json_parse_object(text, "model", NULL);

    json_object_set_string_member(training, "advice",
                                  json_object_get_string_member(result, "advice"));
    json_object_set_object_member(training, "adapted", json_object_ref(result));
    return training;
}

static gboolean
run(WgJob *job, GError **error)
{
    WgProject *project = wg_job_get_project(job);
    const gboolean is_kept = !wg_job_has(job, "dry-run");
    g_autoptr(WgModel) trained = wg_model_load(project, "float", error);
    g_autoptr(GPtrArray) recordings = trained ? wg_project_load_recordings(project, error) : NULL;
    g_autoptr(WgAdapted) adapted = NULL;
    g_autoptr(JsonObject) result = NULL, training = NULL;
    g_autofree char *digest = NULL;

    if (!recordings || (is_kept && !wg_project_check_writable(project, error)))
        return FALSE;
    adapted = wg_adapted_new(trained, recordings, (guint64)wg_job_get_int(job, "seed"),
                             wg_job_get_cancellable(job), error);
    if (!adapted)
        return FALSE;
    result = make_result(adapted, trained, is_kept);
    training = describe_training(trained, result);
    digest = wg_model_dup_takes_digest(recordings);
    if (is_kept && !wg_store_trained(job, adapted->network, trained->record->preset, adapted->split,
                                     training, digest, error))
        return FALSE;
    wg_job_take_result(job, g_steal_pointer(&result));
    return TRUE;
}

static const WgJobOption options_table[] = {
    {"dry-run", WG_OPTION_FLAG, NULL, "only says before and after; the model stays", NULL},
    {"seed", WG_OPTION_INT, "N", "of the takes' changed copies", "1", 0, 9e15},
    {NULL},
};

const WgJobKind wg_job_kind_adapt = {
    "adapt",
    "trains the model's last layer on, with the takes since",
    "PROJECT",
    options_table,
    run,
    NULL,
    NULL,
    "In seconds: for takes that were added, or relabelled, after the training. Those that "
    "validate\n"
    "or test stay apart. Then quantize makes the int8 model.",
};
