/* A stored model with what it was trained on: its network, labels and split. */
#include "workbench/model.h"

#include "base/error.h"
#include "base/sentences.h"
#include "workbench/json.h"
#include "workbench/pairs.h"
#include "workbench/window-options.h"

#include <glib/gi18n.h>

/* FALSE where a model was trained after this one was made from its forerunner. */
static gboolean
check_is_current(WgProject *project, const WgModelRecord *int8, GError **error)
{
    g_autoptr(GError) why = NULL;
    g_autoptr(WgModelRecord) trained = wg_project_load_model(project, "float", &why);

    if (why) {
        g_propagate_error(error, g_steal_pointer(&why));
        return FALSE;
    }
    if (!trained || int8->parent == 0 || int8->parent == trained->id)
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_MISSING,
                _("the int8 model was made of another than the trained one that counts: quantize "
                  "again"));
    return FALSE;
}

static gboolean
check_shape(const WgModel *model, const char *kind, GError **error)
{
    const int wanted = model->window.length * wg_window_options_get_n_channels(&model->window);
    const int n = model->network ? wg_network_get_length(model->network) *
                                       wg_network_get_channels(model->network)
                                 : wg_int8_network_get_input(model->int8)->n_elements;

    if (n == wanted)
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                _("the %s model takes %d values, its description says %d: train it again"), kind, n,
                wanted);
    return FALSE;
}

WgModel *
wg_model_load(WgProject *project, const char *kind, GError **error)
{
    g_autoptr(WgModel) model = g_new0(WgModel, 1);
    g_autoptr(GError) why = NULL;
    gboolean is_float = g_str_equal(kind, "float");

    model->record = wg_project_load_model(project, kind, &why);
    if (why) {
        g_propagate_error(error, g_steal_pointer(&why));
        return NULL;
    }
    if (!model->record) {
        g_set_error(error, WG_ERROR, WG_ERROR_MISSING, "%s",
                    is_float ? _("the project has no float model yet: train it first")
                             : _("the project has no int8 model yet: train and quantize it first"));
        return NULL;
    }
    if (!is_float && !check_is_current(project, model->record, error))
        return NULL;
    model->meta = wg_json_parse_object(model->record->meta, "the model's description", error);
    if (!model->meta)
        return NULL;
    model->labels = wg_json_dup_strings(model->meta, "labels");
    if (!model->labels || !model->labels[0]) {
        g_set_error(error, WG_ERROR, WG_ERROR_INPUT,
                    _("the %s model names no gestures: train it again"), kind);
        return NULL;
    }
    model->n_labels = (int)g_strv_length(model->labels);
    if (!wg_window_options_from_json(json_object_has_member(model->meta, "window")
                                         ? wg_json_get_object(model->meta, "window")
                                         : NULL,
                                     &model->window, &why)) {
        /* nobody gave it as an option */
        g_set_error_literal(error, WG_ERROR, WG_ERROR_INPUT, why->message);
        wg_error_prefix(error, _("the %s model's description"), kind);
        return NULL;
    }
    if (is_float)
        model->network = wg_network_deserialize(model->record->data, error);
    else
        model->int8 = wg_int8_network_new(model->record->data, error);
    if (!model->network && !model->int8)
        return NULL;
    return check_shape(model, kind, error) ? g_steal_pointer(&model) : NULL;
}

gboolean
wg_model_check_watch(const WgModel *model, const char *watch, GError **error)
{
    g_autofree char *own = NULL, *wanted = NULL;

    if (wg_window_options_is_watch(&model->window))
        return TRUE;
    own = wg_window_options_describe(&model->window);
    wanted = wg_window_options_describe(&wg_window_options_watch);
    g_set_error(
        error, WG_ERROR, WG_ERROR_UNSUPPORTED,
        _("this model sees %s, and %s hands over the first %s: train without window options, "
          "or export it for a board"),
        own, watch, wanted);
    return FALSE;
}

