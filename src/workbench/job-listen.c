/* The job "listen": what the watch says beside what this machine says for the same gesture. */
#include "base/error.h"
#include "base/shown.h"
#include "device/crc32.h"
#include "device/deployer.h"
#include "device/watch-names.h"
#include "quant/verdict.h"
#include "workbench/comeback.h"
#include "workbench/decision.h"
#include "workbench/desktop-answer.h"
#include "workbench/job.h"
#include "workbench/json.h"
#include "workbench/model.h"

#include <string.h>

#define TROUBLE_MAX_CHARS 200
#define THRESHOLD 0.5 /* of the firmware's own recogniser, which does not tell it */

typedef struct {
    WgJob *job;
    WgModel *model;
    WgWatch *watch;
    GHashTable *takes; /* GBytes of the stored histories, to know one that was cut as recorded */
    int n_gestures, n_equal, n_exact;
    gulong event_id, cancelled_id;
    WgComeback *comeback;
    gboolean has_started, is_starting, is_ending;
    guint timeout_id, end_id;
    double threshold;
    double *thresholds;     /* of the app, one a label; NULL: the one for all */
    gboolean is_builtin;    /* the firmware's own recogniser answers */
    WgInt8Network *network; /* that it has: the model's, or one with thresholds built in */
    int *least;             /* those built in, NULL: none */
    char *trouble;          /* that was told last */
    GError *error;
} Listening;

static void
listening_free(Listening *l)
{
    g_clear_signal_handler(&l->event_id, l->watch);
    g_clear_pointer(&l->comeback, wg_comeback_free);
    if (l->job)
        g_cancellable_disconnect(wg_job_get_cancellable(l->job), l->cancelled_id);
    g_clear_handle_id(&l->timeout_id, g_source_remove);
    g_clear_handle_id(&l->end_id, g_source_remove);
    g_clear_object(&l->watch);
    g_clear_pointer(&l->model, wg_model_free);
    g_clear_pointer(&l->network, wg_int8_network_unref);
    g_free(l->thresholds);
    g_free(l->least);
    g_clear_pointer(&l->takes, g_hash_table_unref);
    g_clear_error(&l->error);
    g_free(l->trouble);
    g_clear_object(&l->job);
    g_free(l);
}

static void
finish(Listening *l)
{
    g_autoptr(WgJob) job = g_object_ref(l->job);
    JsonObject *result = json_object_new();
    GError *error = g_steal_pointer(&l->error);

    json_object_set_int_member(result, "gestures", l->n_gestures);
    json_object_set_int_member(result, "equal", l->n_equal);
    json_object_set_int_member(result, "exact", l->n_exact);
    json_object_set_int_member(result, "takes", (gint64)g_hash_table_size(l->takes));
    wg_job_take_result(job, result);
    listening_free(l);
    wg_job_return(job, error);
}

static gboolean
end_now(gpointer user_data)
{
    Listening *l = user_data;

    l->end_id = 0;
    l->is_ending = TRUE;
    if (!l->is_starting) /* else when that is answered */
        finish(l);
    return G_SOURCE_REMOVE;
}

/* Not at once: handlers must not be disconnected from within themselves. Takes the error. */
static void
end(Listening *l, GError *error)
{
    if (l->end_id || l->is_ending) {
        g_clear_error(&error);
        return;
    }
    l->error = error;
    l->end_id = g_idle_add(end_now, l);
}

static gboolean
on_time_over(gpointer user_data)
{
    Listening *l = user_data;

    l->timeout_id = 0;
    end(l, NULL);
    return G_SOURCE_REMOVE;
}

static void
on_cancelled(GCancellable *cancellable, gpointer user_data)
{
    end(user_data, NULL);
}

static JsonObject *
describe_answer(const Listening *l, const char *label, const float *outputs)
{
    const int n = l->model->n_labels;
    g_autofree double *shares = g_new(double, n);
    JsonObject *object = json_object_new();
    JsonArray *values = json_array_new(), *shown = json_array_new();

    wg_desktop_get_shares(l->network, outputs, l->least, shares);
    for (int i = 0; i < n; i++) {
        json_array_add_double_element(values, outputs[i]);
        json_array_add_double_element(shown, shares[i]);
    }
    wg_json_set_optional(object, "label", label);
    json_object_set_array_member(object, "outputs", values);
    json_object_set_array_member(object, "shares", shown);
    return object;
}

/* The watch's raw outputs, n of them; FALSE when it did not send as many numbers. */
static gboolean
read_outputs(JsonObject *answer, int n, float *outputs)
{
    JsonNode *node = json_object_get_member(answer, "outputs");
    JsonArray *array = node && JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;

    if (!array || (int)json_array_get_length(array) != n)
        return FALSE;
    for (int i = 0; i < n; i++) {
        JsonNode *value = json_array_get_element(array, (guint)i);

        if (!JSON_NODE_HOLDS_VALUE(value))
            return FALSE;
        outputs[i] = (float)json_node_get_double(value);
    }
    return TRUE;
}

