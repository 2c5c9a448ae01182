/* How a model bears what a worn watch does: noise, a turned wrist, another pace, lost samples. */
#pragma once

#include "base/progress.h"
#include "dataset/perturb.h"
#include "workbench/model.h"

G_BEGIN_DECLS

typedef struct {
    double value, accuracy;
} WgRobustPoint;

typedef struct {
    WgPerturbation kind;
    const char *name, *unit; /* "rotation", "degrees"; not translated */
    WgRobustPoint *points;   /* ascending by value */
    int n_points;
    int mild, strong; /* the points of what happens to anyone, and of what does now and then */
} WgRobustCurve;

typedef struct {
    WgRobustCurve *curves;
    int n_curves, n; /* takes */
    int n_draws;
    double accuracy; /* of the takes as they are */
} WgRobustness;

/* Asks the model each window anew at each value, n_draws times where chance has a part (1 at
 * least); window i draws from a stream of its own, the same at every value, so that a curve's
 * points differ by their value alone. Looks at `cancellable` before each point. Any thread. */
WgRobustness *wg_robustness_new(const WgModel *model, const WgWindows *windows, int n_draws,
                                guint64 seed, WgProgress *progress, GCancellable *cancellable,
                                GError **error);
void wg_robustness_free(WgRobustness *self);
/* One or two sentences on what it bears least, and the cure: of the mild changes the one that costs
 * most; where all cost less than 2 points, of the strong ones. Owner: caller. */
char *wg_robustness_dup_advice(const WgRobustness *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgRobustness, wg_robustness_free)

G_END_DECLS
