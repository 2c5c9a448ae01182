/* The job "map": takes as points, alike ones near one another, and which lie among strangers. */
#include "base/error.h"
#include "workbench/job.h"
#include "workbench/json.h"
#include "workbench/model.h"
#include "workbench/take-map.h"

static JsonObject *
describe(const WgTakeMap *map, const WgWindows *windows, WgDataset *dataset, int i)
{
    static const char *const places[] = {"own", "other", "alone"};
    const WgMapPoint *point = &map->points[i];
    const int entry = windows->recordings[point->window];
    const WgRecordingSpec *spec = wg_recording_get(wg_dataset_get_source(dataset, entry));
    JsonObject *object = json_object_new();
    JsonArray *neighbours = json_array_new();

    json_object_set_int_member(object, "id", spec->id);
    wg_json_set_optional(object, "file", spec->file);
    json_object_set_int_member(object, "line", spec->line);
    json_object_set_string_member(object, "label", spec->label);
    json_object_set_double_member(object, "x", point->x);
    json_object_set_double_member(object, "y", point->y);
    for (int k = 0; k < WG_MAP_NEIGHBOURS && point->neighbours[k] >= 0; k++) {
        const WgMapPoint *other = &map->points[point->neighbours[k]];

        json_array_add_int_element(
            neighbours,
            wg_recording_get(wg_dataset_get_source(dataset, windows->recordings[other->window]))
                ->id);
    }
    json_object_set_array_member(object, "neighbours", neighbours);
    json_object_set_string_member(object, "place", places[point->place]);
    wg_json_set_optional(object, "other",
                         point->other >= 0 ? windows->label_names[point->other] : NULL);
    json_object_set_int_member(object, "strangers", point->n_strangers);
    return object;
}

/* Those that are takes: of long recordings the map would show many points each. */
static GPtrArray *
load_takes(WgJob *job, gboolean without_test, GError **error)
{
    g_autoptr(GPtrArray) all = wg_project_load_recordings(wg_job_get_project(job), error);
    GPtrArray *takes;

    if (!all || (without_test && !wg_model_drop_test(wg_job_get_project(job), all, error)))
        return NULL;
    takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    for (guint i = 0; i < all->len; i++) {
        WgRecording *recording = g_ptr_array_index(all, i);

        if (wg_recording_get(recording)->n_spans == 0)
            g_ptr_array_add(takes, wg_recording_ref(recording));
    }
    return takes;
}

static JsonObject *
make_result(const WgTakeMap *map, const WgWindows *windows, WgDataset *dataset, const char *by)
{
    JsonObject *result = json_object_new();
    JsonArray *points = json_array_new();

    json_object_set_string_member(result, "by", by);
    json_object_set_int_member(result, "takes", map->n);
    json_object_set_int_member(result, "of", map->n_of);
    wg_json_set_strings(result, "labels", (const char *const *)windows->label_names);
    for (int i = 0; i < map->n; i++)
        json_array_add_object_element(points, describe(map, windows, dataset, i));
    json_object_set_array_member(result, "points", points);
    return result;
}

static gboolean
run(WgJob *job, GError **error)
{
    const char *by = wg_job_get_string(job, "by");
    const gboolean is_network = g_str_equal(by, "network");
    g_autoptr(WgModel) model = NULL;
    g_autoptr(GPtrArray) takes = NULL;
    g_autoptr(WgDataset) dataset = NULL;
    g_autoptr(WgWindows) windows = NULL;
    g_autoptr(WgTakeMap) map = NULL;

    if (!is_network && !g_str_equal(by, "movement")) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE, "--by takes movement or network, not “%s”",
                    by);
        return FALSE;
    }
    if (is_network) {
        model = wg_model_load(wg_job_get_project(job), "float", error);
        if (!model)
            return FALSE;
    }
    takes = load_takes(job, is_network, error);
    dataset = takes ? wg_dataset_new_for_windows(
                          takes, NULL, model ? &model->window : &wg_window_options_watch, error)
                    : NULL;
    if (!dataset)
        return FALSE;
    windows = wg_windows_new(dataset, NULL, 0);
    map = wg_take_map_new(windows, model ? model->network : NULL, (int)wg_job_get_int(job, "most"),
                          wg_job_get_progress(job), wg_job_get_cancellable(job), error);
    if (!map)
        return FALSE;
    wg_job_take_result(job, make_result(map, windows, dataset, by));
    return TRUE;
}

static const WgJobOption options_table[] = {
    {"by", WG_OPTION_STRING, "movement|network",
     "what makes takes alike: how they move, or what the trained network makes of them",
     "movement"},
    {"most", WG_OPTION_INT, "N", "show a sample of so many takes where there are more", "5000", 10,
     100000},
    {NULL},
};

const WgJobKind wg_job_kind_map = {
    "map",
    "takes as points, alike ones near one another, and which lie among strangers",
    "PROJECT",
    options_table,
    run,
    NULL,
    NULL,
    "Each take is described by 57 figures of its movement, or by what the last layer of the "
    "trained "
    "network gets; x and y, from -1 to 1, put those which are neighbours in that near one another. "
    "A "
    "take is said to lie among others when 7 of the 8 takes nearest to it carry one other label, "
    "and alone when it is three times as far from them as is usual of its gesture. By network, the "
    "takes kept aside for the test stay out: what can be edited is never the test.",
};
