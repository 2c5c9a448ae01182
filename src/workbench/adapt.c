/* The present model with its last layer trained on, on all its takes and those that came since. */
#include "workbench/adapt.h"

#include "base/error.h"
#include "quant/quantize.h"
#include "train/head.h"
#include "train/transfer.h"
#include "workbench/json.h"
#include "workbench/takes-state.h"
#include "workbench/window-options.h"

#include <glib/gi18n.h>

static const char *const parts[] = {"train", "validation", "test"};

/* id -> part of the model's split, from 1. Keys live in `ids`. */
static GHashTable *
index_split(const WgModel *model, GPtrArray *ids)
{
    GHashTable *index = g_hash_table_new(g_int64_hash, g_int64_equal);
    JsonObject *split = json_object_has_member(model->meta, "split")
                            ? wg_json_get_object(model->meta, "split")
                            : NULL;

    for (int part = 0; split && part < (int)G_N_ELEMENTS(parts); part++) {
        GArray *of = wg_json_dup_ids(split, parts[part]);

        for (guint i = 0; i < of->len; i++)
            g_hash_table_insert(index, &g_array_index(of, gint64, i), GINT_TO_POINTER(part + 1));
        g_ptr_array_add(ids, of);
    }
    return index;
}

/* All takes of labels that the model knows, with their windows; the others are left out. */
static WgDataset *
choose_takes(const WgModel *model, GPtrArray *recordings, GError **error)
{
    g_autoptr(GPtrArray) chosen =
        g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);

    for (guint i = 0; i < recordings->len; i++) {
        WgRecording *recording = g_ptr_array_index(recordings, i);
        const WgRecordingSpec *spec = wg_recording_get(recording);

        if (!spec->disabled &&
            (spec->n_spans > 0 || g_strv_contains((const char *const *)model->labels, spec->label)))
            g_ptr_array_add(chosen, wg_recording_ref(recording));
    }
    return wg_dataset_new_part(chosen, (const char *const *)model->labels, &model->window, error);
}

static JsonObject *
get_state(const WgModel *model)
{
    return json_object_has_member(model->meta, "takes_state")
               ? wg_json_get_object(model->meta, "takes_state")
               : NULL;
}

/* A gesture of takes that were added or relabelled since, which the model has no answer for; NULL:
 * it knows them all. */
static const char *
find_unknown(const WgModel *model, GPtrArray *recordings, GHashTable *relabelled)
{
    g_autoptr(GHashTable) added = wg_takes_state_list_added(get_state(model), recordings);

    for (guint i = 0; i < recordings->len; i++) {
        const WgRecordingSpec *spec = wg_recording_get_facts(g_ptr_array_index(recordings, i));

        if (!spec->disabled && spec->n_spans == 0 &&
            (g_hash_table_contains(added, &spec->id) ||
             g_hash_table_contains(relabelled, &spec->id)) &&
            !g_strv_contains((const char *const *)model->labels, spec->label))
            return spec->label;
    }
    return NULL;
}

/* The split with the takes since at the end of those to train on: new ones, and those to train on
 * that have their right name only now. What validates or tests stays where it is, under the name
 * that it has now; `n_apart` of these were relabelled. */
static WgSplit *
make_split(const WgModel *model, WgDataset *dataset, GHashTable *relabelled, int *n_since,
           int *n_apart)
{
    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    g_autoptr(GHashTable) index = index_split(model, ids);
    g_autoptr(GArray) since = g_array_new(FALSE, FALSE, sizeof(int));
    WgSplit *split = g_new0(WgSplit, 1);
    GArray *of[G_N_ELEMENTS(parts)];

    for (gsize i = 0; i < G_N_ELEMENTS(of); i++)
        of[i] = g_array_new(FALSE, FALSE, sizeof(int));
    for (int i = 0; i < wg_dataset_get_n(dataset); i++) {
        const WgRecordingSpec *spec = wg_recording_get(wg_dataset_get_source(dataset, i));
        const int part = GPOINTER_TO_INT(g_hash_table_lookup(index, &spec->id));

        const gboolean is_relabelled = g_hash_table_contains(relabelled, &spec->id);

        g_array_append_val(part == 0 || (part == 1 && is_relabelled) ? since : of[part - 1], i);
        *n_apart += part > 1 && is_relabelled;
    }
    *n_since = (int)since->len;
    g_array_append_vals(of[0], since->data, since->len);
    *split = (WgSplit){wg_dataset_ref(dataset), of[0], of[1], of[2]};
    return split;
}

static WgWindows *
get_windows(const WgSplit *split, const GArray *part, guint first)
{
    return wg_windows_new(split->dataset, (const int *)(gpointer)part->data + first,
                          (int)(part->len - first));
}

static int
count_wrong(const WgModel *model, GBytes *tflite, const WgWindows *takes, GError **error)
{
    g_autoptr(WgInt8Network) network = wg_int8_network_new(tflite, error);
    const WgModel int8 = {.labels = model->labels, .n_labels = model->n_labels, .int8 = network};
    g_autofree float *shares = g_new(float, (gsize)takes->n *(gsize)model->n_labels + 1);
    int n_wrong = 0;

    if (!network)
        return -1;
    wg_model_predict(&int8, takes, shares);
    for (int i = 0; i < takes->n; i++)
        n_wrong += wg_argmax(shares + (gsize)i * (gsize)model->n_labels, model->n_labels) !=
                   takes->labels[i];
    return n_wrong;
}

