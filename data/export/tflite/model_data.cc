/* A gesture model for TensorFlow Lite Micro. Written by Waggle. SPDX-License-Identifier: 0BSD */
#include "model_data.h"

alignas(16) const unsigned char model_data[] = {
@BYTES@
};

const unsigned int model_data_length = @N_BYTES@;

const char *const model_names[MODEL_N_OUTPUTS] = {
@NAMES@
};

const @THRESHOLD_TYPE@ model_thresholds[MODEL_N_OUTPUTS] = {@THRESHOLDS@};
