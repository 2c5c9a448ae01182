/* The project file (.waggle): one thread owns it, everyone else hands it finished work. */
#include "dataset/project.h"

#include "base/error.h"
#include "base/file.h"
#include "dataset/database-log.h"
#include "dataset/project-growing.h"
#include "dataset/project-lock.h"
#include "dataset/project-reload.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

struct _WgProject {
    GObject parent_instance;
    char *path;
    WgDatabaseOpening opening;
    gint is_held; /* another program writes it; atomic */
    WgChanges *changes;
    GThread *thread;
    GAsyncQueue *requests; /* of Request */
    GMainContext *context;
};

G_DEFINE_FINAL_TYPE(WgProject, wg_project, G_TYPE_OBJECT)

static guint changed_signal;

typedef struct _WgProjectRequest Request;

typedef enum { READ, WRITE, CLAIM, CLOSE } Kind;

struct _WgProjectRequest {
    Kind kind;
    WgProjectWork work; /* of READ and WRITE */
    gpointer data;
    GAsyncQueue *answers; /* gets the request back when it is done */
    gboolean is_done;
    GError *error;
};

/* What the project's thread has. */
typedef struct {
    sqlite3 *db;
    char *path;
    WgProjectLock *lock; /* NULL: nothing was written yet */
    char *session;
    GAsyncQueue *requests;
} Owner;

static void
owner_free(Owner *owner)
{
    g_async_queue_unref(owner->requests);
    g_clear_pointer(&owner->lock, wg_project_lock_free);
    g_free(owner->path);
    g_free(owner->session);
    g_free(owner);
}

/* Who writes first keeps others from it until it closes the project. */
static gboolean
claim(Owner *owner, GError **error)
{
    if (!owner->lock)
        owner->lock = wg_project_lock_new(owner->path, error);
    return owner->lock != NULL;
}

static gboolean
run_and_mark(Owner *owner, Request *request)
{
    const int before = sqlite3_total_changes(owner->db);

    return request->work(owner->db, request->data, &request->error) &&
           (sqlite3_total_changes(owner->db) == before ||
            wg_database_mark(owner->db, owner->session, &request->error));
}

static gboolean
run_in_transaction(Owner *owner, Request *request)
{
    if (!claim(owner, &request->error) ||
        !wg_database_exec(owner->db, "BEGIN IMMEDIATE", &request->error))
        return FALSE;
    if (run_and_mark(owner, request) && wg_database_commit(owner->db, &request->error))
        return TRUE;
    sqlite3_exec(owner->db, "ROLLBACK", NULL, NULL, NULL);
    return FALSE;
}

static gboolean
run(Owner *owner, Request *request)
{
    switch (request->kind) {
    case READ:
        return request->work(owner->db, request->data, &request->error);
    case WRITE:
        return run_in_transaction(owner, request);
    case CLAIM:
        return claim(owner, &request->error);
    case CLOSE:
        break;
    }
    return sqlite3_close(owner->db) == SQLITE_OK;
}

static gpointer
own_file(gpointer user_data)
{
    Owner *owner = user_data;
    Request *request;
    gboolean is_open = TRUE;

    while (is_open) {
        request = g_async_queue_pop(owner->requests);
        is_open = request->kind != CLOSE;
        request->is_done = run(owner, request);
        if (!is_open) /* who waits for it may open it again at once */
            g_clear_pointer(&owner->lock, wg_project_lock_free);
        g_async_queue_push(request->answers, request);
    }
    owner_free(owner);
    return NULL;
}

static gboolean
emit_changed(gpointer user_data)
{
    g_signal_emit(user_data, changed_signal, 0);
    return G_SOURCE_REMOVE;
}

void
wg_project_announce_change(WgProject *self)
{
    g_autoptr(GSource) source = g_idle_source_new();

    g_source_set_priority(source, G_PRIORITY_DEFAULT);
    g_source_set_callback(source, emit_changed, g_object_ref(self), g_object_unref);
    g_source_attach(source, self->context);
}

static void
request_free(Request *request)
{
    g_async_queue_unref(request->answers);
    g_clear_error(&request->error);
    g_free(request);
}

static gboolean
check_medium(WgProject *self, GError **error)
{
    if (!self->opening.is_read_only)
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_STORAGE,
                _("%s can only be read: copy it to where it can be written"), self->path);
    return FALSE;
}

static Request *
begin(WgProject *self, Kind kind, WgProjectWork work, gpointer data, GError **error)
{
    Request *request;

    if (kind != READ && self->thread && !check_medium(self, error))
        return NULL;
    request = g_new0(Request, 1);
    *request = (Request){kind, work, data, g_async_queue_new(), FALSE, NULL};
    /* nothing comes after what closes it, of which nobody would answer */
    g_async_queue_lock(self->requests);
    if (self->thread) {
        g_async_queue_push_unlocked(self->requests, request);
        g_async_queue_unlock(self->requests);
        return request;
    }
    g_async_queue_unlock(self->requests);
    request_free(request);
    g_set_error(error, WG_ERROR, WG_ERROR_MISSING, _("the project is closed: open it again"));
    return NULL;
}

Request *
wg_project_begin_work(WgProject *self, gboolean is_write, WgProjectWork work, gpointer data,
                      GError **error)
{
    return begin(self, is_write ? WRITE : READ, work, data, error);
}

gboolean
wg_project_end_work(WgProject *self, Request *request, GError **error)
{
    gboolean is_done;

    g_async_queue_pop(request->answers);
    is_done = request->is_done;
    if (request->error)
        g_propagate_error(error, g_steal_pointer(&request->error));
    request_free(request);
    return is_done;
}

