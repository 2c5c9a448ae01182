/* The session: one project and one watch, and who wants to know when they change. */
#include "workbench/session.h"

#include "base/error.h"
#include "device/link.h"

#include <glib/gi18n.h>

/* Times faster that a virtual watch performs unless its address says otherwise. */
#define PERFORM_SPEED "20"

struct _WgSession {
    GObject parent_instance;
    WgProject *project;
    gulong changed_id;
    GPtrArray *recordings;
    gint64 recordings_version;
    gboolean is_stale; /* the recordings are */
    gboolean in_background;
    GCancellable *reading; /* NULL: they are not being read */
    double share_read;
    GArray *label_counts; /* of those that are being read */
    WgWatch *watch;
    gulong state_id;
    const char *watch_user;
};

G_DEFINE_FINAL_TYPE(WgSession, wg_session, G_TYPE_OBJECT)

enum { RECORDINGS_CHANGED, READING_CHANGED, MODELS_CHANGED, WATCH_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static GPtrArray *
new_recordings(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
}

static void
end_reading(WgSession *self)
{
    if (self->reading)
        g_cancellable_cancel(self->reading);
    g_clear_object(&self->reading);
    g_clear_pointer(&self->label_counts, g_array_unref);
}

static void
on_watch_state(GObject *watch, GParamSpec *pspec, gpointer user_data)
{
    g_signal_emit(user_data, signals[WATCH_CHANGED], 0);
}

static void
wg_session_dispose(GObject *object)
{
    WgSession *self = WG_SESSION(object);

    wg_session_drop_watch(self);
    wg_session_close_project(self);
    g_clear_pointer(&self->recordings, g_ptr_array_unref);
    G_OBJECT_CLASS(wg_session_parent_class)->dispose(object);
}

static void
wg_session_class_init(WgSessionClass *klass)
{
    const GType type = G_TYPE_FROM_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_session_dispose;
    signals[RECORDINGS_CHANGED] = g_signal_new("recordings-changed", type, G_SIGNAL_RUN_LAST, 0,
                                               NULL, NULL, NULL, G_TYPE_NONE, 0);
    signals[READING_CHANGED] = g_signal_new("reading-changed", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                            NULL, NULL, G_TYPE_NONE, 0);
    signals[MODELS_CHANGED] = g_signal_new("models-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                           NULL, G_TYPE_NONE, 0);
    signals[WATCH_CHANGED] =
        g_signal_new("watch-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wg_session_init(WgSession *self)
{
}

WgSession *
wg_session_new(void)
{
    return g_object_new(WG_TYPE_SESSION, NULL);
}

static void
on_told(int n, int n_all, gpointer user_data)
{
    WgSession *self = WG_SESSION(user_data);

    self->share_read = (double)n / MAX(n_all, 1);
    g_signal_emit(self, signals[READING_CHANGED], 0);
}

static void on_read(GObject *source, GAsyncResult *result, gpointer user_data);

/* Of those that are there only what has changed; they are shown until it is done. */
static void
read_on(WgSession *self)
{
    self->share_read = 0;
    self->reading = g_cancellable_new();
    wg_project_load_packed_async(self->project, self->recordings, self->recordings_version,
                                 self->reading, on_told, on_read, g_object_ref(self));
}

/* Whether reading what has changed would keep the window from answering. */
static gboolean
has_much_to_read(WgSession *self)
{
    return self->in_background && !self->reading &&
           wg_project_count_changed(self->project) > WG_SESSION_N_AT_ONCE;
}

static void
on_read(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(WgSession) self = WG_SESSION(user_data);
    g_autoptr(GError) error = NULL;
    gint64 version = 0;
    GPtrArray *recordings =
        wg_project_load_packed_finish(WG_PROJECT(source), result, &version, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return; /* it was closed */
    end_reading(self);
    g_clear_pointer(&self->recordings, g_ptr_array_unref);
    self->recordings = recordings; /* NULL: they are asked for again, and it says why not */
    self->recordings_version = recordings ? version : 0;
    self->is_stale = TRUE; /* what was changed meanwhile */
    if (recordings && has_much_to_read(self))
        read_on(self);
    g_signal_emit(self, signals[RECORDINGS_CHANGED], 0);
    g_signal_emit(self, signals[READING_CHANGED], 0);
}

static int
count_all(GArray *counts)
{
    int n = 0;

    for (guint i = 0; i < counts->len; i++)
        n += g_array_index(counts, WgLabelCount, i).n;
    return n;
}

static void
begin_reading(WgSession *self)
{
    g_autoptr(GArray) counts = NULL;

    if (!self->in_background)
        return;
    counts = wg_project_count_labels(self->project, NULL);
    if (!counts || count_all(counts) <= WG_SESSION_N_AT_ONCE)
        return;
    self->label_counts = g_steal_pointer(&counts);
    read_on(self);
}

static void
on_project_changed(WgProject *project, gpointer user_data)
{
    WgSession *self = WG_SESSION(user_data);
    const gboolean is_much = has_much_to_read(self);

    self->is_stale = TRUE;
    if (is_much)
        read_on(self);
    g_signal_emit(self, signals[RECORDINGS_CHANGED], 0);
    g_signal_emit(self, signals[MODELS_CHANGED], 0);
    if (is_much)
        g_signal_emit(self, signals[READING_CHANGED], 0);
}

static gboolean
take_project(WgSession *self, WgProject *project)
{
    if (!project)
        return FALSE;
    wg_session_close_project(self);
    self->project = project;
    self->changed_id = g_signal_connect(project, "changed", G_CALLBACK(on_project_changed), self);
    begin_reading(self);
    on_project_changed(project, self);
    g_signal_emit(self, signals[READING_CHANGED], 0);
    return TRUE;
}

gboolean
wg_session_create_project(WgSession *self, const char *path, GError **error)
{
    return take_project(self, wg_project_create(path, error));
}

gboolean
wg_session_open_project(WgSession *self, const char *path, GError **error)
{
    return take_project(self, wg_project_open(path, error));
}

void
wg_session_close_project(WgSession *self)
{
    if (!self->project)
        return;
    end_reading(self);
    g_clear_signal_handler(&self->changed_id, self->project);
    wg_project_close(self->project);
    g_clear_object(&self->project);
    g_clear_pointer(&self->recordings, g_ptr_array_unref);
    self->recordings_version = 0;
}

WgProject *
wg_session_get_project(WgSession *self)
{
    return self->project;
}

GPtrArray *
wg_session_get_recordings(WgSession *self)
{
    g_autoptr(GPtrArray) before = NULL;
    g_autoptr(GError) error = NULL;

    if (self->reading && !self->recordings)
        self->recordings = new_recordings();
    if (self->recordings && (self->reading || !self->is_stale))
        return self->recordings;
    before = g_steal_pointer(&self->recordings);
    self->is_stale = FALSE;
    if (self->project) {
        self->recordings =
            wg_project_reload_recordings(self->project, before, &self->recordings_version, &error);
        if (!self->recordings)
            g_debug("the job that wants them says so: %s", error->message);
    }
    if (!self->recordings) {
        self->recordings = new_recordings();
        self->recordings_version = 0; /* all of them the next time */
    }
    return self->recordings;
}

void
wg_session_read_in_background(WgSession *self)
{
    self->in_background = TRUE;
}

double
wg_session_get_reading(WgSession *self)
{
    return self->reading ? self->share_read : -1;
}

GArray *
wg_session_get_label_counts(WgSession *self)
{
    return self->label_counts;
}

/* Whether the project has takes of what the address asks a virtual watch to perform. */
static gboolean
has_performed(WgSession *self, const char *address)
{
    const char *query = strchr(address, '?');
    g_autoptr(GHashTable) values = query ? g_uri_parse_params(query + 1, -1, "&", 0, NULL) : NULL;
    const char *wanted = values ? g_hash_table_lookup(values, "perform") : NULL;
    GPtrArray *recordings = wg_session_get_recordings(self);

    if (!wanted || g_str_has_prefix(wanted, "split:"))
        return TRUE;
    for (guint i = 0; self->label_counts && i < self->label_counts->len; i++) {
        if (g_str_equal(g_array_index(self->label_counts, WgLabelCount, i).label, wanted))
            return TRUE;
    }
    for (guint i = 0; i < recordings->len; i++) {
        if (g_str_equal(wg_recording_get_facts(g_ptr_array_index(recordings, i))->label, wanted))
            return TRUE;
    }
    return FALSE;
}

/* A virtual watch performs takes of the project, which it cannot know, where it has them; and
 * faster than a person would, where no speed is given. */
static char *
complete_address(WgSession *self, const char *address)
{
    g_autoptr(GString) full = g_string_new(address);
    g_autofree char *escaped = NULL;

    if (!g_str_has_prefix(address, "virtual:"))
        return g_strdup(address);
    if (strstr(address, "perform=") && !strstr(address, "speed="))
        g_string_append(full, "&speed=" PERFORM_SPEED);
    if (!self->project || strstr(address, "project=") || !has_performed(self, address))
        return g_strdup(full->str);
    escaped = g_uri_escape_string(wg_project_get_path(self->project), "/", FALSE);
    g_string_append_printf(full, "%cproject=%s", strchr(full->str, '?') ? '&' : '?', escaped);
    return g_strdup(full->str);
}

WgWatch *
wg_session_use_watch(WgSession *self, const char *address, GError **error)
{
    g_autofree char *full = complete_address(self, address);
    g_autoptr(WgLink) watch_link = NULL;

    if (self->watch && g_str_equal(wg_watch_get_address(self->watch), full))
        return self->watch;
    watch_link = wg_link_new(full, error);
    if (!watch_link)
        return NULL;
    wg_session_drop_watch(self);
    self->watch = wg_watch_new(watch_link);
    /* what was played to its end does not come back */
    wg_watch_set_keeping(self->watch, !g_str_has_prefix(full, "replay:"));
    self->state_id =
        g_signal_connect(self->watch, "notify::state", G_CALLBACK(on_watch_state), self);
    g_signal_emit(self, signals[WATCH_CHANGED], 0);
    return self->watch;
}

WgWatch *
wg_session_get_watch(WgSession *self)
{
    return self->watch;
}

gboolean
wg_session_check_watch_free(WgSession *self, const char *wanting, GError **error)
{
    if (!self->watch_user)
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_BUSY,
                _("“%s” must wait: “%s” works with the watch, stop it first"), wanting,
                self->watch_user);
    return FALSE;
}

gboolean
wg_session_claim_watch(WgSession *self, const char *user, GError **error)
{
    if (!wg_session_check_watch_free(self, user, error))
        return FALSE;
    self->watch_user = user;
    g_signal_emit(self, signals[WATCH_CHANGED], 0);
    return TRUE;
}

void
wg_session_release_watch(WgSession *self)
{
    self->watch_user = NULL;
    g_signal_emit(self, signals[WATCH_CHANGED], 0);
}

const char *
wg_session_get_watch_user(WgSession *self)
{
    return self->watch_user;
}

void
wg_session_drop_watch(WgSession *self)
{
    if (!self->watch)
        return;
    g_clear_signal_handler(&self->state_id, self->watch);
    wg_watch_disconnect(self->watch);
    g_clear_object(&self->watch);
    g_signal_emit(self, signals[WATCH_CHANGED], 0);
}

char **
wg_session_dup_address_forms(void)
{
    g_autoptr(GStrvBuilder) forms = g_strv_builder_new();

    for (int i = 0; wg_link_kinds[i]; i++)
        g_strv_builder_add(forms, wg_link_kinds[i]->form);
    return g_strv_builder_end(forms);
}
