/* The threshold that was tuned for a model, or one a gesture, kept in the project: what deploy,
 * stream and evaluate take when none is given. */
#include "workbench/decision.h"

#include "base/error.h"
#include "quant/clean-input.h"
#include "quant/reject.h"
#include "workbench/json.h"
#include "workbench/trained-settings.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define FACT_DETECTOR "threshold"
#define FACT_SLIDING "threshold-window"
#define STEPS 256 /* of an int8 probability */

static const char *
get_fact(const char *window)
{
    return g_str_equal(window, "detector") ? FACT_DETECTOR : FACT_SLIDING;
}

gint64
wg_decision_get_trained(const WgModel *model)
{
    return model->int8 ? model->record->parent : model->record->id;
}

static JsonArray *
list_thresholds(const WgDecision *decision)
{
    JsonArray *array = json_array_new();

    for (int i = 0; i < decision->n_thresholds; i++)
        json_array_add_double_element(array, decision->thresholds[i]);
    return array;
}

/* FALSE where there is not one a label. */
static gboolean
read_thresholds(JsonObject *object, const WgModel *model, WgDecision *self)
{
    JsonArray *array;

    if (!json_object_has_member(object, "thresholds"))
        return TRUE;
    array = json_object_get_array_member(object, "thresholds");
    if ((int)json_array_get_length(array) != model->n_labels)
        return FALSE;
    self->n_thresholds = model->n_labels;
    self->thresholds = g_new(double, model->n_labels);
    for (int i = 0; i < model->n_labels; i++)
        self->thresholds[i] =
            CLAMP(json_array_get_double_element(array, (guint)i), 0, WG_THRESHOLD_NEVER);
    return TRUE;
}

static char *
to_text(const WgDecision *decision)
{
    g_autoptr(JsonObject) object = json_object_new();

    json_object_set_double_member(object, "threshold", decision->threshold);
    if (decision->thresholds)
        json_object_set_array_member(object, "thresholds", list_thresholds(decision));
    json_object_set_string_member(object, "window", decision->window);
    json_object_set_int_member(object, "debounce_n", decision->n_debounce);
    json_object_set_double_member(object, "debounce_ms", decision->span_ms);
    wg_json_set_optional(object, "other", decision->other);
    json_object_set_int_member(object, "trained", decision->trained);
    return wg_json_to_text(object);
}

gboolean
wg_decision_store(WgProject *project, const WgDecision *decision, GError **error)
{
    g_autofree char *text = to_text(decision);

    return wg_project_set_fact(project, get_fact(decision->window), text, error);
}

gboolean
wg_decision_edit(WgEditLog *log, const WgDecision *decision, GError **error)
{
    g_autofree char *text = to_text(decision);

    return wg_edit_log_set_fact(log, get_fact(decision->window), text, error);
}

static gboolean
set_fact(WgEditLog *log, gpointer data, GError **error)
{
    return wg_decision_edit(log, data, error);
}

gboolean
wg_decision_store_edit(WgProject *project, const WgDecision *decision, const char *text,
                       GError **error)
{
    return wg_project_edit(project, WG_EDIT_FACT, text, set_fact, (gpointer)decision, error);
}

WgDecision *
wg_decision_load(WgProject *project, const WgModel *model, const char *window)
{
    g_autofree char *text = wg_project_dup_fact(project, get_fact(window));
    g_autoptr(JsonObject) object = text ? wg_json_parse_object(text, get_fact(window), NULL) : NULL;
    g_autoptr(WgDecision) self = NULL;

    if (!object || wg_json_get_int(object, "trained", 0) != wg_decision_get_trained(model) ||
        g_strcmp0(wg_json_get_text(object, "window", NULL), window) != 0)
        return NULL;
    self = g_new0(WgDecision, 1);
    self->trained = wg_decision_get_trained(model);
    self->threshold = CLAMP(wg_json_get_double(object, "threshold", WG_THRESHOLD_USUAL), 0, 1);
    self->window = g_strdup(window);
    self->n_debounce = (int)wg_json_get_int(object, "debounce_n", 0);
    self->span_ms = wg_json_get_double(object, "debounce_ms", 0);
    self->other = g_strdup(wg_json_get_text(object, "other", NULL));
    return read_thresholds(object, model, self) ? g_steal_pointer(&self) : NULL;
}

