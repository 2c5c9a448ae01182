/* Runs one job: its options, its thread or its steps on the main loop, its events and result. */
#include "workbench/job.h"

#include "base/error.h"
#include "workbench/job-option.h"

#include <glib/gi18n.h>

struct _WgJob {
    GObject parent_instance;
    WgSession *session;
    WgProject *project; /* held for the worker thread */
    const WgJobKind *kind;
    GHashTable *values; /* option -> text */
    GPtrArray *arguments;
    WgProgress *progress;
    GCancellable *cancellable;
    GTask *task;
    JsonObject *result;
    GAsyncQueue
        *handled; /* of what is told in turn, of which one may be under way; NULL: none was */
    void (*connected)(WgJob *self, WgWatch *watch);
    gboolean has_watch; /* has claimed the session's */
};

G_DEFINE_FINAL_TYPE(WgJob, wg_job, G_TYPE_OBJECT)

static guint event_signal;

typedef struct {
    WgJob *job;
    char *name;
    JsonObject *event;
    GAsyncQueue *handled; /* gets the job once it was, or cannot be; NULL: nobody waits */
} Telling;

static void
wg_job_dispose(GObject *object)
{
    WgJob *self = WG_JOB(object);

    g_clear_object(&self->session);
    g_clear_object(&self->project);
    g_clear_pointer(&self->values, g_hash_table_unref);
    g_clear_pointer(&self->arguments, g_ptr_array_unref);
    g_clear_object(&self->progress);
    g_clear_object(&self->cancellable);
    g_clear_pointer(&self->result, json_object_unref);
    g_clear_pointer(&self->handled, g_async_queue_unref);
    G_OBJECT_CLASS(wg_job_parent_class)->dispose(object);
}

static void
wg_job_class_init(WgJobClass *klass)
{
    G_OBJECT_CLASS(klass)->dispose = wg_job_dispose;
    event_signal = g_signal_new("event", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 2, G_TYPE_STRING, JSON_TYPE_OBJECT);
}

static void
wg_job_init(WgJob *self)
{
    self->values = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    self->arguments = g_ptr_array_new_null_terminated(0, g_free, TRUE);
    self->progress = wg_progress_new();
    self->cancellable = g_cancellable_new();
}

WgJob *
wg_job_new(WgSession *session, const char *name, GError **error)
{
    const WgJobKind *kind = wg_job_kind_find(name);
    WgJob *self;

    if (!kind) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE, _("there is no command “%s”"), name);
        return NULL;
    }
    self = g_object_new(WG_TYPE_JOB, NULL);
    self->session = g_object_ref(session);
    self->kind = kind;
    return self;
}

WgSession *
wg_job_get_session(WgJob *self)
{
    return self->session;
}

const WgJobKind *
wg_job_get_kind(WgJob *self)
{
    return self->kind;
}

WgProgress *
wg_job_get_progress(WgJob *self)
{
    return self->progress;
}

GCancellable *
wg_job_get_cancellable(WgJob *self)
{
    return self->cancellable;
}

gboolean
wg_job_set(WgJob *self, const char *name, const char *value, GError **error)
{
    const WgJobOption *option = wg_job_option_find(self->kind, name);

    if (!option) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE, "“%s” has no option --%s", self->kind->name,
                    name);
        return FALSE;
    }
    if (!wg_job_option_check(option, value, error))
        return FALSE;
    const char *given =
        option->type == WG_OPTION_LIST ? g_hash_table_lookup(self->values, name) : NULL;
    g_hash_table_insert(self->values, (gpointer)option->name,
                        given ? g_strjoin(WG_OPTION_LIST_SEPARATOR, given, value, NULL)
                              : g_strdup(value));
    return TRUE;
}

void
wg_job_add_argument(WgJob *self, const char *value)
{
    g_ptr_array_add(self->arguments, g_strdup(value));
}

const char *
wg_job_get_string(WgJob *self, const char *name)
{
    const WgJobOption *option = wg_job_option_find(self->kind, name);
    const char *given;

    g_return_val_if_fail(option, NULL);
    given = g_hash_table_lookup(self->values, name);
    return given ? given : option->value;
}

gint64
wg_job_get_int(WgJob *self, const char *option)
{
    const char *text = wg_job_get_string(self, option);

    return text ? (gint64)g_ascii_strtod(text, NULL) : 0;
}

double
wg_job_get_number(WgJob *self, const char *option)
{
    const char *text = wg_job_get_string(self, option);

    return text ? g_ascii_strtod(text, NULL) : 0;
}

gboolean
wg_job_has(WgJob *self, const char *option)
{
    return wg_job_get_string(self, option) != NULL;
}

gboolean
wg_job_is_given(WgJob *self, const char *option)
{
    return g_hash_table_contains(self->values, option);
}

const char *const *
wg_job_get_arguments(WgJob *self)
{
    static const char *const none[] = {NULL};

    if (self->arguments->len == 0)
        return none; /* the array itself has no room yet, not even for its end */
    return (const char *const *)self->arguments->pdata;
}

WgProject *
wg_job_get_project(WgJob *self)
{
    return self->project;
}

static void
telling_free(Telling *telling)
{
    if (telling->handled) {
        g_async_queue_push(telling->handled, telling->job);
        g_async_queue_unref(telling->handled);
    }
    g_object_unref(telling->job);
    g_free(telling->name);
    json_object_unref(telling->event);
    g_free(telling);
}

static gboolean
tell(gpointer user_data)
{
    Telling *telling = user_data;

    g_signal_emit(telling->job, event_signal, 0, telling->name, telling->event);
    return G_SOURCE_REMOVE;
}

