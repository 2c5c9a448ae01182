/* The takes of a folder until it is known in what units they are. */
#include "dataset/import-batches.h"

#include "dataset/import-group.h"
#include "dataset/scale.h"

#include <glib/gi18n.h>
#include <math.h>

/* So many takes tell the units of a folder, and are handed on at once. */
#define BLOCK 4096
/* Folders that are told of one by one where they are all alike; the others are counted. */
#define TOLD_MAX 8
/* Customary units nearer to each other than this are told apart by a folder, not by a file: what
 * moves much rests little. */
#define OTHER_UNIT 4

/* A take as it was read, and whose scale it has. */
typedef struct {
    WgRecording *take;
    WgImportGroup *group;
} Entry;

typedef struct {
    char *folder;
    GArray *entries;   /* of Entry: those not yet handed on, in the order of the files */
    GHashTable *known; /* what is alike to WgImportGroup, which the array holds */
    GPtrArray *groups; /* of WgImportGroup, as they came */
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
entry_clear(gpointer data)
{
    wg_recording_unref(((Entry *)data)->take);
}

static void
batch_free(gpointer data)
{
    Batch *batch = data;

    g_free(batch->folder);
    g_array_unref(batch->entries);
    g_hash_table_unref(batch->known);
    g_ptr_array_unref(batch->groups);
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

static Batch *
get_batch(WgImportBatches *self, const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    Batch *batch;

    for (guint i = 0; i < self->open->len; i++) {
        batch = g_ptr_array_index(self->open, i);
        if (g_str_equal(batch->folder, folder))
            return batch;
    }
    batch = g_new0(Batch, 1);
    batch->folder = g_steal_pointer(&folder);
    batch->entries = g_array_new(FALSE, FALSE, sizeof(Entry));
    g_array_set_clear_func(batch->entries, entry_clear);
    batch->known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    batch->groups = g_ptr_array_new_with_free_func(wg_import_group_free);
    g_ptr_array_add(self->open, batch);
    return batch;
}

/* Of takes that say `own_units` themselves, or rest as if they had `rest_units`, unlike the others
 * of their format (0: like them); where the scale is told, all but a history is alike. */
static WgImportGroup *
get_group(const WgImportBatches *self, Batch *batch, const WgFileFormat *format, double own_units,
          double rest_units, double unknown_units)
{
    const gboolean is_history = g_str_equal(format->name, "seed-text");
    const gboolean is_told = self->options->units_per_g > 0;
    g_autofree char *key = is_told ? g_strdup(is_history ? "history" : "")
                                   : g_strdup_printf("%s %.17g %g %g", format->name, own_units,
                                                     rest_units, unknown_units);
    WgImportGroup *group = g_hash_table_lookup(batch->known, key);

    if (group)
        return group;
    group = g_new0(WgImportGroup, 1);
    group->format = format;
    group->is_history = is_history;
    group->own_units = is_told ? 0 : own_units;
    group->unknown_units = unknown_units;
    g_hash_table_insert(batch->known, g_steal_pointer(&key), group);
    g_ptr_array_add(batch->groups, group);
    return group;
}

void
wg_import_batches_add(WgImportBatches *self, const char *path, const WgFileFormat *format,
                      GPtrArray *takes, double unknown_units)
{
    Batch *batch = get_batch(self, path);

    for (guint i = 0; i < takes->len; i++) {
        WgRecording *take = g_ptr_array_index(takes, i);
        const double own_units = wg_recording_get_facts(take)->original_units_per_g;
        WgImportGroup *group = get_group(self, batch, format, own_units, 0, unknown_units);
        const Entry entry = {wg_recording_ref(take), group};

        g_array_append_val(batch->entries, entry);
    }
}

/* FALSE: those alike were told of often enough. */
static gboolean
tell(WgImportBatches *self, const Batch *batch, const WgImportGroup *group)
{
    char *way = g_strdup_printf("%g %g %d %d", group->own_units, group->units, group->is_history,
                                group->rest <= 0);
    const int n_told = GPOINTER_TO_INT(g_hash_table_lookup(self->told, way));

    g_hash_table_replace(self->told, way, GINT_TO_POINTER(n_told + 1));
    if (n_told >= TOLD_MAX) {
        self->n_takes_more += group->n;
        return FALSE;
    }
    g_ptr_array_add(self->import->messages,
                    wg_import_group_describe(group, batch->groups->len == 1 ? batch->folder : NULL,
                                             self->options->units_per_g > 0));
    return TRUE;
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

/* Which is of no further use where the takes say their units, or they are told. */
static double
measure_rest(const Batch *batch, const WgImportGroup *group)
{
    g_autoptr(GPtrArray) takes = g_ptr_array_new();

    for (guint i = 0; i < batch->entries->len; i++) {
        const Entry *entry = &g_array_index(batch->entries, Entry, i);

        if (entry->group == group)
            g_ptr_array_add(takes, entry->take);
    }
    return wg_scale_resting_magnitude(takes);
}

static void
judge(const WgImportBatches *self, const Batch *batch, WgImportGroup *group)
{
    const double told =
        self->options->units_per_g > 0 ? self->options->units_per_g : group->own_units;

    if (group->is_judged)
        return;
    group->rest = told > 0 ? 0 : measure_rest(batch, group);
    group->units = told > 0 ? told
                   : group->rest <= 0 && group->unknown_units > 0
                       ? group->unknown_units
                       : wg_scale_judge(group->rest, group->is_history);
    /* of takes in which nothing rests the next ones may tell more */
    group->is_judged = told > 0 || group->rest > 0;
}

/* Files of which the rest is that of another unit altogether have a scale of their own. */
static void
set_apart(const WgImportBatches *self, Batch *batch, const WgImportGroup *group)
{
    Entry *entries = (Entry *)(gpointer)batch->entries->data;
    guint end;

    for (guint i = 0; i < batch->entries->len; i = end) {
        const char *file = wg_recording_get_facts(entries[i].take)->file;
        g_autoptr(GPtrArray) takes = g_ptr_array_new();
        WgImportGroup *other;
        double rest;

        for (end = i; end < batch->entries->len &&
                      g_str_equal(wg_recording_get_facts(entries[end].take)->file, file);
             end++) {
            if (entries[end].group == group)
                g_ptr_array_add(takes, entries[end].take);
        }
        rest = wg_scale_resting_magnitude(takes);
        if (rest <= 0 || fabs(log(rest / group->rest)) < log(OTHER_UNIT))
            continue;
        other = get_group(self, batch, group->format, 0, wg_scale_judge(rest, FALSE),
                          group->unknown_units);
        for (guint j = i; j < end; j++)
            entries[j].group = entries[j].group == group ? other : entries[j].group;
    }
}

/* In g, with the labels that were chosen; transfer full. */
static WgRecording *
finish(const WgImportBatches *self, const Entry *entry)
{
    WgImportGroup *group = entry->group;
    g_autoptr(WgRecording) named = unify_spans(entry->take, self->labels);
    WgRecording *recording =
        wg_scale_apply(named, group->units, group->is_history,
                       wg_import_labels_get(self->labels, wg_recording_get(entry->take)->label));

    wg_import_group_note_file(group, wg_recording_get_facts(entry->take)->file);
    group->n++;
    group->n_clipped += wg_recording_get_facts(recording)->n_clipped > 0;
    return recording;
}

/* Turns the raw takes into recordings in g, block by block. */
static gboolean
hand_on(WgImportBatches *self, Batch *batch, GError **error)
{
    for (guint i = 0; i < batch->groups->len; i++) { /* of which there may become more */
        WgImportGroup *group = g_ptr_array_index(batch->groups, i);

        judge(self, batch, group);
        if (group->rest > 0 && !group->is_history)
            set_apart(self, batch, group);
    }
    for (guint first = 0; first < batch->entries->len; first += BLOCK) {
        const guint end = MIN(first + BLOCK, batch->entries->len);
        g_autoptr(GPtrArray) block =
            g_ptr_array_new_full(end - first, (GDestroyNotify)wg_recording_unref);

        for (guint i = first; i < end; i++)
            g_ptr_array_add(block, finish(self, &g_array_index(batch->entries, Entry, i)));
        if (!self->take(g_steal_pointer(&block), self->user_data, error))
            return FALSE;
    }
    g_array_set_size(batch->entries, 0);
    return TRUE;
}

gboolean
wg_import_batches_hand_on(WgImportBatches *self, GError **error)
{
    for (guint i = 0; i < self->open->len; i++) {
        Batch *batch = g_ptr_array_index(self->open, i);

        if (batch->entries->len >= BLOCK && !hand_on(self, batch, error))
            return FALSE;
    }
    return TRUE;
}

static void
count_up(WgImportBatches *self, const Batch *batch)
{
    gboolean is_told = TRUE;

    for (guint i = 0; i < batch->groups->len; i++) {
        const WgImportGroup *group = g_ptr_array_index(batch->groups, i);

        self->import->n += group->n;
        self->import->n_clipped += group->n_clipped;
        if (group->n > 0)
            is_told &= tell(self, batch, group);
    }
    self->n_folders_more += !is_told;
}

gboolean
wg_import_batches_close(WgImportBatches *self, const char *folder, GError **error)
{
    for (guint i = 0; i < self->open->len; i++) {
        Batch *batch = g_ptr_array_index(self->open, i);

        if (!g_str_equal(batch->folder, folder))
            continue;
        if (!hand_on(self, batch, error))
            return FALSE;
        count_up(self, batch);
        g_ptr_array_remove_index(self->open, i);
        break;
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
