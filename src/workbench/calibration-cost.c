/* What it costs to calibrate as was asked for, against the recommended way: measured on takes. */
#include "workbench/calibration-cost.h"

#include <glib/gi18n.h>

typedef struct {
    int *said;
    int n_errors;
    double probability; /* mean, of the true gestures */
    WgMetrics *metrics;
} Answers;

static void
answers_clear(Answers *answers)
{
    g_free(answers->said);
    wg_metrics_free(answers->metrics);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Answers, answers_clear)

static void
ask(const WgModel *model, WgInt8Network *int8, const WgWindows *windows, Answers *answers)
{
    const WgModel asked = {
        .network = int8 ? NULL : model->network, .int8 = int8, .n_labels = model->n_labels};
    g_autofree float *probabilities = g_new(float, (gsize)windows->n *(gsize)model->n_labels + 1);

    wg_model_predict(&asked, windows, probabilities);
    answers->said = g_new(int, windows->n + 1);
    for (int i = 0; i < windows->n; i++) {
        const float *row = probabilities + (gsize)i * (gsize)model->n_labels;

        answers->said[i] = wg_argmax(row, model->n_labels);
        answers->n_errors += answers->said[i] != windows->labels[i];
        answers->probability += (double)row[windows->labels[i]] / windows->n;
    }
    answers->metrics = wg_metrics_new(windows->labels, answers->said, windows->n, model->n_labels);
}

static void
add_worst(JsonObject *cost, const WgModel *model, const Answers *here, const Answers *there)
{
    JsonObject *worst = json_object_new();
    int label = 0;

    for (int i = 0; i < model->n_labels; i++) {
        if (here->metrics->labels[i].support > 0 &&
            (here->metrics->labels[label].support == 0 ||
             here->metrics->labels[i].recall < here->metrics->labels[label].recall))
            label = i;
    }
    json_object_set_string_member(worst, "label", model->labels[label]);
    json_object_set_double_member(worst, "recall", here->metrics->labels[label].recall);
    json_object_set_double_member(worst, "recommended_recall",
                                  there->metrics->labels[label].recall);
    json_object_set_object_member(cost, "worst", worst);
}

/* "calibrated on noise, 12 of 234 validation takes are wrong instead of 3 (calibrated on the
 * validation takes, the same that are asked)" */
static char *
describe(const WgCalibration *self, const WgCalibration *recommended, const WgCalibration *asked,
         const Answers *here, const Answers *there)
{
    g_autofree char *what = wg_calibration_describe(self);
    g_autofree char *other = wg_calibration_describe(recommended);
    const int n = asked->windows->n;
    const gboolean is_train = g_str_equal(asked->source, "train");
    g_autofree char *words = NULL;

    if (here->n_errors == there->n_errors)
        return g_strdup_printf(
            is_train ? ngettext("it costs nothing here, %d of %d training take is wrong either way "
                                "(with %s or %s)",
                                "it costs nothing here, %d of %d training takes are wrong either "
                                "way (with %s or %s)",
                                (gulong)n)
                     : ngettext("it costs nothing here, %d of %d validation take is wrong either "
                                "way (with %s or %s)",
                                "it costs nothing here, %d of %d validation takes are wrong "
                                "either way (with %s or %s)",
                                (gulong)n),
            here->n_errors, n, what, other);
    words = g_strdup_printf(
        is_train ? ngettext("calibrated on %s, %d of %d training take is wrong instead of %d",
                            "calibrated on %s, %d of %d training takes are wrong instead of %d",
                            (gulong)n)
                 : ngettext("calibrated on %s, %d of %d validation take is wrong instead of %d",
                            "calibrated on %s, %d of %d validation takes are wrong instead of %d",
                            (gulong)n),
        what, here->n_errors, n, there->n_errors);
    /* TRANSLATORS: first what went before, “calibrated on …, 3 of 20 takes are wrong instead of 1”
     */
    return g_strdup_printf(g_str_equal(recommended->source, asked->source)
                               ? _("%s (calibrated on %s, the same that are asked)")
                           : self->kind == WG_CALIBRATION_PART &&
                                   g_str_equal(self->source, asked->source)
                               ? _("%s (calibrated on %s; the first on the same that are asked)")
                               : _("%s (calibrated on %s)"),
                           words, other);
}

JsonObject *
wg_calibration_cost(const WgCalibration *self, const WgCalibration *recommended,
                    const WgModel *model, WgInt8Network *int8, WgInt8Network *recommended_int8,
                    const WgCalibration *asked)
{
    const WgWindows *windows = asked->windows;
    const double n = MAX(1, windows->n);
    JsonObject *cost = json_object_new();
    g_auto(Answers) here = {0}, there = {0}, before = {0};
    g_autofree char *words = NULL;
    int n_changed = 0;

    ask(model, int8, windows, &here);
    ask(model, recommended_int8, windows, &there);
    ask(model, NULL, windows, &before);
    for (int i = 0; i < windows->n; i++)
        n_changed += here.said[i] != there.said[i];
    words = describe(self, recommended, asked, &here, &there);
    json_object_set_string_member(cost, "on", asked->source);
    json_object_set_int_member(cost, "n", windows->n);
    json_object_set_int_member(cost, "errors", here.n_errors);
    json_object_set_int_member(cost, "recommended_errors", there.n_errors);
    json_object_set_int_member(cost, "float_errors", before.n_errors);
    json_object_set_double_member(cost, "accuracy", here.metrics->accuracy);
    json_object_set_double_member(cost, "recommended_accuracy", there.metrics->accuracy);
    json_object_set_double_member(cost, "difference", (there.n_errors - here.n_errors) / n);
    json_object_set_int_member(cost, "changed", n_changed);
    json_object_set_double_member(cost, "probability", here.probability);
    json_object_set_double_member(cost, "recommended_probability", there.probability);
    add_worst(cost, model, &here, &there);
    json_object_set_string_member(cost, "recommended", recommended->source);
    json_object_set_string_member(cost, "words", words);
    return cost;
}
