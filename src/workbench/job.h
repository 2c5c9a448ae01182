/* A job: what a user starts, the same from the window and the command line. One file a job. */
#pragma once

#include <json-glib/json-glib.h>

#include "base/progress.h"
#include "workbench/session.h"

G_BEGIN_DECLS

#define WG_TYPE_JOB (wg_job_get_type())
G_DECLARE_FINAL_TYPE(WgJob, wg_job, WG, JOB, GObject)

typedef enum {
    WG_OPTION_STRING,
    WG_OPTION_NAME, /* a text that a gesture or a person can be called (base/name.h) */
    WG_OPTION_INT,
    WG_OPTION_NUMBER,
    WG_OPTION_FLAG,
    WG_OPTION_LIST, /* a text that may be given again; the values come with a separator between */
} WgOptionType;

#define WG_OPTION_LIST_SEPARATOR "\x1e"

typedef struct {
    const char *name; /* "epochs", given as --epochs */
    WgOptionType type;
    const char *placeholder; /* "N" */
    const char *help;        /* N_() */
    const char *value;       /* default as text, NULL: not given */
    double minimum, maximum; /* of numbers; both 0: any */
} WgJobOption;

typedef struct {
    const char *name;      /* "train" */
    const char *summary;   /* N_(), one line */
    const char *arguments; /* words: "PROJECT PATH..." ; "PROJECT" is opened before the job runs,
                              "NEWPROJECT" is a path it makes; [X] optional; X... repeated */
    const WgJobOption *options; /* ends with an empty one */
    /* One of the two. `run` in a worker thread on frozen data; `start` on the main loop, ends by
     * wg_job_return(). The result is set by wg_job_take_result(). */
    gboolean (*run)(WgJob *job, GError **error);
    void (*start)(WgJob *job);
    const char *stopped; /* what is so after a cancellation, NULL: nothing was changed */
    const char *details; /* a paragraph for its --help, NULL: its options say it all */
    /* Asks the watch something and leaves what runs on it: need not be waited for. The other jobs
     * with a watch have it for themselves from start to end. */
    gboolean only_asks;
    char *(*dup_more)(void); /* lines behind its --help, NULL: none; transfer full */
    /* The list of its result that may be too long to be kept: not in the result, but told in parts
     * by events of that name, {"rows": [...]}, in their order. NULL: it has none. */
    const char *streamed;
} WgJobKind;

/* What every job with "watch" takes as well; not in its own table. */
extern const WgJobOption wg_job_option_trace;
extern const WgJobKind *const wg_job_kinds[];        /* NULL-terminated */
const WgJobKind *wg_job_kind_find(const char *name); /* NULL: none */
const WgJobOption *wg_job_option_find(const WgJobKind *kind, const char *name); /* NULL: none */

/* Signal "event" (const char *name, JsonObject *event) in the main context while it runs: "row" (a
 * result line of a job that streams), "note" ({"text"}: for the user), "epoch", "take", ... as each
 * job's file says. */
WgJob *wg_job_new(WgSession *session, const char *name, GError **error);
WgSession *wg_job_get_session(WgJob *self);
const WgJobKind *wg_job_get_kind(WgJob *self);
WgProgress *wg_job_get_progress(WgJob *self);
GCancellable *wg_job_get_cancellable(WgJob *self);

/* Before it runs. WG_ERROR_USAGE: no such option, not a number, out of range. */
gboolean wg_job_set(WgJob *self, const char *option, const char *value, GError **error);
void wg_job_add_argument(WgJob *self, const char *value); /* those after PROJECT */

/* Once only. Runs to the end in the background; the result is a JSON object as CLI.md's, transfer
 * full. Cancelled: G_IO_ERROR_CANCELLED. */
void wg_job_run_async(WgJob *self, GAsyncReadyCallback callback, gpointer user_data);
JsonObject *wg_job_run_finish(WgJob *self, GAsyncResult *result, GError **error);
/* What it found, also where it then failed (a self-test that was not passed); transfer none, may be
 * NULL. */
JsonObject *wg_job_get_result(WgJob *self);

/* For the jobs themselves; options that were not given have their default. */
const char *wg_job_get_string(WgJob *self, const char *option); /* NULL: not given */
gint64 wg_job_get_int(WgJob *self, const char *option);
double wg_job_get_number(WgJob *self, const char *option);
gboolean wg_job_has(WgJob *self, const char *option); /* given, or has a default */
gboolean wg_job_is_given(WgJob *self, const char *option);
const char *const *wg_job_get_arguments(WgJob *self);
WgProject *wg_job_get_project(WgJob *self); /* any thread; transfer none */
/* From any thread; takes the event. */
void wg_job_tell(WgJob *self, const char *name, JsonObject *event);
/* The same, once the one before that was told so was handled: what is told faster than it can be
 * printed does not pile up. In the job's thread, of one whose `run` it is. */
void wg_job_tell_in_turn(WgJob *self, const char *name, JsonObject *event);
void wg_job_note(WgJob *self, const char *format, ...) G_GNUC_PRINTF(2, 3);
void wg_job_take_result(WgJob *self, JsonObject *result);
/* Ends a started job; takes the error, NULL: success. */
void wg_job_return(WgJob *self, GError *error);
/* Connects to --watch (the session's watch when it is that one and ready) and goes on with
 * `connected`, or ends the job with why not: also where another job of the session uses a watch. */
void wg_job_with_watch(WgJob *self, void (*connected)(WgJob *self, WgWatch *watch));

G_END_DECLS
