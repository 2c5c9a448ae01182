/* The job "figures": what a model takes of a watch, how long its battery lasts, and why one thinks
 * so.
 */
#include "base/error.h"
#include "base/file.h"
#include "workbench/device-figures.h"
#include "workbench/job.h"
#include "workbench/model.h"

#include <glib/gi18n.h>

/* Of a .tflite. */
static WgDeviceFigures *
read_file(WgJob *job, const WgWatchKind *kind, GError **error)
{
    const char *path = wg_job_get_arguments(job)[0];
    gsize length = 0;
    g_autofree char *content = wg_file_read(path, &length, error);
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(WgInt8Network) network = NULL;

    if (!content)
        return NULL;
    bytes = g_bytes_new_take(g_steal_pointer(&content), length);
    network = wg_int8_network_new(bytes, error);
    if (!network) {
        g_prefix_error(error, "%s: ", path);
        return NULL;
    }
    return wg_device_figures_new(network, NULL, NULL, kind);
}

static WgDeviceFigures *
read_project(WgProject *project, const WgWatchKind *kind, GError **error)
{
    g_autoptr(WgModel) model = wg_model_load(project, "int8", error);

    return model ? wg_device_figures_new(model->int8, model, project, kind) : NULL;
}

static char *
dup_option(int assumption)
{
    return g_strdelimit(g_strdup(wg_assumption_infos[assumption].name), "_", '-');
}

static void
take_given(WgJob *job, WgAssumptions *assumptions)
{
    for (int i = 0; i < WG_N_ASSUMPTIONS; i++) {
        g_autofree char *option = dup_option(i);

        if (wg_job_has(job, option))
            wg_assumptions_give(assumptions, (WgAssumption)i, wg_job_get_number(job, option));
    }
}

/* Whether one of the assumptions is given. */
static gboolean
has_given(WgJob *job)
{
    for (int i = 0; i < WG_N_ASSUMPTIONS; i++) {
        g_autofree char *option = dup_option(i);

        if (wg_job_has(job, option))
            return TRUE;
    }
    return FALSE;
}

/* Whether --keep and --defaults have a meaning here. */
static gboolean
check_keeping(WgJob *job, gboolean has_project, GError **error)
{
    const gboolean keeps = wg_job_has(job, "keep"), forgets = wg_job_has(job, "defaults");
    const char *why = NULL;

    if ((keeps || forgets) && !has_project)
        why = "--keep and --defaults are for a project: a file keeps nothing";
    else if (keeps && forgets)
        why = "--keep keeps what is given and --defaults forgets it: give one of them";
    else if (keeps && !has_given(job))
        why = "there is nothing to --keep: give an assumption with it, as --battery-mah 175";
    if (why)
        g_set_error_literal(error, WG_ERROR, WG_ERROR_USAGE, why);
    return why == NULL;
}

static gboolean
run(WgJob *job, GError **error)
{
    const WgWatchKind *kind = wg_watch_kind_find(wg_job_get_string(job, "for"), error);
    /* a file comes first: in a window there always is a project as well */
    WgProject *project = wg_job_get_arguments(job)[0] ? NULL : wg_job_get_project(job);
    g_autoptr(WgDeviceFigures) figures = NULL;
    JsonObject *result;

    if (!kind || !check_keeping(job, project != NULL, error))
        return FALSE;
    if (wg_job_has(job, "defaults")) {
        g_autoptr(WgAssumptions) none = wg_assumptions_new(kind, 0, "");

        if (!wg_assumptions_store(none, project, kind, error))
            return FALSE;
    }
    if (!project && !wg_job_get_arguments(job)[0]) {
        g_set_error(error, WG_ERROR, WG_ERROR_MISSING, _("no project and no model to tell of"));
        return FALSE;
    }
    figures = project ? read_project(project, kind, error) : read_file(job, kind, error);
    if (!figures)
        return FALSE;
    take_given(job, figures->assumptions);
    result = wg_device_figures_to_json(figures, error);
    if (!result)
        return FALSE;
    wg_job_take_result(job, result);
    return !wg_job_has(job, "keep") ||
           wg_assumptions_store(figures->assumptions, project, kind, error);
}

static const WgJobOption options_table[] = {
    {"for", WG_OPTION_STRING, "KIND", "the watch it is for", "bangle2"},
    {"gestures-per-day", WG_OPTION_NUMBER, "N", "gestures recognised in a day", NULL, 0, 1e6},
    {"hours-per-day", WG_OPTION_NUMBER, "H", "hours a day it is worn and watches", NULL, 0, 24},
    {"inference-ms", WG_OPTION_NUMBER, "MS", "of one recognition, else measured or estimated", NULL,
     0, 60e3},
    {"transmit-ms", WG_OPTION_NUMBER, "MS", "radio time for each gesture", NULL, 0, 60e3},
    {"battery-mah", WG_OPTION_NUMBER, "MAH", "the battery's charge", NULL, 1, 1e6},
    {"volt", WG_OPTION_NUMBER, "V", "the battery's voltage", NULL, 0.1, 100},
    {"sleep-ua", WG_OPTION_NUMBER, "UA", "current while it sleeps", NULL, 0, 1e6},
    {"sample-ma", WG_OPTION_NUMBER, "MA", "current while it watches for gestures", NULL, 0, 1e4},
    {"infer-ma", WG_OPTION_NUMBER, "MA", "current while it recognises one", NULL, 0, 1e4},
    {"transmit-ma", WG_OPTION_NUMBER, "MA", "current while it tells others by radio", NULL, 0, 1e4},
    {"keep", WG_OPTION_FLAG, NULL, "keeps what is given in the project, for this kind", NULL},
    {"defaults", WG_OPTION_FLAG, NULL, "forgets what was kept for this kind", NULL},
    {NULL},
};

const WgJobKind wg_job_kind_figures = {
    "figures",
    "flash, arena, stack, time and battery days on a watch",
    "PROJECT|MODEL.tflite",
    options_table,
    run,
    NULL,
};
