/* What a watch would leave unanswered of takes: gestures that should not be, and what is none. */
#include "workbench/rejection.h"

#include "quant/verdict.h"
#include "train/augment.h"
#include "workbench/desktop-answer.h"
#include "workbench/json.h"

#include <string.h>

#define STEPS_OF_RANGE 128 /* of int8 */

typedef struct {
    const WgModel *model;
    const WgDecision *decision;
    WgInt8Network *network; /* that answers; NULL: the float one */
    gboolean is_builtin;
    int other; /* -1: none */
} Judge;

WgWindows *
wg_rejection_leave_memory(const WgWindows *windows, guint64 seed)
{
    const int size = windows->length * windows->channels;
    const float range_g = STEPS_OF_RANGE / (float)windows->units_per_g;
    WgWindows *left = wg_windows_alloc_like(windows, windows->n);

    memcpy(left->labels, windows->labels, sizeof(int) * (gsize)windows->n);
    memcpy(left->recordings, windows->recordings, sizeof(int) * (gsize)windows->n);
    memcpy(left->x, windows->x, sizeof(float) * (gsize)windows->n * (gsize)size);
    for (int i = 0; i < windows->n; i++) {
        float *x = left->x + (gsize)i * size;
        WgRandom random;

        wg_random_init(&random, seed, (guint64)i);
        wg_augment_leave_memory(x, wg_window_count_samples(x, windows->length, windows->channels),
                                windows->length, windows->channels, range_g, &random);
    }
    return left;
}

/* The label that window i gets, -1: none. */
static int
decide(const Judge *judge, const float *outputs)
{
    const WgDecision *decision = judge->decision;
    int best;

    if (judge->is_builtin) {
        best = wg_desktop_decide_builtin(judge->network, outputs);
    } else if (judge->network) {
        best =
            wg_desktop_decide(judge->network, outputs, decision->threshold, decision->thresholds);
    } else {
        best = wg_argmax(outputs, judge->model->n_labels);
        if ((double)outputs[best] <
            (decision->thresholds ? decision->thresholds[best] : decision->threshold))
            best = -1;
    }
    return best == judge->other ? -1 : best;
}

static void
answer(const Judge *judge, const WgWindows *windows, int *answers)
{
    const int size = windows->length * windows->channels, n_labels = judge->model->n_labels;
    const gboolean has_memory =
        judge->is_builtin && !wg_arena_has_clean_input(judge->network, WG_FIRMWARE_ARENA_BYTES);
    g_autoptr(WgWindows) seen = has_memory ? wg_rejection_leave_memory(windows, 1)
                                           : wg_windows_ref((WgWindows *)(gpointer)windows);
    g_autofree float *outputs = g_new(float, (gsize)windows->n *n_labels);
    g_autofree gint8 *history = g_malloc((gsize)windows->n * size + 1);

    if (judge->network) {
        for (int i = 0; i < seen->n; i++)
            wg_windows_get_history(seen, i, history + (gsize)i * size);
        wg_int8_network_run_history(judge->network, history, seen->n, outputs);
    } else {
        wg_model_predict(judge->model, seen, outputs);
    }
    for (int i = 0; i < seen->n; i++)
        answers[i] = decide(judge, outputs + (gsize)i * n_labels);
}

static void
add_counts(JsonObject *result, const Judge *judge, const WgWindows *windows)
{
    const int n = judge->model->n_labels;
    g_autofree int *answers = g_new0(int, windows->n + 1);
    g_autofree int *counts = g_new0(int, (gsize)n *(n + 1));
    int n_gestures = 0, n_unanswered = 0, n_wrong = 0, n_others = 0, n_ignored = 0;
    JsonArray *confusion = json_array_new();

    answer(judge, windows, answers);
    for (int i = 0; i < windows->n; i++) {
        const int is = windows->labels[i], said = answers[i];

        counts[is * (n + 1) + (said < 0 ? n : said)]++;
        n_others += is == judge->other;
        n_ignored += is == judge->other && said < 0;
        n_gestures += is != judge->other;
        n_unanswered += is != judge->other && said < 0;
        n_wrong += is != judge->other && said >= 0 && said != is;
    }
    for (int i = 0; i < n; i++) {
        JsonArray *row = json_array_new();

        for (int j = 0; j <= n; j++)
            json_array_add_int_element(row, counts[i * (n + 1) + j]);
        json_array_add_array_element(confusion, row);
    }
    json_object_set_array_member(result, "confusion", confusion);
    json_object_set_int_member(result, "gestures", n_gestures);
    json_object_set_int_member(result, "unanswered", n_unanswered);
    json_object_set_int_member(result, "wrong", n_wrong);
    json_object_set_int_member(result, "others", n_others);
    json_object_set_int_member(result, "ignored", n_ignored);
}

