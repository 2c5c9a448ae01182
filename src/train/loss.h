/* Softmax cross-entropy with label smoothing and class weights. */
#pragma once

#include "train/train-options.h"

G_BEGIN_DECLS

typedef struct {
    double loss;   /* sum over samples, weighted */
    int n_correct; /* samples whose largest logit is the label's */
} WgLossSum;

/* Adds n samples' losses to `sum`; `logits` and `gradient` are n x classes (`gradient` NULL: not
 * wanted), `gradient` is of the sum times `factor`. `class_weights`: classes floats, or NULL: 1. */
void wg_loss_add(const float *logits, const int *labels, int n, int n_classes, float smoothing,
                 const float *class_weights, float factor, float *gradient, WgLossSum *sum);
/* The same for the answers of a teacher to the same samples, n x classes logits, both softened by
 * `temperature`; adds to `gradient`, which is as above. */
void wg_loss_add_taught(const float *logits, const float *teacher, int n, int n_classes,
                        float temperature, float factor, float *gradient, WgLossSum *sum);
/* Weights of n / (n_present classes x n of the class), so that every class counts the same; 0 for a
 * class that no label has. */
void wg_loss_weigh_classes(const int *labels, int n, int n_classes, float *class_weights);
/* Those weights where they are wanted, else NULL: all count the same. Owner: caller. */
float *wg_loss_dup_class_weights(WgClassWeights wanted, const int *labels, int n, int n_classes);

G_END_DECLS
