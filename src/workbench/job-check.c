/* The job "check": what is doubtful about the recordings, the most suspect first. */
#include "base/error.h"
#include "dataset/check.h"
#include "dataset/project-verify.h"
#include "workbench/job.h"
#include "workbench/json.h"
#include "workbench/take-sample.h"

#include <glib/gi18n.h>

/* So that the same takes are looked at each time. */
#define SAMPLE_SEED 1

static JsonObject *
describe(const WgFinding *finding, GHashTable *by_id)
{
    WgRecording *recording = g_hash_table_lookup(by_id, &finding->id);
    const WgRecordingSpec *spec = recording ? wg_recording_get_facts(recording) : NULL;
    JsonObject *object = json_object_new();

    json_object_set_int_member(object, "id", finding->id);
    wg_json_set_optional(object, "file", spec ? spec->file : NULL);
    json_object_set_int_member(object, "line", spec ? spec->line : 0);
    wg_json_set_optional(object, "label", spec ? spec->label : NULL);
    json_object_set_string_member(object, "kind", finding->kind);
    json_object_set_double_member(object, "score", finding->score);
    json_object_set_string_member(object, "message", finding->message);
    return object;
}

static void
say_sampled(JsonObject *result, int n, int n_all)
{
    JsonObject *sampled = json_object_new();
    g_autofree char *words = g_strdup_printf(
        _("a sample was looked at, %d of %d takes, as evenly of each gesture and person as there "
          "are takes of them (--all: all of them)"),
        n, n_all);

    json_object_set_int_member(sampled, "looked_at", n);
    json_object_set_int_member(sampled, "of", n_all);
    json_object_set_object_member(result, "sampled", sampled);
    json_object_set_string_member(result, "note", words);
}

static JsonArray *
list_ids(const GArray *ids)
{
    JsonArray *array = json_array_new();

    for (guint i = 0; i < ids->len; i++)
        json_array_add_int_element(array, g_array_index(ids, gint64, i));
    return array;
}

/* Of the project's file; NULL: the error is set. */
static JsonObject *
look_at_file(WgJob *job, GError **error)
{
    g_autoptr(WgProgress) progress = wg_progress_split(wg_job_get_progress(job), 0, 0.1);
    g_autoptr(WgVerification) found =
        wg_project_verify(wg_project_get_path(wg_job_get_project(job)), TRUE, progress,
                          wg_job_get_cancellable(job), error);
    JsonObject *object;

    if (!found)
        return NULL;
    object = json_object_new();
    json_object_set_boolean_member(object, "whole", wg_verification_is_whole(found));
    wg_json_set_optional(object, "fault", found->fault);
    json_object_set_array_member(object, "unreadable", list_ids(found->unreadable));
    json_object_set_array_member(object, "changed", list_ids(found->changed));
    json_object_set_array_member(object, "models", list_ids(found->models));
    return object;
}

static gboolean
run(WgJob *job, GError **error)
{
    g_autoptr(WgProgress) loading = wg_progress_split(wg_job_get_progress(job), 0.1, 0.2);
    g_autoptr(WgProgress) checking = wg_progress_split(wg_job_get_progress(job), 0.2, 1);
    g_autoptr(JsonObject) file = look_at_file(job, error);
    int n_all = 0;
    g_autoptr(GPtrArray) recordings =
        file ? wg_take_sample_load(wg_job_get_project(job),
                                   wg_job_has(job, "all") ? G_MAXINT : WG_CHECK_SAMPLE_TAKES,
                                   SAMPLE_SEED, &n_all, loading, wg_job_get_cancellable(job), error)
             : NULL;
    g_autoptr(GHashTable) by_id = g_hash_table_new(g_int64_hash, g_int64_equal);
    g_autoptr(WgDataset) dataset = NULL;
    g_autoptr(GPtrArray) findings = NULL;
    JsonObject *result;
    JsonArray *rows;

    dataset = recordings ? wg_dataset_new(recordings, NULL, error) : NULL;
    if (!dataset)
        return FALSE;
    findings = wg_check_run(dataset, wg_job_get_string(job, "kind"), checking,
                            wg_job_get_cancellable(job), error);
    if (!findings)
        return FALSE;
    for (guint i = 0; i < recordings->len; i++) {
        WgRecording *recording = g_ptr_array_index(recordings, i);

        g_hash_table_insert(by_id, (gpointer)&wg_recording_get_facts(recording)->id, recording);
    }
    result = json_object_new();
    json_object_set_object_member(result, "file", g_steal_pointer(&file));
    rows = json_array_new();
    for (guint i = 0; i < findings->len; i++)
        json_array_add_object_element(rows, describe(g_ptr_array_index(findings, i), by_id));
    json_object_set_array_member(result, "findings", rows);
    if ((int)recordings->len < n_all)
        say_sampled(result, (int)recordings->len, n_all);
    else if (n_all > WG_CHECK_LABEL_MAX_TAKES)
        json_object_set_string_member(result, "note",
                                      _("there are so many takes that each was compared with a "
                                        "sample of those of each gesture"));
    wg_job_take_result(job, result);
    return TRUE;
}

static const WgJobOption options_table[] = {
    {"all", WG_OPTION_FLAG, NULL, "every take, however many there are and however long it takes",
     NULL},
    {"kind", WG_OPTION_STRING, "label|clipping|length|still|gaps|scale|axes", "only such", NULL},
    {NULL},
};

const WgJobKind wg_job_kind_check = {
    "check",
    "findings, the most suspect first",
    "PROJECT",
    options_table,
    run,
    NULL,
    .details =
        "First it looks whether the project's file is whole. "
        "Of more than 20000 takes it looks at a sample, always the same, with as many of each "
        "gesture and person as there are, and says so.",
};
