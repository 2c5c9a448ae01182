/* Tests of training the last layer on: what it learns, what stays, and that it repeats. */
#include "workbench/adapt.h"

#include "base/error.h"
#include "gestures.h"
#include "train/transfer.h"
#include "workbench/json.h"
#include "workbench/takes-state.h"

#include <string.h>

#define N_LABELS 3
#define N_EACH 12

/* A copy of a take with an id and another label. */
static WgRecording *
copy(WgRecording *take, gint64 id, const char *label)
{
    WgRecordingSpec spec = *wg_recording_get(take);

    spec.id = id;
    spec.label = label ? label : spec.label;
    return wg_recording_new(&spec);
}

/* Takes with ids from 1; every fourth validates. `since`: as many of "a" behind them, which are
 * swings of "b", so that the model has to learn them. */
static GPtrArray *
make_takes(int n_since)
{
    g_autoptr(GPtrArray) plain = test_gestures(N_LABELS, N_EACH, 0.1, NULL, 3);
    g_autoptr(GPtrArray) others = test_gestures(N_LABELS, N_EACH, 0.1, NULL, 4);
    GPtrArray *takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);

    for (guint i = 0; i < plain->len; i++)
        g_ptr_array_add(takes, copy(g_ptr_array_index(plain, i), i + 1, NULL));
    for (guint i = 0; i < others->len && n_since > 0; i++) {
        WgRecording *take = g_ptr_array_index(others, i);

        if (!g_str_equal(wg_recording_get(take)->label, "b"))
            continue;
        g_ptr_array_add(takes, copy(take, 1000 + i, "a"));
        n_since--;
    }
    return takes;
}

/* Trained on the takes up to id 999, with its split. */
static WgModel *
make_model(GPtrArray *takes)
{
    g_autoptr(WgDataset) dataset = test_dataset(takes);
    g_autoptr(GArray) train = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(GArray) validation = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(int));
    g_autoptr(WgWindows) windows = NULL;
    JsonObject *split = json_object_new();
    WgModel *model = g_new0(WgModel, 1);
    WgTrainOptions options = wg_transfer_plain_options();

    for (int i = 0; i < wg_dataset_get_n(dataset); i++) {
        const gint64 id = wg_recording_get(wg_dataset_get(dataset, i))->id;

        if (id >= 1000)
            continue;
        g_array_append_val(id % 4 == 0 ? validation : train, id);
        if (id % 4 != 0)
            g_array_append_val(rows, i);
    }
    windows = wg_windows_new(dataset, (const int *)(gpointer)rows->data, (int)rows->len);
    options.epochs = 40;
    options.n_threads = 2;
    model->network = wg_transfer_train_plain(windows, &options, NULL, NULL);
    model->labels = g_strdupv((char **)wg_dataset_get_labels(dataset));
    model->n_labels = N_LABELS;
    model->window = wg_window_options_watch;
    model->meta = json_object_new();
    wg_json_set_ids(split, "train", (const gint64 *)(gpointer)train->data, (int)train->len);
    wg_json_set_ids(split, "validation", (const gint64 *)(gpointer)validation->data,
                    (int)validation->len);
    json_object_set_object_member(model->meta, "split", split);
    return model;
}

static WgAdapted *
adapt(int n_since, GError **error)
{
    g_autoptr(GPtrArray) takes = make_takes(n_since);
    g_autoptr(WgModel) model = make_model(takes);

    return wg_adapted_new(model, takes, 1, NULL, error);
}

static void
test_learns(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WgAdapted) adapted = adapt(3, &error);

    g_assert_no_error(error);
    g_test_message("validation %d -> %d of %d, since %d -> %d of %d", adapted->before_wrong,
                   adapted->after_wrong, adapted->n_validation, adapted->since_before_wrong,
                   adapted->since_after_wrong, adapted->n_since);
    g_assert_cmpint(adapted->n_since, ==, 3);
    g_assert_cmpint(adapted->n_validation, ==, N_LABELS * N_EACH / 4);
    g_assert_cmpint(adapted->since_before_wrong, >=, 2); /* of 3 swings of another gesture */
    g_assert_cmpint(adapted->since_after_wrong, <, adapted->since_before_wrong);
    /* they train, and only they beside those that did */
    g_assert_cmpint((int)adapted->split->train->len, ==, N_LABELS * N_EACH * 3 / 4 + 3);
}

/* The takes as they were, but for these three of "b", which are called "a". */
static GPtrArray *
mislabel(GPtrArray *takes, const gint64 *ids, int n_ids)
{
    GPtrArray *wrong = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);

    for (guint i = 0; i < takes->len; i++) {
        WgRecording *take = g_ptr_array_index(takes, i);
        const gint64 id = wg_recording_get(take)->id;
        gboolean is_wrong = FALSE;

        for (int k = 0; k < n_ids; k++)
            is_wrong |= ids[k] == id;
        g_ptr_array_add(wrong, copy(take, id, is_wrong ? "a" : NULL));
    }
    return wrong;
}

/* Ids of takes of "b" that train, or that validate; n of them. */
static void
find_b(GPtrArray *takes, gboolean validate, gint64 *ids, int n)
{
    for (guint i = 0; i < takes->len && n > 0; i++) {
        const WgRecordingSpec *spec = wg_recording_get(g_ptr_array_index(takes, i));

        if (g_str_equal(spec->label, "b") && (spec->id % 4 == 0) == validate)
            ids[--n] = spec->id;
    }
    g_assert_cmpint(n, ==, 0);
}

