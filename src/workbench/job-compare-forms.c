/* The job "compare-forms": the network as float, as int8, trained as int8, pruned and distilled. */
#include "base/error.h"
#include "base/sentences.h"
#include "workbench/json.h"
#include "workbench/teacher.h"

#include <glib/gi18n.h>
#include <math.h>

/* A form and the row that tells of it. */
typedef struct {
    const char *word; /* of --forms; NULL: always */
    WgFormKind kind;
    const char *key, *name;
} Kind;

static const Kind kinds[] = {
    {NULL, WG_FORM_TRAINED, "int8", N_("int8, quantized after training")},
    {"qat", WG_FORM_AWARE, "int8-qat", N_("int8, trained as such")},
    {"pruned", WG_FORM_PRUNED, "pruned", N_("int8, pruned")},
    {"distilled", WG_FORM_DISTILLED, "distilled", N_("int8, distilled")},
    {"int4", WG_FORM_INT4, "int4", N_("weights of 4 bits, which no watch runs")},
    {"int4", WG_FORM_INT4_AWARE, "int4-qat", N_("the same, trained as such")},
};

/* The kinds that --forms names, as forms. */
static GArray *
parse_forms(WgJob *job, GError **error)
{
    const char *text = wg_job_get_string(job, "forms");
    g_auto(GStrv) words = g_strsplit(text, ",", -1);
    g_autoptr(GArray) specs = g_array_new(FALSE, TRUE, sizeof(WgFormSpec));
    guint n_known = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
        WgFormSpec spec = {.kind = kinds[i].kind};
        const gboolean is_first = i == 0 || g_strcmp0(kinds[i].word, kinds[i - 1].word) != 0;

        if (spec.kind == WG_FORM_PRUNED)
            spec.sparsity = wg_job_get_number(job, "pruned") / 100;
        if (kinds[i].word && !g_strv_contains((const char *const *)words, kinds[i].word))
            continue;
        n_known += kinds[i].word && is_first;
        g_array_append_val(specs, spec);
    }
    if (n_known == g_strv_length(words))
        return g_steal_pointer(&specs);
    g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                "--forms takes some of qat, pruned, distilled and int4, not “%s”", text);
    return NULL;
}

static const Kind *
find_kind(WgFormKind kind)
{
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (kinds[i].kind == kind)
            return &kinds[i];
    }
    g_return_val_if_reached(&kinds[0]);
}

/* As int8, or as what int4 would answer. */
static JsonObject *
make_row(const WgForms *forms, int i)
{
    const WgForm *form = &forms->forms[i];
    const Kind *kind = find_kind(form->spec.kind);
    g_autoptr(JsonObject) whole = wg_forms_describe_row(forms, i);
    JsonObject *row = wg_forms_describe(forms, form->as_int8);
    static const char *const members[] = {
        "difference",       "difference_spread", "bytes",   "arena_bytes",
        "compressed_bytes", "parameters",        "weights", "nonzero"};

    json_object_set_string_member(row, "key", kind->key);
    json_object_set_string_member(row, "name", _(kind->name));
    for (gsize k = 0; k < G_N_ELEMENTS(members); k++)
        json_object_set_member(row, members[k],
                               json_node_copy(json_object_get_member(whole, members[k])));
    json_object_set_double_member(
        row, "chance", wg_forms_get_chance(forms, forms->forms[0].as_float, form->as_int8));
    if (form->spec.kind == WG_FORM_PRUNED)
        json_object_set_double_member(row, "sparsity", 100 * form->spec.sparsity);
    return row;
}

/* The network itself: what it takes as float is its parameters, and no arena, for none runs it. */
static JsonObject *
make_float_row(const WgForms *forms)
{
    const WgForm *form = &forms->forms[0];
    JsonObject *row = wg_forms_describe(forms, form->as_float);

    json_object_set_string_member(row, "key", "float");
    json_object_set_string_member(row, "name", _("float, as it was trained"));
    json_object_set_int_member(row, "bytes", (gint64)((gsize)form->n_parameters * sizeof(float)));
    json_object_set_null_member(row, "arena_bytes");
    json_object_set_int_member(row, "parameters", form->n_parameters);
    json_object_set_int_member(row, "weights", form->n_weights);
    json_object_set_int_member(row, "nonzero", form->n_nonzero);
    return row;
}

