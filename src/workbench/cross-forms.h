/* Forms that each training of a cross-validation is asked in: on what and how it was quantized. */
#pragma once

#include <json-glib/json-glib.h>

#include "dataset/split.h"
#include "dataset/window.h"
#include "quant/int8-network.h"
#include "quant/range.h"
#include "train/network.h"
#include "workbench/calibration-made.h"

G_BEGIN_DECLS

typedef struct _WgCrossResult WgCrossResult;

typedef enum {
    WG_CROSS_TRAIN,  /* the takes that it was trained on */
    WG_CROSS_PERSON, /* those of them that one person performed */
    WG_CROSS_HALF,   /* those with half of every value */
    WG_CROSS_NOISE,  /* none of them */
} WgCrossCalibration;

typedef struct {
    char *name; /* as it was asked for; owned */
    WgCrossCalibration calibration;
    char *person;  /* of WG_CROSS_PERSON; owned */
    WgNoise noise; /* of WG_CROSS_NOISE */
    int n_samples; /* windows at most; 0: all, of noise WG_NOISE_WINDOWS */
    const WgRangeMethod *ranges;
    double percentile;
} WgCrossForm;

/* "train", "person=NAME", "half-scale" or a noise (wg_noise_find), each with ":N" behind it for N
 * takes at most, "/RANGES" and "/PERCENTILE"; what is not said is as in `fallback`. Transfer full
 * (wg_cross_form_free), WG_ERROR_USAGE. */
WgCrossForm *wg_cross_form_parse(const char *text, const WgCrossForm *fallback, GError **error);
/* Several with commas between: GPtrArray of WgCrossForm that owns them. */
GPtrArray *wg_cross_forms_parse(const char *text, const WgCrossForm *fallback, GError **error);
void wg_cross_form_free(WgCrossForm *form);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgCrossForm, wg_cross_form_free)

/* The int8 form of a network that was trained on the split's training takes. NULL: as "train" by
 * default. Bytes of the .tflite into `bytes`. Noise is drawn by `seed`. Any thread. */
WgInt8Network *wg_cross_form_make(const WgCrossForm *form, const WgNetwork *network,
                                  const WgSplit *split, guint64 seed, GError **error);
/* What one training answered. */
typedef struct {
    int *said;         /* (forms + 1) x windows: labels; the float network's first */
    double *distances; /* forms + 1: sum over windows of the largest difference of a probability to
                          the float network's; its own is 0 */
} WgCrossAnswers;

/* What the float network and each form answer for the windows; owner: caller. Any thread. */
WgCrossAnswers *wg_cross_forms_ask(GPtrArray *forms, const WgNetwork *network, const WgSplit *split,
                                   const WgWindows *test, guint64 seed, GError **error);
void wg_cross_answers_free(WgCrossAnswers *answers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgCrossAnswers, wg_cross_answers_free)

/* Of each form its accuracy, the difference to the float network of the same trainings, mean and
 * spread over seeds, the answers that are not the float's, how far the probabilities are from the
 * float's on average, and the training with which it did worst against it. */
JsonArray *wg_cross_forms_report(GPtrArray *forms, const WgCrossResult *result, int n_seeds);

G_END_DECLS
