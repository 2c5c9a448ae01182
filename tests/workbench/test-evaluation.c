/* What is said of an evaluation: what changed since, which takes are nearest, where a guest
 * differs. */
#include "base/error.h"
#include "gestures.h"
#include "workbench/guest.h"
#include "workbench/nearest-takes.h"
#include "workbench/report-change.h"
#include "workbench/takes-state.h"
#include "workbench/test-opening.h"

static int
compare_labels(gconstpointer a, gconstpointer b)
{
    return g_strcmp0(wg_recording_get(*(WgRecording *const *)a)->label,
                     wg_recording_get(*(WgRecording *const *)b)->label);
}

/* From 1, one gesture after the other. */
static GPtrArray *
number(GPtrArray *takes)
{
    g_ptr_array_sort(takes, compare_labels);
    for (guint i = 0; i < takes->len; i++) {
        WgRecording *before = g_ptr_array_index(takes, i);
        WgRecordingSpec spec = *wg_recording_get(before);

        spec.id = (gint64)i + 1;
        g_ptr_array_index(takes, i) = wg_recording_new(&spec);
        wg_recording_unref(before);
    }
    return takes;
}

static void
replace(GPtrArray *takes, guint i, const char *label, gboolean disabled)
{
    WgRecording *before = g_ptr_array_index(takes, i);
    WgRecordingSpec spec = *wg_recording_get(before);

    spec.label = label ? label : spec.label;
    spec.disabled = disabled;
    g_ptr_array_index(takes, i) = wg_recording_new(&spec);
    wg_recording_unref(before);
}

static void
test_state_counts_each_kind_of_change(void)
{
    g_autoptr(GPtrArray) takes = number(test_gestures(2, 5, 0.1, "ada", 1));
    g_autoptr(JsonObject) state = wg_takes_state_new(takes);
    g_autofree char *words = NULL;
    WgTakesChange change;

    g_assert_cmpstr(
        json_object_get_string_member(json_object_get_object_member(state, "labels"), "a"), ==,
        "1-5");
    g_assert_false(wg_takes_state_compare(state, takes, &change));
    replace(takes, 0, "b", FALSE);
    replace(takes, 1, NULL, TRUE);
    replace(takes, 2, NULL, TRUE);
    g_assert_true(wg_takes_state_compare(state, takes, &change));
    g_assert_cmpint(change.n_relabelled, ==, 1);
    g_assert_cmpint(change.n_removed, ==, 2);
    g_assert_cmpint(change.n_added, ==, 0);
    words = wg_takes_change_describe(&change);
    g_assert_cmpstr(words, ==, "1 take was relabelled, 2 takes were taken out");
}

static void
test_state_survives_any_order_of_labels(void)
{
    g_autoptr(GPtrArray) takes = number(test_gestures(3, 7, 0.1, NULL, 2));
    g_autoptr(JsonObject) state = NULL;
    WgTakesChange change;

    for (guint i = 0; i < takes->len; i++)
        replace(takes, i, i % 3 == 0 ? "x" : i % 3 == 1 ? "y" : "z, 1-3", FALSE);
    state = wg_takes_state_new(takes);
    g_assert_false(wg_takes_state_compare(state, takes, &change));
    g_ptr_array_remove_index(takes, 4);
    g_assert_true(wg_takes_state_compare(state, takes, &change));
    g_assert_cmpint(change.n_removed, ==, 1);
    g_assert_cmpint(change.n_relabelled + change.n_added, ==, 0);
}

/* A report of takes 1, 2, ... with these labels and answers. */
static JsonObject *
make_report(const char *const *labels, const int *truth, const int *predicted, int n)
{
    g_autoptr(WgMetrics) metrics =
        wg_metrics_new(truth, predicted, n, (int)g_strv_length((char **)labels));
    JsonObject *report = wg_report_new(metrics, labels);
    JsonArray *takes = json_array_new();

    for (int i = 0; i < n; i++) {
        JsonObject *take = json_object_new();

        json_object_set_int_member(take, "id", i + 1);
        json_object_set_int_member(take, "true", truth[i]);
        json_object_set_int_member(take, "predicted", predicted[i]);
        json_array_add_object_element(takes, take);
    }
    json_object_set_array_member(report, "takes", takes);
    return report;
}

static gint64
get_cell(JsonObject *change, guint row, guint column)
{
    JsonArray *rows = json_object_get_array_member(change, "difference");

    return json_array_get_int_element(json_array_get_array_element(rows, row), column);
}

