/* An operation of the network, one file each: prepare may fail, forward and backward may not. */
#pragma once

#include "train/network.h"

G_BEGIN_DECLS

/* One chunk of samples on its way through one layer. Arrays are the caller's, do not overlap, and
 * have WG_LANES floats more behind them that may be read and written. */
typedef struct {
    int n;                  /* samples */
    gboolean is_training;   /* else inference: no dropout, running statistics */
    const float *x;         /* n x in_length x in_channels */
    float *y;               /* n x out_length x out_channels; written by forward */
    const float *dy;        /* loss gradient of y */
    float *dx;              /* of x; written by backward, NULL where nobody wants it */
    float *kept;            /* n x count_kept floats that forward leaves for backward */
    float *scratch;         /* count_scratch floats of no meaning before and after */
    float *gradients;       /* n_parameters; backward adds to it */
    float *statistics;      /* n_state; forward writes this chunk's in training */
    guint64 seed;           /* of this layer's randomness */
    const guint64 *streams; /* n: a random stream for each sample, so that threads do not matter */
} WgPass;

typedef struct {
    const char *name;
    /* Fills out_length, out_channels, n_parameters and n_state from the spec and the input's shape,
     * and the spec's defaults. Error: WG_ERROR_UNSUPPORTED. */
    gboolean (*prepare)(WgLayer *layer, GError **error);
    int (*count_kept)(const WgLayer *layer);    /* floats a sample; NULL: none */
    int (*count_scratch)(const WgLayer *layer); /* floats; NULL: none */
    int (*count_weights)(const WgLayer *layer); /* leading parameters that decay; NULL: none */
    void (*init)(WgLayer *layer, gboolean is_before_relu, WgRandom *random); /* NULL: zeros */
    void (*forward)(const WgLayer *layer, const WgPass *pass);
    void (*backward)(const WgLayer *layer, const WgPass *pass);
    WgLayerSpec example; /* settings that the gradient test tries it with; all 0: its defaults */
} WgOp;

extern const WgOp wg_op_conv, wg_op_relu, wg_op_max_pool; /* those that others know */
extern const WgOp wg_op_dropout, wg_op_batch_norm;
extern const WgOp *const wg_ops[]; /* NULL-terminated; generated from meson.build */

/* NULL with WG_ERROR_UNSUPPORTED naming all. */
const WgOp *wg_op_find(const char *name, GError **error);
/* Fills weights uniformly: He's bound sqrt(6 / fan_in) before a ReLU (He et al. 2015), Glorot's
 * sqrt(6 / (fan_in + fan_out)) else (Glorot and Bengio 2010). */
void wg_op_draw_weights(float *weights, int n, int fan_in, int fan_out, gboolean is_before_relu,
                        WgRandom *random);

#define WG_BATCH_NORM_EPSILON 1e-3f /* Keras's default */

G_END_DECLS
