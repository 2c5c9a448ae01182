/* What a job does where another program writes the project. */
#include "workbench/patience.h"

#include <glib/gi18n.h>

static void
on_waiting(gpointer user_data)
{
    wg_job_note(user_data, _("the project is in use by another program: waiting"));
}

static void
on_waiting_recorded(gpointer user_data)
{
    wg_job_note(user_data, _("the project is in use by another program: what is recorded is kept "
                             "until it can be stored"));
}

gboolean
wg_patience_wait(WgJob *job, GError **error)
{
    return wg_project_wait_until_free(wg_job_get_project(job), WG_PATIENCE_S, on_waiting, job,
                                      wg_job_get_cancellable(job), error);
}

gboolean
wg_patience_wait_recorded(WgJob *job, GError **error)
{
    return wg_project_wait_until_free(wg_job_get_project(job), WG_PATIENCE_S, on_waiting_recorded,
                                      job, NULL, error);
}
