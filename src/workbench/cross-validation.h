/* Trains a preset again and again, each time without some takes or persons, and asks it those. */
#pragma once

#include "base/progress.h"
#include "dataset/dataset.h"
#include "train/baseline.h"
#include "train/preset.h"
#include "workbench/cross-forms.h"

G_BEGIN_DECLS

typedef struct {
    const WgPreset *preset;
    WgTrainOptions options;  /* seed and threads of it do not count */
    WgMethod method;         /* what learns: the network, or what it is compared with */
    WgForestOptions forest;  /* of tree and forest; seed and threads do not count */
    int n_folds;             /* each take tested once a seed; 0: each person left out in turn */
    int n_folds_run;         /* of a seed's folds only so many, the first; 0: all */
    int n_seeds;             /* 1 .. n_seeds: other weights, another order, other folds */
    int n_threads;           /* 0: one a core; the result is the same bits */
    gboolean is_int8;        /* asks the int8 form, calibrated on the takes it was trained on */
    const WgCrossForm *form; /* on what and how instead; NULL: as that */
    GPtrArray *forms;     /* of WgCrossForm: each network is asked in these too; NULL: it is not */
    const double *shares; /* n_shares: trains on such shares of the takes of each person's gesture,
                             a smaller one's among a larger one's; NULL: on all of them */
    int n_shares;
} WgCrossOptions;

/* One training and its answers. */
typedef struct {
    char *name;      /* "seed 1 fold 2", or the person */
    int seed, share; /* share: index into the options' */
    int n_train, n, n_errors;
    int *takes, *truth, *predicted; /* n: index into the dataset, labels */
    WgCrossAnswers *answers;        /* of the options' forms; NULL without */
    gsize bytes, arena_bytes;       /* of the int8 form; 0 without */
} WgCrossPart;

struct _WgCrossResult {
    WgCrossPart *parts;       /* share by share, each seed by seed */
    int n_parts, n, n_errors; /* answers over all parts */
    double seconds;
};

/* Runs in the calling thread and its own workers: whole trainings side by side. Errors:
 * G_IO_ERROR_CANCELLED, those of training and quantizing, WG_ERROR_MISSING with fewer than two
 * persons to leave out. */
WgCrossResult *wg_cross_validate(WgDataset *dataset, const WgCrossOptions *options,
                                 WgProgress *progress, GCancellable *cancellable, GError **error);
/* Of each seed the share of right answers into `accuracies` (n_seeds), and their mean and standard
 * deviation (NaN of a single one). */
void wg_cross_result_measure(const WgCrossResult *self, int n_seeds, double *accuracies,
                             double *mean, double *spread);
void wg_cross_result_free(WgCrossResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgCrossResult, wg_cross_result_free)

G_END_DECLS
