/* Forms of a network side by side, each asked the same takes: of one split, or over folds. */
#include "workbench/compare-forms.h"

#include "base/error.h"
#include "base/workers.h"

#include <string.h>

/* One training with all its forms. */
typedef struct {
    WgSplit *split;
    GArray *asked; /* of the split's own */
    guint64 seed;
    WgForm *forms;
    int *truth;
    int n;
} Part;

typedef struct {
    const WgFormOptions *options;
    const WgFormSpec *specs;
    int n_specs, n_parts, n_threads; /* threads of each part */
    const WgNetwork *trained;
    Part *parts;
    GError **errors; /* of each part */
    int n_epochs;    /* of all parts */
    int n_done;      /* atomic: of them */
    WgProgress *progress;
    GCancellable *cancellable;
} Run;

static void
on_tick(gpointer user_data)
{
    Run *run = user_data;
    const int n_done = g_atomic_int_add(&run->n_done, 1) + 1;

    wg_progress_tell(run->progress, (double)n_done / MAX(1, run->n_epochs), NULL);
}

static gboolean
run_part(Run *run, Part *part, GError **error)
{
    g_autoptr(WgFormMaker) maker =
        wg_form_maker_new(run->options, part->split, part->asked, run->trained, part->seed,
                          run->n_threads, on_tick, run);
    const WgWindows *asked = wg_form_maker_get_asked(maker);

    part->n = asked->n;
    part->truth = g_memdup2(asked->labels, sizeof(int) * (gsize)asked->n);
    for (int i = 0; i < run->n_specs; i++) {
        if (!wg_form_make(maker, &run->specs[i], &part->forms[i], run->cancellable, error))
            return FALSE;
    }
    return TRUE;
}

static void
on_chunk(int worker, int chunk, gpointer user_data)
{
    Run *run = user_data;

    if (!g_cancellable_set_error_if_cancelled(run->cancellable, &run->errors[chunk]))
        run_part(run, &run->parts[chunk], &run->errors[chunk]);
}

static void
append(int **to, int n, const int *answers, int n_more)
{
    if (!answers)
        return;
    *to = g_renew(int, *to, n + n_more + 1);
    memcpy(*to + n, answers, sizeof(int) * (gsize)n_more);
}

/* All parts' answers one after the other. */
static WgForms *
merge(const Run *run, const char *const *labels)
{
    WgForms *self = g_new0(WgForms, 1);

    self->n_forms = run->n_specs;
    self->forms = g_new0(WgForm, run->n_specs);
    self->labels = g_strdupv((char **)labels);
    for (int k = 0; k < run->n_parts; k++) {
        const Part *part = &run->parts[k];

        append(&self->truth, self->n, part->truth, part->n);
        self->seeds = g_renew(int, self->seeds, self->n + part->n + 1);
        for (int i = 0; i < part->n; i++) {
            self->seeds[self->n + i] = run->n_parts > 1 ? (int)part->seed : 1;
            self->n_seeds = MAX(self->n_seeds, self->seeds[self->n + i]);
        }
        for (int i = 0; i < run->n_specs; i++) {
            const WgForm *from = &part->forms[i];
            WgForm *form = &self->forms[i];

            form->spec = from->spec;
            append(&form->as_float, self->n, from->as_float, part->n);
            append(&form->as_int8, self->n, from->as_int8, part->n);
            form->bytes = MAX(form->bytes, from->bytes);
            form->arena_bytes = MAX(form->arena_bytes, from->arena_bytes);
            form->compressed_bytes = MAX(form->compressed_bytes, from->compressed_bytes);
            form->n_parameters = from->n_parameters;
            form->n_weights = from->n_weights;
            form->n_nonzero = MAX(form->n_nonzero, from->n_nonzero);
            if (run->n_parts == 1)
                form->network = wg_network_ref(from->network);
        }
        self->n += part->n;
    }
    return self;
}

