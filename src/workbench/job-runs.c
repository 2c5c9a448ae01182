/* The job "runs": the history of trainings, and two of them held against each other. */
#include "base/error.h"
#include "workbench/edit-project.h"
#include "workbench/job.h"
#include "workbench/patience.h"
#include "workbench/run-changes.h"
#include "workbench/runs.h"

static JsonObject *
find(JsonArray *runs, const char *text, GError **error)
{
    char *end = NULL;
    const gint64 id = g_ascii_strtoll(text, &end, 10);
    JsonObject *run = end != text && !*end ? wg_runs_find(runs, id) : NULL;

    if (!run)
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    "--compare takes the numbers of two runs as 1,3 (“runs” lists them), and “%s” "
                    "is none",
                    text);
    return run;
}

static JsonObject *
compare(JsonArray *runs, const char *text, GError **error)
{
    g_auto(GStrv) words = g_strsplit(text, ",", 2);
    JsonObject *before = find(runs, words[0] ? words[0] : "", error);
    JsonObject *after = before ? find(runs, words[1] ? words[1] : "", error) : NULL;
    JsonArray *confusion;
    JsonObject *compared;

    if (!after)
        return NULL;
    compared = json_object_new();
    json_object_set_int_member(compared, "before", json_object_get_int_member(before, "id"));
    json_object_set_int_member(compared, "after", json_object_get_int_member(after, "id"));
    json_object_set_array_member(compared, "changes", wg_run_changes_new(before, after));
    confusion = wg_run_changes_get_confusion(before, after);
    if (confusion)
        json_object_set_array_member(compared, "confusion_change", confusion);
    else
        json_object_set_null_member(compared, "confusion_change");
    return compared;
}

static gboolean
use(WgJob *job, GError **error)
{
    return wg_patience_wait(job, error) &&
           wg_edit_choose_model(wg_job_get_project(job), wg_job_get_int(job, "use"), error);
}

static gboolean
run(WgJob *job, GError **error)
{
    const char *compared_text = wg_job_get_string(job, "compare");
    const gboolean is_done = !wg_job_has(job, "use") || use(job, error);
    g_autoptr(GPtrArray) models =
        is_done ? wg_project_list_models(wg_job_get_project(job), error) : NULL;
    g_autoptr(JsonArray) runs = models ? wg_runs_list(models) : NULL;
    JsonObject *compared = NULL, *result;

    if (!runs)
        return FALSE;
    if (compared_text) {
        compared = compare(runs, compared_text, error);
        if (!compared)
            return FALSE;
    }
    wg_runs_strip(runs);
    result = json_object_new();
    json_object_set_array_member(result, "runs", g_steal_pointer(&runs));
    if (compared)
        json_object_set_object_member(result, "compared", compared);
    wg_job_take_result(job, result);
    return TRUE;
}

static const WgJobOption options_table[] = {
    {"compare", WG_OPTION_STRING, "A,B", "what is another in run B than in run A", NULL},
    {"use", WG_OPTION_INT, "A", "goes back to run A, until another is trained", NULL, 1, 9e15},
    {NULL},
};

const WgJobKind wg_job_kind_runs = {
    "runs", "lists the trainings of the project, the newest first", "PROJECT", options_table, run,
    NULL,
};
