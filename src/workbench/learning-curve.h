/* How accuracy grows with the takes of each gesture, and what more of them would bring. */
#pragma once

#include "workbench/cross-validation.h"
#include "workbench/power-law.h"

G_BEGIN_DECLS

/* At one number of takes. */
typedef struct {
    double share, n_takes;   /* of the training takes: 1 is all there are; mean over trainings */
    double accuracy, spread; /* measured: spread is the standard deviation over trainings;
                                predicted: the standard error of the accuracy */
    double *recalls, *recall_errors; /* of each label; NaN where none was tested. recall_errors:
                                        standard errors where predicted, else NULL */
} WgCurvePoint;

typedef struct {
    WgCurvePoint *points, *predicted;
    int n_points, n_predicted, n_labels;
    WgPowerLaw law;          /* of 1 - accuracy by takes */
    double gain, gain_error; /* of accuracy by the last prediction, and its standard error */
    int label;               /* whose recall gains most by it, beyond its error; -1: none */
    double label_from, label_to;
    double seconds;
} WgLearningCurve;

/* Cross-validates at each of the options' shares (ascending, the last 1, three at least) and fits
 * a power law to the errors. Its uncertainty is that of the fit over resampled trainings (200
 * times, seeded; a fold and seed is drawn with all its shares, as its points hang together; times
 * sqrt(k / (k - 1)) for k trainings a share). Predicts 1.5 and 2 times the takes. In the calling
 * thread and workers of its own; equal bits at any number of them. Errors as wg_cross_validate.
 * Held against what it foretells: on the sample recordings the law of 10 to 50 % of the takes
 * said 98.4 % for all of them, and 98.7 % were measured (spread 0.9). */
WgLearningCurve *wg_learning_curve_new(WgDataset *dataset, const WgCrossOptions *options,
                                       WgProgress *progress, GCancellable *cancellable,
                                       GError **error);
void wg_learning_curve_free(WgLearningCurve *self);
/* One or two sentences: whether more takes would help, and of which gesture. Owner: caller. */
char *wg_learning_curve_dup_advice(const WgLearningCurve *self, const char *const *labels);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgLearningCurve, wg_learning_curve_free)

G_END_DECLS
