/* From recordings and options to a split and a trained network: shared by train and cross-validate.
 */
#include "workbench/training.h"

#include "base/error.h"
#include "base/find-string.h"
#include "base/random.h"
#include "base/workers.h"
#include "dataset/movement.h"
#include "dataset/window.h"
#include "train/standardise.h"
#include "workbench/json.h"
#include "workbench/kept-preset.h"

#include <glib/gi18n.h>
#include <math.h>

#define HELD_OUT 10                /* one take in so many */
#define HELD_OUT_STREAM 0x686f6c64 /* separates this use of a seed from others */

char **
wg_training_dup_labels(WgJob *job)
{
    const char *text = wg_job_get_string(job, "labels");
    char **labels = text ? g_strsplit(text, ",", -1) : NULL;

    for (int i = 0; labels && labels[i]; i++)
        g_strstrip(labels[i]);
    return labels;
}

static void
set_float(WgJob *job, const char *option, float *value)
{
    if (wg_job_has(job, option))
        *value = (float)wg_job_get_number(job, option);
}

const WgPreset *
wg_training_get_preset(WgJob *job, WgTrainOptions *options, GError **error)
{
    return wg_training_get_preset_else(job, wg_presets[0]->name, options, error);
}

const WgPreset *
wg_training_get_preset_else(WgJob *job, const char *name, WgTrainOptions *options, GError **error)
{
    const char *given = wg_job_get_string(job, "preset");
    const char *schedule = wg_job_get_string(job, "schedule");
    const char *class_weights = wg_job_get_string(job, "class-weights");
    WgPreset *preset = wg_kept_preset_find(wg_job_get_project(job), given ? given : name, error);

    if (!preset)
        return NULL;
    g_object_set_data_full(G_OBJECT(job), "preset", preset, (GDestroyNotify)wg_preset_free);
    *options = preset->options;
    if (wg_job_has(job, "epochs"))
        options->epochs = (int)wg_job_get_int(job, "epochs");
    if (wg_job_has(job, "batch"))
        options->batch = (int)wg_job_get_int(job, "batch");
    set_float(job, "learning-rate", &options->learning_rate);
    set_float(job, "weight-decay", &options->weight_decay);
    set_float(job, "label-smoothing", &options->label_smoothing);
    set_float(job, "sharpness", &options->sharpness);
    set_float(job, "tail", &options->tail);
    if (wg_job_has(job, "other")) {
        options->other = g_intern_string(wg_job_get_string(job, "other"));
        options->made_up = WG_TRAINING_MADE_UP;
        set_float(job, "made-up", &options->made_up);
    }
    if (wg_job_has(job, "augment"))
        wg_train_options_scale_augmentation(options, wg_job_get_number(job, "augment"));
    if (wg_job_has(job, "patience")) {
        options->patience = (int)wg_job_get_int(job, "patience");
        options->keep_best = options->patience > 0;
    }
    options->smote = wg_job_has(job, "smote");
    options->n_threads = wg_workers_count((int)wg_job_get_int(job, "threads"));
    if ((schedule && !wg_train_options_set_schedule(options, schedule, error)) ||
        (class_weights && !wg_train_options_set_class_weights(options, class_weights, error)) ||
        !wg_train_options_check(options, error))
        return NULL;
    return preset;
}

JsonObject *
wg_training_describe(const WgTrainOptions *options)
{
    JsonObject *object = json_object_new();

    json_object_set_int_member(object, "epochs", options->epochs);
    json_object_set_int_member(object, "batch", options->batch);
    json_object_set_double_member(object, "learning_rate", options->learning_rate);
    json_object_set_string_member(object, "schedule", wg_train_options_get_schedule(options));
    json_object_set_double_member(object, "weight_decay", options->weight_decay);
    json_object_set_double_member(object, "label_smoothing", options->label_smoothing);
    json_object_set_double_member(object, "sharpness", options->sharpness);
    json_object_set_double_member(object, "sharpness_from", options->sharpness_from);
    json_object_set_int_member(object, "shift", options->shift);
    json_object_set_double_member(object, "scale", options->scale);
    json_object_set_double_member(object, "rotation", options->rotation);
    json_object_set_double_member(object, "stretch", options->stretch);
    json_object_set_double_member(object, "tail", options->tail);
    wg_json_set_optional(object, "other", options->other);
    json_object_set_double_member(object, "made_up", options->made_up);
    json_object_set_int_member(object, "patience", options->patience);
    json_object_set_string_member(object, "class_weights",
                                  wg_train_options_get_class_weights(options));
    json_object_set_boolean_member(object, "smote", options->smote);
    return object;
}

static WgWindows *
make_windows(WgSplit *split, GArray *part)
{
    if (!part || part->len == 0)
        return NULL;
    return wg_windows_new(split->dataset, (const int *)part->data, (int)part->len);
}

/* Every HELD_OUT-th take of each label, in an order by the seed, moves from one to the other; the
 * windows of one recording stay together. */