/* Takes the parts over. */
static WgForms *
run_parts(Run *run, int n_side_by_side, const char *const *labels, GError **error)
{
    const gint64 start_us = g_get_monotonic_time();
    g_autofree GError **errors = g_new0(GError *, run->n_parts + 1);
    g_autoptr(WgWorkers) workers =
        wg_workers_new(MAX(1, MIN(n_side_by_side, run->n_parts)), on_chunk, run);
    WgForms *forms = NULL;

    run->errors = errors;
    for (int i = 0; i < run->n_specs; i++)
        run->n_epochs += run->n_parts * wg_form_count_epochs(run->options, &run->specs[i]);
    for (int k = 0; k < run->n_parts; k++)
        run->parts[k].forms = g_new0(WgForm, run->n_specs);
    wg_workers_run(workers, run->n_parts);
    if (wg_error_propagate_first(errors, run->n_parts, error)) {
        forms = merge(run, labels);
        forms->seconds = (double)(g_get_monotonic_time() - start_us) / G_USEC_PER_SEC;
    }
    for (int k = 0; k < run->n_parts; k++) {
        for (int i = 0; i < run->n_specs; i++)
            wg_form_clear(&run->parts[k].forms[i]);
        g_free(run->parts[k].forms);
        g_free(run->parts[k].truth);
    }
    return forms;
}

WgForms *
wg_forms_cross(WgDataset *dataset, const WgFormOptions *options, const WgFormSpec *specs,
               int n_specs, int n_folds, int n_seeds, int n_threads, WgProgress *progress,
               GCancellable *cancellable, GError **error)
{
    g_autoptr(GPtrArray) splits = g_ptr_array_new_with_free_func((GDestroyNotify)wg_split_free);
    g_autofree Part *parts = g_new0(Part, (gsize)n_folds * (gsize)n_seeds);
    Run run = {.options = options,
               .specs = specs,
               .n_specs = n_specs,
               .n_threads = 1,
               .parts = parts,
               .progress = progress,
               .cancellable = cancellable};

    for (int seed = 1; seed <= n_seeds; seed++) {
        g_autoptr(GPtrArray) folds = wg_split_new_folds(dataset, n_folds, (guint64)seed, error);

        if (!folds)
            return NULL;
        for (guint i = 0; i < folds->len; i++) {
            Part *part = &parts[run.n_parts++];

            part->split = g_ptr_array_index(folds, i);
            part->asked = part->split->test;
            part->seed = (guint64)seed;
            g_ptr_array_add(splits, part->split);
        }
        g_ptr_array_set_free_func(folds, NULL); /* they are the other's now */
    }
    return run_parts(&run, wg_workers_count(n_threads), wg_dataset_get_labels(dataset), error);
}

WgForms *
wg_forms_validate(WgSplit *split, const WgNetwork *trained, const WgFormOptions *options,
                  const WgFormSpec *specs, int n_specs, guint64 seed, int n_threads,
                  WgProgress *progress, GCancellable *cancellable, GError **error)
{
    Part part = {.split = split, .asked = split->validation, .seed = seed};
    Run run = {.options = options,
               .specs = specs,
               .n_specs = n_specs,
               .n_parts = 1,
               .n_threads = wg_workers_count(n_threads),
               .trained = trained,
               .parts = &part,
               .progress = progress,
               .cancellable = cancellable};

    if (split->validation->len == 0) {
        g_set_error_literal(error, WG_ERROR, WG_ERROR_MISSING,
                            "the model's split keeps no takes to validate on: train it with some "
                            "(--validation), or compare over folds (--folds 5)");
        return NULL;
    }
    return run_parts(&run, 1, wg_dataset_get_labels(split->dataset), error);
}

void
wg_forms_free(WgForms *self)
{
    for (int i = 0; i < self->n_forms; i++)
        wg_form_clear(&self->forms[i]);
    g_free(self->forms);
    g_free(self->truth);
    g_free(self->seeds);
    g_strfreev(self->labels);
    g_free(self);
}
