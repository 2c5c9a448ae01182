/* What all parts of a window look at: the session, its gestures, the one chosen, and what is said.
 */
#include "ui/desk.h"

#include "base/sentences.h"

#include <glib/gi18n.h>

#define BEGUN "begun" /* when work with a job began, in us of the monotonic clock */

enum { PROP_GESTURE = 1, N_PROPS };
enum { MESSAGE, GO, WORK_BEGUN, WORK_ENDED, LOOK_INSIDE, N_SIGNALS };

struct _WgDesk {
    GObject parent_instance;
    WgSession *session;
    WgEdits *edits;
    GListStore *gestures;
    char *gesture, *address;
    GCancellable *connecting;
    GPtrArray *work; /* of WgJob */
};

G_DEFINE_FINAL_TYPE(WgDesk, wg_desk, G_TYPE_OBJECT)

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static void
update_gestures(WgDesk *self)
{
    GArray *counts = wg_session_get_label_counts(self->session);

    if (counts)
        wg_gestures_update_counts(self->gestures, counts, self->gesture);
    else
        wg_gestures_update(self->gestures, wg_session_get_recordings(self->session), self->gesture);
}

static void
on_recordings_changed(WgSession *session, gpointer user_data)
{
    update_gestures(user_data);
}

static void
wg_desk_get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    if (id == PROP_GESTURE)
        g_value_set_string(value, WG_DESK(object)->gesture);
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
}

static void
wg_desk_dispose(GObject *object)
{
    WgDesk *self = WG_DESK(object);

    if (self->connecting)
        g_cancellable_cancel(self->connecting);
    g_clear_object(&self->connecting);
    if (self->session)
        g_signal_handlers_disconnect_by_data(self->session, self);
    g_clear_object(&self->session);
    g_clear_object(&self->edits);
    g_clear_object(&self->gestures);
    g_clear_pointer(&self->gesture, g_free);
    g_clear_pointer(&self->address, g_free);
    g_clear_pointer(&self->work, g_ptr_array_unref);
    G_OBJECT_CLASS(wg_desk_parent_class)->dispose(object);
}

