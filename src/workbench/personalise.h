/* A network for few takes: from a base where that helps with them, else from nothing. */
#pragma once

#include "base/progress.h"
#include "dataset/dataset.h"
#include "train/transfer.h"

G_BEGIN_DECLS

#define WG_PERSONAL_TAKES_MIN 3 /* of each gesture */
#define WG_PERSONAL_TAKES_MAX 10

typedef struct {
    double accuracy, spread; /* out of fold; standard deviation over the trainings */
} WgPersonalScore;

typedef struct {
    WgPersonalScore plain, personal;
    int n_takes;
    double gain, gain_error; /* of personal over plain, take by take, and its standard error */
    double likely_gain;      /* with what was known before: decides */
    gboolean is_personal;    /* which one `network` is */
    WgNetwork *network;      /* trained on all takes */
    double seconds;
} WgPersonal;

typedef struct {
    WgTrainOptions plain, personal; /* threads of them do not count */
    int n_repeats;                  /* of the cross-validation */
    guint64 seed;
    int n_threads; /* 0: one a core; the result is the same bits */
} WgPersonalOptions;

/* wg_transfer_..._options(), 3 repeats, seed 1. */
WgPersonalOptions wg_personal_options(void);

/* Cross-validates both on the takes (as many folds as the gesture with fewest takes has takes, 5 at
 * most; each repeat draws its own) and trains the one that likely is better on all of them.
 *
 * Few takes say little: of 20, one is 5 points. So what they say is weighed against what was known
 * before. With d the mean over takes of (share of repeats in which personal is right - the same of
 * plain), s its standard error (1 / takes at least), and a gain before of m +- t, the likely gain
 * is (m / t^2 + d / s^2) / (1 / t^2 + 1 / s^2) (the mean of a normal prior and a normal
 * measurement); personal where it is above 0. m and t: see the source.
 *
 * Errors: WG_ERROR_TOO_SHORT naming the gesture with fewer than 3 takes, WG_ERROR_MISSING with
 * fewer than 2 gestures, those of wg_transfer_train, G_IO_ERROR_CANCELLED. In the calling thread
 * and workers of its own. */
WgPersonal *wg_personal_new(const WgNetwork *base, WgDataset *dataset,
                            const WgPersonalOptions *options, WgProgress *progress,
                            GCancellable *cancellable, GError **error);
void wg_personal_free(WgPersonal *self);
/* One or two sentences: which was chosen and why. Owner: caller. */
char *wg_personal_dup_advice(const WgPersonal *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgPersonal, wg_personal_free)

G_END_DECLS