/* Takes of labels that the model has not; NULL with no error: there are none. */
static WgDataset *
load_unseen(WgProject *project, const WgModel *model, GError **error)
{
    g_autoptr(GPtrArray) all = wg_project_load_recordings(project, error);
    g_autoptr(GPtrArray) unseen =
        g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);

    for (guint i = 0; all && i < all->len; i++) {
        WgRecording *recording = g_ptr_array_index(all, i);
        const WgRecordingSpec *spec = wg_recording_get(recording);

        if (!spec->disabled && spec->n_spans == 0 &&
            (spec->n_channels == 6 || !wg_window_options_needs_gyroscope(&model->window)) &&
            !g_strv_contains((const char *const *)model->labels, spec->label))
            g_ptr_array_add(unseen, wg_recording_ref(recording));
    }
    if (!all || unseen->len == 0)
        return NULL;
    return wg_dataset_new_for_windows(unseen, NULL, &model->window, error);
}

static gboolean
add_unseen(JsonObject *result, const Judge *judge, WgProject *project, GError **error)
{
    g_autoptr(GError) why = NULL;
    g_autoptr(WgDataset) dataset = load_unseen(project, judge->model, &why);
    g_autoptr(WgWindows) windows = dataset ? wg_windows_new(dataset, NULL, 0) : NULL;
    g_autofree int *answers = g_new0(int, windows ? windows->n + 1 : 1);
    JsonArray *unseen = json_array_new();

    json_object_set_array_member(result, "unseen", unseen);
    if (why) {
        g_propagate_error(error, g_steal_pointer(&why));
        return FALSE;
    }
    if (!windows)
        return TRUE;
    answer(judge, windows, answers);
    for (int label = 0; label < windows->n_labels; label++) {
        JsonObject *object = json_object_new();
        int n = 0, n_ignored = 0;

        for (int i = 0; i < windows->n; i++) {
            n += windows->labels[i] == label;
            n_ignored += windows->labels[i] == label && answers[i] < 0;
        }
        json_object_set_string_member(object, "label", windows->label_names[label]);
        json_object_set_int_member(object, "n", n);
        json_object_set_int_member(object, "ignored", n_ignored);
        json_array_add_object_element(unseen, object);
    }
    return TRUE;
}

static int
find_label(const WgModel *model, const char *label)
{
    for (int i = 0; label && i < model->n_labels; i++) {
        if (g_str_equal(model->labels[i], label))
            return i;
    }
    return -1;
}

JsonObject *
wg_rejection_new(WgProject *project, const WgModel *model, const WgDecision *decision,
                 const WgWindows *windows, gboolean is_builtin, GError **error)
{
    g_autoptr(JsonObject) result = json_object_new();
    g_autoptr(WgInt8Network) network = NULL;
    Judge judge = {.model = model, .decision = decision, .is_builtin = is_builtin};

    if (is_builtin)
        network = wg_decision_build_network(decision, model, error);
    else if (model->int8)
        network = wg_int8_network_ref(model->int8);
    if (is_builtin && !network)
        return NULL;
    judge.network = network;
    judge.other = find_label(model, decision->other);
    json_object_set_string_member(result, "mode", is_builtin ? "builtin" : "app");
    wg_json_set_optional(result, "other", decision->other);
    if (decision->thresholds)
        json_object_set_object_member(result, "thresholds",
                                      wg_thresholds_to_json(decision->thresholds, model));
    else
        json_object_set_double_member(result, "threshold", decision->threshold);
    add_counts(result, &judge, windows);
    if (!add_unseen(result, &judge, project, error))
        return NULL;
    return g_steal_pointer(&result);
}
