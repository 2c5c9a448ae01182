/* The job "compare": whether the network is worth its while, beside methods without one. */
#include "workbench/cross-options.h"
#include "workbench/json.h"
#include "workbench/training.h"
#include "workbench/window-options.h"

#include <glib/gi18n.h>
#include <math.h>

#define CHANCE 2 /* standard errors */

static const WgMethod methods[] = {WG_METHOD_NETWORK, WG_METHOD_FOREST, WG_METHOD_DTW,
                                   WG_METHOD_TREE};
static const char *const titles[] = {N_("the network"), N_("a random forest"),
                                     N_("the most similar take"), N_("a decision tree")};
/* the share of the time that each takes, about; for the progress only */
static const double weights[] = {0.7, 0.1, 0.15, 0.05};

static JsonObject *
make_row(int index, const WgCrossResult *cross, int n_seeds, double *mean)
{
    g_autofree double *accuracies = g_new(double, (gsize)n_seeds);
    JsonObject *row = json_object_new();
    double spread;

    wg_cross_result_measure(cross, n_seeds, accuracies, mean, &spread);
    json_object_set_string_member(row, "method", wg_method_get_name(methods[index]));
    json_object_set_string_member(row, "name", _(titles[index]));
    json_object_set_double_member(row, "accuracy", *mean);
    wg_json_set_number(row, "spread", spread);
    json_object_set_int_member(row, "n", cross->n);
    json_object_set_int_member(row, "errors", cross->n_errors);
    json_object_set_double_member(row, "seconds", cross->seconds);
    return row;
}

/* One sentence on whether the network is better by more than chance: two standard errors of a
 * difference of two shares. */
static char *
make_advice(const double *accuracies, int n)
{
    double chance;
    int best = 1;

    for (int i = 2; i < (int)G_N_ELEMENTS(methods); i++) {
        if (accuracies[i] > accuracies[best])
            best = i;
    }
    chance =
        CHANCE *
        sqrt((accuracies[0] * (1 - accuracies[0]) + accuracies[best] * (1 - accuracies[best])) / n);
    if (fabs(accuracies[0] - accuracies[best]) <= chance)
        return g_strdup_printf(_("On %d takes the network (%.1f %% right) and %s (%.1f %%) are not "
                                 "told apart: the difference may be chance."),
                               n, 100 * accuracies[0], _(titles[best]), 100 * accuracies[best]);
    if (accuracies[0] > accuracies[best])
        return g_strdup_printf(_("The network is worth its while: %.1f %% right where the best "
                                 "without one, %s, has %.1f %%."),
                               100 * accuracies[0], _(titles[best]), 100 * accuracies[best]);
    return g_strdup_printf(
        _("Without a network, %s has %.1f %% right and the network %.1f %%: more "
          "takes or longer training should help it."),
        _(titles[best]), 100 * accuracies[best], 100 * accuracies[0]);
}

static gboolean
compare(WgJob *job, WgDataset *dataset, WgCrossOptions *options, GError **error)
{
    g_autoptr(JsonObject) result = json_object_new();
    g_autofree char *advice = NULL;
    JsonArray *rows = json_array_new();
    double accuracies[G_N_ELEMENTS(methods)];
    double from = 0;

    json_object_set_array_member(result, "methods", rows);
    for (int i = 0; i < (int)G_N_ELEMENTS(methods); i++) {
        g_autoptr(WgProgress) progress =
            wg_progress_split(wg_job_get_progress(job), from, from + weights[i]);
        g_autoptr(WgCrossResult) cross = NULL;

        from += weights[i];
        options->method = methods[i];
        cross = wg_cross_validate(dataset, options, progress, wg_job_get_cancellable(job), error);
        if (!cross)
            return FALSE;
        json_array_add_object_element(rows, make_row(i, cross, options->n_seeds, &accuracies[i]));
    }
    advice = make_advice(accuracies, wg_dataset_get_n(dataset));
    json_object_set_string_member(result, "preset", options->preset->name);
    json_object_set_int_member(result, "folds", options->n_folds);
    json_object_set_int_member(result, "seeds", options->n_seeds);
    json_object_set_string_member(result, "advice", advice);
    wg_job_take_result(job, g_steal_pointer(&result));
    return TRUE;
}

static gboolean
run(WgJob *job, GError **error)
{
    g_autoptr(WgDataset) dataset = NULL;
    WgCrossOptions options = {
        .forest = {.n_trees = (int)wg_job_get_int(job, "trees"), .min_leaf = 1},
    };

    if (!wg_cross_options_read(job, &options, error))
        return FALSE;
    dataset = wg_cross_options_load(job, NULL, &options, error);
    return dataset && compare(job, dataset, &options, error);
}

static const WgJobOption options_table[] = {
    WG_TRAINING_OPTIONS,
    WG_WINDOW_OPTIONS,
    {"folds", WG_OPTION_INT, "N", "parts, each tested once", "5", 2, 1000},
    {"without-test", WG_OPTION_FLAG, NULL, "leaves out the test takes of the model's split", NULL},
    {"seeds", WG_OPTION_INT, "N", "repeat with seeds 1..N", "1", 1, 1000},
    {"trees", WG_OPTION_INT, "N", "of the forest", "200", 1, 10000},
    {NULL},
};

const WgJobKind wg_job_kind_compare = {
    "compare",
    "the network beside methods without one, cross-validated",
    "PROJECT",
    options_table,
    run,
    NULL,
    "what was trained so far is not kept",
    .dup_more = wg_preset_dup_help,
};
