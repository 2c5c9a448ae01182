/* One take on its way through the float network and the int8 one, layer beside layer. */
#pragma once

#include "dataset/window.h"
#include "workbench/model.h"

G_BEGIN_DECLS

/* What one operation of the int8 network gives; the first row is the input. */
typedef struct {
    const char *op;       /* "input", "CONV_2D", ...; of the network */
    int length, channels; /* values below: length x channels, channel last */
    double scale;         /* of the int8 tensor; 1: it is float */
    int zero_point;
    float *int8;   /* as the int8 network has it, times its scale */
    float *floats; /* the float network's; NULL: no layer of it is this one's counterpart */
    /* in steps of `scale`, where there are both: */
    double largest_steps, mean_steps;
    int n_saturated; /* values that int8 cannot hold, and so stand at an end of its range */
} WgLayerRow;

typedef struct {
    WgLayerRow *rows;
    int n;
    int n_labels;
    float *float_p, *int8_p; /* probabilities of the labels */
    int float_answer, int8_answer;
    double limit_steps;
    int parts_at; /* the first row (but a softmax) whose largest difference is beyond the limit, -1:
                     none is */
    int flips_at; /* the first row from which on the float network, given what int8 has there,
                     answers as int8 does and no longer as itself; -1: the answers are the same */
} WgLayerTrace;

/* Window i of `windows` through both; `int8` was made of `trained`. Parted: by more than
 * `limit_steps` steps. WG_ERROR_UNSUPPORTED: the float network cannot be folded. Owner: caller; the
 * int8 model must live as long. Any thread. */
WgLayerTrace *wg_layer_trace_new(const WgModel *trained, const WgModel *int8,
                                 const WgWindows *windows, int i, double limit_steps,
                                 GError **error);
void wg_layer_trace_free(WgLayerTrace *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgLayerTrace, wg_layer_trace_free)

/* Where they part, in one or two sentences. Owner: caller. */
char *wg_layer_trace_dup_words(const WgLayerTrace *self, const char *const *labels);

G_END_DECLS