static const char *
get_text(JsonObject *object, const char *name)
{
    JsonNode *node = json_object_get_member(object, name);

    return node && JSON_NODE_HOLDS_VALUE(node) && json_node_get_value_type(node) == G_TYPE_STRING
               ? json_node_get_string(node)
               : NULL;
}

static void
on_answer(Listening *l, JsonObject *answer)
{
    const int n = l->model->n_labels;
    g_autofree float *theirs = g_new0(float, n), *ours = g_new0(float, n);
    const char *input = get_text(answer, "input");
    const char *named = get_text(answer, "label");
    const char *const *labels = (const char *const *)l->model->labels;
    const int theirs_is = named ? wg_watch_names_find(labels, named) : -1;
    const char *watch_label = theirs_is < 0 ? named : labels[theirs_is];
    gsize length = 0;
    g_autofree guchar *history = input ? g_base64_decode(input, &length) : NULL;
    g_autoptr(GBytes) key = NULL;
    JsonObject *row;
    int ours_is;
    const char *our_label;
    gboolean is_equal;

    if (!history || length % 3 != 0 || !read_outputs(answer, n, theirs)) {
        wg_job_note(l->job, "the watch sent an answer that this version does not understand");
        return;
    }
    wg_desktop_answer(l->network, (const gint8 *)history, (int)length / 3, ours);
    ours_is = l->is_builtin ? wg_desktop_decide_builtin(l->network, ours)
                            : wg_desktop_decide(l->network, ours, l->threshold, l->thresholds);
    our_label = ours_is < 0 ? NULL : l->model->labels[ours_is];
    is_equal = memcmp(theirs, ours, sizeof(float) * (gsize)n) == 0 &&
               g_strcmp0(our_label, watch_label) == 0;
    key = g_bytes_new(history, length);
    l->n_gestures++;
    l->n_equal += is_equal;
    l->n_exact += g_hash_table_contains(l->takes, key);
    row = json_object_new();
    json_object_set_object_member(row, "watch", describe_answer(l, watch_label, theirs));
    json_object_set_object_member(row, "desktop", describe_answer(l, our_label, ours));
    json_object_set_boolean_member(row, "equal", is_equal);
    json_object_set_double_member(row, "threshold", l->threshold);
    if (l->thresholds)
        json_object_set_object_member(row, "thresholds",
                                      wg_thresholds_to_json(l->thresholds, l->model));
    json_object_set_boolean_member(row, "as_recorded", g_hash_table_contains(l->takes, key));
    wg_job_tell(l->job, "row", row);
}

/* What its app could not do: an action, or for want of memory the recognising itself. */
static void
on_trouble(Listening *l, const char *text)
{
    g_autofree char *shown = wg_dup_shown(text ? text : "", TROUBLE_MAX_CHARS);
    if (g_strcmp0(shown, l->trouble) == 0) /* at every gesture: once */
        return;
    g_free(l->trouble);
    l->trouble = g_strdup(shown);
    wg_job_note(l->job, "the app on the watch could not go on with a gesture: %s", shown);
}

static void
on_event(WgWatch *watch, const char *name, JsonNode *value, gpointer user_data)
{
    Listening *l = user_data;

    if (g_str_equal(name, "answer") && JSON_NODE_HOLDS_OBJECT(value))
        on_answer(l, json_node_get_object(value));
    else if (g_str_equal(name, "trouble") && JSON_NODE_HOLDS_OBJECT(value))
        on_trouble(l, get_text(json_node_get_object(value), "text"));
    else if (g_str_equal(name, "performed") && wg_job_has(l->job, "watch"))
        end(l, NULL);
}

/* The answer to a start that the connection did not survive comes again when it is back. */
static gboolean
is_away(Listening *l, const GError *error)
{
    return g_error_matches(error, WG_ERROR, WG_ERROR_CONNECTION) && l->comeback &&
           wg_comeback_is_away(l->comeback);
}

static void
begin(Listening *l)
{
    const double seconds = wg_job_get_number(l->job, "seconds");

    if (l->is_builtin && !wg_arena_has_clean_input(l->network, WG_FIRMWARE_ARENA_BYTES))
        wg_job_note(l->job,
                    "the firmware's own recogniser leaves what was in memory behind a "
                    "gesture, so its answers may differ: deploy the app to have them equal");
    if (seconds > 0)
        l->timeout_id = g_timeout_add((guint)(seconds * 1000), on_time_over, l);
    wg_job_tell(l->job, "started", json_object_new());
}

/* Takes the network. */
static void
keep_built(Listening *l, WgInt8Network *built, const WgDecision *decision)
{
    l->network = built;
    if (!decision || !decision->thresholds)
        return;
    l->least = g_new(int, l->model->n_labels);
    wg_thresholds_to_raw(decision->thresholds, l->model->n_labels, l->least);
    l->thresholds = g_memdup2(decision->thresholds, sizeof(double) * (gsize)l->model->n_labels);
}

