/* The job "inspect": what a .tflite holds and whether a watch can run it. */
#include "base/error.h"
#include "base/file.h"
#include "workbench/inspection.h"
#include "workbench/job.h"

static gboolean
run(WgJob *job, GError **error)
{
    const char *path = wg_job_get_arguments(job)[0];
    const WgWatchKind *kind = wg_watch_kind_find(wg_job_get_string(job, "for"), error);
    gsize length = 0;
    g_autofree char *content = kind ? wg_file_read(path, &length, error) : NULL;
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(WgInt8Network) network = NULL;

    if (!content)
        return FALSE;
    bytes = g_bytes_new_take(g_steal_pointer(&content), length);
    network = wg_int8_network_new(bytes, error);
    if (!network) {
        g_prefix_error(error, "%s: ", path);
        return FALSE;
    }
    wg_job_take_result(job, wg_inspection_new(network, kind));
    return TRUE;
}

static const WgJobOption options_table[] = {
    {"for", WG_OPTION_STRING, "KIND", "the watch it is to fit", "bangle2"},
    {NULL},
};

const WgJobKind wg_job_kind_inspect = {
    "inspect",
    "ops, tensors, bytes, arena, and whether a watch can run it",
    "MODEL.tflite",
    options_table,
    run,
    NULL,
};
