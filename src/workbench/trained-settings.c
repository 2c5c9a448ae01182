/* How the stored model was trained, to train others like it. */
#include "workbench/trained-settings.h"

#include "workbench/json.h"

static void
read_int(JsonObject *settings, const char *name, int *value)
{
    *value = (int)wg_json_get_int(settings, name, *value);
}

static void
read_float(JsonObject *settings, const char *name, float *value)
{
    *value = (float)wg_json_get_double(settings, name, (double)*value);
}

static gboolean
read_settings(JsonObject *settings, WgTrainOptions *options, GError **error)
{
    const char *schedule = wg_json_get_text(settings, "schedule", "constant");
    const char *class_weights = wg_json_get_text(settings, "class_weights", "off");

    read_int(settings, "epochs", &options->epochs);
    read_int(settings, "batch", &options->batch);
    read_float(settings, "learning_rate", &options->learning_rate);
    read_float(settings, "weight_decay", &options->weight_decay);
    read_float(settings, "label_smoothing", &options->label_smoothing);
    read_float(settings, "sharpness", &options->sharpness);
    read_float(settings, "sharpness_from", &options->sharpness_from);
    read_int(settings, "shift", &options->shift);
    read_float(settings, "scale", &options->scale);
    read_float(settings, "rotation", &options->rotation);
    read_float(settings, "stretch", &options->stretch);
    read_float(settings, "tail", &options->tail);
    read_float(settings, "made_up", &options->made_up);
    options->other = g_intern_string(wg_json_get_text(settings, "other", options->other));
    read_int(settings, "patience", &options->patience);
    options->keep_best = options->patience > 0;
    options->smote = wg_json_get_boolean(settings, "smote", options->smote);
    return wg_train_options_set_schedule(options, schedule, error) &&
           wg_train_options_set_class_weights(options, class_weights, error) &&
           wg_train_options_check(options, error);
}

gboolean
wg_trained_settings_load(WgProject *project, WgTrainOptions *options, GError **error)
{
    g_autoptr(GError) why = NULL;
    g_autoptr(WgModelRecord) record = wg_project_load_model(project, "float", &why);
    g_autoptr(JsonObject) meta = NULL;
    JsonObject *train;

    if (why) {
        g_propagate_error(error, g_steal_pointer(&why));
        return FALSE;
    }
    meta = record ? wg_json_parse_object(record->meta, "the model's description", error) : NULL;
    if (!meta)
        return record == NULL;
    train = json_object_has_member(meta, "train") ? wg_json_get_object(meta, "train") : NULL;
    /* a model of an earlier version does not tell how many epochs it was to have */
    if (!train || !json_object_has_member(train, "settings") ||
        !json_object_has_member(wg_json_get_object(train, "settings"), "epochs"))
        return TRUE;
    return read_settings(wg_json_get_object(train, "settings"), options, error);
}