void
wg_model_free(WgModel *model)
{
    g_clear_pointer(&model->record, wg_model_record_free);
    g_clear_pointer(&model->meta, json_object_unref);
    g_clear_pointer(&model->labels, g_strfreev);
    g_clear_pointer(&model->network, wg_network_unref);
    g_clear_pointer(&model->int8, wg_int8_network_unref);
    g_free(model);
}

WgDataset *
wg_model_load_part(WgModel *model, WgProject *project, const char *part, GError **error)
{
    JsonObject *split = json_object_has_member(model->meta, "split")
                            ? wg_json_get_object(model->meta, "split")
                            : NULL;
    g_autoptr(GArray) ids = NULL;
    g_autoptr(GHashTable) wanted = g_hash_table_new(g_int64_hash, g_int64_equal);
    g_autoptr(GPtrArray) all = NULL;
    g_autoptr(GPtrArray) chosen =
        g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);

    if (!split || !json_object_has_member(split, part)) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    _("there is no part “%s”: train, validation or test"), part);
        return NULL;
    }
    ids = wg_json_dup_ids(split, part);
    for (guint i = 0; i < ids->len; i++)
        g_hash_table_add(wanted, &g_array_index(ids, gint64, i));
    all = wg_project_load_recordings(project, error);
    if (!all)
        return NULL;
    for (guint i = 0; i < all->len; i++) {
        WgRecording *recording = g_ptr_array_index(all, i);
        const WgRecordingSpec *spec = wg_recording_get(recording);

        if (g_hash_table_contains(wanted, &spec->id) && !spec->disabled &&
            (spec->n_spans > 0 || g_strv_contains((const char *const *)model->labels, spec->label)))
            g_ptr_array_add(chosen, wg_recording_ref(recording));
    }
    if (chosen->len == 0) {
        if (g_str_equal(part, "validation") && ids->len > 0)
            g_set_error_literal(error, WG_ERROR, WG_ERROR_MISSING,
                                _("the takes that were kept aside to judge this model by are gone: "
                                  "undo, or record or import some and train again"));
        else if (g_str_equal(part, "validation"))
            g_set_error_literal(error, WG_ERROR, WG_ERROR_MISSING,
                                _("this model has learned from every take, so that none is left to "
                                  "judge it by: train again"));
        else
            g_set_error(error, WG_ERROR, WG_ERROR_MISSING,
                        _("the %s part of this model's split has no recordings"), part);
        return NULL;
    }
    return wg_dataset_new_part(chosen, (const char *const *)model->labels, &model->window, error);
}

gboolean
wg_model_drop_test(WgProject *project, GPtrArray *recordings, GError **error)
{
    g_autoptr(GError) why = NULL;
    g_autoptr(WgModelRecord) record = wg_project_load_model(project, "float", &why);
    g_autoptr(JsonObject) meta = NULL;
    g_autoptr(GHashTable) unwanted = g_hash_table_new(g_int64_hash, g_int64_equal);
    g_autoptr(GArray) ids = NULL;

    if (why) {
        g_propagate_error(error, g_steal_pointer(&why));
        return FALSE;
    }
    meta = record ? wg_json_parse_object(record->meta, "the model's description", error) : NULL;
    if (!meta || !json_object_has_member(meta, "split"))
        return record == NULL || meta != NULL;
    ids = wg_json_dup_ids(wg_json_get_object(meta, "split"), "test");
    for (guint i = 0; i < ids->len; i++)
        g_hash_table_add(unwanted, &g_array_index(ids, gint64, i));
    for (guint i = recordings->len; i-- > 0;) {
        if (g_hash_table_contains(unwanted,
                                  &wg_recording_get(g_ptr_array_index(recordings, i))->id))
            g_ptr_array_remove_index(recordings, i);
    }
    return TRUE;
}