static void
hold_out(WgSplit *split, guint64 seed, GArray *train, GArray *validation)
{
    g_autofree int *counts = g_new0(int, MAX(1, wg_dataset_get_n_labels(split->dataset)));
    g_autoptr(GArray) order = g_array_copy(split->train);
    g_autoptr(GHashTable) parts = g_hash_table_new(NULL, NULL); /* of each recording */
    WgRandom random;

    wg_random_init(&random, seed, HELD_OUT_STREAM);
    wg_random_shuffle(&random, (int *)(gpointer)order->data, (int)order->len);
    for (guint i = 0; i < order->len; i++) {
        const int take = g_array_index(order, int, i);
        gpointer recording = wg_dataset_get_source(split->dataset, take);
        GArray *part = g_hash_table_lookup(parts, recording);

        if (!part) {
            const int n = ++counts[wg_dataset_get_label(split->dataset, take)];

            part = n % HELD_OUT == 0 ? validation : train;
            g_hash_table_insert(parts, recording, part);
        }
        g_array_append_val(part, take);
    }
}

WgTrainOptions
wg_training_fit_options(const WgTrainOptions *options, const WgWindowOptions *window)
{
    const guint channels = window->channels;
    const gboolean is_turnable = channels == WG_CHANNELS_ACCELERATION ||
                                 channels == WG_CHANNELS_ANGULAR_RATE ||
                                 channels == (WG_CHANNELS_ACCELERATION | WG_CHANNELS_ANGULAR_RATE);
    WgTrainOptions fitted = *options;

    if (!is_turnable)
        fitted.rotation = 0;
    /* the preset's is in time, as the watch's samples are */
    fitted.shift = window->shift >= 0
                       ? window->shift
                       : (int)lround(options->shift * window->rate_hz / WG_WINDOW_RATE_HZ);
    fitted.range_g = (float)window->range_g;
    return fitted;
}

/* The windows, made-up movement behind them where the options have some; takes the windows. */
static WgWindows *
add_movement(WgWindows *windows, const WgTrainOptions *options, GError **error)
{
    g_autoptr(WgWindows) train = windows;
    const int label = options->other
                          ? wg_find_string((const char *const *)train->label_names, options->other)
                          : -1;

    if (!options->other)
        return g_steal_pointer(&train);
    if (label < 0) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    "--other takes one of the gestures, and “%s” is none", options->other);
        return NULL;
    }
    return wg_movement_add(train, label, (int)lroundf(options->made_up * (float)train->n),
                           options->seed);
}

WgNetwork *
wg_training_run(const WgPreset *preset, const WgTrainOptions *options, WgSplit *split,
                WgEpochFunc epoch_func, gpointer user_data, WgTraining **training,
                GCancellable *cancellable, GError **error)
{
    const WgTrainAids none = {0};

    return wg_training_run_aided(preset, options, split, &none, epoch_func, user_data, training,
                                 cancellable, error);
}

WgNetwork *
wg_training_run_aided(const WgPreset *preset, const WgTrainOptions *options, WgSplit *split,
                      const WgTrainAids *aids, WgEpochFunc epoch_func, gpointer user_data,
                      WgTraining **training, GCancellable *cancellable, GError **error)
{
    const int n_labels = wg_dataset_get_n_labels(split->dataset);
    const WgTrainOptions fitted =
        wg_training_fit_options(options, wg_dataset_get_window(split->dataset));
    const gboolean is_held_out = options->patience > 0 && split->validation->len == 0;
    g_autoptr(GArray) some = g_array_new(FALSE, FALSE, sizeof(int));
    g_autoptr(GArray) rest = g_array_new(FALSE, FALSE, sizeof(int));
    g_autoptr(WgWindows) train = NULL;
    g_autoptr(WgWindows) validation = NULL;
    g_autoptr(WgNetwork) network = NULL;

    if (is_held_out)
        hold_out(split, options->seed, some, rest);
    train = make_windows(split, is_held_out ? some : split->train);
    validation = make_windows(split, is_held_out ? rest : split->validation);
    if (n_labels < 2) {
        g_set_error(
            error, WG_ERROR, WG_ERROR_TOO_SHORT,
            _("a network needs two gestures to tell apart, and the takes that take part are of %d: "
              "record or import more, or keep what was held back"),
            n_labels);
        return NULL;
    }
    if (!train || train->n < 2 * n_labels) {
        g_set_error(
            error, WG_ERROR, WG_ERROR_TOO_SHORT,
            _("for %d gestures at least %d takes to train on are needed, and %d of %d are left "
              "beside those kept to validate and to test: record more"),
            n_labels, 2 * n_labels, train ? train->n : 0, wg_dataset_get_n(split->dataset));
        return NULL;
    }
    train = add_movement(g_steal_pointer(&train), &fitted, error);
    if (!train)
        return NULL;
    network =
        wg_preset_build(preset, train->length, train->channels, n_labels, options->seed, error);
    if (!network || (wg_dataset_get_window(split->dataset)->standardise &&
                     !wg_standardise(network, train, error)))
        return NULL;
    *training = wg_train_aided(network, train, validation, &fitted, aids, epoch_func, user_data,
                               cancellable, error);
    return *training ? g_steal_pointer(&network) : NULL;
}
