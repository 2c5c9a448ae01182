/* The job "prune": how many of a network's weights can be 0, and what that costs. */
#include "base/error.h"
#include "base/sentences.h"
#include "workbench/json.h"
#include "workbench/smaller.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdlib.h>

static int
compare_specs(gconstpointer a, gconstpointer b)
{
    const WgFormSpec *x = a, *y = b;

    if (x->kind != y->kind &&
        (x->kind == WG_FORM_FILTERS_PRUNED || y->kind == WG_FORM_FILTERS_PRUNED))
        return x->kind == WG_FORM_FILTERS_PRUNED ? 1 : -1;
    return (x->sparsity > y->sparsity) - (x->sparsity < y->sparsity);
}

/* Adds it where it is not among them. */
static void
add_spec(GArray *specs, WgFormKind kind, double percent)
{
    const WgFormSpec spec = {kind, percent / 100};

    for (guint i = 0; i < specs->len; i++) {
        const WgFormSpec *other = &g_array_index(specs, WgFormSpec, i);

        if (other->kind == kind && fabs(other->sparsity - spec.sparsity) < 1e-9)
            return;
    }
    g_array_append_val(specs, spec);
}

/* Percentages of an option as forms of that kind; 0 is none, for the whole network stands first. */
static gboolean
parse_percentages(WgJob *job, const char *option, WgFormKind kind, GArray *specs, GError **error)
{
    const char *text = wg_job_get_string(job, option);
    g_auto(GStrv) words = g_strsplit(text, ",", -1);

    for (int i = 0; words[i]; i++) {
        char *end = NULL;
        const double percent = g_ascii_strtod(g_strstrip(words[i]), &end);

        if (end == words[i] || *end || !(percent >= 0) || percent > 99) {
            g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                        "--%s takes percentages from 0 to 99, as in 0,30,50, not “%s”", option,
                        text);
            return FALSE;
        }
        if (percent > 0)
            add_spec(specs, kind, percent);
    }
    return TRUE;
}

/* The whole network, then with fewer and fewer weights, then with fewer and fewer filters. */
static GArray *
list_specs(WgJob *job, GError **error)
{
    g_autoptr(GArray) specs = g_array_new(FALSE, TRUE, sizeof(WgFormSpec));

    add_spec(specs, WG_FORM_TRAINED, 0);
    if (!parse_percentages(job, "sparsity", WG_FORM_PRUNED, specs, error) ||
        !parse_percentages(job, "filters", WG_FORM_FILTERS_PRUNED, specs, error))
        return NULL;
    if (wg_job_has(job, "keep"))
        add_spec(specs, WG_FORM_PRUNED, wg_job_get_number(job, "keep"));
    if (wg_job_has(job, "keep-filters"))
        add_spec(specs, WG_FORM_FILTERS_PRUNED, wg_job_get_number(job, "keep-filters"));
    g_array_sort(specs, compare_specs);
    return g_steal_pointer(&specs);
}

/* Those before the first without filters. */
static int
count_pruned(const WgForms *forms)
{
    int n = 0;

    while (n < forms->n_forms && forms->forms[n].spec.kind != WG_FORM_FILTERS_PRUNED)
        n++;
    return n;
}

/* Points of accuracy that are a loss also where the takes are too few to prove it: what int8 may
 * lose before one had better not deploy it, by the founding lab's rule. */
#define LOSS_MAX 0.02

/* As int8 both. */
static gboolean
is_worse(const WgForms *forms, const int *whole, const int *less)
{
    const double fall = wg_forms_measure(forms, whole, NULL) - wg_forms_measure(forms, less, NULL);

    return fall > wg_forms_get_chance(forms, whole, less) || fall > LOSS_MAX;
}

/* The last form before the first that is worse than the whole network; -1 where none is. */
static int
find_cliff(const WgForms *forms)
{
    const int *whole = forms->forms[0].as_int8;

    for (int i = 1; i < count_pruned(forms); i++) {
        if (is_worse(forms, whole, forms->forms[i].as_int8))
            return i - 1;
    }
    return -1;
}

static double
kilo(gsize bytes)
{
    return (double)bytes / 1000;
}

/* The narrowest network that costs nothing beyond chance; NULL where there is none. */
static const WgForm *
find_filter_pruned(const WgForms *forms)
{
    const WgForm *found = NULL;

    for (int i = count_pruned(forms); i < forms->n_forms; i++) {
        if (!is_worse(forms, forms->forms[0].as_int8, forms->forms[i].as_int8))
            found = &forms->forms[i];
    }
    return found;
}

