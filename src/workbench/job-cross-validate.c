/* The job "cross-validate": how a preset does on takes, or persons, that it was not trained on. */
#include "base/error.h"
#include "base/sentences.h"
#include "dataset/persons.h"
#include "workbench/cross-options.h"
#include "workbench/json.h"
#include "workbench/model.h"
#include "workbench/range-options.h"
#include "workbench/training.h"
#include "workbench/window-options.h"

#include <glib/gi18n.h>

static double
get_accuracy(int n, int n_errors)
{
    return 1 - (double)n_errors / MAX(1, n);
}

/* The gesture with the smallest share of right answers, the first of equals. */
static JsonObject *
find_worst_label(const WgCrossPart *part, const char *const *labels)
{
    const int n_labels = (int)g_strv_length((char **)labels);
    g_autoptr(WgMetrics) metrics = wg_metrics_new(part->truth, part->predicted, part->n, n_labels);
    JsonObject *worst = json_object_new();
    int lowest = -1;

    for (int i = 0; i < n_labels; i++) {
        if (metrics->labels[i].support > 0 &&
            (lowest < 0 || metrics->labels[i].recall < metrics->labels[lowest].recall))
            lowest = i;
    }
    if (lowest >= 0) {
        json_object_set_string_member(worst, "label", labels[lowest]);
        json_object_set_double_member(worst, "recall", metrics->labels[lowest].recall);
        json_object_set_int_member(worst, "support", metrics->labels[lowest].support);
    }
    return worst;
}

static JsonObject *
make_group(const WgCrossPart *part, const char *const *labels)
{
    JsonObject *group = json_object_new();

    json_object_set_string_member(group, "name", part->name);
    json_object_set_int_member(group, "seed", part->seed);
    json_object_set_int_member(group, "n", part->n);
    json_object_set_int_member(group, "errors", part->n_errors);
    json_object_set_double_member(group, "accuracy", get_accuracy(part->n, part->n_errors));
    json_object_set_object_member(group, "worst_label", find_worst_label(part, labels));
    return group;
}

/* Every part, and the worst of them. */
static void
add_groups(JsonObject *result, const WgCrossResult *cross, const char *const *labels)
{
    JsonArray *groups = json_array_new();
    int lowest = 0;

    for (int i = 0; i < cross->n_parts; i++) {
        const WgCrossPart *part = &cross->parts[i], *low = &cross->parts[lowest];

        json_array_add_object_element(groups, make_group(part, labels));
        if (get_accuracy(part->n, part->n_errors) < get_accuracy(low->n, low->n_errors))
            lowest = i;
    }
    json_object_set_array_member(result, "groups", groups);
    json_object_set_object_member(result, "worst", make_group(&cross->parts[lowest], labels));
}

/* Accuracy of each seed, their mean and standard deviation (null of a single one). */
static void
add_seeds(JsonObject *result, const WgCrossResult *cross, int n_seeds)
{
    g_autofree double *accuracies = g_new(double, (gsize)n_seeds);
    JsonArray *seeds = json_array_new();
    double mean, spread;

    wg_cross_result_measure(cross, n_seeds, accuracies, &mean, &spread);
    for (int i = 0; i < n_seeds; i++)
        json_array_add_double_element(seeds, accuracies[i]);
    json_object_set_double_member(result, "mean", mean);
    wg_json_set_number(result, "spread", spread);
    json_object_set_array_member(result, "seeds", seeds);
}

/* What each take was answered with the first seed. */
static void
add_takes(JsonObject *result, const WgCrossResult *cross, WgDataset *dataset)
{
    JsonArray *takes = json_array_new();

    for (int i = 0; i < cross->n_parts; i++) {
        const WgCrossPart *part = &cross->parts[i];

        for (int k = 0; part->seed == 1 && k < part->n; k++) {
            JsonObject *take = json_object_new();

            json_object_set_int_member(
                take, "id", wg_recording_get(wg_dataset_get(dataset, part->takes[k]))->id);
            json_object_set_int_member(take, "true", part->truth[k]);
            json_object_set_int_member(take, "predicted", part->predicted[k]);
            json_array_add_object_element(takes, take);
        }
    }
    json_object_set_array_member(result, "takes", takes);
}

