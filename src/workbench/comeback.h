/* A job's watch that goes and comes back: says so in notes, and tells the job when to go on. */
#pragma once

#include "workbench/job.h"

G_BEGIN_DECLS

#define WG_COMEBACK_SECONDS "60" /* default of the option "wait" */

typedef struct _WgComeback WgComeback;

/* Each at most once a loss, on the main loop; what only notes it leaves them NULL. */
typedef struct {
    void (*lost)(gpointer user_data);
    /* The watch is ready again, after so many seconds: what ran on it must be started anew. */
    void (*back)(double away_s, gpointer user_data);
    /* It did not come back in time, or was disconnected; takes the error. */
    void (*gone)(GError *error, gpointer user_data);
} WgComebackFuncs;

/* Watches over a watch that is ready now. Made before anything else of the job listens to the
 * watch's state, it knows of a loss first: wg_comeback_is_away() then tells the failures that
 * follow from those that end the job. `wait_s`: how long a lost one is awaited; 0: not at all.
 * Notes "lost, ..." and "back after ..." to the job, and tells it the event "lost".
 * It may be freed within `lost`, `back` and
 * `gone`; the job and the watch are held. */
WgComeback *wg_comeback_new(WgJob *job, WgWatch *watch, double wait_s, const WgComebackFuncs *funcs,
                            gpointer user_data);
/* TRUE from a loss until `back` or `gone`: calls to the watch that fail now need no telling. */
gboolean wg_comeback_is_away(WgComeback *self);
void wg_comeback_free(WgComeback *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgComeback, wg_comeback_free)

/* The option's line in a job's table. */
#define WG_COMEBACK_OPTION                                                                         \
    {                                                                                              \
        "wait", WG_OPTION_NUMBER, "S", "awaits a watch that was lost so long, 0: not at all",      \
            WG_COMEBACK_SECONDS, 0, 86400                                                          \
    }

G_END_DECLS
