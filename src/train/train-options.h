/* How to train: what a preset states and a job's options change. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum { WG_RATE_CONSTANT, WG_RATE_PLATEAU, WG_RATE_COSINE } WgRateSchedule;

typedef enum {
    WG_WEIGHTS_OFF,
    WG_WEIGHTS_ON,
    WG_WEIGHTS_UNEVEN, /* only where a label is WG_UNEVEN times as rare as the most frequent */
} WgClassWeights;

/* Cross-validated on the sample recordings: weights raise the recall of a label with 4, 8 or 16
 * takes beside some 200 (0.52 to 0.65, 0.79 to 0.88, 0.94 to 0.96); at 1 in 6 they change nothing.
 */
#define WG_UNEVEN 8

typedef struct {
    int epochs, batch;
    float learning_rate; /* Adam, beta 0.9 0.999, epsilon 1e-7 */
    float weight_decay;  /* decoupled; 0: none */
    WgRateSchedule schedule;
    int patience;       /* epochs without a better validation loss before stopping; 0: never */
    gboolean keep_best; /* give back the weights of the best validation loss */
    float label_smoothing;
    WgClassWeights class_weights; /* classes weighed inversely to their share */
    gboolean smote;               /* made-up windows of the rarer classes, as wg_smote() */
    /* each step against the gradient where, so far from the parameters, the loss is highest; 0: at
     * them. Twice the work, in the epochs behind that share of all. */
    float sharpness, sharpness_from;
    /* mild augmentation, drawn anew each epoch, per take; 0: none */
    int shift;                      /* samples, +- */
    float scale, rotation, stretch; /* share, radians, share; +- */
    float tail; /* share of takes behind which memory lies as it was, in place of zeros; 0: none */
    /* for who makes the windows (workbench/training.h): made-up movement, so many times the takes
     * to train on, as further takes of that label; NULL: none. Interned. */
    float made_up;
    const char *other;
    float range_g; /* three channels are clipped to +- it; 0: the watch's 2 g */
    guint64 seed;
    int n_threads; /* 0: as many as there are cores */
} WgTrainOptions;

/* WG_ERROR_USAGE naming what is out of its range. */
gboolean wg_train_options_check(const WgTrainOptions *options, GError **error);
/* The rate of an epoch, from 1, after one of `last_rate`. Cosine: falls from the full rate to
 * nearly 0 (Loshchilov and Hutter 2017, without restarts). Plateau: halved, not below 1e-5, after
 * each 8 epochs without a better validation loss. */
float wg_train_options_get_rate(const WgTrainOptions *options, int epoch, float last_rate,
                                int n_since_better);
/* Multiplies how much is augmented, the shift rounded; 0: not at all. */
void wg_train_options_scale_augmentation(WgTrainOptions *options, double factor);
/* After a training by those: as many epochs on, at a rate that falls to 0, the last network kept.
 */
WgTrainOptions wg_train_options_go_on(const WgTrainOptions *trained, int epochs);
/* "constant", "plateau" or "cosine" and "off", "on" or "uneven"; else WG_ERROR_USAGE. */
gboolean wg_train_options_set_schedule(WgTrainOptions *options, const char *word, GError **error);
gboolean wg_train_options_set_class_weights(WgTrainOptions *options, const char *word,
                                            GError **error);
/* The same words of what is set. */
const char *wg_train_options_get_schedule(const WgTrainOptions *options);
const char *wg_train_options_get_class_weights(const WgTrainOptions *options);

G_END_DECLS
