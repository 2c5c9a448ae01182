/* What the jobs that make a model smaller have in common: options, and takes to learn and ask. */
#include "workbench/smaller.h"

#include "base/error.h"
#include "workbench/cross-options.h"
#include "workbench/json.h"
#include "workbench/pruned-preset.h"
#include "workbench/patience.h"
#include "workbench/store-trained.h"

#include <glib/gi18n.h>

/* What a model says of itself, and an option may not. */
static gboolean
check_options(WgJob *job, GError **error)
{
    static const WgJobOption window_options[] = {WG_WINDOW_OPTIONS};
    static const char *const others[] = {"labels", "without-test"};
    const char *given = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS(window_options) && !given; i++)
        given = wg_job_is_given(job, window_options[i].name) ? window_options[i].name : NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(others) && !given; i++)
        given = wg_job_is_given(job, others[i]) ? others[i] : NULL;
    if (!given && wg_job_get_int(job, "seeds") > 1)
        given = "seeds";
    if (!given)
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                "--%s goes with --folds only: without folds the trained model says it", given);
    return FALSE;
}

/* The takes of the model's split as its windows see them, each in its part. */
static WgSplit *
load_split(WgModel *model, WgProject *project, GError **error)
{
    static const char *const parts[] = {"train", "validation", "test"};
    g_autoptr(GPtrArray) recordings =
        g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    g_autoptr(GHashTable) where = g_hash_table_new(NULL, NULL); /* recording to part's number */
    g_autoptr(WgSplit) split = NULL;

    for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_autoptr(GError) why = NULL;
        g_autoptr(WgDataset) part = wg_model_load_part(model, project, parts[i], &why);

        if (!part && (i == 0 || !g_error_matches(why, WG_ERROR, WG_ERROR_MISSING))) {
            g_propagate_error(error, g_steal_pointer(&why));
            return NULL;
        }
        for (int k = 0; part && k < wg_dataset_get_n(part); k++) {
            WgRecording *recording = wg_dataset_get_source(part, k);

            if (g_hash_table_insert(where, recording, GUINT_TO_POINTER(i + 1)))
                g_ptr_array_add(recordings, wg_recording_ref(recording));
        }
    }
    split = g_new0(WgSplit, 1);
    split->train = g_array_new(FALSE, FALSE, sizeof(int));
    split->validation = g_array_new(FALSE, FALSE, sizeof(int));
    split->test = g_array_new(FALSE, FALSE, sizeof(int));
    split->dataset =
        wg_dataset_new_part(recordings, (const char *const *)model->labels, &model->window, error);
    if (!split->dataset)
        return NULL;
    for (int i = 0; i < wg_dataset_get_n(split->dataset); i++) {
        GArray *const arrays[] = {split->train, split->validation, split->test};
        gpointer source = wg_dataset_get_source(split->dataset, i);

        g_array_append_val(arrays[GPOINTER_TO_UINT(g_hash_table_lookup(where, source)) - 1], i);
    }
    return g_steal_pointer(&split);
}

static gboolean
load_model(WgSmaller *self, WgJob *job, GError **error)
{
    WgProject *project = wg_job_get_project(job);

    if (!check_options(job, error))
        return FALSE;
    self->model = wg_model_load(project, "float", error);
    self->split = self->model ? load_split(self->model, project, error) : NULL;
    if (!self->split)
        return FALSE;
    self->options.preset = wg_training_get_preset_else(job, self->model->record->preset,
                                                       &self->options.options, error);
    return self->options.preset != NULL;
}

/* Over folds the model says the preset too, where there is one and the job names none. */
static gboolean
load_folds(WgSmaller *self, WgJob *job, GError **error)
{
    g_autoptr(GError) why = NULL;
    g_autoptr(WgModelRecord) newest = wg_project_load_model(wg_job_get_project(job), "float", &why);
    WgCrossOptions cross = {0};

    if (why) {
        g_propagate_error(error, g_steal_pointer(&why));
        return FALSE;
    }
    if (newest && !wg_job_has(job, "preset"))
        wg_job_note(job, "preset %s, as the model (--preset names another)", newest->preset);
    self->dataset = wg_cross_options_load(job, newest ? newest->preset : NULL, &cross, error);
    self->options.preset = cross.preset;
    self->options.options = cross.options;
    return self->dataset != NULL;
}

WgSmaller *
wg_smaller_new(WgJob *job, GError **error)
{
    g_autoptr(WgSmaller) self = g_new0(WgSmaller, 1);

    self->n_folds = (int)wg_job_get_int(job, "folds");
    self->n_seeds = (int)wg_job_get_int(job, "seeds");
    self->seed = (guint64)wg_job_get_int(job, "seed");
    if (self->n_folds == 1) {
        g_set_error_literal(error, WG_ERROR, WG_ERROR_USAGE,
                            "--folds takes 2 or more, or 0 for the model's validation takes");
        return NULL;
    }
    if (self->n_folds > 0 ? !load_folds(self, job, error) : !load_model(self, job, error))
        return NULL;
    return g_steal_pointer(&self);
}