/* The forms that lose, or gain, more than chance against float; "" where none does. */
static char *
dup_apart(const WgForms *forms, gboolean is_loss)
{
    const int *whole = forms->forms[0].as_float;
    const double accuracy = wg_forms_measure(forms, whole, NULL);
    g_autoptr(GString) names = g_string_new(NULL);

    for (int i = 0; i < forms->n_forms; i++) {
        const int *answers = forms->forms[i].as_int8;
        const double gain = wg_forms_measure(forms, answers, NULL) - accuracy;

        if (fabs(gain) > wg_forms_get_chance(forms, whole, answers) && (gain < 0) == is_loss)
            wg_append_part(names, ", ", _("“%s” (%+.1f)"),
                           _(find_kind(forms->forms[i].spec.kind)->name), 100 * gain);
    }
    return g_string_free(g_steal_pointer(&names), FALSE);
}

static char *
dup_verdict(const WgForms *forms)
{
    const double accuracy = 100 * wg_forms_measure(forms, forms->forms[0].as_float, NULL);
    const double int8 = 100 * wg_forms_measure(forms, forms->forms[0].as_int8, NULL);
    g_autofree char *losses = dup_apart(forms, TRUE), *gains = dup_apart(forms, FALSE);
    GString *text = g_string_new(NULL);

    wg_append_sentence(text, _("%.1f %% are right as float and %.1f %% as int8."), accuracy, int8);
    if (!*losses && !*gains)
        wg_append_sentence(text, "%s", _("No form differs from float by more than chance."));
    if (*losses)
        wg_append_sentence(text, _("More than chance is lost, in points, by %s."), losses);
    if (*gains)
        wg_append_sentence(text, _("More than chance is gained, in points, by %s."), gains);
    return g_string_free(text, FALSE);
}

static JsonObject *
make_result(const WgSmaller *smaller, const WgForms *forms)
{
    g_autofree char *verdict = dup_verdict(forms);
    JsonObject *result = json_object_new();
    JsonArray *rows = json_array_new();

    json_array_add_object_element(rows, make_float_row(forms));
    for (int i = 0; i < forms->n_forms; i++)
        json_array_add_object_element(rows, make_row(forms, i));
    json_object_set_array_member(result, "rows", rows);
    json_object_set_string_member(result, "verdict", verdict);
    wg_smaller_describe(smaller, forms, result);
    return result;
}

static gboolean
run(WgJob *job, GError **error)
{
    g_autoptr(GArray) specs = parse_forms(job, error);
    g_autoptr(WgSmaller) smaller = specs ? wg_smaller_new(job, error) : NULL;
    g_autoptr(WgForms) forms = NULL;

    if (!smaller || !wg_teacher_read(job, &smaller->options, error))
        return FALSE;
    forms = wg_smaller_run(smaller, job, (const WgFormSpec *)(gpointer)specs->data, (int)specs->len,
                           FALSE, error);
    if (!forms)
        return FALSE;
    wg_job_take_result(job, make_result(smaller, forms));
    return TRUE;
}

static const WgJobOption options_table[] = {
    WG_SMALLER_OPTIONS,
    WG_TEACHER_OPTIONS,
    {"forms", WG_OPTION_STRING, "F,F,...", "which beside float and int8",
     "qat,pruned,distilled,int4"},
    {"pruned", WG_OPTION_NUMBER, "P", "percentage of the weights that are 0 when pruned", "50", 1,
     99},
    {NULL},
};

const WgJobKind wg_job_kind_compare_forms = {
    "compare-forms",
    "the network as float, int8, trained as int8, pruned and distilled",
    "PROJECT",
    options_table,
    run,
    NULL,
    "nothing was changed",
};