char *
wg_model_dup_takes_digest(GPtrArray *recordings)
{
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);

    for (guint i = 0; i < recordings->len; i++) {
        const WgRecordingSpec *spec = wg_recording_get_facts(g_ptr_array_index(recordings, i));
        g_autofree char *line = NULL;

        if (spec->disabled)
            continue;
        line = g_strdup_printf("%" G_GINT64_FORMAT " %s\n", spec->id, spec->label);
        g_checksum_update(checksum, (const guchar *)line, -1);
        if (spec->n_whole > 0) {
            g_autofree char *trim =
                g_strdup_printf(" trim %d %d\n", spec->trim_first, spec->n_samples);

            g_checksum_update(checksum, (const guchar *)trim, -1);
        }
        for (int j = 0; j < spec->n_spans; j++) {
            g_autofree char *span = g_strdup_printf(" %d %d %s\n", spec->spans[j].first,
                                                    spec->spans[j].n_samples, spec->spans[j].label);

            g_checksum_update(checksum, (const guchar *)span, -1);
        }
    }
    return g_strdup(g_checksum_get_string(checksum));
}

static void
predict_int8(const WgModel *model, const WgWindows *windows, float *probabilities)
{
    const int size = windows->length * windows->channels;
    const WgTensorInfo *output = wg_int8_network_get_output(model->int8);
    const gboolean is_softmax =
        output->type == WG_TENSOR_INT8 && output->scale == 1.0 / 256 && output->zero_point == -128;
    g_autofree gint8 *history = g_malloc((gsize)windows->n * size);

    for (int i = 0; i < windows->n; i++)
        wg_windows_get_history(windows, i, history + (gsize)i * size);
    wg_int8_network_run_history(model->int8, history, windows->n, probabilities);
    for (int i = 0; i < windows->n; i++) {
        float *row = probabilities + (gsize)i * model->n_labels;

        for (int j = 0; j < model->n_labels && output->type == WG_TENSOR_INT8; j++)
            row[j] = (float)((row[j] - output->zero_point) * output->scale);
        if (!is_softmax)
            wg_softmax(row, model->n_labels, row);
    }
}

void
wg_model_predict(const WgModel *model, const WgWindows *windows, float *probabilities)
{
    if (model->int8) {
        predict_int8(model, windows, probabilities);
        return;
    }
    wg_network_predict(model->network, windows->x, windows->n, probabilities);
    for (int i = 0; i < windows->n; i++) {
        float *row = probabilities + (gsize)i * model->n_labels;

        wg_softmax(row, model->n_labels, row);
    }
}

static void
set_metrics(JsonObject *object, const WgLabelMetrics *metrics)
{
    json_object_set_double_member(object, "precision", metrics->precision);
    json_object_set_double_member(object, "recall", metrics->recall);
    json_object_set_double_member(object, "f1", metrics->f1);
    json_object_set_int_member(object, "support", metrics->support);
}

JsonObject *
wg_report_new(const WgMetrics *metrics, const char *const *labels)
{
    JsonObject *report = json_object_new();
    JsonArray *confusion = json_array_new();
    JsonArray *per_label = json_array_new();
    JsonObject *macro = json_object_new();
    JsonObject *weighted = json_object_new();

    json_object_set_int_member(report, "n", metrics->n);
    json_object_set_int_member(report, "errors", metrics->n - metrics->n_correct);
    json_object_set_double_member(report, "accuracy", metrics->accuracy);
    json_object_set_double_member(report, "macro_f1", metrics->macro.f1);
    json_object_set_double_member(report, "weighted_f1", metrics->weighted.f1);
    wg_json_set_strings(report, "labels", labels);
    for (int i = 0; i < metrics->n_labels; i++) {
        JsonArray *row = json_array_new();
        JsonObject *label = json_object_new();

        for (int j = 0; j < metrics->n_labels; j++)
            json_array_add_int_element(row, metrics->confusion[i * metrics->n_labels + j]);
        json_array_add_array_element(confusion, row);
        json_object_set_string_member(label, "label", labels[i]);
        set_metrics(label, &metrics->labels[i]);
        json_array_add_object_element(per_label, label);
    }
    json_object_set_array_member(report, "confusion", confusion);
    json_object_set_array_member(report, "per_label", per_label);
    set_metrics(macro, &metrics->macro);
    set_metrics(weighted, &metrics->weighted);
    json_object_set_object_member(report, "macro", macro);
    json_object_set_object_member(report, "weighted", weighted);
    json_object_set_array_member(report, "pairs", wg_pairs_new(metrics, labels));
    return report;
}
