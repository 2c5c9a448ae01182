/* What is to go on a watch: the project's model or a file's, read into a deployment. */
#include "workbench/to-deploy.h"

#include "base/error.h"
#include "base/file.h"
#include "base/find-string.h"
#include "workbench/actions.h"
#include "workbench/decision.h"
#include "workbench/test-takes.h"

#include <glib/gi18n.h>

static void
fill_self_test(WgToDeploy *d, WgModel *model)
{
    WgTestTakes takes;

    wg_test_takes_choose(d->job, model, d->network, &takes);
    d->deployment->n_tests = takes.n;
    d->deployment->n_inputs = takes.n_inputs;
    d->deployment->n_outputs = takes.n_outputs;
    d->deployment->test_inputs = takes.inputs;
    d->deployment->test_outputs = takes.outputs;
}

static gboolean
check_names(WgToDeploy *d, GError **error)
{
    const int n_outputs = wg_int8_network_get_output(d->network)->n_elements;
    const int n_names = (int)g_strv_length(d->deployment->names);
    const char *const *names = (const char *const *)d->deployment->names;

    for (int i = 0; i < n_names; i++) {
        if (!*names[i]) {
            g_set_error_literal(error, WG_ERROR, WG_ERROR_USAGE,
                                "a gesture has no name: write --names a,b,...");
            return FALSE;
        }
        if (wg_find_string(names, names[i]) != i) {
            g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                        _("two gestures are called “%s”: give each a name of its own"), names[i]);
            return FALSE;
        }
    }
    if (n_names == n_outputs)
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                ngettext("the model has %d outputs, there is %d name",
                         "the model has %d outputs, there are %d names", (gulong)n_names),
                n_outputs, n_names);
    return FALSE;
}

static gboolean
read_file(WgToDeploy *d, const char *path, GError **error)
{
    const char *names = wg_job_get_string(d->job, "names");
    g_autofree char *content = NULL;
    gsize length = 0;
    g_autoptr(GBytes) bytes = NULL;

    content = wg_file_read(path, &length, error);
    if (!content)
        return FALSE;
    bytes = g_bytes_new_take(g_steal_pointer(&content), length);
    d->network = wg_int8_network_new(bytes, error);
    if (!d->network) {
        g_prefix_error(error, "%s: ", path);
        return FALSE;
    }
    if (!names) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    "a .tflite file names no gestures: give --names a,b,...");
        return FALSE;
    }
    d->deployment->names = g_strsplit(names, ",", -1);
    d->deployment->project_name = g_path_get_basename(path);
    if (!check_names(d, error))
        return FALSE;
    fill_self_test(d, NULL);
    return TRUE;
}

static void
choose_thresholds(WgToDeploy *d, const WgModel *model, const WgDecision *decision)
{
    const double *thresholds = wg_decision_choose_thresholds(d->job, decision);

    d->deployment->threshold = wg_decision_choose_threshold(d->job, decision);
    if (thresholds)
        d->deployment->thresholds = g_memdup2(thresholds, sizeof(double) * (gsize)model->n_labels);
}

static gboolean
read_project(WgToDeploy *d, GError **error)
{
    g_autoptr(WgModel) model = wg_model_load(wg_job_get_project(d->job), "int8", error);
    g_autoptr(WgDecision) decision = NULL;

    if (!model)
        return FALSE;
    decision = wg_decision_take(d->job, model);
    if (d->deployment->mode == WG_DEPLOY_APP)
        choose_thresholds(d, model, decision);
    d->deployment->other =
        g_strdup(wg_decision_get_other(wg_job_get_project(d->job), model, decision));
    /* the firmware's own threshold is not to be chosen, so they are built in */
    d->network = d->deployment->mode == WG_DEPLOY_APP
                     ? wg_int8_network_ref(model->int8)
                     : wg_decision_build_network(decision, model, error);
    if (!d->network)
        return FALSE;
    d->deployment->names = g_strdupv(model->labels);
    d->deployment->made = g_strdup(model->record->created);
    d->deployment->project_name =
        g_path_get_basename(wg_project_get_path(wg_job_get_project(d->job)));
    if (!check_names(d, error))
        return FALSE;
    fill_self_test(d, model);
    d->model = g_steal_pointer(&model);
    return TRUE;
}

gboolean
wg_to_deploy_read(WgToDeploy *d, GError **error)
{
    /* a file comes first: in a window there always is a project as well */
    const char *path = wg_job_get_arguments(d->job)[0];
    WgProject *project = path ? NULL : wg_job_get_project(d->job);

    d->deployment->threshold = wg_decision_choose_threshold(d->job, NULL);
    if (project && wg_job_has(d->job, "names")) {
        g_set_error_literal(error, WG_ERROR, WG_ERROR_USAGE,
                            "--names is for a .tflite file: a project names its own gestures");
        return FALSE;
    }
    if (!project && !path) {
        g_set_error_literal(error, WG_ERROR, WG_ERROR_MISSING,
                            _("no project and no model to deploy"));
        return FALSE;
    }
    if (!(project ? read_project(d, error) : read_file(d, path, error)) ||
        !wg_actions_choose(d->job, project, d->deployment, error))
        return FALSE;
    d->deployment->tflite = g_bytes_ref(wg_int8_network_get_bytes(d->network));
    return TRUE;
}

void
wg_to_deploy_clear(WgToDeploy *d)
{
    g_clear_object(&d->job);
    g_clear_pointer(&d->model, wg_model_free);
    g_clear_pointer(&d->network, wg_int8_network_unref);
    g_clear_pointer(&d->deployment, wg_deployment_free);
}