static void
wg_desk_class_init(WgDeskClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS(klass);
    const GType type = G_TYPE_FROM_CLASS(klass);

    object_class->get_property = wg_desk_get_property;
    object_class->dispose = wg_desk_dispose;
    props[PROP_GESTURE] = g_param_spec_string("gesture", "Gesture", "The one that is chosen", NULL,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
    g_object_class_install_properties(object_class, N_PROPS, props);
    signals[MESSAGE] = g_signal_new("message", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
    signals[GO] = g_signal_new("go", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                               G_TYPE_STRING);
    signals[WORK_BEGUN] =
        g_signal_new("work-begun", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
    signals[WORK_ENDED] = g_signal_new("work-ended", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_DOUBLE);
    signals[LOOK_INSIDE] = g_signal_new("look-inside", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
wg_desk_init(WgDesk *self)
{
    self->session = wg_session_new();
    wg_session_read_in_background(self->session);
    self->edits = wg_edits_new(self->session);
    self->gestures = g_list_store_new(WG_TYPE_GESTURE);
    self->work = g_ptr_array_new_with_free_func(g_object_unref);
    g_signal_connect(self->session, "recordings-changed", G_CALLBACK(on_recordings_changed), self);
}

WgDesk *
wg_desk_new(void)
{
    return g_object_new(WG_TYPE_DESK, NULL);
}

WgSession *
wg_desk_get_session(WgDesk *self)
{
    return self->session;
}

WgEdits *
wg_desk_get_edits(WgDesk *self)
{
    return self->edits;
}

GListModel *
wg_desk_get_gestures(WgDesk *self)
{
    return G_LIST_MODEL(self->gestures);
}

const char *
wg_desk_get_gesture(WgDesk *self)
{
    return self->gesture;
}

void
wg_desk_set_gesture(WgDesk *self, const char *label)
{
    if (g_strcmp0(self->gesture, label) == 0)
        return;
    g_free(self->gesture);
    self->gesture = label && *label ? g_strdup(label) : NULL;
    update_gestures(self);
    g_object_notify_by_pspec(G_OBJECT(self), props[PROP_GESTURE]);
}

GPtrArray *
wg_desk_dup_takes(WgDesk *self, const char *label, gboolean newest_first)
{
    GPtrArray *recordings = wg_session_get_recordings(self->session);
    GPtrArray *takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);

    for (guint i = 0; i < recordings->len; i++) {
        WgRecording *recording =
            g_ptr_array_index(recordings, newest_first ? recordings->len - 1 - i : i);

        if (!label || g_str_equal(wg_recording_get_facts(recording)->label, label))
            g_ptr_array_add(takes, wg_recording_ref(recording));
    }
    return takes;
}

void
wg_desk_say(WgDesk *self, const char *text)
{
    g_signal_emit(self, signals[MESSAGE], 0, text, FALSE);
}

void
wg_desk_fail(WgDesk *self, const GError *error)
{
    g_autofree char *text = NULL;

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    text = wg_dup_sentence(error->message);
    g_signal_emit(self, signals[MESSAGE], 0, text, TRUE);
}

void
wg_desk_go(WgDesk *self, const char *page)
{
    g_signal_emit(self, signals[GO], 0, page);
}

void
wg_desk_look_inside(WgDesk *self, gint64 take)
{
    g_signal_emit(self, signals[LOOK_INSIDE], 0, take);
}

gboolean
wg_desk_open(WgDesk *self, const char *path, GError **error)
{
    g_autofree char *address = g_strdup(self->address);
    const gboolean is_there = g_file_test(path, G_FILE_TEST_EXISTS);

    if (is_there ? !wg_session_open_project(self->session, path, error)
                 : !wg_session_create_project(self->session, path, error))
        return FALSE;
    g_clear_pointer(&self->gesture, g_free);
    update_gestures(self);
    if (g_list_model_get_n_items(G_LIST_MODEL(self->gestures)) > 0) {
        g_autoptr(WgGesture) first = g_list_model_get_item(G_LIST_MODEL(self->gestures), 0);

        self->gesture = g_strdup(wg_gesture_get_label(first));
    }
    g_object_notify_by_pspec(G_OBJECT(self), props[PROP_GESTURE]);
    wg_edits_forget(self->edits);
    /* a virtual watch performs takes of the project */
    if (address && g_str_has_prefix(address, "virtual:"))
        wg_desk_connect(self, address);
    return TRUE;
}

static void
on_connected(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(WgDesk) self = WG_DESK(user_data);
    g_autoptr(GError) error = NULL;

    if (!wg_watch_connect_finish(WG_WATCH(source), result, &error) && self->session)
        wg_desk_fail(self, error);
    if (self->session)
        g_signal_emit_by_name(self->session, "watch-changed");
}

void
wg_desk_connect(WgDesk *self, const char *address)
{
    g_autofree char *wanted = g_strdup(address);
    g_autoptr(GError) error = NULL;
    WgWatch *watch = wg_session_use_watch(self->session, wanted, &error);

    if (!watch) {
        wg_desk_fail(self, error);
        return;
    }
    g_free(self->address);
    self->address = g_steal_pointer(&wanted);
    if (wg_watch_get_state(watch) == WG_WATCH_READY ||
        wg_watch_get_state(watch) == WG_WATCH_OPENING)
        return;
    if (self->connecting)
        g_cancellable_cancel(self->connecting);
    g_clear_object(&self->connecting);
    self->connecting = g_cancellable_new();
    wg_watch_connect_async(watch, self->connecting, on_connected, g_object_ref(self));
}

void
wg_desk_disconnect(WgDesk *self)
{
    if (self->connecting)
        g_cancellable_cancel(self->connecting);
    g_clear_object(&self->connecting);
    g_clear_pointer(&self->address, g_free);
    wg_session_drop_watch(self->session);
}

const char *
wg_desk_get_address(WgDesk *self)
{
    return self->address;
}

WgWatch *
wg_desk_get_ready_watch(WgDesk *self)
{
    WgWatch *watch = wg_session_get_watch(self->session);

    return watch && wg_watch_get_state(watch) == WG_WATCH_READY ? watch : NULL;
}

gboolean
wg_desk_has_virtual_watch(WgDesk *self)
{
    return wg_desk_get_ready_watch(self) && self->address &&
           g_str_has_prefix(self->address, "virtual:");
}

WgJob *
wg_desk_new_job(WgDesk *self, const char *name, ...)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WgJob) job = wg_job_new(self->session, name, &error);
    const char *option;
    va_list arguments;

    va_start(arguments, name);
    while (job && !error && (option = va_arg(arguments, const char *))) {
        const char *value = va_arg(arguments, const char *);

        wg_job_set(job, option, value, &error);
    }
    va_end(arguments);
    if (error) {
        wg_desk_fail(self, error);
        return NULL;
    }
    return g_steal_pointer(&job);
}

void
wg_desk_begin_work(WgDesk *self, WgJob *job)
{
    const gint64 now_us = g_get_monotonic_time();

    g_object_set_data_full(G_OBJECT(job), BEGUN, g_memdup2(&now_us, sizeof now_us), g_free);
    g_ptr_array_add(self->work, g_object_ref(job));
    g_signal_emit(self, signals[WORK_BEGUN], 0);
}

void
wg_desk_end_work(WgDesk *self, WgJob *job)
{
    const gint64 *begun_us = g_object_get_data(G_OBJECT(job), BEGUN);

    /* the window may have been closed meanwhile */
    if (self->work && g_ptr_array_remove(self->work, job))
        g_signal_emit(self, signals[WORK_ENDED], 0, wg_job_get_kind(job)->name,
                      (double)(g_get_monotonic_time() - *begun_us) / G_USEC_PER_SEC);
}

gboolean
wg_desk_is_at_work(WgDesk *self, const char *job)
{
    for (guint i = 0; i < self->work->len; i++) {
        if (g_str_equal(wg_job_get_kind(g_ptr_array_index(self->work, i))->name, job))
            return TRUE;
    }
    return FALSE;
}

const char *
wg_desk_describe_work(WgDesk *self)
{
    const char *name;

    if (self->work->len == 0)
        return NULL;
    name = wg_job_get_kind(g_ptr_array_index(self->work, 0))->name;
    if (g_str_equal(name, "record"))
        return _("A recording is under way.");
    if (g_str_equal(name, "import") || g_str_equal(name, "merge"))
        return _("An import is under way.");
    if (g_str_equal(name, "deploy"))
        return _("A deployment is under way.");
    if (g_str_equal(name, "train") || g_str_equal(name, "quantize"))
        return _("Training is under way.");
    return _("An evaluation is under way.");
}

const char *
wg_desk_describe_watch_use(WgDesk *self)
{
    const char *user = wg_session_get_watch_user(self->session);

    if (!user)
        return NULL;
    if (g_str_equal(user, "record"))
        return _("A recording is running: stop it first.");
    if (g_str_equal(user, "deploy"))
        return _("A deployment is running: stop it first.");
    if (g_str_equal(user, "listen"))
        return _("The watch is listening for gestures: stop it first.");
    return _("The watch is at work: wait for it, or stop it first.");
}

WgModelRecord *
wg_desk_load_model(WgDesk *self, const char *kind)
{
    WgProject *project = wg_session_get_project(self->session);
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) models = project ? wg_project_list_models(project, &error) : NULL;
    WgModelRecord *found = NULL;

    if (error)
        g_warning("models could not be listed: %s", error->message);
    for (guint i = 0; models && !found && i < models->len; i++) {
        WgModelRecord *model = g_ptr_array_index(models, i);

        if (model->is_current && g_str_equal(model->kind, kind))
            found = model;
    }
    if (!found)
        return NULL;
    /* the list frees the others */
    g_ptr_array_set_free_func(models, NULL);
    for (guint i = 0; i < models->len; i++) {
        if (g_ptr_array_index(models, i) != found)
            wg_model_record_free(g_ptr_array_index(models, i));
    }
    return found;
}
