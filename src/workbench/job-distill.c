/* The job "distill": the network learns from a larger one, and is held against itself alone. */
#include "base/error.h"
#include "workbench/json.h"
#include "workbench/teacher.h"

#include <glib/gi18n.h>
#include <math.h>

static const WgFormSpec specs[] = {
    {.kind = WG_FORM_TRAINED}, {.kind = WG_FORM_TEACHER}, {.kind = WG_FORM_DISTILLED}};
static const char *const keys[] = {"student", "teacher", "distilled"};
static const char *const names[] = {N_("the usual one, alone"), N_("the larger one"),
                                    N_("the usual one, taught")};

static char *
dup_verdict(const WgForms *forms)
{
    const int *alone = forms->forms[0].as_int8, *distilled = forms->forms[2].as_int8;
    const double before = wg_forms_measure(forms, alone, NULL);
    const double after = wg_forms_measure(forms, distilled, NULL);
    const double teacher = wg_forms_measure(forms, forms->forms[1].as_int8, NULL);
    const char *form;

    if (fabs(after - before) <= wg_forms_get_chance(forms, alone, distilled))
        form = _("The teacher (%.1f %% right) does not help, or hurt, by more than chance: %.1f %% "
                 "right with it, %.1f %% without.");
    else if (after > before)
        form = _("The teacher (%.1f %% right) helps: %.1f %% right with it, %.1f %% without.");
    else
        form = _("The teacher (%.1f %% right) hurts: %.1f %% right with it, %.1f %% without. Leave "
                 "it out, or try another.");
    return g_strdup_printf(form, 100 * teacher, 100 * after, 100 * before);
}

static JsonObject *
make_result(const WgSmaller *smaller, const WgForms *forms, WgJob *job)
{
    g_autofree char *verdict = dup_verdict(forms);
    JsonObject *result = json_object_new();
    JsonArray *rows = json_array_new();

    for (int i = 0; i < forms->n_forms; i++) {
        JsonObject *row = wg_forms_describe_row(forms, i);

        /* as many as there are: NOLINTNEXTLINE(clang-analyzer-core.CallAndMessage) */
        json_object_set_string_member(row, "key", keys[i]);
        json_object_set_string_member(row, "name", _(names[i]));
        json_array_add_object_element(rows, row);
    }
    json_object_set_array_member(result, "rows", rows);
    json_object_set_string_member(result, "verdict", verdict);
    json_object_set_double_member(
        result, "chance",
        wg_forms_get_chance(forms, forms->forms[0].as_int8, forms->forms[2].as_int8));
    json_object_set_string_member(result, "teacher", smaller->options.teacher->name);
    json_object_set_int_member(result, "teacher_scale", wg_job_get_int(job, "teacher-scale"));
    json_object_set_double_member(result, "temperature", wg_job_get_number(job, "temperature"));
    json_object_set_double_member(result, "share", wg_job_get_number(job, "share"));
    wg_smaller_describe(smaller, forms, result);
    return result;
}

static gboolean
store(const WgSmaller *smaller, WgJob *job, const WgForms *forms, GError **error)
{
    JsonObject *note = json_object_new();

    json_object_set_string_member(note, "teacher", smaller->options.teacher->name);
    json_object_set_int_member(note, "teacher_scale", wg_job_get_int(job, "teacher-scale"));
    json_object_set_double_member(note, "temperature", wg_job_get_number(job, "temperature"));
    json_object_set_double_member(note, "share", wg_job_get_number(job, "share"));
    json_object_set_double_member(note, "accuracy",
                                  wg_forms_measure(forms, forms->forms[2].as_float, NULL));
    return wg_smaller_store(smaller, job, forms->forms[2].network, "distilled", note, error);
}

static gboolean
run(WgJob *job, GError **error)
{
    const gboolean is_kept = wg_job_get_int(job, "folds") == 0 && !wg_job_has(job, "only-tell");
    g_autoptr(WgSmaller) smaller = NULL;
    g_autoptr(WgForms) forms = NULL;
    g_autoptr(JsonObject) result = NULL;

    if (is_kept && !wg_project_check_writable(wg_job_get_project(job), error))
        return FALSE;
    smaller = wg_smaller_new(job, error);
    if (!smaller || !wg_teacher_read(job, &smaller->options, error))
        return FALSE;
    forms = wg_smaller_run(smaller, job, specs, G_N_ELEMENTS(specs), TRUE, error);
    if (!forms)
        return FALSE;
    result = make_result(smaller, forms, job);
    if (is_kept && !store(smaller, job, forms, error))
        return FALSE;
    json_object_set_boolean_member(result, "kept", is_kept);
    wg_job_take_result(job, g_steal_pointer(&result));
    return TRUE;
}

static const WgJobOption options_table[] = {
    WG_SMALLER_OPTIONS,
    WG_TEACHER_OPTIONS,
    {"only-tell", WG_OPTION_FLAG, NULL, "does not make the distilled network the model", NULL},
    {NULL},
};

const WgJobKind wg_job_kind_distill = {
    "distill",
    "trains the network with the answers of a larger one",
    "PROJECT",
    options_table,
    run,
    NULL,
    "what was trained is not kept, the project is as it was",
};