static void
test_comparison_tells_cured_from_spoiled(void)
{
    static const char *const before_labels[] = {"a", "b", NULL};
    static const char *const now_labels[] = {"b", "c", NULL}; /* the a's were c's */
    g_autoptr(JsonObject) before =
        make_report(before_labels, (int[]){0, 0, 1, 1}, (int[]){0, 1, 1, 1}, 4);
    g_autoptr(JsonObject) now =
        make_report(now_labels, (int[]){1, 1, 0, 0}, (int[]){1, 1, 0, 1}, 4);
    g_autoptr(JsonObject) change = wg_report_compare(before, now);
    JsonArray *cured = json_object_get_array_member(change, "cured");
    JsonArray *spoiled = json_object_get_array_member(change, "spoiled");

    g_assert_cmpuint(json_array_get_length(cured), ==, 1);
    g_assert_cmpint(json_array_get_int_element(cured, 0), ==, 2);
    g_assert_cmpuint(json_array_get_length(spoiled), ==, 1);
    g_assert_cmpint(json_array_get_int_element(spoiled, 0), ==, 4);
    /* b, c, a: what b's were answered b, less one; the c's are new, the a's are gone */
    g_assert_cmpint(get_cell(change, 0, 0), ==, -1);
    g_assert_cmpint(get_cell(change, 0, 1), ==, 1);
    g_assert_cmpint(get_cell(change, 1, 1), ==, 2);
    g_assert_cmpint(get_cell(change, 2, 2), ==, -1);
    g_assert_cmpint(get_cell(change, 2, 0), ==, -1);
    g_assert_cmpstr(json_object_get_string_member(change, "words"), ==,
                    "1 mistake is cured, 1 is new.");
}

static void
test_nearest_are_right_answers_of_that_gesture(void)
{
    static const char *const labels[] = {"a", "b", NULL};
    g_autoptr(GPtrArray) takes = number(test_gestures(2, 6, 0.05, NULL, 3));
    g_autoptr(JsonObject) report = make_report(labels, (int[]){0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1},
                                               (int[]){0, 1, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0}, 12);
    g_autoptr(GPtrArray) near = NULL;
    WgRecordingSpec twin = *wg_recording_get(g_ptr_array_index(takes, 3));

    twin.id = 99;
    twin.label = "b";
    {
        g_autoptr(WgRecording) take = wg_recording_new(&twin);

        near = wg_nearest_takes_new(take, takes, report, 0, 3);
    }
    g_assert_cmpuint(near->len, ==, 3);
    g_assert_cmpint(wg_recording_get(g_ptr_array_index(near, 0))->id, ==,
                    4); /* itself, but its name */
    for (guint i = 0; i < near->len; i++) {
        const WgRecordingSpec *spec = wg_recording_get(g_ptr_array_index(near, i));

        g_assert_cmpstr(spec->label, ==, "a");
        g_assert_cmpint(spec->id, !=, 2); /* it was answered wrongly */
    }
}

static void
test_guest_differs_where_the_share_falls_most(void)
{
    static const char *const labels[] = {"circle", "flick", NULL};
    g_autoptr(JsonObject) own =
        make_report(labels, (int[]){0, 0, 0, 0, 1, 1}, (int[]){0, 0, 0, 0, 1, 0}, 6);
    g_autoptr(JsonObject) theirs =
        make_report(labels, (int[]){0, 0, 0, 1, 1}, (int[]){0, 1, 1, 0, 1}, 5);
    g_autoptr(JsonObject) same = make_report(labels, (int[]){0, 1}, (int[]){0, 1}, 2);
    g_autoptr(JsonObject) found = wg_guest_compare(theirs, own, "Ada");
    g_autoptr(JsonObject) none = wg_guest_compare(same, own, "Bob");

    g_assert_cmpstr(json_object_get_string_member(found, "words"), ==,
                    "Ada: 2 of 5 right. It differs most in circle: 1 of 3.");
    g_assert_false(json_object_has_member(none, "label"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/workbench/takes-state/counts-each-kind-of-change",
                    test_state_counts_each_kind_of_change);
    g_test_add_func("/workbench/takes-state/survives-any-order-of-labels",
                    test_state_survives_any_order_of_labels);
    g_test_add_func("/workbench/report-change/tells-cured-from-spoiled",
                    test_comparison_tells_cured_from_spoiled);
    g_test_add_func("/workbench/nearest-takes/are-right-answers-of-that-gesture",
                    test_nearest_are_right_answers_of_that_gesture);
    g_test_add_func("/workbench/guest/differs-where-the-share-falls-most",
                    test_guest_differs_where_the_share_falls_most);
    return g_test_run();
}
