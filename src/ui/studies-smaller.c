/* The studies of what may be left out of a network, and of what is lost on the way to the watch. */
#include "ui/model-facts.h"
#include "ui/study-line.h"
#include "ui/study.h"

#include <glib/gi18n.h>

/* Trained as the newest model was: what is kept is what was judged. NULL: there is none. */
static WgJob *
new_alike(WgDesk *desk, const char *name, const char *option, const char *value)
{
    g_autofree char *preset = NULL, *epochs = NULL;
    g_autoptr(GError) error = NULL;
    WgJob *job = wg_model_facts_read_training(desk, &preset, &epochs)
                     ? wg_desk_new_job(desk, name, "preset", preset, option, value, NULL)
                     : NULL;

    if (job && epochs && !wg_job_set(job, "epochs", epochs, &error))
        g_warning("%s", error->message);
    return job;
}

static const WgColumn forms[] = {
    {"name", N_("the network"), NULL, WG_COLUMN_TEXT},
    {"accuracy", N_("right"), N_("Of the takes kept aside"), WG_COLUMN_PERCENT},
    {"errors", N_("wrong"), NULL, WG_COLUMN_COUNT},
    {"macro_f1", N_("F1"), N_("Precision and recall in one figure, the mean of all gestures"),
     WG_COLUMN_SHARE},
    {"worst", N_("its worst gesture"), NULL, WG_COLUMN_WORST},
    {"bytes", N_("file"), NULL, WG_COLUMN_SIZE},
    {"arena_bytes", N_("to work in"), NULL, WG_COLUMN_SIZE},
    {NULL},
};

const WgStudyKind wg_study_forms = {
    .job = "compare-forms",
    .answer = "verdict",
    .question = N_("What is lost on the way to the watch?"),
    .intro =
        N_("The network is rounded to the watch's small numbers in each way there is, and each "
           "form answers the takes kept aside."),
    .button = N_("_Find Out"),
    .running = N_("Making each form of the network"),
    .has_preset = TRUE,
    .is_minor = TRUE,
    .columns = forms,
    .rows = "rows",
};

/* On the watch and before rounding, over the percentage of what is left out. */
static void
add_lines(WgLines *chart, JsonObject *first, JsonArray *rows, const char *percentage)
{
    wg_study_add_line(chart, _("right, on the watch"), first, rows, percentage, "int8.accuracy",
                      FALSE);
    wg_study_add_line(chart, _("before rounding"), first, rows, percentage, "accuracy", FALSE);
}

static int
show_prune(WgLines *const charts[WG_STUDY_CHARTS], JsonObject *result)
{
    JsonArray *rows = json_object_get_array_member(result, "rows");

    /* xgettext:no-c-format */
    wg_lines_clear(charts[0], _("% of the weights are 0"), "");
    add_lines(charts[0], NULL, rows, "sparsity");
    /* xgettext:no-c-format */
    wg_lines_clear(charts[1], _("% of the filters are left out"), "");
    add_lines(charts[1], json_array_get_object_element(rows, 0),
              json_object_get_array_member(result, "filters"), "filters");
    return 2;
}

static gboolean
has_filters(JsonObject *result)
{
    return !json_object_get_null_member(result, "filters_spared");
}

static WgJob *
new_keep_filters(WgDesk *desk, JsonObject *result)
{
    g_autofree char *percent =
        g_strdup_printf("%.0f", json_object_get_double_member(result, "filters_spared"));

    return new_alike(desk, "prune", "keep-filters", percent);
}

static char *
describe_kept_filters(JsonObject *of)
{
    return g_strdup_printf(_("The network has %.0f %% fewer filters now. Train again to have it "
                             "whole."),
                           json_object_get_double_member_with_default(of, "kept_filters", 0));
}

const WgStudyKind wg_study_prune = {
    .job = "prune",
    .answer = "verdict",
    .question = N_("How much of the network can go?"),
    .intro =
        N_("Its smallest weights become 0, or its least filters are left out, more and more of "
           "them, and what is left learns on."),
    .button = N_("_Find Out"),
    .running = N_("Leaving out more and more"),
    .empty = N_("Right answers over what is left out will appear here"),
    .has_preset = TRUE,
    .show = show_prune,
    .keep = N_("_Keep the Narrower One"),
    .keeping = N_("Leaving out filters"),
    .can_keep = has_filters,
    .new_keep = new_keep_filters,
    .then_kept = "quantize",
    .describe_kept = describe_kept_filters,
};

