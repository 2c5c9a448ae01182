/* The write-ahead log that a killed program left beside a project. */
#include "dataset/database-log.h"

#include "base/error.h"
#include "dataset/database.h"
#include "dataset/log-commits.h"
#include "dataset/project-fields.h"
#include "dataset/project-file.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* More of them beside one project are no accident. */
#define ASIDE_MAX 100

#define FACT_SESSIONS "sessions"
#define FACT_COMMITS "commits"

/* That are kept: more logs than that, one on the other, no file was left with. */
#define SESSIONS_MAX 32

typedef struct {
    char *path; /* of the file, as SQLite names what is beside it */
    char *log, *index;
} Log;

static void
log_clear(Log *self)
{
    g_free(self->path);
    g_free(self->log);
    g_free(self->index);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Log, log_clear)

static gboolean
is_sound(sqlite3 *db)
{
    g_autoptr(sqlite3_stmt) check = wg_database_prepare(db, "PRAGMA quick_check(1)", NULL);

    return check && sqlite3_step(check) == SQLITE_ROW &&
           g_strcmp0((const char *)sqlite3_column_text(check, 0), "ok") == 0;
}

static gboolean
is_in(sqlite3_stmt *find, sqlite3_stmt *row)
{
    gboolean is_same = FALSE;

    sqlite3_bind_int64(find, 1, sqlite3_column_int64(row, 0));
    if (sqlite3_step(find) == SQLITE_ROW) {
        const int n = sqlite3_column_bytes(row, 1);

        is_same = n == 0 || (sqlite3_column_bytes(find, 0) == n &&
                             memcmp(sqlite3_column_blob(find, 0), sqlite3_column_blob(row, 1),
                                    (gsize)n) == 0);
    }
    sqlite3_reset(find);
    return is_same;
}

/* What wg_database_mark() has noted last. */
typedef struct {
    char **sessions; /* the newest first, as "WORD:N": N commits were before it; NULL: none */
    gint64 n_commits;
} Mark;

static void
mark_clear(Mark *self)
{
    g_strfreev(self->sessions);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Mark, mark_clear)

static void
read_mark(sqlite3 *db, Mark *mark)
{
    g_autofree char *n_commits = NULL, *sessions = NULL;

    if (wg_fact_get(db, FACT_SESSIONS, &sessions, NULL) && sessions && *sessions)
        mark->sessions = g_strsplit(sessions, " ", -1);
    if (wg_fact_get(db, FACT_COMMITS, &n_commits, NULL) && n_commits)
        mark->n_commits = g_ascii_strtoll(n_commits, NULL, 10);
}

/* The session that the file has seen last is among those of the log, and the file did not go on
 * with it where the log's next one began. */
static gboolean
has_session(const Mark *with, const Mark *without)
{
    const guint n = with->sessions ? g_strv_length(with->sessions) : 0;

    for (guint i = 0; i < n; i++) {
        const char *end = i > 0 ? strchr(with->sessions[i - 1], ':') : NULL;

        if (g_str_equal(with->sessions[i], without->sessions[0]))
            return !end || without->n_commits <= g_ascii_strtoll(end + 1, NULL, 10);
    }
    return n >= SESSIONS_MAX; /* it may have been forgotten */
}

/* The log continues the file: no commit is missing between the two, and none is in the file alone.
 */
static gboolean
continues(sqlite3 *db, sqlite3 *alone, int n_commits)
{
    g_auto(Mark) with = {NULL, 0}, without = {NULL, 0};

    read_mark(db, &with);
    read_mark(alone, &without);
    return (!without.sessions || has_session(&with, &without)) &&
           with.n_commits >= without.n_commits && with.n_commits - without.n_commits <= n_commits;
}

/* No program takes a recording out of a project: with its own log it has all that it has without.
 * Of another form they have other digests. */
static gboolean
has_all(sqlite3 *db, sqlite3 *alone)
{
    g_autoptr(sqlite3_stmt) find = NULL, rows = NULL;
    gint64 form = 0, form_alone = 0;
    int code = SQLITE_DONE;

    if (!wg_database_read_number(db, "PRAGMA user_version", &form, NULL) ||
        !wg_database_read_number(alone, "PRAGMA user_version", &form_alone, NULL))
        return FALSE;
    find = wg_database_prepare(db, "SELECT digest FROM recordings WHERE id = ?1", NULL);
    rows = wg_database_prepare(alone,
                               form == form_alone
                                   ? "SELECT id, digest FROM recordings WHERE n_samples > 0"
                                   : "SELECT id, NULL FROM recordings WHERE n_samples > 0",
                               NULL);
    while (find && rows && (code = sqlite3_step(rows)) == SQLITE_ROW && is_in(find, rows))
        continue;
    return find && rows && code == SQLITE_DONE;
}

/* The file by itself is a project that is whole, and with the log it is not, or another one. */
static gboolean
is_foreign(const Log *self, const WgLogCommits *commits)
{
    sqlite3 *alone = wg_database_open_without_log(self->path);
    sqlite3 *db = NULL;
    gint64 n = 0;
    gboolean is_foreign = FALSE;

    if (alone && wg_database_read_number(alone, "SELECT count(*) FROM recordings", &n, NULL) &&
        is_sound(alone)) {
        db = wg_database_open_to_read(self->path, FALSE, NULL);
        is_foreign =
            db && !(continues(db, alone, commits->n_applied) && is_sound(db) && has_all(db, alone));
    }
    sqlite3_close(db);
    sqlite3_close(alone);
    return is_foreign;
}

