/* The job "personalise": a model for few takes a gesture, from a base where that helps. */
#include "base/data-path.h"
#include "base/error.h"
#include "base/sentences.h"
#include "workbench/json.h"
#include "workbench/model.h"
#include "workbench/personalise.h"
#include "workbench/store-trained.h"
#include "workbench/training.h"

#include <glib/gi18n.h>

#define SHIPPED_BASE "models/base.waggle-model"
#define BASE_BYTES_MOST (16 << 20) /* far above what a network can hold */

static WgNetwork *
load_base(WgJob *job, GError **error)
{
    const char *given = wg_job_get_string(job, "base");
    g_autofree char *path = given ? g_strdup(given) : wg_data_dup_path(SHIPPED_BASE);
    g_autoptr(GFile) file = g_file_new_for_path(path);
    g_autoptr(GFileInfo) info =
        g_file_query_info(file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                          G_FILE_QUERY_INFO_NONE, NULL, NULL);
    g_autofree char *content = NULL;
    g_autoptr(GBytes) bytes = NULL;
    WgNetwork *base;
    gsize length = 0;

    if (!info || g_file_info_get_file_type(info) != G_FILE_TYPE_REGULAR ||
        g_file_info_get_size(info) > BASE_BYTES_MOST ||
        !g_file_get_contents(path, &content, &length, NULL)) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    "%s cannot be read as a base model: --base takes the path of one, and none "
                    "means the one that comes with Waggle",
                    path);
        return NULL;
    }
    bytes = g_bytes_new_take(g_steal_pointer(&content), length);
    base = wg_network_deserialize(bytes, error);
    if (!base)
        wg_error_prefix(error, _("%s is no base model"), path);
    return base;
}

/* Refused before any work: the takes' windows are the watch's. */
static gboolean
check_fits(const WgNetwork *base, GError **error)
{
    g_autoptr(WgNetwork) with_head = NULL;

    if (wg_network_get_length(base) != WG_WINDOW_LENGTH ||
        wg_network_get_channels(base) != WG_WINDOW_CHANNELS) {
        g_set_error(error, WG_ERROR, WG_ERROR_UNSUPPORTED,
                    "the base sees windows of %d samples and %d channels, the takes have %d and "
                    "%d: choose another --base",
                    wg_network_get_length(base), wg_network_get_channels(base), WG_WINDOW_LENGTH,
                    WG_WINDOW_CHANNELS);
        return FALSE;
    }
    with_head = wg_transfer_new(base, 2, error);
    return with_head != NULL;
}

/* A gesture with more takes than a personal model is meant for. */
static void
note_many(WgJob *job, WgDataset *dataset)
{
    const int n = wg_dataset_get_n(dataset), n_labels = wg_dataset_get_n_labels(dataset);

    if (n > WG_PERSONAL_TAKES_MAX * n_labels)
        wg_job_note(job,
                    _("%d takes of %d gestures are more than %d of each: train may do as well, and "
                      "keeps some of them for validation and test"),
                    n, n_labels, WG_PERSONAL_TAKES_MAX);
}

static void
set_score(JsonObject *result, const char *name, const WgPersonalScore *score)
{
    JsonObject *object = json_object_new();

    json_object_set_double_member(object, "accuracy", score->accuracy);
    json_object_set_double_member(object, "spread", score->spread);
    json_object_set_object_member(result, name, object);
}

static JsonObject *
make_result(const WgPersonal *personal, guint64 seed)
{
    g_autofree char *advice = wg_personal_dup_advice(personal);
    JsonObject *result = json_object_new();

    json_object_set_int_member(result, "takes", personal->n_takes);
    set_score(result, "plain", &personal->plain);
    set_score(result, "personal", &personal->personal);
    json_object_set_double_member(result, "gain", personal->gain);
    json_object_set_double_member(result, "gain_error", personal->gain_error);
    json_object_set_double_member(result, "likely_gain", personal->likely_gain);
    json_object_set_string_member(result, "chosen", personal->is_personal ? "personal" : "plain");
    json_object_set_string_member(result, "advice", advice);
    json_object_set_string_member(result, "preset", wg_presets[0]->name);
    json_object_set_int_member(result, "parameters",
                               wg_network_get_n_parameters(personal->network));
    json_object_set_int_member(result, "seed", (gint64)seed);
    json_object_set_double_member(result, "seconds", personal->seconds);
    return result;
}

/* All takes train; the cross-validation has tested them. */
static WgSplit *
make_split(WgDataset *dataset, GError **error)
{
    return wg_split_new_stratified(dataset, 0, 0, 1, error);
}

static gboolean
run(WgJob *job, GError **error)
{
    WgPersonalOptions options = wg_personal_options();
    g_auto(GStrv) labels = wg_training_dup_labels(job);
    g_autoptr(WgNetwork) base = NULL;
    g_autoptr(GPtrArray) recordings = NULL;
    g_autoptr(WgDataset) dataset = NULL;
    g_autoptr(WgSplit) split = NULL;
    g_autoptr(WgPersonal) personal = NULL;
    g_autoptr(JsonObject) result = NULL;
    g_autofree char *takes_digest = NULL;

    if (!wg_project_check_writable(wg_job_get_project(job), error))
        return FALSE;
    base = load_base(job, error);
    if (!base || !check_fits(base, error))
        return FALSE;
    options.seed = (guint64)wg_job_get_int(job, "seed");
    options.n_repeats = (int)wg_job_get_int(job, "repeats");
    options.n_threads = (int)wg_job_get_int(job, "threads");
    recordings = wg_project_load_recordings(wg_job_get_project(job), error);
    dataset = recordings ? wg_dataset_new(recordings, (const char *const *)labels, error) : NULL;
    split = dataset ? make_split(dataset, error) : NULL;
    if (!split)
        return FALSE;
    takes_digest = wg_model_dup_takes_digest(recordings);
    note_many(job, dataset);
    personal = wg_personal_new(base, dataset, &options, wg_job_get_progress(job),
                               wg_job_get_cancellable(job), error);
    if (!personal)
        return FALSE;
    result = make_result(personal, options.seed);
    if (!wg_store_trained(job, personal->network, wg_presets[0]->name, split, result, takes_digest,
                          error))
        return FALSE;
    wg_job_take_result(job, g_steal_pointer(&result));
    return TRUE;
}

static const WgJobOption options_table[] = {
    {"base", WG_OPTION_STRING, "MODEL", "begin from this one, not from the one that is shipped",
     NULL},
    {"labels", WG_OPTION_STRING, "a,b", "only these gestures", NULL},
    {"repeats", WG_OPTION_INT, "N", "of the cross-validation that decides", "3", 1, 1000},
    {"seed", WG_OPTION_INT, "N", "of weights, order, folds and augmentation", "1", 0, 9e15},
    {"threads", WG_OPTION_INT, "N", "0: one a core; the result is the same", "0", 0, 256},
    {NULL},
};

const WgJobKind wg_job_kind_personalise = {
    "personalise",
    "trains on 3 to 10 takes a gesture, from a base model where that helps",
    "PROJECT",
    options_table,
    run,
    NULL,
    "what was trained is not kept, the project is as it was",
};
