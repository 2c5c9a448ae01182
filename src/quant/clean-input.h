/* Moves a model's input to where the watch's memory is clean. */
#pragma once

#include "quant/int8-network.h"

G_BEGIN_DECLS

/* The firmware's own recogniser does not clear the input behind a gesture. Its arena is cleared,
 * but the interpreter's plan is made in it, at its beginning, where the planner also puts the input
 * of most models: what is left of the plan then counts as movement. This gives the same network
 * with two convolutions of one sample before it, which copy the input to more channels and back:
 * nothing but a large enough tensor at the arena's beginning, behind which the planner puts the
 * input. They change no value: weights of 2 at a scale of 1/2 are the identity, and no rounding
 * happens.
 *
 * The fewest channels are taken with which an arena of `arena_bytes` is clean there
 * (wg_arena_has_clean_input()); the bytes as they are where it is already, or where there are none.
 * WG_ERROR_INPUT or _UNSUPPORTED where the bytes are no model of int8. Any thread; owner: caller.
 */
GBytes *wg_clean_input_build(GBytes *tflite, gsize arena_bytes, GError **error);

G_END_DECLS
