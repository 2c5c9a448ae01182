/* The studies there are, and how their results become charts. */
#include "ui/study-line.h"
#include "ui/study.h"

#include "dataset/project-presets.h"

#include <glib/gi18n.h>

/* Recall of one gesture over the takes. */
static void
add_recall(WgLines *chart, JsonArray *points, guint label)
{
    const guint n = json_array_get_length(points);
    g_autofree WgLinePoint *line = g_new0(WgLinePoint, n + 1);
    const char *name = NULL;
    int n_points = 0;

    for (guint i = 0; i < n; i++) {
        JsonObject *point = json_array_get_object_element(points, i);
        JsonArray *per_label = json_object_get_array_member(point, "per_label");
        JsonObject *recall = json_array_get_object_element(per_label, label);

        name = json_object_get_string_member(recall, "label");
        if (json_object_get_null_member(recall, "recall"))
            continue;
        line[n_points].x = json_object_get_double_member(point, "takes");
        line[n_points++].y = json_object_get_double_member(recall, "recall");
    }
    if (name)
        wg_lines_add(chart, name, line, n_points, FALSE);
}

static int
show_learning_curve(WgLines *const charts[WG_STUDY_CHARTS], JsonObject *result)
{
    JsonArray *points = json_object_get_array_member(result, "points");
    JsonArray *predicted = json_object_get_array_member(result, "predicted");
    const guint n_points = json_array_get_length(points);
    const guint n_labels = json_array_get_length(json_object_get_array_member(result, "labels"));

    wg_lines_clear(charts[0], _("takes it was trained on"), "");
    wg_study_add_line(charts[0], _("right answers"), NULL, points, "takes", "accuracy", FALSE);
    wg_study_add_line(charts[0], _("expected"),
                      n_points > 0 ? json_array_get_object_element(points, n_points - 1) : NULL,
                      predicted, "takes", "accuracy", TRUE);
    wg_lines_clear(charts[1], _("takes it was trained on"), "");
    for (guint i = 0; i < n_labels; i++)
        add_recall(charts[1], points, i);
    return 2;
}

static int
show_robustness(WgLines *const charts[WG_STUDY_CHARTS], JsonObject *result)
{
    JsonArray *curves = json_object_get_array_member(result, "curves");
    const guint n = MIN(json_array_get_length(curves), WG_STUDY_CHARTS);

    for (guint i = 0; i < n; i++) {
        JsonObject *curve = json_array_get_object_element(curves, i);
        const char *name = json_object_get_string_member(curve, "name");
        g_autofree char *axis =
            g_strdup_printf("%s, %s", name, json_object_get_string_member(curve, "unit"));

        wg_lines_clear(charts[i], axis, "");
        wg_study_add_line(charts[i], _("right"), NULL,
                          json_object_get_array_member(curve, "points"), "value", "accuracy",
                          FALSE);
    }
    return (int)n;
}

const WgStudyKind wg_study_learning_curve = {
    .job = "learning-curve",
    .answer = "advice",
    .question = N_("How many more takes would help, and of which gesture?"),
    .intro =
        N_("The network is trained on a fifth, a third, half and all of the takes in turn, and "
           "judged on those it was not trained on. What twice as many would bring is worked "
           "out from there."),
    .button = N_("_Find Out"),
    .running = N_("Training on more and more of the takes"),
    .empty = N_("Right answers over the number of takes will appear here"),
    .has_preset = TRUE,
    .options = {{"without-test", ""}, {"seeds", "1"}},
    .show = show_learning_curve,
};

const WgStudyKind wg_study_robustness = {
    .job = "robustness",
    .answer = "advice",
    .question = N_("How much may change before it goes wrong?"),
    .intro = N_("The takes kept aside are made noisy, turned, faster and slower, and lose samples; "
                "the model that is on the watch answers them all."),
    .button = N_("_Find Out"),
    .running = N_("Changing the takes more and more"),
    .empty = N_("Right answers over each change will appear here"),
    .show = show_robustness,
};

static const WgColumn methods[] = {
    {"name", N_("method"), NULL, WG_COLUMN_TEXT},
    {"accuracy", N_("right"), N_("Each take judged by one that has not learned from it"),
     WG_COLUMN_PERCENT},
    {"errors", N_("wrong"), NULL, WG_COLUMN_COUNT},
    {"n", N_("takes"), NULL, WG_COLUMN_COUNT},
    {NULL},
};

const WgStudyKind wg_study_compare = {
    .job = "compare",
    .answer = "advice",
    .question = N_("Is the network worth its while?"),
    .intro = N_("The same takes are learned by methods without a network: many decision trees, "
                "one of them, and the most similar take."),
    .button = N_("_Find Out"),
    .running = N_("Learning by each method in turn"),
    .empty = N_("Each method's right answers will appear here"),
    .has_preset = TRUE,
    .options = {{"without-test", ""}},
    .columns = methods,
    .rows = "methods",
};

static const WgColumn noticed[] = {
    {"label", N_("gesture"), NULL, WG_COLUMN_TEXT},
    {"events", N_("done"), N_("How often it was done in the recording"), WG_COLUMN_COUNT},
    {"hits", N_("noticed"), NULL, WG_COLUMN_COUNT},
    {"misses", N_("missed"), NULL, WG_COLUMN_COUNT},
    {"doubles", N_("twice"), N_("Noticed once more than it was done"), WG_COLUMN_COUNT},
    {"wrong", N_("another"), N_("Answered while another gesture was done"), WG_COLUMN_COUNT},
    {"false_alarms", N_("false alarms"), N_("Answered while no gesture was done"), WG_COLUMN_COUNT},
    {"error", N_("wrong of all"), N_("Wrong answers of all answers while it was done"),
     WG_COLUMN_PERCENT},
    {NULL},
};

