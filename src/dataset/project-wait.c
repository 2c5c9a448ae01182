/* Waits until no other program writes the project file, so that what took long is not lost. */
#include "dataset/project-private.h"

#include "base/error.h"

/* One try: others who wait for the project's thread, and a cancellation, are held up no longer. */
#define PROBE_MS 250

static gboolean
probe(sqlite3 *db, gpointer data, GError **error)
{
    gboolean is_free;

    sqlite3_busy_timeout(db, PROBE_MS);
    is_free = wg_database_exec(db, "BEGIN IMMEDIATE; ROLLBACK", error);
    sqlite3_busy_timeout(db, WG_DATABASE_BUSY_MS);
    return is_free;
}

/* Until the time of a try is over, or it is cancelled. */
static void
pause_once(GCancellable *cancellable)
{
    GPollFD cancelled = {-1, 0, 0};

    g_cancellable_make_pollfd(cancellable, &cancelled);
    g_poll(&cancelled, cancellable ? 1 : 0, PROBE_MS);
    g_cancellable_release_fd(cancellable);
}

gboolean
wg_project_wait_until_free(WgProject *self, double seconds, void (*waiting)(gpointer user_data),
                           gpointer user_data, GCancellable *cancellable, GError **error)
{
    const gint64 end_us = g_get_monotonic_time() + (gint64)(seconds * G_USEC_PER_SEC);
    gboolean is_told = FALSE;

    for (;;) {
        g_autoptr(GError) why = NULL;
        const gboolean is_ours = wg_project_check_writable(self, &why);

        if (is_ours && wg_project_work(self, FALSE, probe, NULL, &why))
            return TRUE;
        if (!g_error_matches(why, WG_ERROR, WG_ERROR_BUSY) || g_get_monotonic_time() >= end_us) {
            g_propagate_error(error, g_steal_pointer(&why));
            return FALSE;
        }
        if (g_cancellable_set_error_if_cancelled(cancellable, error))
            return FALSE;
        if (!is_told && waiting)
            waiting(user_data);
        is_told = TRUE;
        if (!is_ours)
            pause_once(cancellable);
    }
}