/* Where it is free; NULL: none is. */
static char *
dup_aside(const Log *self)
{
    for (int i = 1; i <= ASIDE_MAX; i++) {
        g_autofree char *name = i > 1 ? g_strdup_printf("%s.log-%d", self->path, i)
                                      : g_strconcat(self->path, ".log", NULL);

        if (!g_file_test(name, G_FILE_TEST_EXISTS))
            return g_steal_pointer(&name);
    }
    return NULL;
}

static gboolean
rename_log(const Log *self, char **note, GError **error)
{
    g_autofree char *aside = dup_aside(self);

    if (aside && g_rename(self->log, aside) == 0) {
        g_unlink(self->index);
        *note = g_strdup_printf(_("%s, which lay beside the project, is not of this project: it "
                                  "was left out, and is %s now."),
                                self->log, aside);
        return TRUE;
    }
    if (aside && errno == ENOENT) /* somebody else was faster */
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_STORAGE,
                _("%s is not of this project and would damage it: move it away to open the "
                  "project"),
                self->log);
    return FALSE;
}

/* TRUE also where another program than ours opened the project meanwhile: then it is his. */
static gboolean
put_aside(const Log *self, char **note, GError **error)
{
    WgProjectHold *hold = wg_project_hold_new(self->path);
    const gboolean is_done = !hold || rename_log(self, note, error);

    wg_project_hold_free(hold);
    return is_done;
}

static char *
keep_copy(const Log *self)
{
    g_autofree char *aside = dup_aside(self);
    g_autoptr(GFile) from = g_file_new_for_path(self->log);
    g_autoptr(GFile) to = aside ? g_file_new_for_path(aside) : NULL;

    if (to && g_file_copy(from, to, G_FILE_COPY_NONE, NULL, NULL, NULL, NULL))
        return g_strdup_printf(
            _("The log that a killed program left beside the project is damaged: what it wrote "
              "last may be missing. A copy of the log is %s."),
            aside);
    return g_strdup(_("The log that a killed program left beside the project is damaged: what it "
                      "wrote last may be missing."));
}

static gboolean
is_free(const char *path)
{
    WgProjectHold *hold = wg_project_hold_new(path);

    wg_project_hold_free(hold);
    return hold != NULL;
}

/* Takes `path`; FALSE: there is none. */
static gboolean
log_init(Log *self, char *path)
{
    GStatBuf facts;

    self->path = path;
    self->log = path ? g_strconcat(path, "-wal", NULL) : NULL;
    self->index = path ? g_strconcat(path, "-shm", NULL) : NULL;
    return path && g_stat(self->log, &facts) == 0 && facts.st_size > 0;
}

gboolean
wg_database_log_is_foreign(const char *path)
{
    g_auto(Log) self = {NULL, NULL, NULL};
    WgLogCommits commits;

    if (!log_init(&self, realpath(path, NULL)))
        return FALSE;
    wg_log_count_commits(self.log, &commits);
    return is_foreign(&self, &commits);
}

gboolean
wg_database_settle_log(const char *path, WgProjectLock **lock, char **note, GError **error)
{
    g_auto(Log) self = {NULL, NULL, NULL};
    WgLogCommits commits;
    GStatBuf facts;

    *note = NULL;
    *lock = NULL;
    if (!log_init(&self, realpath(path, NULL)))
        return TRUE;
    *lock = wg_project_lock_wait_to_open(path);
    if (g_stat(self.log, &facts) != 0 || !is_free(path))
        return TRUE;
    wg_log_count_commits(self.log, &commits);
    if (is_foreign(&self, &commits))
        return put_aside(&self, note, error);
    if (commits.n_behind > 1)
        *note = keep_copy(&self);
    return TRUE;
}

gboolean
wg_database_settle_stray_log(const char *path, char **note, GError **error)
{
    g_auto(Log) self = {NULL, NULL, NULL};

    *note = NULL;
    return !log_init(&self, g_strdup(path)) || rename_log(&self, note, error);
}

static char *
dup_sessions(const char *former, const char *session, const char *n_commits)
{
    g_auto(GStrv) words = g_strsplit(former ? former : "", " ", SESSIONS_MAX);
    g_autoptr(GString) text = g_string_new(session);

    g_string_append_printf(text, ":%s", n_commits ? n_commits : "0");
    for (int i = 0; i < SESSIONS_MAX - 1 && words[i]; i++)
        g_string_append_printf(text, " %s", words[i]);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

gboolean
wg_database_mark(sqlite3 *db, const char *session, GError **error)
{
    g_autofree char *sessions = NULL, *n_commits = NULL, *next = NULL;

    if (!wg_fact_get(db, FACT_SESSIONS, &sessions, error) ||
        !wg_fact_get(db, FACT_COMMITS, &n_commits, error))
        return FALSE;
    if (!sessions || !g_str_has_prefix(sessions, session)) {
        g_autofree char *all = dup_sessions(sessions, session, n_commits);

        if (!wg_fact_put(db, FACT_SESSIONS, all, error))
            return FALSE;
    }
    next = g_strdup_printf("%" PRId64, (n_commits ? g_ascii_strtoll(n_commits, NULL, 10) : 0) + 1);
    return wg_fact_put(db, FACT_COMMITS, next, error);
}
