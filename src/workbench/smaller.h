/* What the jobs that make a model smaller have in common: options, and takes to learn and ask. */
#pragma once

#include "workbench/compare-forms.h"
#include "workbench/job.h"
#include "workbench/model.h"
#include "workbench/training.h"
#include "workbench/window-options.h"

G_BEGIN_DECLS

/* Lists first in the job's table. */
#define WG_SMALLER_OPTIONS                                                                         \
    WG_TRAINING_OPTIONS, WG_WINDOW_OPTIONS,                                                        \
        {"folds",                                                                                  \
         WG_OPTION_INT,                                                                            \
         "N",                                                                                      \
         "trains anew on all but each of N parts of the takes, and asks those; 0: asks the "       \
         "model's validation takes",                                                               \
         "0",                                                                                      \
         0,                                                                                        \
         1000},                                                                                    \
        {"seeds", WG_OPTION_INT, "N", "of folds: repeat with seeds 1..N", "1", 1, 1000},           \
        {"without-test", WG_OPTION_FLAG, NULL,                                                     \
         "of folds: leaves out the test takes of the model's split", NULL},                        \
    {                                                                                              \
        "seed", WG_OPTION_INT, "N", "of order and augmentation, without folds", "1", 0, 9e15       \
    }

/* Where the forms are from. */
typedef struct {
    WgModel *model;     /* the trained one; NULL over folds */
    WgSplit *split;     /* the model's; NULL over folds */
    WgDataset *dataset; /* over folds; else NULL */
    WgFormOptions options;
    int n_folds, n_seeds;
    guint64 seed;
} WgSmaller;

/* Reads options and takes. Without folds the project's trained model, its split and, unless the job
 * names another, its preset; WG_ERROR_MISSING where there is none, WG_ERROR_USAGE for options that
 * go with the other way only. */
WgSmaller *wg_smaller_new(WgJob *job, GError **error);
void wg_smaller_free(WgSmaller *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgSmaller, wg_smaller_free)

/* Makes the forms and asks them, over folds or the model's validation takes. The first is the
 * model's own network, unless it is of another preset or, with `is_plain`, was pruned, narrowed or
 * distilled: then it is trained anew. */
WgForms *wg_smaller_run(WgSmaller *self, WgJob *job, const WgFormSpec *specs, int n_specs,
                        gboolean is_plain, GError **error);
/* "preset", "folds", "seeds", "on" (what was asked) and "seconds" of a result. */
void wg_smaller_describe(const WgSmaller *self, const WgForms *forms, JsonObject *result);
/* Stores a network as the project's newest float model, with the split and description of the
 * model; `note` (transfer full) tells of it as that member, "pruned", "filters_pruned" or
 * "distilled", of what the description says of the training. */
gboolean wg_smaller_store(const WgSmaller *self, WgJob *job, const WgNetwork *network,
                          const char *member, JsonObject *note, GError **error);

G_END_DECLS
