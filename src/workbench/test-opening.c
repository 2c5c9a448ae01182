/* How often a project's test takes were looked at. */
#include "workbench/test-opening.h"

#include "workbench/patience.h"

gboolean
wg_test_count_opening(WgJob *job, gint64 *n_opened, GError **error)
{
    WgProject *project = wg_job_get_project(job);
    g_autofree char *before = wg_project_dup_fact(project, "test-opened");
    g_autofree char *after = NULL;

    *n_opened = (before ? g_ascii_strtoll(before, NULL, 10) : 0) + 1;
    if (wg_project_is_read_only(project))
        return TRUE;
    after = g_strdup_printf("%" G_GINT64_FORMAT, *n_opened);
    return wg_patience_wait(job, error) &&
           wg_project_set_fact(project, "test-opened", after, error);
}
