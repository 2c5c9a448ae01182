/* Somebody else's takes of the project's gestures: a test that never trains anything. */
#include "workbench/guest.h"

#include "base/error.h"
#include "dataset/project-each.h"
#include "workbench/counts.h"
#include "workbench/json.h"

#include <glib/gi18n.h>
#include <math.h>

gboolean
wg_guest_check(WgJob *job, GError **error)
{
    if (!wg_job_has(job, "guest") || wg_job_has(job, "person"))
        return TRUE;
    g_set_error_literal(error, WG_ERROR, WG_ERROR_USAGE,
                        "a guest's takes need the guest's name: give --person P beside --guest");
    return FALSE;
}

void
wg_guest_mark(GPtrArray *recordings)
{
    for (guint i = 0; i < recordings->len; i++) {
        WgRecording *before = g_ptr_array_index(recordings, i);
        WgRecordingSpec spec = *wg_recording_get(before);

        spec.disabled = TRUE;
        spec.held_back = WG_HELD_BACK_GUEST;
        g_ptr_array_index(recordings, i) = wg_recording_new(&spec);
        wg_recording_unref(before);
    }
}

WgDataset *
wg_guest_load(WgProject *project, const WgModel *model, const char *person, GError **error)
{
    g_autoptr(GPtrArray) all = wg_project_load_guests(project, error);
    g_autoptr(GPtrArray) chosen =
        g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);

    if (!all)
        return NULL;
    for (guint i = 0; i < all->len; i++) {
        WgRecordingSpec spec = *wg_recording_get(g_ptr_array_index(all, i));

        if ((person && g_strcmp0(person, spec.person) != 0) ||
            !g_strv_contains((const char *const *)model->labels, spec.label))
            continue;
        spec.disabled = FALSE; /* for this dataset, which nothing is trained on */
        g_ptr_array_add(chosen, wg_recording_new(&spec));
    }
    if (chosen->len > 0)
        return wg_dataset_new_part(chosen, (const char *const *)model->labels, &model->window,
                                   error);
    if (person)
        g_set_error(error, WG_ERROR, WG_ERROR_MISSING,
                    "“%s” is no guest with takes of this model's gestures: record or import some "
                    "with --guest --person",
                    person);
    else
        g_set_error_literal(error, WG_ERROR, WG_ERROR_MISSING,
                            "there are no takes of guests: record or import some with --guest "
                            "--person");
    return NULL;
}

/* Share of right answers to the gesture of that name; NaN: it has no takes there. */
static double
get_recall(JsonObject *report, const char *label, int *n)
{
    JsonArray *labels = json_object_get_array_member(report, "per_label");

    for (guint i = 0; i < json_array_get_length(labels); i++) {
        JsonObject *object = json_array_get_object_element(labels, i);

        if (!g_str_equal(json_object_get_string_member(object, "label"), label))
            continue;
        *n = (int)json_object_get_int_member(object, "support");
        return *n > 0 ? json_object_get_double_member(object, "recall") : NAN;
    }
    *n = 0;
    return NAN;
}

static char *
describe(JsonObject *found, const char *name)
{
    const char *label = wg_json_get_text(found, "label", NULL);
    const int n = (int)json_object_get_int_member(found, "n");
    const int n_correct = (int)json_object_get_int_member(found, "correct");

    if (label)
        return g_strdup_printf(_("%s: %d of %d right. It differs most in %s: %d of %d."), name,
                               n_correct, n, label,
                               (int)json_object_get_int_member(found, "label_correct"),
                               (int)json_object_get_int_member(found, "label_n"));
    return g_strdup_printf(_("%s: %d of %d right. No gesture does worse than with your own takes."),
                           name, n_correct, n);
}

JsonObject *
wg_guest_compare(JsonObject *theirs, JsonObject *own, const char *name)
{
    JsonArray *labels = json_object_get_array_member(theirs, "labels");
    const int n = (int)json_object_get_int_member(theirs, "n");
    JsonObject *found = json_object_new();
    g_autofree char *words = NULL;
    double largest = 0;

    json_object_set_int_member(found, "n", n);
    json_object_set_int_member(found, "correct", n - json_object_get_int_member(theirs, "errors"));
    json_object_set_double_member(found, "accuracy",
                                  json_object_get_double_member(theirs, "accuracy"));
    json_object_set_double_member(found, "own_accuracy",
                                  json_object_get_double_member(own, "accuracy"));
    for (guint i = 0; i < json_array_get_length(labels); i++) {
        const char *label = json_array_get_string_element(labels, i);
        int n_theirs, n_own;
        const double recall = get_recall(theirs, label, &n_theirs);
        const double before = get_recall(own, label, &n_own);

        if (isnan(recall) || isnan(before) || before - recall <= largest)
            continue;
        largest = before - recall;
        json_object_set_string_member(found, "label", label);
        json_object_set_int_member(found, "label_n", n_theirs);
        json_object_set_int_member(found, "label_correct", lround(recall * n_theirs));
        json_object_set_double_member(found, "label_own", before);
    }
    words = describe(found, name);
    json_object_set_string_member(found, "words", words);
    return found;
}

static gboolean
count_take(const WgRecordingSpec *facts, gpointer counts)
{
    wg_counts_add(counts, facts->person ? facts->person : "", 1);
    return FALSE;
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
    return g_utf8_collate((*(const WgCount *const *)a)->name, (*(const WgCount *const *)b)->name);
}

JsonArray *
wg_guest_list(WgProject *project, GError **error)
{
    g_autoptr(WgCounts) counts = wg_counts_new();
    const WgEachTake each = {.of_guests = TRUE, .choose = count_take, .user_data = counts};
    g_autoptr(GPtrArray) sorted = g_ptr_array_new();
    JsonArray *array;

    if (!wg_project_for_each_take(project, &each, NULL, error))
        return NULL;
    for (guint i = 0; i < wg_counts_get_n(counts); i++)
        g_ptr_array_add(sorted, (gpointer)wg_counts_get(counts, i));
    g_ptr_array_sort(sorted, compare_names);
    array = json_array_new();
    for (guint i = 0; i < sorted->len; i++) {
        const WgCount *count = g_ptr_array_index(sorted, i);
        JsonObject *guest = json_object_new();

        json_object_set_string_member(guest, "name", count->name);
        json_object_set_int_member(guest, "takes", count->n);
        json_array_add_object_element(array, guest);
    }
    return array;
}
