/* The takes of a folder until it is known in what units they are. */
#include "dataset/import-batches.h"

#include "dataset/scale.h"

#include <glib/gi18n.h>
#include <math.h>

/* So many takes tell the units of a folder, and are handed on at once. */
#define BLOCK 4096
/* Folders that are told of one by one where they are all alike; the others are counted. */
#define TOLD_MAX 8

typedef struct {
    char *folder;
    char *file; /* the one file of the folder, NULL: several */
    gboolean is_history;
    GPtrArray *takes; /* of WgRecording, raw: those not yet handed on */
    gboolean is_judged;
    double rest, units;
    double own_units; /* that all its takes say themselves, 0: they do not, or different ones */
    int n, n_clipped; /* takes that were handed on */
} Batch;

struct _WgImportBatches {
    const WgImportOptions *options;
    WgImportLabels *labels;
    WgImport *import;
    WgImportTake take;
    gpointer user_data;
    GPtrArray *open;  /* of Batch */
    GHashTable *told; /* units and why: how many folders were told of */
    int n_folders_more, n_takes_more;
};

static void
batch_free(gpointer data)
{
    Batch *batch = data;

    g_free(batch->folder);
    g_free(batch->file);
    g_ptr_array_unref(batch->takes);
    g_free(batch);
}

WgImportBatches *
wg_import_batches_new(const WgImportOptions *options, WgImportLabels *labels, WgImport *import,
                      WgImportTake take, gpointer user_data)
{
    WgImportBatches *self = g_new0(WgImportBatches, 1);

    self->options = options;
    self->labels = labels;
    self->import = import;
    self->take = take;
    self->user_data = user_data;
    self->open = g_ptr_array_new_with_free_func(batch_free);
    self->told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return self;
}

void
wg_import_batches_free(WgImportBatches *self)
{
    g_ptr_array_unref(self->open);
    g_hash_table_unref(self->told);
    g_free(self);
}

GPtrArray *
wg_import_batches_get(WgImportBatches *self, const char *path, gboolean is_history)
{
    g_autofree char *folder = g_path_get_dirname(path);
    Batch *batch;

    for (guint i = 0; i < self->open->len; i++) {
        batch = g_ptr_array_index(self->open, i);
        if (g_str_equal(batch->folder, folder) && batch->is_history == is_history) {
            if (batch->file && !g_str_equal(batch->file, path))
                g_clear_pointer(&batch->file, g_free);
            return batch->takes;
        }
    }
    batch = g_new0(Batch, 1);
    batch->folder = g_steal_pointer(&folder);
    batch->file = g_strdup(path);
    batch->is_history = is_history;
    batch->takes = g_ptr_array_new_with_free_func((GDestroyNotify)wg_recording_unref);
    g_ptr_array_add(self->open, batch);
    return batch->takes;
}

/* What the scale was taken to be, and why. */
static char *
describe_scale(const WgImportBatches *self, const Batch *batch)
{
    const char *place = batch->file ? batch->file : batch->folder;
    g_autofree char *clips =
        g_strdup_printf(ngettext("%d of %d take clips", "%d of %d takes clip", (gulong)batch->n),
                        batch->n_clipped, batch->n);

    if (self->options->units_per_g > 0)
        return g_strdup_printf(_("%s: taken as %g units a g, as told; %s"), place, batch->units,
                               clips);
    if (batch->own_units > 0)
        return g_strdup_printf(_("%s: says itself that it has %g units a g; %s"), place,
                               batch->own_units, clips);
    if (batch->rest <= 0)
        return g_strdup_printf(_("%s: nothing rests in it, so its scale could not be judged: taken "
                                 "as %g units a g (--units-per-g tells another); %s"),
                               place, batch->units, clips);
    if (batch->is_history && batch->units != 64)
        return g_strdup_printf(_("%s: rests at %.0f, so it has %g units a g: rescaled to 64 and "
                                 "clipped to -128..127 as the watch would; %s"),
                               place, batch->rest, batch->units, clips);
    return g_strdup_printf(_("%s: rests at %.3g, so it has %g units a g; %s"), place, batch->rest,
                           batch->units, clips);
}

static void
tell(WgImportBatches *self, const Batch *batch)
{
    char *way = g_strdup_printf("%g %g %d %d", batch->own_units, batch->units, batch->is_history,
                                batch->rest <= 0);
    const int n_told = GPOINTER_TO_INT(g_hash_table_lookup(self->told, way));

    g_hash_table_replace(self->told, way, GINT_TO_POINTER(n_told + 1));
    if (n_told < TOLD_MAX) {
        g_ptr_array_add(self->import->messages, describe_scale(self, batch));
    } else {
        self->n_folders_more++;
        self->n_takes_more += batch->n;
    }
}

