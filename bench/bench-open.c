/* Opens a project as the window does, until all its recordings are there, and prints how long that
 * took; for bench/import. */
#include "dataset/project-loading.h"
#include "dataset/project.h"

#include <stdlib.h>

typedef struct {
    GMainLoop *loop;
    GPtrArray *recordings;
    GError *error;
} Opening;

static void
on_told(int n, int n_all, gpointer user_data)
{
}

static void
on_read(GObject *source, GAsyncResult *result, gpointer user_data)
{
    Opening *opening = user_data;
    gint64 version;

    opening->recordings =
        wg_project_load_packed_finish(WG_PROJECT(source), result, &version, &opening->error);
    g_main_loop_quit(opening->loop);
}

int
main(int argc, char **argv)
{
    const gint64 start_us = g_get_monotonic_time();
    g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);
    g_autoptr(WgProject) project = NULL;
    Opening opening = {loop, NULL, NULL};
    gint64 open_us;

    if (argc != 2) {
        g_printerr("usage: bench-open PROJECT\n");
        return EXIT_FAILURE;
    }
    project = wg_project_open(argv[1], &opening.error);
    open_us = g_get_monotonic_time() - start_us;
    if (project) {
        wg_project_load_packed_async(project, NULL, 0, NULL, on_told, on_read, &opening);
        g_main_loop_run(loop);
    }
    if (!opening.recordings) {
        g_printerr("%s\n", opening.error->message);
        return EXIT_FAILURE;
    }
    g_print("takes %u open_ms %.1f seconds %.6f\n", opening.recordings->len, (double)open_us / 1000,
            (double)(g_get_monotonic_time() - start_us) / G_USEC_PER_SEC);
    g_ptr_array_unref(opening.recordings);
    return EXIT_SUCCESS;
}
