/* The job "alarms": what a recording of ordinary movement sets off, and takes made of that. */
#include "base/error.h"
#include "workbench/alarms.h"
#include "workbench/patience.h"

#include <glib/gi18n.h>
#include <string.h>

/* Those of `takes` that the option names by their numbers from 1. */
static GPtrArray *
choose(GPtrArray *takes, const char *only, GError **error)
{
    g_auto(GStrv) words = g_strsplit(only, ",", -1);
    g_autoptr(GPtrArray) chosen =
        g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);

    for (int i = 0; words[i]; i++) {
        char *end = NULL;
        const gint64 number = g_ascii_strtoll(words[i], &end, 10);

        if (end == words[i] || *end || number < 1 || number > (gint64)takes->len) {
            g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                        "--only takes numbers of answers from 1 to %u, not “%s”", takes->len,
                        words[i]);
            return NULL;
        }
        g_ptr_array_add(chosen, wg_recording_ref(g_ptr_array_index(takes, number - 1)));
    }
    return g_steal_pointer(&chosen);
}

static gboolean
add(WgJob *job, const WgStreamSource *source, const WgReplay *replay, JsonObject *result,
    GError **error)
{
    const char *only = wg_job_get_string(job, "only");
    g_autoptr(GPtrArray) all = wg_alarms_cut(source, replay, wg_job_get_string(job, "add"));
    g_autoptr(GPtrArray) takes = only ? choose(all, only, error) : g_ptr_array_ref(all);
    int n_added = 0;

    if (!takes || (takes->len > 0 && (!wg_patience_wait(job, error) ||
                                      !wg_project_add_recordings(wg_job_get_project(job), takes,
                                                                 NULL, &n_added, error))))
        return FALSE;
    json_object_set_int_member(result, "added", n_added);
    return TRUE;
}

/* It is no take of a gesture: it is not to be trained on. */
static gboolean
set_aside(WgJob *job, const char *what, GError **error)
{
    char *end = NULL;
    const gint64 id = g_ascii_strtoll(what, &end, 10);

    if (end == what || *end) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    "--set-aside is for a recording of the project by its number, not for “%s”",
                    what);
        return FALSE;
    }
    return wg_patience_wait(job, error) &&
           wg_project_set_disabled(wg_job_get_project(job), &id, 1, TRUE, error);
}

static gboolean
run(WgJob *job, GError **error)
{
    const char *what = wg_job_get_arguments(job)[0];
    g_autoptr(WgStreamSource) source = NULL;
    g_autoptr(WgReplay) replay = NULL;
    g_autoptr(JsonObject) result = NULL;

    if (g_str_has_prefix(what, "split:")) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    _("takes are gestures, not ordinary movement: give a recording of that"));
        return FALSE;
    }
    if (wg_job_has(job, "only") && !wg_job_has(job, "add")) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    "--only says which answers --add adds: give both");
        return FALSE;
    }
    source = wg_stream_source_new(job, what, TRUE, error);
    if (!source || (wg_job_has(job, "set-aside") && !set_aside(job, what, error)))
        return FALSE;
    source->rule.threshold = wg_decision_choose_threshold(job, source->decision);
    source->rule.thresholds = wg_decision_choose_thresholds(job, source->decision);
    replay = wg_replay_new(source->model, source->stream, &source->window, wg_job_get_progress(job),
                           wg_job_get_cancellable(job), error);
    if (!replay)
        return FALSE;
    result = wg_alarms_new(source, replay);
    json_object_set_string_member(result, "recording", source->description);
    if (wg_job_has(job, "add") && !add(job, source, replay, result, error))
        return FALSE;
    wg_job_take_result(job, g_steal_pointer(&result));
    return TRUE;
}

static const WgJobOption options_table[] = {
    WG_STREAM_OPTIONS,
    {"threshold", WG_OPTION_NUMBER, "T", "least probability for an answer, else as tuned, else 0.5",
     NULL, 0, 1},
    {"add", WG_OPTION_STRING, "LABEL", "adds what set it off to the project, as takes of this",
     NULL},
    {"only", WG_OPTION_STRING, "1,3", "of that those answers alone", NULL},
    {"set-aside", WG_OPTION_FLAG, NULL, "RECORDING takes no part in training from now on", NULL},
    {NULL},
};

const WgJobKind wg_job_kind_alarms = {
    "alarms",
    "what a recording of ordinary movement sets off: false alarms an hour, and how sure that is",
    "PROJECT RECORDING",
    options_table,
    run,
    NULL,
    NULL,
    "Every answer counts as a false alarm, whatever the recording is labelled.",
};