/* The float model that the fact is for, 0: there is none. */
static gint64
get_tuned(WgProject *project, const char *fact)
{
    g_autofree char *text = wg_project_dup_fact(project, fact);
    g_autoptr(JsonObject) object = text ? wg_json_parse_object(text, fact, NULL) : NULL;

    return object ? wg_json_get_int(object, "trained", 0) : 0;
}

WgDecision *
wg_decision_take(WgJob *job, const WgModel *model)
{
    WgProject *project = wg_job_get_project(job);
    const gint64 tuned = get_tuned(project, FACT_DETECTOR);

    if (tuned != 0 && tuned != wg_decision_get_trained(model) && !wg_job_has(job, "threshold"))
        wg_job_note(job, _("what was tuned is for another model than this one, and does not count: "
                           "tune-threshold again"));
    return wg_decision_load(project, model, "detector");
}

gboolean
wg_decision_is_tuned(WgProject *project, gint64 trained)
{
    return trained != 0 && (get_tuned(project, FACT_DETECTOR) == trained ||
                            get_tuned(project, FACT_SLIDING) == trained);
}

const char *
wg_decision_get_other(WgProject *project, const WgModel *model, const WgDecision *decision)
{
    WgTrainOptions settings = {0};

    if (decision)
        return decision->other;
    if (!wg_trained_settings_load(project, &settings, NULL) || !settings.other ||
        !g_strv_contains((const char *const *)model->labels, settings.other))
        return NULL;
    return settings.other; /* interned */
}

void
wg_decision_free(WgDecision *self)
{
    g_free(self->window);
    g_free(self->other);
    g_free(self->thresholds);
    g_free(self);
}

double
wg_decision_choose_threshold(WgJob *job, const WgDecision *decision)
{
    if (wg_job_has(job, "threshold"))
        return wg_job_get_number(job, "threshold");
    if (!decision)
        return WG_THRESHOLD_USUAL;
    if (decision->thresholds)
        wg_job_note(job, _("Each gesture has its own threshold, as tuned."));
    else
        wg_job_note(job, "threshold %g, as tuned (--threshold gives another)", decision->threshold);
    return decision->threshold;
}

const double *
wg_decision_choose_thresholds(WgJob *job, const WgDecision *decision)
{
    return decision && !wg_job_has(job, "threshold") ? decision->thresholds : NULL;
}

gboolean
wg_decision_choose_other(WgJob *job, const WgDecision *decision, const WgModel *model,
                         const char **other, GError **error)
{
    g_autofree char *labels = g_strjoinv(", ", model->labels);

    *other = wg_job_has(job, "other")
                 ? wg_job_get_string(job, "other")
                 : wg_decision_get_other(wg_job_get_project(job), model, decision);
    if (!*other || g_strv_contains((const char *const *)model->labels, *other))
        return TRUE;
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE, "--other takes one of %s, not “%s”", labels,
                *other);
    return FALSE;
}

JsonObject *
wg_thresholds_to_json(const double *thresholds, const WgModel *model)
{
    JsonObject *object = json_object_new();

    for (int i = 0; i < model->n_labels; i++) {
        if (thresholds[i] > 1)
            json_object_set_null_member(object, model->labels[i]);
        else
            json_object_set_double_member(object, model->labels[i], thresholds[i]);
    }
    return object;
}

void
wg_thresholds_to_raw(const double *thresholds, int n, int *least)
{
    for (int i = 0; i < n; i++)
        least[i] = (int)CLAMP(ceil(thresholds[i] * STEPS - 1e-6) - STEPS / 2.0, WG_REJECT_LEAST,
                              WG_REJECT_ALWAYS);
}

WgInt8Network *
wg_decision_build_network(const WgDecision *decision, const WgModel *model, GError **error)
{
    g_autofree int *least = NULL;
    g_autoptr(GBytes) built = NULL;
    g_autoptr(GBytes) clean = NULL;

    if (decision && decision->thresholds) {
        least = g_new(int, model->n_labels);
        wg_thresholds_to_raw(decision->thresholds, model->n_labels, least);
        built = wg_reject_build(wg_int8_network_get_bytes(model->int8), least, error);
    } else {
        built = g_bytes_ref(wg_int8_network_get_bytes(model->int8));
    }
    clean = built ? wg_clean_input_build(built, WG_FIRMWARE_ARENA_BYTES, error) : NULL;
    return clean ? wg_int8_network_new(clean, error) : NULL;
}
