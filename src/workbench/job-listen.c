/* The job "listen": what the watch says beside what this machine says for the same gesture. */
#include "base/error.h"
#include "base/shown.h"
#include "quant/verdict.h"
#include "workbench/comeback.h"
#include "workbench/job.h"
#include "workbench/listened.h"

#include <glib/gi18n.h>

#define TROUBLE_MAX_CHARS 200

typedef struct {
    WgJob *job;
    WgListened *listened;
    WgWatch *watch;
    int n_gestures, n_equal, n_exact;
    gulong event_id, cancelled_id;
    WgComeback *comeback;
    gboolean has_started, is_starting, is_ending;
    guint timeout_id, end_id;
    char *trouble; /* that was told last */
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
    g_clear_pointer(&l->listened, wg_listened_free);
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
    json_object_set_int_member(result, "takes", (gint64)g_hash_table_size(l->listened->takes));
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

static void
on_answer(Listening *l, JsonObject *answer)
{
    JsonObject *row = wg_listened_answer(l->listened, answer);

    if (!row) {
        wg_job_note(l->job, _("the watch sent an answer that this version does not understand"));
        return;
    }
    l->n_gestures++;
    l->n_equal += json_object_get_boolean_member(row, "equal");
    l->n_exact += json_object_get_boolean_member(row, "as_recorded");
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
    wg_job_note(l->job, _("the app on the watch could not go on with a gesture: %s"), shown);
}

/* NULL where it is no text. */
static const char *
get_text(JsonObject *event)
{
    JsonNode *node = json_object_get_member(event, "text");

    return node && JSON_NODE_HOLDS_VALUE(node) && json_node_get_value_type(node) == G_TYPE_STRING
               ? json_node_get_string(node)
               : NULL;
}

static void
on_event(WgWatch *watch, const char *name, JsonNode *value, gpointer user_data)
{
    Listening *l = user_data;

    if (g_str_equal(name, "answer") && JSON_NODE_HOLDS_OBJECT(value))
        on_answer(l, json_node_get_object(value));
    else if (g_str_equal(name, "trouble") && JSON_NODE_HOLDS_OBJECT(value))
        on_trouble(l, get_text(json_node_get_object(value)));
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

    if (l->listened->is_builtin &&
        !wg_arena_has_clean_input(l->listened->network, WG_FIRMWARE_ARENA_BYTES))
        wg_job_note(l->job,
                    _("the firmware's own recogniser leaves what was in memory behind a "
                      "gesture, so its answers may differ: deploy the app to have them equal"));
    if (seconds > 0)
        l->timeout_id = g_timeout_add((guint)(seconds * 1000), on_time_over, l);
    wg_job_tell(l->job, "started", wg_listened_describe_rule(l->listened));
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
    wg_listened_take_info(l->listened, wg_job_get_project(l->job), &info,
                          wg_job_has(l->job, "threshold"), &error);
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

static void
start(WgJob *job)
{
    Listening *l = g_new0(Listening, 1);
    GError *error = NULL;

    l->listened = wg_listened_new(wg_job_get_project(job), &error);
    if (!l->listened) {
        listening_free(l);
        wg_job_return(job, error);
        return;
    }
    if (wg_job_has(job, "threshold"))
        l->listened->threshold = wg_job_get_number(job, "threshold");
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