void
wg_smaller_free(WgSmaller *self)
{
    g_clear_pointer(&self->model, wg_model_free);
    g_clear_pointer(&self->split, wg_split_free);
    g_clear_pointer(&self->dataset, wg_dataset_unref);
    g_free(self);
}

/* What the model's description says of its training; transfer none, NULL: nothing. */
static JsonObject *
get_training(const WgSmaller *self)
{
    JsonObject *meta = self->model->meta;

    return json_object_has_member(meta, "train") ? wg_json_get_object(meta, "train") : NULL;
}

static const WgNetwork *
get_network(const WgSmaller *self, gboolean is_plain)
{
    static const char *const derived[] = {"pruned", "filters_pruned", "distilled"};
    JsonObject *training = get_training(self);

    if (g_strcmp0(self->model->record->preset, self->options.preset->name) != 0)
        return NULL;
    for (gsize i = 0; is_plain && training && i < G_N_ELEMENTS(derived); i++) {
        if (json_object_has_member(training, derived[i]))
            return NULL;
    }
    return self->model->network;
}

WgForms *
wg_smaller_run(WgSmaller *self, WgJob *job, const WgFormSpec *specs, int n_specs, gboolean is_plain,
               GError **error)
{
    const int n_threads = (int)wg_job_get_int(job, "threads");

    if (self->dataset)
        return wg_forms_cross(self->dataset, &self->options, specs, n_specs, self->n_folds,
                              self->n_seeds, n_threads, wg_job_get_progress(job),
                              wg_job_get_cancellable(job), error);
    return wg_forms_validate(self->split, get_network(self, is_plain), &self->options, specs,
                             n_specs, self->seed, n_threads, wg_job_get_progress(job),
                             wg_job_get_cancellable(job), error);
}

void
wg_smaller_describe(const WgSmaller *self, const WgForms *forms, JsonObject *result)
{
    json_object_set_string_member(result, "preset", self->options.preset->name);
    json_object_set_string_member(result, "on", self->dataset ? "folds" : "validation");
    json_object_set_int_member(result, "folds", self->n_folds);
    json_object_set_int_member(result, "seeds", self->n_seeds);
    json_object_set_int_member(result, "n", forms->n);
    json_object_set_double_member(result, "seconds", forms->seconds);
}

/* What was said of the course of its training is not about this network. */
static void
tell_course(JsonObject *training, const char *member, double accuracy)
{
    const char *form =
        g_str_equal(member, "filters_pruned")
            ? _("Filters were left out after training: %.1f %% of the validation takes are right.")
        : g_str_equal(member, "pruned")
            ? _("Weights were set to 0 after training: %.1f %% of the validation takes are right.")
            : _("A larger network taught it: %.1f %% of the validation takes are right.");
    g_autofree char *text = g_strdup_printf(form, 100 * accuracy);

    json_object_set_string_member(training, "advice", text);
    json_object_set_double_member(training, "validation_accuracy", accuracy);
}

/* By which such a network is trained again; NULL with the error. */
static char *
dup_preset(const WgSmaller *self, WgJob *job, const WgNetwork *network, const char *member,
           JsonObject *note, GError **error)
{
    if (!g_str_equal(member, "filters_pruned"))
        return g_strdup(self->options.preset->name);
    if (!wg_patience_wait(job, error))
        return NULL;
    return wg_pruned_preset_keep(wg_job_get_project(job), self->options.preset, network,
                                 100 - json_object_get_double_member(note, "filters"), error);
}

gboolean
wg_smaller_store(const WgSmaller *self, WgJob *job, const WgNetwork *network, const char *member,
                 JsonObject *note, GError **error)
{
    JsonObject *meta = self->model->meta, *before = get_training(self);
    const char *takes =
        json_object_has_member(meta, "takes") ? json_object_get_string_member(meta, "takes") : "";
    g_autofree char *text = before ? wg_json_to_text(before) : g_strdup("{}");
    g_autoptr(JsonObject) training =
        wg_json_parse_object(text, "what the model says of its training", error);
    g_autofree char *preset = training ? dup_preset(self, job, network, member, note, error) : NULL;

    if (!preset) {
        json_object_unref(note);
        return FALSE;
    }
    /* a network that was distilled began from nothing */
    if (g_str_equal(member, "distilled")) {
        json_object_remove_member(training, "pruned");
        json_object_remove_member(training, "filters_pruned");
    }
    tell_course(training, member, json_object_get_double_member(note, "accuracy"));
    json_object_set_object_member(training, member, note);
    json_object_set_string_member(training, "preset", preset);
    json_object_set_int_member(training, "parameters", wg_network_get_n_parameters(network));
    return wg_store_trained(job, network, preset, self->split, training, takes, error);
}