const WgStudyKind wg_study_stream = {
    .job = "stream",
    .answer = "verdict",
    .argument = "split:validation",
    .choose = N_("_Use a Recording…"),
    .question = N_("How does it do in daily life?"),
    .intro = N_("A long recording runs through all that the watch does: what it notices, answers "
                "and leaves out. Without one of your own it is put together from the takes kept "
                "aside, with other movement between them."),
    .button = N_("_Find Out"),
    .running = N_("Replaying the recording"),
    .columns = noticed,
    .rows = "per_label",
};

static int
show_threshold(WgLines *const charts[WG_STUDY_CHARTS], JsonObject *result)
{
    JsonArray *points = json_object_get_array_member(result, "points");
    const double n_events = (double)json_object_get_int_member(result, "events");
    g_autoptr(GArray) hits = g_array_new(FALSE, FALSE, sizeof(WgLinePoint));
    g_autoptr(GArray) alarms = g_array_new(FALSE, FALSE, sizeof(WgLinePoint));

    for (guint i = 0; i < json_array_get_length(points); i++) {
        JsonObject *object = json_array_get_object_element(points, i);
        WgLinePoint point = {.x = json_object_get_double_member(object, "threshold")};

        point.y = (double)json_object_get_int_member(object, "hits") / MAX(1, n_events);
        g_array_append_val(hits, point);
        point.y = (double)json_object_get_int_member(object, "false_alarms");
        g_array_append_val(alarms, point);
    }
    wg_lines_clear(charts[0], _("least probability for an answer"), "");
    wg_lines_add(charts[0], _("noticed"), (const WgLinePoint *)(gpointer)hits->data, (int)hits->len,
                 FALSE);
    wg_lines_clear(charts[1], _("least probability for an answer"), "");
    wg_lines_count(charts[1]);
    wg_lines_add(charts[1], _("false alarms"), (const WgLinePoint *)(gpointer)alarms->data,
                 (int)alarms->len, FALSE);
    return 2;
}

const WgStudyKind wg_study_threshold = {
    .job = "tune-threshold",
    .answer = "verdict",
    .argument = "split:validation",
    .choose = N_("_Use a Recording…"),
    .question = N_("How sure should it be before it answers?"),
    .intro = N_("Finds the least probability that notices the most gestures with the fewest false "
                "alarms, and keeps it for the next deployment."),
    .button = N_("_Tune"),
    .is_minor = TRUE,
    .running = N_("Replaying the recording"),
    .show = show_threshold,
};

static const WgColumn networks[] = {
    {"name", N_("name"), NULL, WG_COLUMN_TEXT},
    {"layers", N_("network"), N_("c: convolution of so many filters, k: their length, fc: dense"),
     WG_COLUMN_TEXT},
    {"accuracy", N_("right"), N_("Each take judged by one that has not learned from it"),
     WG_COLUMN_PERCENT},
    {"bytes", N_("file"), NULL, WG_COLUMN_SIZE},
    {"arena_bytes", N_("to work in"), NULL, WG_COLUMN_SIZE},
    {"operations", N_("multiplications"), N_("For each answer"), WG_COLUMN_COUNT},
    {"epochs", N_("epochs"), NULL, WG_COLUMN_COUNT},
    {NULL},
};

static char *
describe_kept_network(JsonObject *of)
{
    return g_strdup_printf(_("Kept as “%s”: choose it under Network."),
                           json_object_get_string_member(of, "kept"));
}

/* Those that came as far as the best: only they are told apart by the same takes and epochs. */
static gboolean
is_finalist(JsonObject *row, JsonObject *result)
{
    JsonObject *best = json_object_get_object_member(result, "best");

    return json_object_get_int_member(row, "round") == json_object_get_int_member(best, "round");
}

static gboolean
is_new(JsonObject *result)
{
    JsonObject *best = json_object_get_object_member(result, "best");

    return !json_object_get_boolean_member_with_default(best, "is_reference", FALSE);
}

/* Keeps the best network of the last search under the first name that is free. */
static WgJob *
new_keep_network(WgDesk *desk, JsonObject *result)
{
    JsonObject *best = json_object_get_object_member(result, "best");
    WgProject *project = wg_session_get_project(wg_desk_get_session(desk));
    g_autoptr(GPtrArray) kept = project ? wg_project_list_presets(project, NULL) : NULL;
    g_autofree char *name = g_strdup_printf("found-%u", kept ? kept->len + 1 : 1);

    return wg_desk_new_job(desk, "search", "keep", name, "of",
                           json_object_get_string_member(best, "name"), NULL);
}

const WgStudyKind wg_study_search = {
    .job = "search",
    .answer = "advice",
    .question = N_("Is there a better network for these gestures?"),
    .intro = N_("Draws networks that fit the watch, trains each a little, then the best of them "
                "longer. The takes of the test stay out of it. About a minute."),
    .button = N_("_Search"),
    .running = N_("Searching"),
    .empty = N_("The networks will appear here, the most accurate first"),
    .is_for_watch = TRUE,
    .options = {{"seconds", "60"}},
    .columns = networks,
    .rows = "table",
    .is_shown = is_finalist,
    .keep = N_("_Keep the Best"),
    .keeping = N_("Keeping it"),
    .can_keep = is_new,
    .new_keep = new_keep_network,
    .describe_kept = describe_kept_network,
};

const WgStudyKind wg_study_personalise = {
    .job = "personalise",
    .answer = "advice",
    .then = "quantize",
    .question = N_("Only 3 to 10 takes of each gesture?"),
    .intro = N_("Begins with a network that knows other people's gestures, and keeps what came of "
                "it where that is better than beginning from nothing."),
    .button = N_("_Personalise"),
    .running = N_("Learning from the network that is there, and from nothing"),
};
