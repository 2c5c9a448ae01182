/* A gesture model as C: how it is called. Written by Waggle. SPDX-License-Identifier: 0BSD */
#ifndef WAGGLE_MODEL_H
#define WAGGLE_MODEL_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A window: @LENGTH@ samples of @CHANNEL_NAMES@, oldest first, at @RATE_HZ@ Hz. */
#define WAGGLE_LENGTH @LENGTH@
#define WAGGLE_CHANNELS @CHANNELS@
#define WAGGLE_RATE_HZ @RATE_HZ_C@
#define WAGGLE_UNITS_PER_G @UNITS_PER_G_C@ /* steps of a window's values for 1 g */
@if HAS_GYROSCOPE
#define WAGGLE_UNITS_PER_DPS @UNITS_PER_DPS_C@ /* the same for 1 degree per second */
@end
#define WAGGLE_N_INPUTS @N_INPUTS@
#define WAGGLE_N_OUTPUTS @N_OUTPUTS@
#define WAGGLE_MEMORY_BYTES @MEMORY@ /* work memory, static: nothing is allocated */
#define WAGGLE_MULTIPLICATIONS @MULTIPLICATIONS@ /* with an addition each, of one inference */
#define WAGGLE_OTHER (@OTHER@) /* the gesture that means nothing, -1: there is none */

typedef @INPUT_TYPE@ waggle_input;
typedef @OUTPUT_TYPE@ waggle_output;

/* Names of the gestures, UTF-8, in the order of the outputs. */
extern const char *const waggle_names[WAGGLE_N_OUTPUTS];

/* One inference. `window` has WAGGLE_N_INPUTS values, sample after sample; `outputs` gets
   WAGGLE_N_OUTPUTS@OUTPUT_MEANING@. The work memory is shared: one
   call at a time. */
void waggle_run(const waggle_input *window, waggle_output *outputs);

/* The gesture of the largest output; -1 where that is below its threshold, or means nothing. */
int waggle_decide(const waggle_output *outputs);

#ifdef __cplusplus
}
#endif

#endif
