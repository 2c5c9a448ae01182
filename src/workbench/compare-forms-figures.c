/* What a comparison of forms comes to: figures of each, and whether two differ by more than chance.
 */
#include "workbench/compare-forms.h"

#include "train/metrics.h"
#include "workbench/json.h"

#include <glib/gi18n.h>
#include <math.h>

#define SURE 2 /* standard deviations */

/* NaN of fewer than two. */
static double
get_spread(const double *values, int n)
{
    double sum = 0, squares = 0;

    for (int i = 0; i < n; i++)
        sum += values[i];
    for (int i = 0; i < n; i++)
        squares += (values[i] - sum / n) * (values[i] - sum / n);
    return n > 1 ? sqrt(squares / (n - 1)) : NAN;
}

double
wg_forms_measure(const WgForms *self, const int *answers, double *accuracies)
{
    int n_right = 0;

    for (int i = 0; i < self->n; i++)
        n_right += answers[i] == self->truth[i];
    for (int seed = 1; accuracies && seed <= self->n_seeds; seed++) {
        int n = 0, n_seed_right = 0;

        for (int i = 0; i < self->n; i++) {
            n += self->seeds[i] == seed;
            n_seed_right += self->seeds[i] == seed && answers[i] == self->truth[i];
        }
        accuracies[seed - 1] = (double)n_seed_right / MAX(1, n);
    }
    return (double)n_right / MAX(1, self->n);
}

double
wg_forms_get_chance(const WgForms *self, const int *a, const int *b)
{
    g_autofree double *accuracies = g_new0(double, self->n_seeds + 1);
    double spread;
    int n_apart = 0;

    for (int i = 0; i < self->n; i++)
        n_apart += (a[i] == self->truth[i]) != (b[i] == self->truth[i]);
    wg_forms_measure(self, a, accuracies);
    spread = get_spread(accuracies, self->n_seeds);
    return fmax(SURE * sqrt(n_apart) / MAX(1, self->n), isnan(spread) ? 0 : spread);
}

JsonObject *
wg_forms_describe(const WgForms *self, const int *answers)
{
    const int n_labels = (int)g_strv_length(self->labels);
    g_autoptr(WgMetrics) metrics = wg_metrics_new(self->truth, answers, self->n, n_labels);
    g_autofree double *accuracies = g_new0(double, self->n_seeds + 1);
    JsonObject *object = json_object_new(), *worst = json_object_new();
    int lowest = -1;

    wg_forms_measure(self, answers, accuracies);
    for (int i = 0; i < n_labels; i++) {
        if (metrics->labels[i].support > 0 &&
            (lowest < 0 || metrics->labels[i].recall < metrics->labels[lowest].recall))
            lowest = i;
    }
    json_object_set_double_member(object, "accuracy", metrics->accuracy);
    wg_json_set_number(object, "spread", get_spread(accuracies, self->n_seeds));
    json_object_set_int_member(object, "n", metrics->n);
    json_object_set_int_member(object, "errors", metrics->n - metrics->n_correct);
    json_object_set_double_member(object, "macro_f1", metrics->macro.f1);
    wg_json_set_optional(worst, "label", lowest >= 0 ? self->labels[lowest] : NULL);
    wg_json_set_number(worst, "recall", lowest >= 0 ? metrics->labels[lowest].recall : NAN);
    json_object_set_object_member(object, "worst", worst);
    return object;
}

/* int8 less the first form's float, and its spread over seeds. */
static void
add_difference(const WgForms *self, const WgForm *form, JsonObject *row)
{
    const int *first = self->forms[0].as_float;
    g_autofree double *a = g_new0(double, self->n_seeds + 1);
    g_autofree double *b = g_new0(double, self->n_seeds + 1);

    json_object_set_double_member(row, "difference",
                                  wg_forms_measure(self, form->as_int8, a) -
                                      wg_forms_measure(self, first, b));
    for (int i = 0; i < self->n_seeds; i++)
        a[i] -= b[i];
    wg_json_set_number(row, "difference_spread", get_spread(a, self->n_seeds));
}

JsonObject *
wg_forms_describe_row(const WgForms *self, int i)
{
    const WgForm *form = &self->forms[i];
    JsonObject *row = wg_forms_describe(self, form->as_float ? form->as_float : form->as_int8);

    json_object_set_object_member(row, "int8", wg_forms_describe(self, form->as_int8));
    add_difference(self, form, row);
    json_object_set_int_member(row, "bytes", (gint64)form->bytes);
    json_object_set_int_member(row, "arena_bytes", (gint64)form->arena_bytes);
    json_object_set_int_member(row, "compressed_bytes", (gint64)form->compressed_bytes);
    json_object_set_int_member(row, "parameters", form->n_parameters);
    json_object_set_int_member(row, "weights", form->n_weights);
    json_object_set_int_member(row, "nonzero", form->n_nonzero);
    return row;
}

char *
wg_forms_dup_scope(const WgForms *self)
{
    if (self->n_seeds == 1)
        return g_strdup_printf(_("Of %d takes that it was not trained on"), self->n);
    return g_strdup_printf(_("Over %d seeds (%d answers to takes that it was not trained on)"),
                           self->n_seeds, self->n);
}