/* The take with the chosen form of each span's label; transfer full. */
static WgRecording *
unify_spans(WgRecording *take, WgImportLabels *labels)
{
    WgRecordingSpec spec = *wg_recording_get(take);
    g_autofree WgLabelSpan *spans =
        g_memdup2(spec.spans, sizeof(WgLabelSpan) * (gsize)spec.n_spans);

    if (spec.n_spans == 0)
        return wg_recording_ref(take);
    for (int i = 0; i < spec.n_spans; i++)
        spans[i].label = wg_import_labels_get(labels, spans[i].label);
    spec.spans = spans;
    return wg_recording_new(&spec);
}

/* What rests in those that do not know their own units. */
static double
measure_rest(GPtrArray *takes)
{
    g_autoptr(GPtrArray) unknown = g_ptr_array_new();

    for (guint i = 0; i < takes->len; i++) {
        WgRecording *take = g_ptr_array_index(takes, i);

        if (wg_recording_get_facts(take)->original_units_per_g <= 0)
            g_ptr_array_add(unknown, take);
    }
    return wg_scale_resting_magnitude(unknown);
}

static void
judge(const WgImportBatches *self, Batch *batch)
{
    if (batch->is_judged)
        return;
    batch->is_judged = TRUE;
    batch->rest = measure_rest(batch->takes);
    batch->units = self->options->units_per_g > 0 ? self->options->units_per_g
                                                  : wg_scale_judge(batch->rest, batch->is_history);
}

/* Of a take that may know its own; keeps in mind what all of them say. */
static double
choose_units(const WgImportBatches *self, Batch *batch, guint i, WgRecording *take)
{
    const double own = wg_recording_get_facts(take)->original_units_per_g;

    batch->own_units = (batch->n > 0 || i > 0) && fabs(own - batch->own_units) > 0 ? 0 : own;
    return own > 0 && self->options->units_per_g <= 0 ? own : batch->units;
}

/* Turns the raw takes into recordings in g, block by block. */
static gboolean
hand_on(WgImportBatches *self, Batch *batch, GError **error)
{
    judge(self, batch);
    for (guint first = 0; first < batch->takes->len; first += BLOCK) {
        const guint end = MIN(first + BLOCK, batch->takes->len);
        g_autoptr(GPtrArray) block =
            g_ptr_array_new_full(end - first, (GDestroyNotify)wg_recording_unref);

        for (guint i = first; i < end; i++) {
            WgRecording *take = g_ptr_array_index(batch->takes, i);
            g_autoptr(WgRecording) named = unify_spans(take, self->labels);
            WgRecording *recording =
                wg_scale_apply(named, choose_units(self, batch, i, take), batch->is_history,
                               wg_import_labels_get(self->labels, wg_recording_get(take)->label));

            batch->n_clipped += wg_recording_get_facts(recording)->n_clipped > 0;
            g_ptr_array_add(block, recording);
        }
        batch->n += (int)block->len;
        if (!self->take(g_steal_pointer(&block), self->user_data, error))
            return FALSE;
    }
    g_ptr_array_set_size(batch->takes, 0);
    return TRUE;
}

gboolean
wg_import_batches_hand_on(WgImportBatches *self, GError **error)
{
    for (guint i = 0; i < self->open->len; i++) {
        Batch *batch = g_ptr_array_index(self->open, i);

        if (batch->takes->len >= BLOCK && !hand_on(self, batch, error))
            return FALSE;
    }
    return TRUE;
}

gboolean
wg_import_batches_close(WgImportBatches *self, const char *folder, GError **error)
{
    for (guint i = 0; i < self->open->len;) {
        Batch *batch = g_ptr_array_index(self->open, i);

        if (!g_str_equal(batch->folder, folder)) {
            i++;
            continue;
        }
        if (!hand_on(self, batch, error))
            return FALSE;
        self->import->n += batch->n;
        self->import->n_clipped += batch->n_clipped;
        if (batch->n > 0)
            tell(self, batch);
        g_ptr_array_remove_index(self->open, i);
    }
    return TRUE;
}

void
wg_import_batches_sum_up(WgImportBatches *self)
{
    if (self->n_folders_more > 0)
        g_ptr_array_add(self->import->messages,
                        g_strdup_printf(ngettext("%d more folder was taken in the same way (%d "
                                                 "takes)",
                                                 "%d more folders were taken in the same way (%d "
                                                 "takes)",
                                                 (gulong)self->n_folders_more),
                                        self->n_folders_more, self->n_takes_more));
}
