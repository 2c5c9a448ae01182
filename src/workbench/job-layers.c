/* The job "layers": one take through the float network and the int8 one, layer by layer, and what
 * the first layer's filters respond to. A row a layer. */
#include "base/error.h"
#include "quant/activations.h"
#include "workbench/filters.h"
#include "workbench/job.h"
#include "workbench/json.h"
#include "workbench/layer-trace.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#define N_BINS 17 /* of weights, 15 values each: -127..-113, ..., -7..7, ..., 113..127 */
#define BIN_WIDTH 15

static JsonArray *
list_floats(const float *values, int n)
{
    JsonArray *array = json_array_new();

    for (int i = 0; i < n; i++)
        json_array_add_double_element(array, (double)values[i]);
    return array;
}

static JsonObject *
describe_weights(const WgInt8Weights *weights)
{
    JsonObject *object = json_object_new();
    JsonArray *histogram = json_array_new();
    int bins[N_BINS] = {0}, n_ends = 0;

    for (int i = 0; i < weights->n; i++) {
        bins[CLAMP((weights->values[i] + 127) / BIN_WIDTH, 0, N_BINS - 1)]++;
        n_ends += weights->values[i] <= -127 || weights->values[i] == 127;
    }
    for (int i = 0; i < N_BINS; i++)
        json_array_add_int_element(histogram, bins[i]);
    json_object_set_int_member(object, "n", weights->n);
    json_object_set_int_member(object, "channels", weights->n_channels);
    json_object_set_array_member(object, "histogram", histogram);
    json_object_set_int_member(object, "bin_width", BIN_WIDTH);
    json_object_set_int_member(object, "at_ends", n_ends);
    json_object_set_array_member(object, "scales", list_floats(weights->scales, weights->n_scales));
    return object;
}

static JsonObject *
describe_row(const WgLayerRow *row, int number, const WgInt8Network *network)
{
    JsonObject *object = json_object_new();
    JsonArray *shape = json_array_new();
    const int n = row->length * row->channels;
    WgInt8Weights weights;

    json_object_set_int_member(object, "layer", number);
    json_object_set_string_member(object, "op", row->op);
    json_array_add_int_element(shape, row->length);
    json_array_add_int_element(shape, row->channels);
    json_object_set_array_member(object, "shape", shape);
    json_object_set_double_member(object, "scale", row->scale);
    json_object_set_int_member(object, "zero_point", row->zero_point);
    json_object_set_array_member(object, "int8", list_floats(row->int8, n));
    if (row->floats) {
        json_object_set_array_member(object, "float", list_floats(row->floats, n));
        json_object_set_double_member(object, "largest_steps", row->largest_steps);
        json_object_set_double_member(object, "mean_steps", row->mean_steps);
        json_object_set_int_member(object, "saturated", row->n_saturated);
    }
    if (number > 0 && wg_int8_network_get_weights(network, number - 1, &weights))
        json_object_set_object_member(object, "weights", describe_weights(&weights));
    return object;
}

static JsonObject *
describe_answer(const char *label, double p)
{
    JsonObject *object = json_object_new();

    json_object_set_string_member(object, "label", label);
    json_object_set_double_member(object, "p", p);
    return object;
}

/* The take's window number in `dataset`, -1: it is not there. */
static int
find_take(WgDataset *dataset, gint64 id)
{
    for (int i = 0; i < wg_dataset_get_n(dataset); i++) {
        if (wg_recording_get(wg_dataset_get_source(dataset, i))->id == id)
            return i;
    }
    return -1;
}

/* The one of which both networks say the most different things; the first of equals. */
static int
find_most_different(const WgModel *trained, const WgModel *int8, const WgWindows *windows)
{
    const gsize n = (gsize)windows->n * (gsize)int8->n_labels;
    g_autofree float *left = g_new(float, n), *right = g_new(float, n);
    double largest = -1;
    int found = 0;

    wg_model_predict(trained, windows, left);
    wg_model_predict(int8, windows, right);
    for (int i = 0; i < windows->n; i++) {
        double difference = 0;

        for (int k = 0; k < int8->n_labels; k++)
            difference +=
                fabs((double)left[i * int8->n_labels + k] - (double)right[i * int8->n_labels + k]);
        if (difference > largest) {
            largest = difference;
            found = i;
        }
    }
    return found;
}