static char *
dup_filters_verdict(const WgForms *forms)
{
    const WgForm *whole = &forms->forms[0], *found = find_filter_pruned(forms);

    if (!found)
        return g_strdup("");
    return g_strdup_printf(_("Without %.0f %% of its filters it does get smaller: %.1f of %.1f "
                             "kB, %.1f of %.1f kB to "
                             "work in, and %.1f %% right: no loss beyond chance."),
                           100 * found->spec.sparsity, kilo(found->bytes), kilo(whole->bytes),
                           kilo(found->arena_bytes), kilo(whole->arena_bytes),
                           100 * wg_forms_measure(forms, found->as_int8, NULL));
}

static char *
dup_verdict(const WgForms *forms, int cliff)
{
    const int last = count_pruned(forms) - 1, here = cliff >= 0 ? cliff : last;
    const WgForm *form = &forms->forms[here], *whole = &forms->forms[0];
    const double before = 100 * wg_forms_measure(forms, whole->as_int8, NULL);
    const double after = 100 * wg_forms_measure(forms, form->as_int8, NULL);
    g_autofree char *by_filters = dup_filters_verdict(forms);
    g_autoptr(GString) text = g_string_new(NULL);

    if (last == 0) {
        wg_append_sentence(text, _("With all its weights the network has %.1f %% right."), before);
        if (*by_filters)
            wg_append_sentence(text, "%s", by_filters);
        return g_string_free(g_steal_pointer(&text), FALSE);
    }
    if (cliff < 0)
        wg_append_sentence(text,
                           _("%.0f %% of the weights can be 0 at no cost beyond chance: %.1f "
                             "%% right with all of them, %.1f %% with the others alone."),
                           100 * form->spec.sparsity, before, after);
    else if (cliff == 0)
        wg_append_sentence(
            text,
            _("Already %.0f %% of the weights at 0 cost more than chance: %.1f %% right with all "
              "of them, %.1f %% with the others alone."),
            100 * forms->forms[1].spec.sparsity, before,
            100 * wg_forms_measure(forms, forms->forms[1].as_int8, NULL));
    else
        wg_append_sentence(
            text,
            _("%.0f %% of the weights can be 0 at no cost beyond chance (%.1f %% right, %.1f %% "
              "with all of them); behind that it falls, to %.1f %% at %.0f %%."),
            100 * form->spec.sparsity, after, before,
            100 * wg_forms_measure(forms, forms->forms[cliff + 1].as_int8, NULL),
            100 * forms->forms[cliff + 1].spec.sparsity);
    wg_append_sentence(text,
                       _("The watch gains nothing by zeros, which are written out: the model "
                         "keeps its %.1f kB and its time. In a zip it takes %.1f of %.1f kB."),
                       kilo(form->bytes), kilo(form->compressed_bytes),
                       kilo(whole->compressed_bytes));
    if (*by_filters)
        wg_append_sentence(text, "%s", by_filters);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static JsonObject *
make_result(const WgSmaller *smaller, const WgForms *forms)
{
    const int cliff = find_cliff(forms);
    g_autofree char *verdict = dup_verdict(forms, cliff);
    JsonObject *result = json_object_new();
    JsonArray *rows = json_array_new(), *filters = json_array_new();

    for (int i = 0; i < forms->n_forms; i++) {
        const gboolean is_filters = i >= count_pruned(forms);
        JsonObject *row = wg_forms_describe_row(forms, i);

        json_object_set_double_member(row, is_filters ? "filters" : "sparsity",
                                      100 * forms->forms[i].spec.sparsity);
        json_object_set_double_member(
            row, "chance",
            wg_forms_get_chance(forms, forms->forms[0].as_int8, forms->forms[i].as_int8));
        if (i == 0) /* both curves begin with it */
            json_object_set_double_member(row, "filters", 0);
        json_array_add_object_element(is_filters ? filters : rows, row);
    }
    json_object_set_array_member(result, "rows", rows);
    json_object_set_array_member(result, "filters", filters);
    wg_json_set_number(result, "filters_spared",
                       find_filter_pruned(forms) ? 100 * find_filter_pruned(forms)->spec.sparsity
                                                 : NAN);
    wg_json_set_number(result, "cliff", cliff < 0 ? NAN : 100 * forms->forms[cliff].spec.sparsity);
    json_object_set_string_member(result, "verdict", verdict);
    wg_smaller_describe(smaller, forms, result);
    return result;
}

/* Stores the form that --keep or --keep-filters names. */
static gboolean
keep(const WgSmaller *smaller, WgJob *job, const WgForms *forms, JsonObject *result, GError **error)
{
    const gboolean is_filters = wg_job_has(job, "keep-filters");
    const double percent = wg_job_get_number(job, is_filters ? "keep-filters" : "keep");
    const WgFormKind kind = is_filters ? WG_FORM_FILTERS_PRUNED : WG_FORM_PRUNED;

    for (int i = 0; i < forms->n_forms; i++) {
        const WgForm *form = &forms->forms[i];
        JsonObject *note;

        if (form->spec.kind != kind || fabs(100 * form->spec.sparsity - percent) > 1e-6)
            continue;
        note = json_object_new();
        json_object_set_double_member(note, is_filters ? "filters" : "sparsity", percent);
        json_object_set_int_member(note, "weights", form->n_weights);
        json_object_set_int_member(note, "nonzero", form->n_nonzero);
        json_object_set_double_member(note, "accuracy",
                                      wg_forms_measure(forms, form->as_float, NULL));
        json_object_set_double_member(result, is_filters ? "kept_filters" : "kept", percent);
        return wg_smaller_store(smaller, job, form->network,
                                is_filters ? "filters_pruned" : "pruned", note, error);
    }
    g_return_val_if_reached(FALSE);
}

static gboolean
is_keeping(WgJob *job)
{
    return wg_job_has(job, "keep") || wg_job_has(job, "keep-filters");
}

static gboolean
check_keep(WgJob *job, GError **error)
{
    if (!is_keeping(job))
        return TRUE;
    if (wg_job_has(job, "keep") && wg_job_has(job, "keep-filters")) {
        g_set_error_literal(error, WG_ERROR, WG_ERROR_USAGE,
                            "--keep and --keep-filters exclude each other: one network is the "
                            "project's");
        return FALSE;
    }
    if (wg_job_get_int(job, "folds") > 0) {
        g_set_error_literal(error, WG_ERROR, WG_ERROR_USAGE,
                            "--keep and --folds exclude each other: over folds no network is the "
                            "project's");
        return FALSE;
    }
    return wg_project_check_writable(wg_job_get_project(job), error);
}

static gboolean
run(WgJob *job, GError **error)
{
    g_autoptr(GArray) specs = list_specs(job, error);
    g_autoptr(WgSmaller) smaller = NULL;
    g_autoptr(WgForms) forms = NULL;
    g_autoptr(JsonObject) result = NULL;

    if (!specs || !check_keep(job, error))
        return FALSE;
    smaller = wg_smaller_new(job, error);
    if (smaller && is_keeping(job) && smaller->split->validation->len == 0) {
        g_set_error_literal(error, WG_ERROR, WG_ERROR_MISSING,
                            "the model's split keeps no takes to validate a pruned network on: "
                            "train with some (train --validation 0.2), then prune");
        return FALSE;
    }
    forms = smaller ? wg_smaller_run(smaller, job, (const WgFormSpec *)(gpointer)specs->data,
                                     (int)specs->len, FALSE, error)
                    : NULL;
    if (!forms)
        return FALSE;
    result = make_result(smaller, forms);
    if (is_keeping(job) && !keep(smaller, job, forms, result, error))
        return FALSE;
    wg_job_take_result(job, g_steal_pointer(&result));
    return TRUE;
}

static const WgJobOption options_table[] = {
    WG_SMALLER_OPTIONS,
    {"sparsity", WG_OPTION_STRING, "P,P,...", "percentages of the weights that are to be 0",
     "0,30,50,70,90"},
    {"filters", WG_OPTION_STRING, "P,P,...", "percentages of whole filters to leave out", "25,50"},
    {"keep", WG_OPTION_NUMBER, "P", "makes the network pruned to that percentage the model", NULL,
     1, 99},
    {"keep-filters", WG_OPTION_NUMBER, "P", "the same without that percentage of its filters", NULL,
     1, 99},
    {NULL},
};

const WgJobKind wg_job_kind_prune = {
    "prune", "how many weights can be 0, and what that costs",        "PROJECT", options_table, run,
    NULL,    "what was pruned is not kept, the project is as it was",
};
