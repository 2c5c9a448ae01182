/* What an inference takes of the stack of a Cortex-M watch. */
#pragma once

#include "quant/int8-network.h"

G_BEGIN_DECLS

/* Bytes of stack below Espruino's tf_create() and tf_invoke(), the deeper of both; an estimate: the
 * frames that arm-none-eabi-gcc 12 gives TensorFlow Lite Micro as the watch's firmware has it (-Os
 * -mcpu=cortex-m4 -fstack-usage; the firmware is linked with -flto, which may inline otherwise),
 * summed along the deepest chain of calls, and the compiler's own functions for doubles below it.
 * The model itself is not in it: see wg_builtin_stack_bytes(). Any thread. */
gsize wg_stack_bytes(const WgInt8Network *network);
/* The same for the firmware's own recogniser, which puts the model's file onto the stack as well
 * (jswrap_bangle.c: alloca). */
gsize wg_builtin_stack_bytes(const WgInt8Network *network);

G_END_DECLS