/* All takes but those of the test split; NULL with the error. `number`: of the one to look at. */
static WgDataset *
choose_take(WgJob *job, WgModel *trained, const WgModel *int8, int *number, GError **error)
{
    WgProject *project = wg_job_get_project(job);
    const char *word = wg_job_get_arguments(job)[0];
    g_autoptr(WgDataset) dataset = NULL;
    gint64 id = 0;

    if (!word) {
        g_autoptr(WgWindows) windows = NULL;

        dataset = wg_model_load_part(trained, project, "validation", NULL);
        if (!dataset)
            dataset = wg_model_load_part(trained, project, "train", error);
        windows = dataset ? wg_windows_new(dataset, NULL, 0) : NULL;
        if (windows)
            *number = find_most_different(trained, int8, windows);
        return g_steal_pointer(&dataset);
    }
    if (!g_ascii_string_to_signed(word, 10, 1, G_MAXINT64, &id, NULL)) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    _("“%s” is not the number of a take: “list” tells them"), word);
        return NULL;
    }
    for (int i = 0; i < 2; i++) {
        static const char *const parts[] = {"validation", "train"};

        g_clear_pointer(&dataset, wg_dataset_unref);
        dataset = wg_model_load_part(trained, project, parts[i], NULL);
        *number = dataset ? find_take(dataset, id) : -1;
        if (*number >= 0)
            return g_steal_pointer(&dataset);
    }
    g_clear_pointer(&dataset, wg_dataset_unref);
    dataset = wg_model_load_part(trained, project, "test", NULL);
    if (dataset && find_take(dataset, id) >= 0)
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    _("take %" PRId64 " is of the test split, which nobody looks into: "
                      "choose another"),
                    id);
    else
        g_set_error(error, WG_ERROR, WG_ERROR_MISSING,
                    _("the model knows no take %" PRId64 ": choose one it was made with"), id);
    return NULL;
}

static JsonArray *
list_filters(const WgFilters *filters, WgDataset *dataset, const WgWindows *windows)
{
    const gsize size = (gsize)windows->length * (gsize)windows->channels;
    JsonArray *list = json_array_new();

    for (int k = 0; k < filters->n; k++) {
        const WgFilter *filter = &filters->filters[k];
        const WgRecordingSpec *spec =
            wg_recording_get(wg_dataset_get_source(dataset, filter->window));
        const int first = CLAMP(filter->start, 0, windows->length);
        const int after = CLAMP(filter->start + filters->reach, first, windows->length);
        JsonObject *object = json_object_new();

        json_object_set_int_member(object, "filter", k);
        json_object_set_array_member(
            object, "weights", list_floats(filter->weights, filters->kernel * filters->channels));
        json_object_set_int_member(object, "take", spec->id);
        json_object_set_string_member(object, "label", spec->label);
        json_object_set_int_member(object, "at", filter->start);
        json_object_set_double_member(object, "value", filter->response);
        json_object_set_array_member(object, "stretch",
                                     list_floats(windows->x + (gsize)filter->window * size +
                                                     (gsize)first * (gsize)windows->channels,
                                                 (after - first) * windows->channels));
        json_array_add_object_element(list, object);
    }
    return list;
}