/* Wrong answers of its int8 form to both; FALSE with the error. */
static gboolean
judge(const WgModel *model, const WgNetwork *network, WgWindows *validation, const WgWindows *since,
      int *n_wrong, int *n_since_wrong, GError **error)
{
    g_autofree char *description = wg_window_options_dup_description(&model->window);
    const WgQuantizeOptions options = {.softmax = TRUE,
                                       .description = description,
                                       .range_method = wg_range_method_find("mse", NULL)};
    g_autoptr(GBytes) tflite = wg_quantize(network, validation, &options, error);

    if (!tflite)
        return FALSE;
    *n_wrong = count_wrong(model, tflite, validation, error);
    *n_since_wrong = *n_wrong < 0 ? -1 : count_wrong(model, tflite, since, error);
    return *n_since_wrong >= 0;
}

static gboolean
check_parts(const WgAdapted *self, int n_apart, const char *unknown, GError **error)
{
    if (self->n_since == 0 && unknown) {
        g_set_error(
            error, WG_ERROR, WG_ERROR_MISSING,
            _("the model does not know the gesture “%s” yet: train, and it learns that too"),
            unknown);
        return FALSE;
    }
    if (self->n_since == 0 && n_apart > 0) {
        g_set_error_literal(error, WG_ERROR, WG_ERROR_MISSING,
                            _("what was corrected is kept apart to judge the model, so it does not "
                              "learn from that: correct another one, or record more"));
        return FALSE;
    }
    if (self->n_since == 0) {
        g_set_error_literal(
            error, WG_ERROR, WG_ERROR_MISSING,
            _("no takes came since the model was trained: correct one that the watch "
              "mistook, or record more"));
        return FALSE;
    }
    if (self->split->validation->len == 0) {
        g_set_error_literal(error, WG_ERROR, WG_ERROR_MISSING,
                            _("the model was trained without validation takes, by which one could "
                              "tell before from after: train anew"));
        return FALSE;
    }
    return TRUE;
}

WgAdapted *
wg_adapted_new(const WgModel *trained, GPtrArray *recordings, guint64 seed,
               GCancellable *cancellable, GError **error)
{
    g_autoptr(WgDataset) dataset = choose_takes(trained, recordings, error);
    g_autoptr(GHashTable) relabelled =
        wg_takes_state_list_relabelled(get_state(trained), recordings);
    g_autoptr(WgAdapted) self = g_new0(WgAdapted, 1);
    g_autoptr(WgWindows) train = NULL, validation = NULL, since = NULL;
    g_autofree float *weights = NULL;
    WgTrainOptions options = wg_transfer_personal_options();
    const GArray *part;
    int n_apart = 0;

    if (!dataset)
        return NULL;
    self->split = make_split(trained, dataset, relabelled, &self->n_since, &n_apart);
    part = self->split->train;
    if (!check_parts(self, n_apart, find_unknown(trained, recordings, relabelled), error))
        return NULL;
    train = get_windows(self->split, part, 0);
    since = get_windows(self->split, part, part->len - (guint)self->n_since);
    validation = get_windows(self->split, self->split->validation, 0);
    self->n_validation = validation->n;
    weights = g_new(float, train->n);
    for (int i = 0; i < train->n; i++)
        weights[i] = i < train->n - self->n_since ? 1 : WG_ADAPT_WEIGHT;
    options.seed = seed;
    self->network = wg_network_copy(trained->network);
    if (!wg_head_train(self->network, train, weights, &options, cancellable, error) ||
        !judge(trained, trained->network, validation, since, &self->before_wrong,
               &self->since_before_wrong, error) ||
        !judge(trained, self->network, validation, since, &self->after_wrong,
               &self->since_after_wrong, error))
        return NULL;
    return g_steal_pointer(&self);
}

void
wg_adapted_free(WgAdapted *self)
{
    g_clear_pointer(&self->network, wg_network_unref);
    g_clear_pointer(&self->split, wg_split_free);
    g_free(self);
}

char *
wg_adapted_dup_verdict(const WgAdapted *self)
{
    g_autofree char *validation = g_strdup_printf(
        ngettext("Of %d take that it was not trained on, %d was wrong before and %d is wrong now.",
                 "Of %d takes that it was not trained on, %d were wrong before and %d are wrong "
                 "now.",
                 (gulong)self->n_validation),
        self->n_validation, self->before_wrong, self->after_wrong);
    g_autofree char *since = g_strdup_printf(
        ngettext("Of %d take since, which it has seen now, %d was wrong and %d is.",
                 "Of %d takes since, which it has seen now, %d were wrong and %d are.",
                 (gulong)self->n_since),
        self->n_since, self->since_before_wrong, self->since_after_wrong);

    return g_strdup_printf("%s %s", validation, since);
}