/* The gestures that one person alone has: left out, they cannot be known. NULL: none. */
static char *
describe_own_gestures(WgDataset *dataset)
{
    const char *const *labels = wg_dataset_get_labels(dataset);
    g_autoptr(GString) names = g_string_new(NULL);
    int n_own = 0;

    for (int label = 0; labels[label]; label++) {
        const char *person = NULL;
        gboolean is_own = TRUE;

        for (int i = 0; i < wg_dataset_get_n(dataset); i++) {
            const char *whose;

            if (wg_dataset_get_label(dataset, i) != label)
                continue;
            whose = wg_recording_get(wg_dataset_get(dataset, i))->person;
            is_own = is_own && (!person || g_strcmp0(person, whose) == 0);
            person = whose ? whose : "";
        }
        if (!is_own || !person)
            continue;
        n_own++;
        wg_append_part(names, ", ", _("“%s” (%s)"), labels[label], person);
    }
    return n_own > 0 ? g_strdup_printf(_("gestures that one person alone has are wrong for want of "
                                         "takes when that person is left out: %s"),
                                       names->str)
                     : NULL;
}

static JsonObject *
make_result(const WgCrossResult *cross, const WgCrossOptions *options, WgDataset *dataset)
{
    g_autofree int *truth = g_new(int, cross->n + 1), *predicted = g_new(int, cross->n + 1);
    g_autoptr(WgMetrics) metrics = NULL;
    gsize bytes = 0, arena_bytes = 0;
    JsonObject *result;
    int n = 0;

    for (int i = 0; i < cross->n_parts; i++) {
        const WgCrossPart *part = &cross->parts[i];

        for (int k = 0; k < part->n; k++, n++) {
            truth[n] = part->truth[k];
            predicted[n] = part->predicted[k];
        }
        bytes = MAX(bytes, part->bytes);
        arena_bytes = MAX(arena_bytes, part->arena_bytes);
    }
    metrics = wg_metrics_new(truth, predicted, n, wg_dataset_get_n_labels(dataset));
    result = wg_report_new(metrics, wg_dataset_get_labels(dataset));
    json_object_set_string_member(result, "method", wg_method_get_name(options->method));
    json_object_set_string_member(result, "model",
                                  options->method != WG_METHOD_NETWORK
                                      ? wg_method_get_name(options->method)
                                  : options->is_int8 ? "int8"
                                                     : "float");
    if (options->method == WG_METHOD_NETWORK)
        json_object_set_string_member(result, "preset", options->preset->name);
    add_seeds(result, cross, options->n_seeds);
    json_object_set_string_member(result, "by", options->n_folds == 0 ? "person" : "fold");
    add_groups(result, cross, wg_dataset_get_labels(dataset));
    if (options->is_int8 && options->method == WG_METHOD_NETWORK) {
        json_object_set_int_member(result, "largest_bytes", (gint64)bytes);
        json_object_set_int_member(result, "largest_arena_bytes", (gint64)arena_bytes);
        json_object_set_string_member(result, "calibration", options->form->name);
        json_object_set_string_member(result, "ranges", options->form->ranges->name);
    }
    if (options->forms)
        json_object_set_array_member(
            result, "forms", wg_cross_forms_report(options->forms, cross, options->n_seeds));
    json_object_set_double_member(result, "seconds", cross->seconds);
    add_takes(result, cross, dataset);
    if (options->n_folds == 0) {
        g_autofree char *difference = wg_persons_describe_difference(dataset);
        g_autofree char *own = describe_own_gestures(dataset);
        g_autofree char *note = g_strjoin(difference && own ? "; " : "", own ? own : "",
                                          difference ? difference : "", NULL);

        if (*note)
            json_object_set_string_member(result, "note", note);
    }
    return result;
}