/* Worth its while only where the watch's form has fewer wrong. */
static gboolean
is_better(JsonObject *result)
{
    JsonArray *rows = json_object_get_array_member(result, "rows");
    gint64 alone = 0, taught = 0;

    for (guint i = 0; i < json_array_get_length(rows); i++) {
        JsonObject *row = json_array_get_object_element(rows, i);
        const char *key = json_object_get_string_member(row, "key");
        const gint64 n_errors =
            json_object_get_int_member(json_object_get_object_member(row, "int8"), "errors");

        if (g_str_equal(key, "student"))
            alone = n_errors;
        if (g_str_equal(key, "distilled"))
            taught = n_errors;
    }
    return taught < alone;
}

static WgJob *
new_keep_taught(WgDesk *desk, G_GNUC_UNUSED JsonObject *result)
{
    return new_alike(desk, "distill", NULL, NULL);
}

static char *
describe_kept_taught(G_GNUC_UNUSED JsonObject *of)
{
    return g_strdup(_("The network taught by the larger one is the model now."));
}

static const WgColumn taught[] = {
    {"name", N_("the network"), NULL, WG_COLUMN_TEXT},
    {"accuracy", N_("right"), N_("Of the takes kept aside, before rounding"), WG_COLUMN_PERCENT},
    {"int8.accuracy", N_("on the watch"), NULL, WG_COLUMN_PERCENT},
    {"int8.errors", N_("wrong there"), NULL, WG_COLUMN_COUNT},
    {"int8.macro_f1", N_("F1"), NULL, WG_COLUMN_SHARE},
    {"int8.worst", N_("its worst gesture"), NULL, WG_COLUMN_WORST},
    {"bytes", N_("file"), NULL, WG_COLUMN_SIZE},
    {"arena_bytes", N_("to work in"), NULL, WG_COLUMN_SIZE},
    {NULL},
};

const WgStudyKind wg_study_distill = {
    .job = "distill",
    .answer = "verdict",
    .question = N_("Can a larger network teach this one?"),
    .intro =
        N_("A network too large for the watch learns the takes, and its answers are learned by "
           "one of the usual size beside the takes' own."),
    .button = N_("_Find Out"),
    .running = N_("Training the larger network, then the usual one by it"),
    .has_preset = TRUE,
    .is_minor = TRUE,
    .options = {{"only-tell", ""}},
    .columns = taught,
    .rows = "rows",
    .keep = N_("_Keep the Taught One"),
    .keeping = N_("Training the larger network, then the usual one by it"),
    .can_keep = is_better,
    .new_keep = new_keep_taught,
    .then_kept = "quantize",
    .describe_kept = describe_kept_taught,
};

/* One line a gesture would be a knot: all gestures together, and a row each below. */
static int
show_reject(WgLines *const charts[WG_STUDY_CHARTS], JsonObject *result)
{
    JsonArray *points = json_object_get_array_member(result, "points");

    wg_lines_clear(charts[0], _("least probability, the same for all"), "");
    wg_study_add_line(charts[0], _("gestures unanswered"), NULL, points, "threshold",
                      "false_reject", FALSE);
    wg_study_add_line(charts[0], _("others answered"), NULL, points, "threshold", "false_accept",
                      FALSE);
    return 1;
}

static const WgColumn thresholds[] = {
    {"label", N_("gesture"), NULL, WG_COLUMN_TEXT},
    {"threshold", N_("answered from"), N_("The least probability for an answer"),
     WG_COLUMN_PERCENT},
    {NULL},
};

const WgStudyKind wg_study_reject = {
    .job = "tune-threshold",
    .answer = "verdict",
    .question = N_("What if a movement is none of the gestures?"),
    .intro = N_("Finds for each gesture how sure the network must be of it, so that other movement "
                "is ignored, and keeps it for the next deployment, in either mode."),
    .button = N_("_Tune Each"),
    .is_minor = TRUE,
    .asks_other = TRUE,
    .options = {{"per-gesture", ""}},
    .running = N_("Asking the takes kept aside"),
    .show = show_reject,
    .columns = thresholds,
    .rows = "per_label",
};
