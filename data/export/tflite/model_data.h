/* A gesture model for TensorFlow Lite Micro. Written by Waggle. SPDX-License-Identifier: 0BSD */
#ifndef MODEL_DATA_H
#define MODEL_DATA_H

/* A window: @LENGTH@ samples of @CHANNEL_NAMES@ at @RATE_HZ@ Hz, oldest first. */
#define MODEL_LENGTH @LENGTH@
#define MODEL_CHANNELS @CHANNELS@
#define MODEL_RATE_HZ @RATE_HZ_C@
#define MODEL_UNITS_PER_G @UNITS_PER_G_C@
#define MODEL_N_OUTPUTS @N_OUTPUTS@
#define MODEL_OTHER (@OTHER@) /* the gesture that means nothing, -1: there is none */

extern const unsigned char model_data[]; /* what is in model.tflite */
extern const unsigned int model_data_length;
/* In the order of the outputs. */
extern const char *const model_names[MODEL_N_OUTPUTS];
/* The least output that is an answer. */
extern const @THRESHOLD_TYPE@ model_thresholds[MODEL_N_OUTPUTS];

#endif
