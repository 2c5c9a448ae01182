/* How a model does on the validation takes, kept with it, so that runs can be held against each
 * other later. */
#include "workbench/validated.h"

static JsonArray *
list_confusion(const WgMetrics *metrics)
{
    JsonArray *rows = json_array_new();

    for (int i = 0; i < metrics->n_labels; i++) {
        JsonArray *row = json_array_new();

        for (int j = 0; j < metrics->n_labels; j++)
            json_array_add_int_element(row, metrics->confusion[i * metrics->n_labels + j]);
        json_array_add_array_element(rows, row);
    }
    return rows;
}

JsonObject *
wg_validated_new(WgModel *model, WgInt8Network *int8, WgProject *project)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WgDataset) dataset = wg_model_load_part(model, project, "validation", &error);
    g_autoptr(WgWindows) windows = NULL;
    g_autofree float *probabilities = NULL;
    g_autofree int *predicted = NULL;
    g_autoptr(WgMetrics) metrics = NULL;
    WgModel quantized = *model;
    JsonObject *object;

    if (!dataset) {
        g_debug("nothing to validate with: %s", error->message);
        return NULL;
    }
    quantized.network = NULL;
    quantized.int8 = int8;
    windows = wg_windows_new(dataset, NULL, 0);
    probabilities = g_new(float, (gsize)windows->n *(gsize)model->n_labels);
    predicted = g_new(int, windows->n);
    wg_model_predict(&quantized, windows, probabilities);
    for (int i = 0; i < windows->n; i++)
        predicted[i] =
            wg_argmax(probabilities + (gsize)i * (gsize)model->n_labels, model->n_labels);
    metrics = wg_metrics_new(windows->labels, predicted, windows->n, model->n_labels);
    object = json_object_new();
    json_object_set_int_member(object, "n", metrics->n);
    json_object_set_int_member(object, "right", metrics->n_correct);
    json_object_set_array_member(object, "confusion", list_confusion(metrics));
    return object;
}
