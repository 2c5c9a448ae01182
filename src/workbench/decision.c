/* The threshold that was tuned for a model, kept in the project: what deploy and stream take when
 * none is given. */
#include "workbench/decision.h"

#include "workbench/json.h"

#include <string.h>

#define FACT_DETECTOR "threshold"
#define FACT_SLIDING "threshold-window"

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

gboolean
wg_decision_store(WgProject *project, const WgDecision *decision, GError **error)
{
    g_autoptr(JsonObject) object = json_object_new();
    g_autofree char *text = NULL;

    json_object_set_double_member(object, "threshold", decision->threshold);
    json_object_set_string_member(object, "window", decision->window);
    json_object_set_int_member(object, "debounce_n", decision->n_debounce);
    json_object_set_double_member(object, "debounce_ms", decision->span_ms);
    wg_json_set_optional(object, "other", decision->other);
    json_object_set_int_member(object, "trained", decision->trained);
    text = wg_json_to_text(object);
    return wg_project_set_fact(project, get_fact(decision->window), text, error);
}

WgDecision *
wg_decision_load(WgProject *project, const WgModel *model, const char *window)
{
    g_autofree char *text = wg_project_dup_fact(project, get_fact(window));
    g_autoptr(JsonObject) object = text ? wg_json_parse_object(text, get_fact(window), NULL) : NULL;
    WgDecision *self;

    if (!object ||
        json_object_get_int_member_with_default(object, "trained", 0) !=
            wg_decision_get_trained(model) ||
        g_strcmp0(json_object_get_string_member_with_default(object, "window", NULL), window) != 0)
        return NULL;
    self = g_new0(WgDecision, 1);
    self->trained = wg_decision_get_trained(model);
    self->threshold = CLAMP(
        json_object_get_double_member_with_default(object, "threshold", WG_THRESHOLD_USUAL), 0, 1);
    self->window = g_strdup(window);
    self->n_debounce = (int)json_object_get_int_member_with_default(object, "debounce_n", 0);
    self->span_ms = json_object_get_double_member_with_default(object, "debounce_ms", 0);
    self->other = g_strdup(json_object_get_string_member_with_default(object, "other", NULL));
    return self;
}

void
wg_decision_free(WgDecision *self)
{
    g_free(self->window);
    g_free(self->other);
    g_free(self);
}

double
wg_decision_choose_threshold(WgJob *job, const WgDecision *decision)
{
    if (wg_job_has(job, "threshold"))
        return wg_job_get_number(job, "threshold");
    if (!decision)
        return WG_THRESHOLD_USUAL;
    wg_job_note(job, "threshold %g, as tuned (--threshold gives another)", decision->threshold);
    return decision->threshold;
}
