/* The ways to work out a convolution: kernels over padded samples, products of patches. */
#pragma once

#include "train/op.h"

G_BEGIN_DECLS

/* Values that one output sees: kernel x in_channels; samples that they span. */
int wg_conv_patch_size(const WgLayer *layer);
int wg_conv_reach(const WgLayer *layer);
int wg_conv_count_weights(const WgLayer *layer);
/* Zeros before the first sample, as TensorFlow's SAME has them. */
int wg_conv_pad_before(const WgLayer *layer);

/* Whether the kernels suit it: stride 1 and filters small enough to stay in the nearest cache. */
gboolean wg_conv_is_direct(const WgLayer *layer);
/* Samples of a sample with its padding, as the direct way keeps it. */
int wg_conv_padded_length(const WgLayer *layer);
int wg_conv_direct_scratch(const WgLayer *layer);
void wg_conv_direct_forward(const WgLayer *layer, const WgPass *pass);
void wg_conv_direct_backward(const WgLayer *layer, const WgPass *pass);
/* After a direct forward, when most of dy is 0: only what is not is followed. dx must be zero. */
void wg_conv_sparse_backward(const WgLayer *layer, const WgPass *pass);

/* Convolution, ReLU and max pool in one go, for a direct convolution and the two layers after it:
 * of the convolution's outputs and their gradients none but the largest are kept. */
void wg_conv_pooled_forward(const WgLayer *layers, const WgPass *passes);
void wg_conv_pooled_backward(const WgLayer *layers, const WgPass *passes);

/* By OpenBLAS; keeps the patches, out_length x patch size a sample. Biases are not its work. */
void wg_conv_product_forward(const WgLayer *layer, const WgPass *pass);
void wg_conv_product_backward(const WgLayer *layer, const WgPass *pass);

G_END_DECLS