/* On what and how the int8 form is quantized, and the further forms if any are wanted. */
static gboolean
read_forms(WgJob *job, WgCrossOptions *options, GError **error)
{
    const WgCrossForm fallback = {
        .n_samples = (int)wg_job_get_int(job, "samples"),
        .ranges = wg_range_method_find(wg_job_get_string(job, "ranges"), error),
        .percentile = wg_job_get_number(job, "percentile"),
    };
    const char *forms = wg_job_get_string(job, "forms");
    const gboolean is_network = options->method == WG_METHOD_NETWORK;

    if (!fallback.ranges)
        return FALSE;
    if (!is_network && forms) {
        g_set_error(error, WG_ERROR, WG_ERROR_USAGE,
                    "--forms is about networks: “%s” has no int8 form",
                    wg_method_get_name(options->method));
        return FALSE;
    }
    options->form = wg_cross_form_parse(wg_job_get_string(job, "calibration"), &fallback, error);
    options->forms = options->form && forms ? wg_cross_forms_parse(forms, &fallback, error) : NULL;
    return options->form && (!forms || options->forms);
}

static gboolean
run(WgJob *job, GError **error)
{
    const gboolean by_person = wg_job_has(job, "leave-one-person-out");
    g_autoptr(WgCrossForm) form = NULL;
    g_autoptr(GPtrArray) forms = NULL;
    gboolean is_read;
    g_autoptr(WgDataset) dataset = NULL;
    g_autoptr(WgCrossResult) cross = NULL;
    WgCrossOptions options = {
        .forest = {.n_trees = (int)wg_job_get_int(job, "trees"),
                   .max_depth = (int)wg_job_get_int(job, "depth"),
                   .min_leaf = 1},
    };

    if (!wg_cross_options_read(job, &options, error) ||
        !wg_method_find(wg_job_get_string(job, "method"), &options.method, error))
        return FALSE;
    is_read = read_forms(job, &options, error);
    form = (WgCrossForm *)options.form; /* to be freed: NOLINT(clang-analyzer-deadcode.*) */
    forms = options.forms;              /* likewise: NOLINT(clang-analyzer-deadcode.*) */
    if (!is_read)
        return FALSE;
    if (by_person)
        options.n_folds = 0;
    dataset = wg_cross_options_load(job, NULL, &options, error);
    cross = dataset ? wg_cross_validate(dataset, &options, wg_job_get_progress(job),
                                        wg_job_get_cancellable(job), error)
                    : NULL;
    if (!cross)
        return FALSE;
    wg_job_take_result(job, make_result(cross, &options, dataset));
    return TRUE;
}

static const WgJobOption options_table[] = {
    WG_TRAINING_OPTIONS,
    {"depth", WG_OPTION_INT, "N", "questions in a row of a tree; 0: as many as it takes", "0", 0,
     1000},
    WG_WINDOW_OPTIONS,
    {"calibration", WG_OPTION_STRING, "C",
     "what the int8 form is calibrated on: train, person=NAME, half-scale, noise, noise-normal, "
     "noise-unit",
     "train"},
    {"folds", WG_OPTION_INT, "N", "parts, each tested once", "5", 2, 1000},
    {"forms", WG_OPTION_STRING, "F,F",
     "asks each network as float and in these int8 forms: "
     "calibration[:takes][/ranges[/percentile]]",
     NULL},
    {"leave-one-person-out", WG_OPTION_FLAG, NULL, "test on each person in turn", NULL},
    {"without-test", WG_OPTION_FLAG, NULL, "leaves out the test takes of the model's split", NULL},
    {"method", WG_OPTION_STRING, "network|dtw|tree|forest",
     "what learns: the network or, to compare, the most similar take, a decision tree or many",
     "network"},
    {"model", WG_OPTION_STRING, "float|int8", "which form answers", "int8"},
    WG_RANGE_OPTIONS,
    {"seeds", WG_OPTION_INT, "N", "repeat with seeds 1..N", "1", 1, 1000},
    {"trees", WG_OPTION_INT, "N", "of the forest", "200", 1, 10000},
    {NULL},
};

const WgJobKind wg_job_kind_cross_validate = {
    "cross-validate",
    "accuracy on takes, or persons, it was not trained on",
    "PROJECT",
    options_table,
    run,
    NULL,
    "what was trained so far is not kept",
    .dup_more = wg_preset_dup_help,
};