static gboolean
hand_over(WgProject *self, gboolean is_write, WgProjectWork work, gpointer data, GError **error)
{
    Request *request = wg_project_begin_work(self, is_write, work, data, error);

    return request && wg_project_end_work(self, request, error);
}

gboolean
wg_project_check_writable(WgProject *self, GError **error)
{
    Request *request = begin(self, CLAIM, NULL, NULL, error);
    g_autoptr(GError) why = NULL;

    if (!request)
        return FALSE;
    if (wg_project_end_work(self, request, &why)) {
        g_atomic_int_set(&self->is_held, FALSE);
        return TRUE;
    }
    if (g_error_matches(why, WG_ERROR, WG_ERROR_BUSY))
        g_atomic_int_set(&self->is_held, TRUE);
    g_propagate_error(error, g_steal_pointer(&why));
    return FALSE;
}

gboolean
wg_project_work(WgProject *self, gboolean is_write, WgProjectWork work, gpointer data,
                GError **error)
{
    const gboolean is_done = hand_over(self, is_write, work, data, error);

    if (is_done && is_write)
        wg_project_announce_change(self);
    return is_done;
}

gboolean
wg_project_work_silently(WgProject *self, WgProjectWork work, gpointer data, GError **error)
{
    return hand_over(self, TRUE, work, data, error);
}

static void
wg_project_finalize(GObject *object)
{
    WgProject *self = WG_PROJECT(object);

    wg_project_close(self);
    g_clear_pointer(&self->changes, wg_changes_free);
    g_clear_pointer(&self->requests, g_async_queue_unref);
    g_clear_pointer(&self->context, g_main_context_unref);
    g_free(self->path);
    wg_database_opening_clear(&self->opening);
    G_OBJECT_CLASS(wg_project_parent_class)->finalize(object);
}

static void
wg_project_class_init(WgProjectClass *klass)
{
    G_OBJECT_CLASS(klass)->finalize = wg_project_finalize;
    changed_signal = g_signal_new("changed", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
wg_project_init(WgProject *self)
{
    self->requests = g_async_queue_new();
    self->context = g_main_context_ref_thread_default();
}

static WgProject *
new_project(const char *path, gboolean create, GError **error)
{
    g_auto(WgDatabaseOpening) opening = {FALSE, NULL, NULL};
    sqlite3 *db = wg_database_open(path, create, &opening, error);
    WgChanges *changes;
    WgProject *self;
    Owner *owner;

    if (!db)
        return NULL;
    changes = wg_changes_new(db, opening.is_read_only, error);
    if (!changes) {
        sqlite3_close(db);
        return NULL;
    }
    self = g_object_new(WG_TYPE_PROJECT, NULL);
    self->path = g_strdup(path);
    self->opening = opening;
    opening = (WgDatabaseOpening){FALSE, NULL, NULL};
    self->changes = changes;
    owner = g_new0(Owner, 1);
    owner->db = db;
    owner->path = g_strdup(path);
    owner->session = g_uuid_string_random();
    owner->requests = g_async_queue_ref(self->requests);
    self->thread = g_thread_new("project", own_file, owner);
    return self;
}

WgProject *
wg_project_create(const char *path, GError **error)
{
    if (!*path) {
        g_set_error_literal(error, WG_ERROR, WG_ERROR_INPUT,
                            _("the project has no name: say which file it is to be"));
        return NULL;
    }
    if (g_file_test(path, G_FILE_TEST_EXISTS)) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    _("%s exists already: open it, or choose another name"), path);
        return NULL;
    }
    return new_project(path, TRUE, error);
}

/* What a program that was killed had recorded becomes a recording as any other; it can be read also
 * where that fails. */
static void
finish_left(WgProject *self)
{
    gboolean is_left = FALSE;

    if (!self->opening.is_read_only && hand_over(self, FALSE, wg_growing_is_left, &is_left, NULL) &&
        is_left && !hand_over(self, TRUE, wg_growing_finish_left, NULL, NULL))
        g_debug("what a killed program had recorded could not be joined");
}

WgProject *
wg_project_open(const char *path, GError **error)
{
    WgProject *self;

    if (!wg_file_check_reachable(path, error))
        return NULL;
    if (!g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    _("there is no project at %s: “new” makes one"), path);
        return NULL;
    }
    self = new_project(path, FALSE, error);
    if (self)
        finish_left(self);
    return self;
}

const char *
wg_project_get_path(WgProject *self)
{
    return self->path;
}

WgChanges *
wg_project_get_changes(WgProject *self)
{
    return self->changes;
}

const char *
wg_project_get_former(WgProject *self)
{
    return self->opening.former;
}

const char *
wg_project_get_log_note(WgProject *self)
{
    return self->opening.log_note;
}

gboolean
wg_project_is_read_only(WgProject *self)
{
    return self->opening.is_read_only || g_atomic_int_get(&self->is_held);
}

void
wg_project_close(WgProject *self)
{
    g_autoptr(GAsyncQueue) answers = g_async_queue_new();
    Request request = {.kind = CLOSE, .answers = answers};
    GThread *thread;

    g_async_queue_lock(self->requests);
    thread = g_steal_pointer(&self->thread);
    if (thread)
        g_async_queue_push_unlocked(self->requests, &request);
    g_async_queue_unlock(self->requests);
    if (!thread)
        return;
    g_async_queue_pop(answers);
    if (!request.is_done)
        g_warning("%s was not closed well", self->path);
    g_thread_join(thread);
}