static gboolean
has_take(const WgSplit *split, const GArray *part, gint64 id)
{
    for (guint i = 0; i < part->len; i++) {
        WgRecording *take = wg_dataset_get_source(split->dataset, g_array_index(part, int, i));

        if (wg_recording_get(take)->id == id)
            return TRUE;
    }
    return FALSE;
}

static void
test_relabelled(void)
{
    g_autoptr(GPtrArray) takes = make_takes(0);
    g_autoptr(GPtrArray) wrong = NULL;
    g_autoptr(WgModel) model = NULL;
    g_autoptr(WgAdapted) adapted = NULL;
    g_autoptr(GError) error = NULL;
    gint64 ids[3], apart;

    find_b(takes, FALSE, ids, 3);
    find_b(takes, TRUE, &apart, 1);
    wrong = mislabel(takes, (gint64[]){ids[0], ids[1], ids[2], apart}, 4);
    model = make_model(wrong);
    json_object_set_object_member(model->meta, "takes_state", wg_takes_state_new(wrong));
    adapted = wg_adapted_new(model, takes, 1, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpint(adapted->n_since, ==, 3); /* the one that validates is not among them */
    g_assert_true(has_take(adapted->split, adapted->split->train, ids[0]));
    g_assert_true(has_take(adapted->split, adapted->split->validation, apart));
    g_assert_false(has_take(adapted->split, adapted->split->train, apart));
    g_assert_cmpint(adapted->n_validation, ==, N_LABELS * N_EACH / 4);
    g_assert_cmpint((int)adapted->split->train->len, ==, N_LABELS * N_EACH * 3 / 4);
}

static void
test_relabelled_apart(void)
{
    g_autoptr(GPtrArray) takes = make_takes(0);
    g_autoptr(GPtrArray) wrong = NULL;
    g_autoptr(WgModel) model = NULL;
    g_autoptr(GError) error = NULL;
    gint64 apart;

    find_b(takes, TRUE, &apart, 1);
    wrong = mislabel(takes, &apart, 1);
    model = make_model(wrong);
    json_object_set_object_member(model->meta, "takes_state", wg_takes_state_new(wrong));
    g_assert_null(wg_adapted_new(model, takes, 1, NULL, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_MISSING);
    g_assert_nonnull(strstr(error->message, "kept apart to judge"));
}

static void
test_only_the_last_layer(void)
{
    g_autoptr(GPtrArray) takes = make_takes(3);
    g_autoptr(WgModel) model = make_model(takes);
    g_autoptr(WgAdapted) adapted = wg_adapted_new(model, takes, 1, NULL, NULL);
    const int n_layers = wg_network_get_n_layers(model->network);

    for (int i = 0; i < n_layers; i++) {
        const WgLayer *before = wg_network_get_layer(model->network, i);
        const WgLayer *after = wg_network_get_layer(adapted->network, i);
        const gsize size = sizeof(float) * (gsize)before->n_parameters;

        g_assert_cmpint(before->n_parameters, ==, after->n_parameters);
        if (size > 0)
            g_assert_cmpint(memcmp(before->parameters, after->parameters, size) == 0, ==,
                            i < n_layers - 1);
    }
}

static void
test_repeats(void)
{
    g_autoptr(WgAdapted) one = adapt(2, NULL), again = adapt(2, NULL);
    g_autoptr(GBytes) bytes = wg_network_serialize(one->network);
    g_autoptr(GBytes) same = wg_network_serialize(again->network);

    g_assert_true(g_bytes_equal(bytes, same));
}

static void
test_refuses(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) takes = make_takes(1);
    g_autoptr(WgModel) model = make_model(takes);
    g_autoptr(GCancellable) cancellable = g_cancellable_new();

    g_assert_null(adapt(0, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_MISSING);
    g_assert_nonnull(strstr(error->message, "no takes came since"));
    g_clear_error(&error);
    g_cancellable_cancel(cancellable);
    g_assert_null(wg_adapted_new(model, takes, 1, cancellable, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_unknown(void)
{
    g_autoptr(GPtrArray) takes = make_takes(0);
    g_autoptr(WgModel) model = make_model(takes);
    g_autoptr(GError) error = NULL;

    json_object_set_object_member(model->meta, "takes_state", wg_takes_state_new(takes));
    g_ptr_array_add(takes, copy(g_ptr_array_index(takes, 0), 2000, "jump"));
    g_assert_null(wg_adapted_new(model, takes, 1, NULL, &error));
    g_assert_error(error, WG_ERROR, WG_ERROR_MISSING);
    g_assert_nonnull(strstr(error->message, "does not know the gesture “jump”"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/workbench/adapt/learns-the-takes-since", test_learns);
    g_test_add_func("/workbench/adapt/learns-takes-that-were-relabelled-and-trained-it",
                    test_relabelled);
    g_test_add_func("/workbench/adapt/leaves-relabelled-takes-that-judge-it-apart",
                    test_relabelled_apart);
    g_test_add_func("/workbench/adapt/moves-the-last-layer-alone", test_only_the_last_layer);
    g_test_add_func("/workbench/adapt/gives-the-same-bits-again", test_repeats);
    g_test_add_func("/workbench/adapt/refuses-without-takes-and-stops", test_refuses);
    g_test_add_func("/workbench/adapt/says-that-a-new-gesture-needs-a-training", test_unknown);
    return g_test_run();
}
