/* Forms of a network side by side, each asked the same takes: of one split, or over folds. */
#pragma once

#include <json-glib/json-glib.h>

#include "base/progress.h"
#include "workbench/form.h"

G_BEGIN_DECLS

typedef struct {
    WgForm *forms; /* in the order asked for; sizes are the largest, networks only of one split */
    int n_forms;
    int n, n_seeds;     /* answers of each form; seeds that they are of */
    int *truth, *seeds; /* n: label, and seed from 1 */
    char **labels;
    double seconds;
} WgForms;

/* Over folds: for each of 1 .. n_seeds every take is once left out, and all forms made of that
 * training are asked it; whole trainings run side by side. Errors: those of wg_form_make, in the
 * order of folds; too few takes. The same result at any number of threads (0: one a core). */
WgForms *wg_forms_cross(WgDataset *dataset, const WgFormOptions *options, const WgFormSpec *specs,
                        int n_specs, int n_folds, int n_seeds, int n_threads, WgProgress *progress,
                        GCancellable *cancellable, GError **error);
/* Of one network (NULL: trained first) asked the split's validation takes. WG_ERROR_MISSING where
 * it has none. */
WgForms *wg_forms_validate(WgSplit *split, const WgNetwork *trained, const WgFormOptions *options,
                           const WgFormSpec *specs, int n_specs, guint64 seed, int n_threads,
                           WgProgress *progress, GCancellable *cancellable, GError **error);
void wg_forms_free(WgForms *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgForms, wg_forms_free)

/* Share of right answers; `accuracies` (n_seeds, or NULL) gets each seed's. */
double wg_forms_measure(const WgForms *self, const int *answers, double *accuracies);
/* How far two shares of right answers to the same takes may lie apart by chance: two standard
 * deviations of their difference, sqrt(takes that only one of the two has wrong) / n (McNemar
 * 1947), or that of `a` over seeds where that is more. */
double wg_forms_get_chance(const WgForms *self, const int *a, const int *b);

/* "accuracy", "spread" (standard deviation over seeds, null of one), "n", "errors", "macro_f1",
 * "worst": {"label", "recall"}. Transfer full. */
JsonObject *wg_forms_describe(const WgForms *self, const int *answers);
/* The same of form i as float, with "int8" of the same (of a form that is int8 only, itself),
 * "difference" (int8 accuracy less the float of the first form) and its "difference_spread" over
 * seeds, "bytes", "arena_bytes", "compressed_bytes", "parameters", "weights", "nonzero". */
JsonObject *wg_forms_describe_row(const WgForms *self, int i);
/* "Of 206 validation takes" or "Over folds (5 seeds, 5845 answers)"; owner: caller. */
char *wg_forms_dup_scope(const WgForms *self);

G_END_DECLS