static gboolean
add_filters(WgJob *job, WgModel *trained, JsonObject *result, GError **error)
{
    g_autoptr(WgDataset) dataset =
        wg_model_load_part(trained, wg_job_get_project(job), "train", error);
    g_autoptr(WgWindows) windows = dataset ? wg_windows_new(dataset, NULL, 0) : NULL;
    g_autoptr(WgFilters) filters = NULL;
    g_autoptr(GError) why = NULL;

    if (!windows)
        return FALSE;
    filters = wg_filters_new(trained->network, windows, &why);
    if (!filters) {
        wg_job_note(job, _("no filters are shown: %s"), why->message);
        return TRUE;
    }
    json_object_set_int_member(result, "kernel", filters->kernel);
    json_object_set_int_member(result, "channels", filters->channels);
    json_object_set_int_member(result, "dilation", filters->dilation);
    json_object_set_array_member(result, "filters", list_filters(filters, dataset, windows));
    return TRUE;
}

static JsonObject *
describe(const WgLayerTrace *trace, const WgModel *int8, const WgRecordingSpec *take)
{
    const char *const *labels = (const char *const *)int8->labels;
    g_autofree char *words = wg_layer_trace_dup_words(trace, labels);
    JsonObject *result = json_object_new();

    json_object_set_int_member(result, "take", take->id);
    json_object_set_string_member(result, "label", take->label);
    json_object_set_object_member(
        result, "float",
        describe_answer(labels[trace->float_answer], (double)trace->float_p[trace->float_answer]));
    json_object_set_object_member(
        result, "int8",
        describe_answer(labels[trace->int8_answer], (double)trace->int8_p[trace->int8_answer]));
    json_object_set_int_member(result, "layers", trace->n);
    json_object_set_double_member(result, "limit_steps", trace->limit_steps);
    wg_json_set_number(result, "parts_at", trace->parts_at < 0 ? NAN : trace->parts_at);
    wg_json_set_number(result, "flips_at", trace->flips_at < 0 ? NAN : trace->flips_at);
    json_object_set_string_member(result, "words", words);
    return result;
}

static gboolean
run(WgJob *job, GError **error)
{
    WgProject *project = wg_job_get_project(job);
    g_autoptr(WgModel) trained = wg_model_load(project, "float", error);
    g_autoptr(WgModel) int8 = trained ? wg_model_load(project, "int8", error) : NULL;
    g_autoptr(WgDataset) dataset = NULL;
    g_autoptr(WgWindows) windows = NULL;
    g_autoptr(WgLayerTrace) trace = NULL;
    const gboolean is_one = wg_job_has(job, "layer");
    const int only = is_one ? (int)wg_job_get_int(job, "layer") : -1;
    JsonObject *result;
    int number = -1;

    dataset = int8 ? choose_take(job, trained, int8, &number, error) : NULL;
    if (!dataset)
        return FALSE;
    windows = wg_windows_new(dataset, NULL, 0);
    trace =
        wg_layer_trace_new(trained, int8, windows, number, wg_job_get_number(job, "steps"), error);
    if (!trace)
        return FALSE;
    if (only >= trace->n) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE, _("the network has the layers 0 to %d, no %d"),
                    trace->n - 1, only);
        return FALSE;
    }
    for (int i = 0; i < trace->n; i++) {
        if (!is_one || i == only)
            wg_job_tell(job, "row", describe_row(&trace->rows[i], i, int8->int8));
    }
    result = describe(trace, int8, wg_recording_get(wg_dataset_get_source(dataset, number)));
    wg_job_take_result(job, result);
    return is_one || add_filters(job, trained, result, error);
}

static const WgJobOption options_table[] = {
    {"layer", WG_OPTION_INT, "N", "only this layer; 0 is the input", NULL, 0, 1000},
    {"steps", WG_OPTION_NUMBER, "N", "parted: by more steps of the tensor's scale than these", "4",
     0, 255},
    {NULL},
};

const WgJobKind wg_job_kind_layers = {
    "layers",
    "one take through the float and the int8 network, side by side",
    "PROJECT [TAKE-ID]",
    options_table,
    run,
    NULL,
    NULL,
    "Without a take it is the one kept aside of which both say the most different things. A row a "
    "layer: what it gives, length x channels; the difference in steps of its scale; its weights. "
    "At "
    "the end where both part, and which stretch of the training takes each of the first layer's "
    "filters responds to most.",
};