/* Which network answers there, and by which thresholds. */
static gboolean
take_info(Listening *l, WgListenInfo *info, GError **error)
{
    g_autoptr(WgDecision) decision =
        wg_decision_load(wg_job_get_project(l->job), l->model, "detector");
    g_autoptr(WgInt8Network) built = NULL;

    g_clear_pointer(&l->network, wg_int8_network_unref);
    g_clear_pointer(&l->thresholds, g_free);
    g_clear_pointer(&l->least, g_free);
    l->is_builtin = info->mode == WG_DEPLOY_BUILTIN;
    if (info->crc32 == wg_crc32_bytes(l->model->record->data)) {
        l->network = wg_int8_network_ref(l->model->int8);
    } else if (l->is_builtin) {
        built = wg_decision_build_network(decision, l->model, error);
        if (!built)
            return FALSE;
        if (info->crc32 == wg_crc32_bytes(wg_int8_network_get_bytes(built)))
            keep_built(l, g_steal_pointer(&built), decision);
    }
    if (!l->network) {
        g_set_error_literal(error, WG_ERROR, WG_ERROR_MISSING,
                            "the watch holds another model than this project: deploy again");
        return FALSE;
    }
    if (l->is_builtin || wg_job_has(l->job, "threshold"))
        return TRUE;
    l->threshold = info->threshold;
    if (info->n_thresholds == l->model->n_labels)
        l->thresholds = g_steal_pointer(&info->thresholds);
    return TRUE;
}

static void
on_started(GObject *source, GAsyncResult *result, gpointer user_data)
{
    Listening *l = user_data;
    GError *error = NULL;
    WgListenInfo info = {0};

    l->is_starting = FALSE;
    if (l->is_ending) {
        (void)wg_listen_start_finish(l->watch, result, NULL, NULL);
        finish(l);
        return;
    }
    if (!wg_listen_start_finish(l->watch, result, &info, &error)) {
        if (is_away(l, error))
            g_error_free(error);
        else
            end(l, error);
        return;
    }
    take_info(l, &info, &error);
    wg_listen_info_clear(&info);
    if (error) {
        end(l, error);
        return;
    }
    if (!l->has_started)
        begin(l);
    l->has_started = TRUE;
}

static void
start_listening(Listening *l)
{
    l->is_starting = TRUE;
    wg_listen_start_async(l->watch, wg_job_get_cancellable(l->job), on_started, l);
}

static void
on_back(double away_s, gpointer user_data)
{
    start_listening(user_data);
}

static void
on_gone(GError *error, gpointer user_data)
{
    end(user_data, error);
}

static void
on_connected(WgJob *job, WgWatch *watch)
{
    static const WgComebackFuncs funcs = {.back = on_back, .gone = on_gone};
    Listening *l = g_object_steal_data(G_OBJECT(job), "listening");

    l->job = g_object_ref(job);
    l->watch = g_object_ref(watch);
    l->event_id = g_signal_connect(watch, "event", G_CALLBACK(on_event), l);
    l->cancelled_id =
        g_cancellable_connect(wg_job_get_cancellable(job), G_CALLBACK(on_cancelled), l, NULL);
    l->comeback = wg_comeback_new(job, watch, wg_job_get_number(job, "wait"), &funcs, l);
    start_listening(l);
}

static GHashTable *
collect_takes(WgModel *model, WgProject *project)
{
    GHashTable *takes =
        g_hash_table_new_full(g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL);
    g_autoptr(WgDataset) dataset = wg_model_load_part(model, project, "test", NULL);

    for (int i = 0; dataset && i < wg_dataset_get_n(dataset); i++) {
        WgRecording *recording = wg_dataset_get(dataset, i);
        const gsize size = (gsize)wg_recording_get(recording)->n_samples * 3;

        g_hash_table_add(takes, g_bytes_new_take(wg_recording_dup_history(recording), size));
    }
    return takes;
}

static void
start(WgJob *job)
{
    Listening *l = g_new0(Listening, 1);
    GError *error = NULL;

    l->job = g_object_ref(job);
    l->threshold = wg_job_has(job, "threshold") ? wg_job_get_number(job, "threshold") : THRESHOLD;
    l->model = wg_model_load(wg_job_get_project(job), "int8", &error);
    if (!l->model || !wg_model_check_watch(l->model, "a Bangle.js", &error)) {
        listening_free(l);
        wg_job_return(job, error);
        return;
    }
    l->takes = collect_takes(l->model, wg_job_get_project(job));
    g_clear_object(&l->job); /* while the job holds it, it does not hold the job */
    g_object_set_data_full(G_OBJECT(job), "listening", l, (GDestroyNotify)listening_free);
    wg_job_with_watch(job, on_connected);
}

static const WgJobOption options_table[] = {
    {"watch", WG_OPTION_STRING, "ADDRESS", "where the watch is", NULL},
    {"seconds", WG_OPTION_NUMBER, "S", "for so long, else until stopped", NULL, 0.1, 86400},
    {"threshold", WG_OPTION_NUMBER, "P", "else as it was deployed with", NULL, 0, 1},
    WG_COMEBACK_OPTION,
    {NULL},
};

const WgJobKind wg_job_kind_listen = {
    "listen", "the watch's answers beside this machine's", "PROJECT", options_table, NULL, start,
};