/* Always by a source on the task's context, in order, before the result's own callback. */
static void
attach(WgJob *self, const char *name, JsonObject *event, GAsyncQueue *handled)
{
    g_autoptr(GSource) source = g_idle_source_new();
    Telling *telling = g_new0(Telling, 1);

    telling->job = g_object_ref(self);
    telling->name = g_strdup(name);
    telling->event = event;
    telling->handled = handled ? g_async_queue_ref(handled) : NULL;
    g_source_set_priority(source, G_PRIORITY_DEFAULT);
    g_source_set_callback(source, tell, telling, (GDestroyNotify)telling_free);
    g_source_attach(source, g_task_get_context(self->task));
}

void
wg_job_tell(WgJob *self, const char *name, JsonObject *event)
{
    attach(self, name, event, NULL);
}

void
wg_job_tell_in_turn(WgJob *self, const char *name, JsonObject *event)
{
    if (self->handled)
        g_async_queue_pop(self->handled);
    else
        self->handled = g_async_queue_new();
    attach(self, name, event, self->handled);
}

void
wg_job_note(WgJob *self, const char *format, ...)
{
    g_autofree char *text = NULL;
    JsonObject *event = json_object_new();
    va_list arguments;

    va_start(arguments, format);
    text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    json_object_set_string_member(event, "text", text);
    wg_job_tell(self, "note", event);
}

void
wg_job_take_result(WgJob *self, JsonObject *result)
{
    g_clear_pointer(&self->result, json_object_unref);
    self->result = result;
}

void
wg_job_return(WgJob *self, GError *error)
{
    g_autoptr(GTask) task = g_steal_pointer(&self->task);

    g_return_if_fail(task);
    if (self->has_watch)
        wg_session_release_watch(self->session);
    self->has_watch = FALSE;
    if (error)
        g_task_return_error(task, error);
    else
        g_task_return_boolean(task, TRUE);
}

static void
run_in_thread(GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
    WgJob *self = WG_JOB(source);
    GError *error = NULL;

    if (self->kind->run(self, &error))
        g_task_return_boolean(task, TRUE);
    else
        g_task_return_error(task, error);
}

static gboolean
take_project(WgJob *self, GError **error)
{
    WgProject *project = wg_session_get_project(self->session);

    if (!g_str_has_prefix(self->kind->arguments, "PROJECT"))
        return TRUE;
    if (!project && self->kind->arguments[strlen("PROJECT")] == '|')
        return TRUE; /* or another thing in its place, which the job reads itself */
    if (!project && wg_job_option_find(self->kind, "look") && wg_job_has(self, "look"))
        return TRUE; /* at files that go into none yet */
    if (!project) {
        g_set_error(error, WG_ERROR, WG_ERROR_MISSING, _("“%s” needs an open project"),
                    self->kind->name);
        return FALSE;
    }
    self->project = g_object_ref(project);
    return TRUE;
}

void
wg_job_run_async(WgJob *self, GAsyncReadyCallback callback, gpointer user_data)
{
    GError *error = NULL;

    g_return_if_fail(!self->task && !self->result);
    self->task = g_task_new(self, self->cancellable, callback, user_data);
    g_task_set_check_cancellable(self->task,
                                 FALSE); /* a job may end well when it is told to stop */
    if (!take_project(self, &error)) {
        wg_job_return(self, error);
        return;
    }
    if (self->kind->run)
        g_task_run_in_thread(self->task, run_in_thread);
    else
        self->kind->start(self);
}

JsonObject *
wg_job_run_finish(WgJob *self, GAsyncResult *result, GError **error)
{
    g_clear_object(&self->task);
    if (!g_task_propagate_boolean(G_TASK(result), error))
        return NULL;
    return self->result ? json_object_ref(self->result) : json_object_new();
}

JsonObject *
wg_job_get_result(WgJob *self)
{
    return self->result;
}

static void
on_connected(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(WgJob) self = WG_JOB(user_data);
    GError *error = NULL;

    if (wg_watch_connect_finish(WG_WATCH(source), result, &error))
        self->connected(self, WG_WATCH(source));
    else
        wg_job_return(self, error);
}

/* For as long as it runs, unless it only asks something. */
static gboolean
take_watch(WgJob *self, GError **error)
{
    if (self->kind->only_asks)
        return wg_session_check_watch_free(self->session, self->kind->name, error);
    self->has_watch = wg_session_claim_watch(self->session, self->kind->name, error);
    return self->has_watch;
}

void
wg_job_with_watch(WgJob *self, void (*connected)(WgJob *self, WgWatch *watch))
{
    const char *address = wg_job_get_string(self, "watch");
    GError *error = NULL;
    WgWatch *watch = NULL;

    if (!take_watch(self, &error)) {
        wg_job_return(self, error);
        return;
    }
    if (address) {
        watch = wg_session_use_watch(self->session, address, &error);
    } else {
        watch = wg_session_get_watch(self->session);
        if (!watch)
            g_set_error(&error, WG_ERROR, WG_ERROR_USAGE,
                        "“%s” needs a watch: give --watch ADDRESS (“watches” lists them)",
                        self->kind->name);
    }
    if (!watch || (wg_job_option_find(self->kind, "trace") && wg_job_has(self, "trace") &&
                   !wg_watch_trace(watch, wg_job_get_string(self, "trace"), &error))) {
        wg_job_return(self, error);
        return;
    }
    self->connected = connected;
    if (wg_watch_get_state(watch) == WG_WATCH_READY)
        connected(self, watch);
    else
        wg_watch_connect_async(watch, self->cancellable, on_connected, g_object_ref(self));
}
